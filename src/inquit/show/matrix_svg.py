"""Who is made to speak by whom: sources as rows, outlets as columns, how many statements, and how they are framed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from inquit.records import Framing, Source, Statement
from inquit.show.account import counted
from inquit.show.chain import NO_OUTLET
from inquit.show.drawing import LETTER, MARGIN, fitting, number, picture, words
from inquit.show.markup import Markup, element, joined

MOST = 30
"""Sources that are drawn."""

_NARROW = 640
_CELL, _SLIM = 62.0, 56.0
_ROW, _TALL = 42.0, 64.0
_NAME = 240.0
_SQUARE = 24.0
_HEADS = 116.0


@dataclass(slots=True)
class _Cell:
    count: int = 0
    framings: Counter[Framing] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Row:
    source: Source
    cells: Mapping[str, _Cell]


@dataclass(frozen=True, slots=True)
class _Plan:
    width: int
    columns: tuple[str, ...]
    left: float
    cell: float
    top: float
    row: float
    largest: int

    @property
    def narrow(self) -> bool:
        return self.width < _NARROW

    def x(self, outlet: str) -> float:
        """The middle of an outlet's column; those without one of their own are in the last."""
        place = self.columns.index(outlet) if outlet in self.columns else len(self.columns)
        return self.left + self.cell * (place + 0.5)


def matrix_svg(
    sources: Sequence[Source],
    statements: Mapping[str, Statement],
    outlets: Mapping[str, str | None],
    *,
    width: int = 1200,
) -> str:
    """The picture as SVG, ``width`` pixels wide; sources with the most statements first, 30 at most.

    ``statements`` are those of the sources by id, ``outlets`` the names by articles' ids.
    """
    rows = [_gathered(source, statements, outlets) for source in sources[:MOST]]
    plan = _planned(rows, width)
    drawn = [_row(row, plan, plan.top + plan.row * n) for n, row in enumerate(rows)]
    bottom = plan.top + plan.row * len(rows)
    heading = "Sources and the outlets that quote them"
    legend, end = _legend(bottom + 22, width, len(sources) - len(rows))
    return picture(
        heading,
        " ".join(f"{_told(row)}." for row in rows),
        width,
        end,
        words(MARGIN, 26, fitting(heading, width - 2 * MARGIN), "heading"),
        *_heads(rows, plan, bottom),
        *drawn,
        legend,
    )


def _gathered(source: Source, statements: Mapping[str, Statement], outlets: Mapping[str, str | None]) -> _Row:
    cells: dict[str, _Cell] = defaultdict(_Cell)
    for statement in filter(None, map(statements.get, source.statements)):
        cell = cells[outlets.get(statement.article) or NO_OUTLET]
        cell.count += 1
        if statement.attribution is not None:
            cell.framings[statement.attribution.framing] += 1
    return _Row(source, cells)


def _planned(rows: Sequence[_Row], width: int) -> _Plan:
    narrow = width < _NARROW
    left = MARGIN if narrow else MARGIN + _NAME
    cell = _SLIM if narrow else _CELL
    # Slanted heads reach out over the last column to the right.
    room = int((width - left - MARGIN - _HEADS * 0.55) / cell)
    found: Counter[str] = Counter()
    for row in rows:
        found.update({outlet: held.count for outlet, held in row.cells.items()})
    several = len(found) > room
    columns = tuple(outlet for outlet, _ in found.most_common(max(1, room - 1) if several else room))
    kept = [held.count for row in rows for outlet, held in _merged(row, columns).items() if outlet]
    return _Plan(width, columns, left, cell, 40 + _HEADS, _TALL if narrow else _ROW, max(kept, default=1))


def _merged(row: _Row, columns: Sequence[str]) -> dict[str, _Cell]:
    """The cells of a row; those of outlets without a column of their own as one, under no name."""
    cells: dict[str, _Cell] = {}
    for outlet, held in row.cells.items():
        into = cells.setdefault(outlet if outlet in columns else "", _Cell())
        into.count += held.count
        into.framings.update(held.framings)
    return cells


