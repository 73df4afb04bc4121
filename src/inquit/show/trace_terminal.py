"""The chain of one claim on a terminal: a line per occurrence, then its losses, its origins and the reasons.

Every word of an article goes through the pen. Nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inquit.link.credibility import suggested
from inquit.records import By, Origin
from inquit.show.account import short_id, words
from inquit.show.chain import NO_WORDS, Chain, CopyLine, Link, Loss
from inquit.show.ledger_terminal import reasons
from inquit.show.notes import Note, notes, shares
from inquit.show.pen import Pen, cut
from inquit.show.safe import one_line
from inquit.show.stamp import full, period

Grounds: TypeAlias = Mapping[tuple[str, str], Sequence[str]]

_BY: dict[By, str] = {
    "inside": "one inside the other",
    "copy": "copies its text",
    "link": "links to it",
    "words": "the same words",
    "medium": "names it",
    "article": "sourced in the same article",
    "time": "next in time",
}
_WIDE = 100
_LONG = 240
_NAME = 60
_OUTLET = 24
_WORDS = 90


def trace_report(
    chain: Chain, console: Console, *, bonds: bool = True, grounds: Grounds = MappingProxyType({})
) -> None:
    """Print the chain: claim and counts, every occurrence in order of time, losses, origins, bonds, reasons.

    ``grounds`` tell of bonds, by their statements, what makes these one claim.
    """
    pen = Pen(console)
    _headline(chain, pen, console)
    console.print(_wide(chain, pen) if pen.width >= _WIDE else _narrow(chain, pen))
    _section(console, pen, "Lost on the way", _losses(chain, pen))
    _section(console, pen, "Origins", [_origin(origin, pen) for origin in chain.claim.origins])
    if ground := suggested(chain.claim):
        _section(console, pen, "Admiralty credibility 1 is suggested; a person rules", [pen.line(ground)])
    if bonds:
        _section(console, pen, "Who has it from whom", _draws(chain, pen, grounds))
        _section(console, pen, "Copies", [line for copy in chain.copies for line in _copy(copy, pen)])
    _section(console, pen, f"Why one claim (score {chain.claim.score:.2f})", reasons(chain.claim.reasons, pen))


def _headline(chain: Chain, pen: Pen, console: Console) -> None:
    claim = pen.short(f"“{chain.claim.text}”", _LONG, "bold")
    glance = pen.line(chain.glance)
    if cell_len(claim.plain) + cell_len(glance.plain) + 4 <= pen.width:
        gap = pen.width - cell_len(claim.plain) - cell_len(glance.plain)
        console.print(Text(" " * min(gap, 5)).join([claim, glance]))
    else:
        console.print(claim)
        console.print(glance)
    days = period(link.published for link in chain.links)
    console.print(pen.dot(days or None, short_id(chain.claim.id)), style="dim")
    console.print()


def _wide(chain: Chain, pen: Pen) -> Padding:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(max_width=17)
    table.add_column(max_width=_OUTLET, overflow="fold")
    table.add_column(ratio=11, overflow="fold")
    table.add_column(max_width=12, overflow="fold")
    table.add_column(ratio=12, overflow="fold")
    for link, first, told in _rows(chain):
        said = Text("\n").join(pen.line(word) for word in _stance(link))
        what = Text("\n").join(_happened(note, pen) for note in told)
        where = (pen.short(link.when, 24), pen.short(link.outlet, _NAME, "bold")) if first else (Text(), Text())
        table.add_row(*where, _words(link, pen), said, what)
    return Padding(table, (0, 0, 0, 2))


def _narrow(chain: Chain, pen: Pen) -> Group:
    lines: list[Text | Padding] = []
    for link, first, told in _rows(chain):
        if first:
            lines.append(pen.short(link.when, 24) + Text("  ") + pen.short(link.outlet, _NAME, "bold"))
        happened = [_happened(note, pen) for note in told]
        below = Group(_words(link, pen), *_content(link, pen), pen.line(", ".join(_stance(link))), *happened)
        lines.append(Padding(below, (0, 0, 0, 2)))
    return Group(*lines)


def _rows(chain: Chain) -> Iterator[tuple[Link, bool, list[Note]]]:
    """Each link, whether it is the first of its article in a row, and its notes that this article has not had yet."""
    article: str | None = None
    had: set[str] = set()
    for link in chain.links:
        first = link.article != article
        if first:
            article, had = link.article, set()
        told = [note for note in notes(chain, link) if note.text not in had]
        had.update(note.text for note in told)
        yield link, first, told


def _words(link: Link, pen: Pen) -> Text:
    if link.source_words is None:
        return pen.line(NO_WORDS, "italic")
    words = pen.short(f"“{link.source_words}”", _WORDS)
    return words + pen.inline(f" ({cut(one_line(link.meant), _NAME)})") if link.meant else words


def _content(link: Link, pen: Pen) -> list[Text]:
    """What is said, in the article's words."""
    if link.passage is None:
        return []
    said = words(link.passage.text, link.passage.statement.content)
    return [pen.short(said, max(_WORDS, 2 * pen.width - 8), "dim")]


