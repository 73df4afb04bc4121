"""The story: its claims by outlets and independent sources, and what is new."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from inquit.keep import Ledger
from inquit.keep.browsing import GRID, ORDERS, Extent
from inquit.keep.lines import By, ClaimLine
from inquit.keep.sieve import Sieve
from inquit.web.addresses import at
from inquit.web.asking import Asked, Shown
from inquit.web.lists import BYS, Pager, pager, slice_of, wanted_claims

_CHOOSING = ("q", "source", "party", "outlet", "since", "until", "outlets", "sources", "only", "new", "by")


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """Claims of so many outlets and so many independent sources; ``weight`` of 0 to 4 grows with their number."""

    count: int
    weight: int
    address: str | None
    chosen: bool


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; ``new`` is the day since which articles count as new, ``by`` when they came or their dates.

    ``other_by`` is the address of the same by the other.
    """

    extent: Extent
    lines: list[ClaimLine]
    pager: Pager
    orders: list[tuple[str, str, bool]]
    grid: list[tuple[str, list[Cell]]]
    sources: list[str]
    new: str | None
    by: By
    other_by: str
    all_new: str | None
    only_new: bool
    every: str
    sifted: bool
    brief: str
    asked: Asked


def page(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/``."""
    browsing = ledger.browsing()
    extent = browsing.extent()
    wanted = wanted_claims(ledger, asked, extent)
    lines, total = browsing.claims(wanted, slice_of(asked))
    day = datetime.fromtimestamp(wanted.new.since, UTC).date().isoformat() if wanted.new else None
    by = wanted.new.by if wanted.new else BYS[0]
    found = Story(
        extent=extent,
        lines=lines,
        pager=pager(asked, total),
        orders=[(one, asked.again(sort=one, page=None), one == wanted.order) for one in ORDERS],
        grid=_grid(browsing.grid(), asked, wanted.cell),
        sources=_headings(GRID[1]),
        new=day,
        by=by,
        other_by=asked.again(by=next(one for one in BYS if one != by), new=asked.text("new"), page=None),
        all_new=asked.again(only="new", new=day, by=by, page=None) if day else None,
        only_new=wanted.only_new,
        every=asked.again(only=None, outlets=None, sources=None, page=None),
        sifted=wanted.sieve != Sieve() or wanted.cell is not None or wanted.only_new,
        brief=at("/brief", **{name: asked.text(name) for name in _CHOOSING}),
        asked=asked,
    )
    return Shown("story.html", found)


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
