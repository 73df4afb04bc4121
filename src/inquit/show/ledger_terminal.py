"""Readable reports of what a ledger holds: its claims, copies and sources, what a search found, one statement.

Every word of an article goes through the pen. Nothing is told by colour alone. Reports print as records come and
return how many there were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inquit import marked
from inquit.link.credibility import suggested
from inquit.records import Article, Claim, Copy, Source, Spans, Statement
from inquit.show.account import counted, short_id, who, words
from inquit.show.chain import copy_line, counts_of, outlet_of, title_of
from inquit.show.notes import shares
from inquit.show.passage import passage
from inquit.show.pen import Pen
from inquit.show.safe import one_line
from inquit.show.stamp import full
from inquit.show.why import steps, told

_LONG = 240
_NAME = 100
_MOST_OUTLETS = 6
_UNSET = "–"

Block: TypeAlias = tuple[Text, ...]
"""A line and those that stand indented under it."""


class Hit(Protocol):
    """What a search found: ``kind`` is the type of the record with ``id``, ``matches`` are spans in ``text``."""

    @property
    def kind(self) -> str:
        """``article``, ``statement`` or ``claim``."""

    @property
    def id(self) -> str:
        """The record's id."""

    @property
    def article(self) -> str:
        """Id of the article that it is or stands in."""

    @property
    def outlet(self) -> str | None:
        """The article's outlet."""

    @property
    def published(self) -> str | None:
        """The article's date of publication, ISO 8601."""

    @property
    def text(self) -> str:
        """The words around what was found."""

    @property
    def matches(self) -> Spans:
        """Where in ``text`` the words stand that were looked for."""


def claims_report(claims: Iterable[Claim], articles: Mapping[str, Article], console: Console) -> int:
    """Print each claim with its counts and where it was seen first."""
    pen = Pen(console)
    return _listed((_claim(claim, articles, pen) for claim in claims), console, "No claim was found.")


def _claim(claim: Claim, articles: Mapping[str, Article], pen: Pen) -> Block:
    seen = [articles.get(occurrence.article) for occurrence in claim.occurrences]
    first = seen[0] if seen else None
    carriers = len({occurrence.article for occurrence in claim.occurrences})
    counts = counts_of(claim, carriers, len({outlet_of(article).casefold() for article in seen}))
    since = f"first seen {full(first.published if first else None)}, {outlet_of(first)}"
    known = pen.dot(short_id(claim.id), f"score {claim.score:.2f}")
    known.stylize("dim")
    ground = suggested(claim)
    hint = [pen.short(f"Admiralty credibility 1 suggested: {ground}", _LONG)] if ground else []
    return pen.short(claim.text, _LONG, "bold"), pen.line(counts), pen.short(since, _NAME), *hint, known


def copies_report(copies: Iterable[Copy], articles: Mapping[str, Article], console: Console) -> int:
    """Print each copy: from where to where, how much, with what credit and why."""
    pen = Pen(console)
    return _listed((_copy(copy, articles, pen) for copy in copies), console, "No copy was found.")


def _copy(copy: Copy, articles: Mapping[str, Article], pen: Pen) -> Block:
    line = copy_line(copy, articles)
    names = [pen.short(name, _NAME, "bold") for name in (line.from_outlet, line.to_outlet)]
    facts = pen.dot(
        shares(copy),
        f"credit {copy.credit}",
        pen.short(f"words of {copy.origin}", _NAME) if copy.origin else None,
        f"score {copy.score:.2f}",
    )
    titles = (f"from {short_id(copy.from_)} {line.from_title}", f"to {short_id(copy.to)} {line.to_title}")
    below = (*(pen.short(title, _LONG, "dim") for title in titles), *reasons(copy.reasons, pen))
    return pen.inline(" → ").join(names), facts, *below


def sources_report(sources: Iterable[Source], statements: Mapping[str, Statement], console: Console) -> int:
    """Print each source: on whose behalf, its standing, how often it is made to say something, where, how framed."""
    pen = Pen(console)
    return _listed((_source(source, statements, pen) for source in sources), console, "No source was found.")


def _source(source: Source, statements: Mapping[str, Statement], pen: Pen) -> Block:
    said = [statements[one].attribution for one in source.statements if one in statements]
    framings = Counter(one.framing for one in said if one is not None)
    framed = ", ".join(f"{count:,} {framing}" for framing, count in framings.most_common())
    other = source.party and source.party.casefold() != source.entity.casefold()
    return (
        pen.short(source.entity, _NAME, "bold"),
        pen.dot(pen.short(f"for {source.party}", _NAME) if other else None, source.standing),
        pen.dot(counted(len(source.statements), "statement"), f"framing: {framed}" if framed else None),
        pen.short(_in_outlets(source.outlets), _LONG),
    )