def _heads(rows: Sequence[_Row], plan: _Plan, bottom: float) -> Iterator[Markup]:
    others = len({outlet for row in rows for outlet in row.cells} - set(plan.columns))
    names = [*plan.columns, *([f"{others} others"] if others else [])]
    for n, name in enumerate(names):
        x, y = plan.left + plan.cell * (n + 0.5), plan.top - 8
        yield element("path", class_="rule", d=f"M{number(x)} {number(y + 4)}V{number(bottom)}")
        turn = f"rotate(-55 {number(x)} {number(y)})"
        yield words(x, y, fitting(name, _HEADS - 4), "name" if n < len(plan.columns) else "quiet", transform=turn)


def _row(row: _Row, plan: _Plan, y: float) -> Markup:
    middle = y + (plan.row - 32 if plan.narrow else plan.row / 2 - 2)
    party = row.source.party
    shown = party if party and party.casefold() != row.source.entity.casefold() else None
    if plan.narrow:
        name = [words(MARGIN, y + 10, fitting(row.source.entity, plan.width - 2 * MARGIN), "name")]
    else:
        top = middle + (0 if shown else 4.5)
        name = [words(MARGIN, top, fitting(row.source.entity, _NAME - 12), "name")]
        name += [words(MARGIN, top + 14, fitting(f"for {shown}", _NAME - 12))] if shown else []
    rule = element("path", class_="rule", d=f"M{number(plan.left)} {number(middle)}H{number(plan.width - MARGIN)}")
    cells = (_cell(plan.x(outlet), middle, held, plan.largest) for outlet, held in _merged(row, plan.columns).items())
    return element("g", element("title", _told(row)), rule, *name, *cells)


def _cell(x: float, y: float, held: _Cell, largest: int) -> Markup:
    side = max(7.0, _SQUARE * sqrt(min(held.count, largest) / largest))
    square = element(
        "rect",
        class_="square",
        x=number(x - side / 2),
        y=number(y - side / 2),
        width=number(side),
        height=number(side),
    )
    count = str(held.count)
    inside = side >= LETTER * len(count) + 5
    number_ = words(x if inside else x + side / 2 + 2 + LETTER * len(count) / 2, y + 4, count, "count")
    framed = [(sign, held.framings[kind]) for kind, sign in _SIGNS if held.framings[kind]]
    at, signs = x - sum(12 + LETTER * len(str(many)) for _, many in framed) / 2, []
    for sign, many in framed:
        signs.append(joined([sign(at + 4, y + 17), words(at + 10, y + 21, str(many), "quiet")]))
        at += 14 + LETTER * len(str(many))
    return joined([square, number_, *signs])


def _down(x: float, y: float) -> Markup:
    return element("path", class_="down", d=f"M{number(x - 4)} {number(y - 3)}h8l-4 7z")


def _up(x: float, y: float) -> Markup:
    return element("path", class_="up", d=f"M{number(x - 4)} {number(y + 4)}h8l-4 -7z")


_SIGNS: tuple[tuple[Framing, Callable[[float, float], Markup]], ...] = (("distancing", _down), ("endorsing", _up))


def _legend(top: float, width: int, rest: int) -> tuple[Markup, float]:
    """What the signs mean, each where there is room; and where the picture ends."""
    told = [(None, "number: statements"), (_down, "of these framed as distancing"), (_up, "of these as endorsing")]
    if rest > 0:
        told.append((None, f"and {counted(rest, 'source')} more, not drawn"))
    x, y, drawn = MARGIN, top, []
    for sign, text in told:
        needed = LETTER * len(text) + (16 if sign else 0)
        if x > MARGIN and x + needed > width - MARGIN:
            x, y = MARGIN, y + 20
        drawn += [sign(x + 5, y - 5), words(x + 14, y, text)] if sign else [words(x, y, text)]
        x += needed + 22
    return joined(drawn), y + MARGIN


def _told(row: _Row) -> str:
    outlets = ", ".join(
        f"{outlet} {held.count}" + _framed(held)
        for outlet, held in sorted(row.cells.items(), key=lambda c: -c[1].count)
    )
    return f"{row.source.entity}: {outlets}"


def _framed(held: _Cell) -> str:
    framed = [f"{held.framings[kind]} {kind}" for kind, _ in _SIGNS if held.framings[kind]]
    return f" ({', '.join(framed)})" if framed else ""
