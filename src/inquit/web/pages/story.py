"""The story: its claims by outlets and independent sources, and what is new."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from inquit.keep import Ledger
from inquit.keep.browsing import GRID, ORDERS, Extent, WantedClaims
from inquit.keep.lines import ClaimLine
from inquit.keep.sieve import Sieve
from inquit.web.asking import Asked, Shown
from inquit.web.lists import Pager, pager, sieve_of, slice_of

_DAY = 86400.0


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """Claims of so many outlets and so many independent sources; ``weight`` of 0 to 4 grows with their number."""

    count: int
    weight: int
    address: str | None
    chosen: bool


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; ``new`` is the day since which articles count as new."""

    extent: Extent
    lines: list[ClaimLine]
    pager: Pager
    orders: list[tuple[str, str, bool]]
    grid: list[tuple[str, list[Cell]]]
    sources: list[str]
    new: str | None
    all_new: str | None
    only_new: bool
    every: str
    sifted: bool
    asked: Asked


def page(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/``."""
    browsing = ledger.browsing()
    extent = browsing.extent()
    new, only_new = _new_since(asked, extent), asked.text("only") == "new"
    sieve, cell = sieve_of(asked), _cell(asked)
    order = asked.choice("sort", ORDERS)
    wanted = WantedClaims(sieve=sieve, order=order, new=new, only_new=only_new and new is not None, cell=cell)
    lines, total = browsing.claims(wanted, slice_of(asked))
    day = None if new is None else datetime.fromtimestamp(new, UTC).date().isoformat()
    found = Story(
        extent=extent,
        lines=lines,
        pager=pager(asked, total),
        orders=[(one, asked.again(sort=one, page=None), one == order) for one in ORDERS],
        grid=_grid(browsing.grid(), asked, cell),
        sources=_headings(GRID[1]),
        new=day,
        all_new=asked.again(only="new", new=day, page=None) if day else None,
        only_new=wanted.only_new,
        every=asked.again(only=None, outlets=None, sources=None, page=None),
        sifted=sieve != Sieve() or cell is not None or wanted.only_new,
        asked=asked,
    )
    return Shown("story.html", found)


def _new_since(asked: Asked, extent: Extent) -> float | None:
    """The day that is asked for, else the day before that of the newest article."""
    if (given := asked.days("new")) is not None:
        return given[0]
    return None if extent.last is None else (extent.last // _DAY - 1) * _DAY


def _cell(asked: Asked) -> tuple[int, int] | None:
    outlets, sources = asked.number("outlets"), asked.number("sources")
    return None if outlets is None or sources is None else (min(outlets, GRID[0]), min(sources, GRID[1]))


def _headings(most: int) -> list[str]:
    return [*map(str, range(1, most)), f"{most}+"]


def _grid(
    counts: dict[tuple[int, int], int], asked: Asked, chosen: tuple[int, int] | None
) -> list[tuple[str, list[Cell]]]:
    """Rows of outlets, the most first, down to the last that has a claim."""
    highest = max((outlets for outlets, _ in counts), default=0)
    names = _headings(GRID[0])
    return [
        (names[row - 1], [_cell_of((row, n), counts, asked, chosen) for n in range(1, GRID[1] + 1)])
        for row in range(highest, 0, -1)
    ]


def _cell_of(
    place: tuple[int, int], counts: dict[tuple[int, int], int], asked: Asked, chosen: tuple[int, int] | None
) -> Cell:
    count = counts.get(place, 0)
    address = asked.again(outlets=place[0], sources=place[1], page=None) if count else None
    return Cell(count=count, weight=min(len(str(count)), 4) if count else 0, address=address, chosen=place == chosen)