def _in_outlets(outlets: Sequence[str]) -> str:
    more = len(outlets) - _MOST_OUTLETS
    names = ", ".join(one_line(outlet) for outlet in outlets[:_MOST_OUTLETS])
    return f"in {names or 'no outlet'}" + (f" and {more:,} more" if more > 0 else "")


def hits_report(hits: Iterable[Hit], console: Console) -> int:
    """Print what a search found; the words looked for are bold and underlined, or in brackets without styles."""
    pen, plain = Pen(console), console.color_system is None
    return _listed((_hit(hit, pen, plain=plain) for hit in hits), console, "Nothing was found.")


def _hit(hit: Hit, pen: Pen, *, plain: bool) -> Block:
    head = pen.dot(
        pen.short(hit.outlet, _NAME, "bold") if hit.outlet else None,
        pen.short(full(hit.published), _NAME),
        hit.kind,
        pen.line(short_id(hit.id), "dim"),
        pen.line(f"in {short_id(hit.article)}", "dim") if hit.article != hit.id else None,
    )
    return head, _matched(hit, pen, plain=plain)


def _matched(hit: Hit, pen: Pen, *, plain: bool) -> Text:
    drawn, at, text = Text(), 0, hit.text
    for start, end in sorted(hit.matches):
        if not at <= start < end <= len(text):
            continue
        found = text[start:end]
        drawn += pen.inline(text[at:start])
        drawn += pen.inline(f"[{found}]") if plain else pen.inline(found, "bold underline")
        at = end
    drawn += pen.inline(text[at:])
    return drawn


def statement_report(statement: Statement, article: Article, console: Console) -> None:
    """Print one statement: the sentence around it in marked text, then every label."""
    pen = Pen(console)
    around = passage(article.text, statement)
    head = pen.dot(pen.short(outlet_of(article), _NAME, "bold"), pen.short(full(article.published), _NAME))
    sentence = marked.render(around.text, [around.statement])
    before, after = "… " if around.before else "", " …" if around.after else ""
    _print((head, pen.short(title_of(article), _LONG)), console)
    _print((pen.line(f"{before}{sentence}{after}"),), console)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    whys = {one.label: one for one in told(article, statement)}
    for name, value in _labels(statement, article):
        shown = pen.short(value or _UNSET, _LONG)
        if why := whys.get(name):
            shown = Text("\n").join(
                [shown, pen.short(f"  {why.ground}" + (f": “{why.words}”" if why.words else ""), _LONG, "dim")]
            )
        table.add_row(name, shown)
    for step in steps(article, statement.attribution) if statement.attribution else ():
        shows = f"“{step.words}”" if step.words else "known of the world, not told by the article"
        table.add_row("chain", pen.dot(f"{step.kind} {step.name}", pen.short(shows, _LONG, "dim")))
    console.print(table)


def _labels(statement: Statement, article: Article) -> list[tuple[str, str | None]]:
    said, ground, text = statement.attribution, statement.evidence, article.text
    voice: list[tuple[str, str | None]] = [("voice", "the outlet's own" if said is None else "attributed")]
    if said is not None:
        voice += [
            ("entity", who(text, said)),
            ("source", words(text, said.source)),
            ("cue", words(text, said.cue)),
            ("through", said.through),
            ("party", said.party),
            ("standing", said.standing),
            ("stance", said.stance),
            ("framing", said.framing),
            ("form", statement.form),
        ]
    return [
        *voice,
        ("content", words(text, statement.content)),
        ("evidence", f"{ground.kind}: “{words(text, (ground.span,))}”" if ground else None),
        ("when", statement.when),
        ("inside", statement.inside),
        ("score", f"{statement.score:.2f}"),
        ("by", statement.by),
        ("id", statement.id),
        ("article", article.id),
    ]


def reasons(given: Iterable[str], pen: Pen) -> list[Text]:
    """Reasons of a suggestion, each on a line."""
    return [pen.short(f"- {reason}", _LONG) for reason in given]


def _listed(blocks: Iterable[Block], console: Console, nothing: str) -> int:
    number = 0
    for block in blocks:
        _print(block, console)
        number += 1
    if not number:
        console.print(nothing)
    return number


def _print(block: Block, console: Console) -> None:
    head, *below = block
    console.print(head)
    console.print(Padding(Group(*below), (0, 0, 1, 2 if below else 0)))
