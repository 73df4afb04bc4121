"""The readable report of one article on a terminal, and the one-line total of many.

Every word of an article goes through the pen. Nothing is told by colour alone.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inquit import marked as marked_text
from inquit.errors import PROBLEMS
from inquit.records import Article, Attribution, Problem, Reading
from inquit.show.account import Entry, SourceLine, counted, counts, dated, entries, source_words, sources, who, words
from inquit.show.pen import NARROW, Pen, columns, cut
from inquit.show.safe import one_line
from inquit.show.voices import PartyLine, parties, percent, voices
from inquit.show.why import steps, told

_CONTENT_LINES = 4
_MOST_CUES = 6
_DEEPEST = 4
_PROBLEM_WORDS = 60


def report(reading: Reading, console: Console, *, marked: bool = False, why: bool = False) -> None:
    """Print what was found in one article: headline, counts, ledger, sources, parties, problems.

    With ``marked`` the ledger gives way to the article's text in marked-text notation. With ``why`` each statement has
    its reasons under it, and the way from its source to the party.
    """
    pen = Pen(console)
    console.print(_headline(reading, pen))
    console.print()
    console.print(Padding(_glance(reading, pen), (0, 0, 1, 0)))
    if marked:
        console.print(pen.block(marked_text.render(reading.article.text, reading.statements)), highlight=False)
        console.print()
    elif reading.statements:
        console.print(_ledger(reading, pen, why=why))
    else:
        console.print("No statement was found in this text.")
    found = sources(reading)
    if found:
        console.print()
        console.print(_sources(found, pen))
    if lines := [line for line in parties(reading) if line.sources != (line.party,)]:
        console.print()
        console.print(_parties(lines, pen))
    if reading.problems:
        console.print(_problems(reading.problems, reading.article, pen))


def _headline(reading: Reading, pen: Pen) -> Group:
    article = reading.article
    title = one_line(article.title or article.external_id or "Untitled article")
    origin = pen.dot(
        pen.line(article.outlet or "no outlet", "bold" if article.outlet else "dim"),
        dated(article.published) or "no date",
        counted(counts(reading).words, "word"),
        ", ".join(article.authors),
    )
    return Group(pen.line(title, "bold"), origin, *([pen.line(article.url, "dim")] if article.url else []))


def _glance(reading: Reading, pen: Pen) -> Table:
    found = counts(reading)
    rows = (
        (
            (found.statements, "statement", "statements"),
            ((found.attributed, "attributed"), (found.own_voice, "own voice"), (found.nested, "nested")),
        ),
        (
            (found.sources, "source", "sources"),
            ((found.parties, "party" if found.parties == 1 else "parties"), (found.anonymous, "anonymous")),
        ),
        (
            (found.denials, "denial", "denials"),
            ((found.distancing, "distancing"), (found.lacking, "evidence lacking")),
        ),
    )
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", overflow="fold")
    for _ in range(3):
        table.add_column(overflow="fold")
    for (number, one, many), others in rows:
        details = pen.dot(*(f"{count:,} {name}" for count, name in others))
        table.add_row(pen.line(f"{number:,}", "bold"), pen.line(one if number == 1 else many), Text("  "), details)
    said = pen.dot(*(f"{percent(voice.share)} {voice.name}" for voice in voices(reading) if voice.words))
    table.add_row(
        pen.line(f"{found.words:,}", "bold"), pen.line("word" if found.words == 1 else "words"), Text("  "), said
    )
    return table


def _ledger(reading: Reading, pen: Pen, *, why: bool) -> Table:
    placed = entries(reading)
    numbers = max(len(entry.number) for entry in placed)
    table = columns(pen, below=1)
    table.add_column("No", min_width=min(numbers, 7), max_width=12, style="bold", overflow="fold")
    narrow = pen.width < NARROW
    table.add_column("Who and how" if narrow else "Who", ratio=10, overflow="fold")
    if not narrow:
        table.add_column("How", ratio=6, overflow="fold")
    table.add_column("What", ratio=14, overflow="fold")
    room = max((pen.width - numbers - 6) * 14 // 29, 12) * _CONTENT_LINES
    for entry in placed:
        said_by, how, what = _cells(reading.article, entry, pen, room)
        if why and entry.statement.why:
            what = Group(what, _why(reading.article, entry, pen))
        table.add_row(entry.number, *([Group(said_by, how)] if narrow else [said_by, how]), what)
    return table


def _why(article: Article, entry: Entry, pen: Pen) -> Padding:
    """The reasons of a statement, a line each, and the chain where it has more than one link."""
    reasons = told(article, entry.statement)
    lines = [pen.line(f"{one.label}: {one.ground}{_quoted(one.words)}", "dim") for one in reasons]
    said = entry.statement.attribution
    chain = steps(article, said) if said is not None else ()
    if len(chain) > 1:
        lines.append(pen.line("chain: " + " → ".join(f"{step.kind} {step.name}" for step in chain), "dim"))
    return Padding(Text("\n").join(lines), (0, 0, 0, 2 * min(entry.depth, _DEEPEST) + 2))


def _quoted(words: str | None) -> str:
    return f" “{words}”" if words else ""


def _cells(
    article: Article, entry: Entry, pen: Pen, room: int
) -> tuple[Padding | Text, Padding | Text, Padding | Group]:
    statement, attribution = entry.statement, entry.statement.attribution
    indent = (0, 0, 0, 2 * min(entry.depth, _DEEPEST))
    content = pen.short(words(article.text, statement.content), room)
    below = [pen.dot(f"when {statement.when}" if statement.when else None)] if statement.when else []
    if statement.evidence is not None:
        ground = cut(one_line(words(article.text, (statement.evidence.span,))), room // 2)
        below.append(pen.line(f"evidence {statement.evidence.kind}: “{ground}”"))
    for line in below:
        line.stylize("dim")
    what = Padding(Text("\n").join([content, *below]), indent)
    if attribution is None:
        return pen.line("(own voice)", "italic"), Text(""), what
    how = _how(article, entry, attribution, pen)
    return Padding(_who(article, attribution, pen), indent), Padding(how, indent) if pen.width < NARROW else how, what


def _who(article: Article, attribution: Attribution, pen: Pen) -> Text:
    name = who(article.text, attribution)
    party = attribution.party if attribution.party and attribution.party.casefold() != name.casefold() else None
    lines = [pen.short(name, 120, "bold")]
    standing = None if attribution.standing == "none" else attribution.standing
    if party or standing:
        lines.append(pen.dot(pen.short(party, 80) if party else None, standing))
    said = source_words(article.text, attribution)
    if said:
        lines.append(pen.short(f"“{said}”", 100, "dim"))
    if attribution.through:
        lines.append(pen.short(f"through {attribution.through}", 80, "dim"))
    return Text("\n").join(lines)


def _how(article: Article, entry: Entry, attribution: Attribution, pen: Pen) -> Text:
    cue = words(article.text, attribution.cue)
    framing = None if attribution.framing == "neutral" else pen.line(attribution.framing, "bold yellow")
    stance = pen.line(attribution.stance, "bold red" if attribution.stance == "denies" else "")
    head = pen.short(cue, 60, "italic") if cue.strip() else pen.line("(no cue)", "dim")
    lines = [head, stance, framing, pen.line(entry.statement.form, "dim") if entry.statement.form else None]
    return Text("\n").join(line for line in lines if line)


def _sources(found: Sequence[SourceLine], pen: Pen) -> Table:
    table = columns(pen, below=0)
    table.add_column("Source", ratio=8, overflow="fold")
    table.add_column("Party", ratio=5, overflow="fold")
    table.add_column("Standing", min_width=8, overflow="fold")
    table.add_column("Said", justify="right", min_width=4, overflow="fold")
    table.add_column("Cues", ratio=7, overflow="fold")
    for line in found:
        more = len(line.cues) - _MOST_CUES
        cues = ", ".join(line.cues[:_MOST_CUES]) + (f" and {more} more" if more > 0 else "")
        table.add_row(
            pen.short(line.entity, 120, "bold"),
            pen.short(line.party or "–", 80),
            line.standing,
            f"{line.statements:,}",
            pen.short(cues or "–", 160, "italic"),
        )
    return table


def _parties(lines: Sequence[PartyLine], pen: Pen) -> Table:
    table = columns(pen, below=0)
    table.add_column("Party", ratio=8, overflow="fold")
    table.add_column("Speaks through", ratio=12, overflow="fold")
    table.add_column("Said", justify="right", min_width=4, overflow="fold")
    table.add_column("Words", justify="right", min_width=5, overflow="fold")
    for line in lines:
        through = pen.short(", ".join(line.sources), 200)
        table.add_row(pen.short(line.party, 120, "bold"), through, f"{line.statements:,}", percent(line.share))
    return table


def _problems(problems: Sequence[Problem], article: Article, pen: Pen) -> Group:
    lines = [Text(""), pen.line(counted(len(problems), "problem"), "bold")]
    for problem in problems:
        message = problem.message or PROBLEMS.get(problem.code, "")
        about = words(article.text, (problem.span,)) if problem.span else ""
        at = f" at “{cut(one_line(about), _PROBLEM_WORDS)}”" if about.strip() else ""
        lines.append(Text("  ! ") + pen.line(problem.code, "bold") + pen.line(f": {one_line(message)}{at}"))
    return Group(*lines)


class Tally:
    """Running totals over many articles, for the line at the end of a run.

    Sources are told apart by name within the run; it keeps their names, so its size grows with them.
    """

    def __init__(self) -> None:
        self.articles = 0
        self.statements = 0
        self.own_voice = 0
        self.problems: Counter[str] = Counter()
        self._sources: set[str] = set()

    @property
    def sources(self) -> int:
        """How many names of sources were met."""
        return len(self._sources)

    def add(self, reading: Reading) -> None:
        """Count an article with its statements and problems."""
        self.articles += 1
        self.statements += len(reading.statements)
        self.own_voice += sum(statement.attribution is None for statement in reading.statements)
        self._sources.update(unicodedata.normalize("NFC", line.entity).casefold() for line in sources(reading))
        for problem in reading.problems:
            self.note(problem)

    def note(self, problem: Problem) -> None:
        """Count a problem that belongs to no article."""
        self.problems[problem.code] += 1

    def line(self) -> str:
        """``3 articles: 41 statements (9 in own voice) by 12 sources; 2 problems (decoding 1, row 1)``."""
        total = (
            f"{counted(self.articles, 'article')}: {counted(self.statements, 'statement')} "
            f"({self.own_voice:,} in own voice) by {counted(self.sources, 'source')}; "
            f"{counted(self.problems.total(), 'problem') if self.problems else 'no problems'}"
        )
        codes = ", ".join(f"{one_line(code)} {number:,}" for code, number in sorted(self.problems.items()))
        return f"{total} ({codes})" if codes else total