def _stance(link: Link) -> list[str]:
    return [link.stance, *([link.framing] if link.framing and link.framing != "neutral" else [])]


def _happened(note: Note, pen: Pen) -> Text:
    lost = note.kind in {"source", "framing"}
    return pen.short(f"← {note.text}" if lost else note.text, _WORDS, "bold yellow" if note.warns else "")


def _losses(chain: Chain, pen: Pen) -> list[Text]:
    """A line for each step: what was lost, from where it still was to where it is not."""
    return [
        pen.short(f"{loss.lost}: {_at(chain.links[loss.after - 1], loss)} → {_at(link, loss)}", _LONG)
        for link in chain.links
        for loss in link.losses
    ]


def _at(link: Link, loss: Loss) -> str:
    """Outlet and time, and how strong there is what was lost."""
    left = link.carriage if loss.lost == "source" else link.framing or "own voice"
    return f"{link.outlet} {link.when} ({left})"


def _draws(chain: Chain, pen: Pen, grounds: Grounds) -> list[Text]:
    """A line for each bond along which the claim went from article to article: what shows it, score and grounds."""
    by_statement = {link.statement: link for link in chain.links}
    lines: dict[str, None] = {}
    for draw in chain.claim.draws:
        one, other = by_statement.get(draw.from_), by_statement.get(draw.to)
        if one is not None and other is not None and one.article != other.article:
            ends = f"{other.outlet} {other.when} ← {one.outlet} {one.when}"
            why = "; ".join(grounds.get((draw.from_, draw.to), ()))
            lines[f"{ends}: {_BY[draw.by]}, {draw.score:.2f}{f' ({why})' if why else ''}"] = None
    return [pen.short(line, _LONG) for line in lines]


def _copy(line: CopyLine, pen: Pen) -> list[Text]:
    """The copy in a line, its reasons under it."""
    copy = line.copy
    facts = f"{shares(copy)}, credit {copy.credit}, score {copy.score:.2f}"
    head = f"{line.from_outlet} → {line.to_outlet}: {facts}"
    return [pen.short(head, _LONG), *reasons(copy.reasons, pen)]


def _origin(origin: Origin, pen: Pen) -> Text:
    other = origin.party and origin.party.casefold() != origin.entity.casefold()
    return pen.dot(
        pen.short(origin.entity, _LONG),
        pen.short(f"for {origin.party}", _NAME) if other else None,
        pen.short(full(origin.when), _NAME) if origin.when else None,
    )


def _section(console: Console, pen: Pen, heading: str, lines: Iterable[Text]) -> None:
    given = list(lines)
    if given:
        console.print()
        console.print(pen.line(heading, "bold"))
        console.print(Padding(Group(*given), (0, 0, 0, 2)))
