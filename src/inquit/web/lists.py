"""Lists a page at a time, and what they are filtered by."""

from __future__ import annotations

from typing import get_args

import msgspec

from inquit.keep import Ledger
from inquit.keep.browsing import GRID, ORDERS, Extent, Slice, WantedClaims
from inquit.keep.lines import By, News
from inquit.keep.sieve import Sieve
from inquit.records import Framing, Stance, Standing
from inquit.web.asking import Asked

SIZE = 50
"""Lines of a page."""

BYS: tuple[By, ...] = ("came", "published")

_DAY = 86400.0

LABELS: dict[str, tuple[str, ...]] = {
    "voice": ("attributed", "own"),
    "standing": get_args(Standing),
    "stance": get_args(Stance),
    "framing": get_args(Framing),
}


class Pager(msgspec.Struct, frozen=True, kw_only=True):
    """Which page of a list it is, of how many, and the addresses of those before and after it."""

    page: int
    pages: int
    total: int
    first: int
    last: int
    before: str | None
    after: str | None


def slice_of(asked: Asked, size: int = SIZE) -> Slice:
    """The part of a list that is asked for."""
    return Slice((asked.page() - 1) * size, size)


def pager(asked: Asked, total: int, size: int = SIZE) -> Pager:
    """The way through a list of so many lines."""
    page, pages = asked.page(), max(-(-total // size), 1)
    return Pager(
        page=page,
        pages=pages,
        total=total,
        first=min((page - 1) * size + 1, total),
        last=min(page * size, total),
        before=asked.again(page=min(page - 1, pages)) if page > 1 else None,
        after=asked.again(page=page + 1) if page < pages else None,
    )


def sieve_of(asked: Asked) -> Sieve:
    """What is filtered by; source, party and outlet are parts of names. Raises UsageError for what is no date."""
    since, until = asked.days("since"), asked.days("until")
    label = {name: given for name, choices in LABELS.items() if (given := asked.choice(name, ("", *choices)))}
    return Sieve(
        words=asked.text("q"),
        like_entity=asked.text("source"),
        like_party=asked.text("party"),
        like_outlet=asked.text("outlet"),
        since=since[0] if since else None,
        until=until[1] if until else None,
        cue=asked.text("cue"),
        claim=asked.text("claim"),
        **label,
    )


def wanted_claims(ledger: Ledger, asked: Asked, extent: Extent | None = None) -> WantedClaims:
    """The claims that the story is asked for; ``extent`` is the ledger's, where it is known."""
    new = _news(asked, extent or ledger.browsing().extent())
    outlets, sources = asked.number("outlets"), asked.number("sources")
    return WantedClaims(
        sieve=sieve_of(asked),
        order=asked.choice("sort", ORDERS),
        new=new,
        only_new=asked.text("only") == "new" and new is not None,
        cell=None if outlets is None or sources is None else (min(outlets, GRID[0]), min(sources, GRID[1])),
    )


def _news(asked: Asked, extent: Extent) -> News | None:
    """What counts as new: since the day that is asked for, else since the one before that of the last article.

    By when articles came into the ledger, for who looks every morning; by their dates in a ledger that was filled at
    one time, as all of it is as new as any of it. What does not have the one goes by the other.
    """
    came, published = (None if at is None else (at // _DAY - 1) * _DAY for at in (extent.came_last, extent.last))
    grew = came is not None and extent.came_first is not None and extent.came_first < came
    by: By = "came" if asked.choice("by", BYS if grew else BYS[::-1]) == "came" else "published"
    if (given := asked.days("new")) is not None:
        return News(given[0], by)
    usual = (came, published) if by == "came" else (published, came)
    since = next((one for one in usual if one is not None), None)
    return None if since is None else News(since, by)
