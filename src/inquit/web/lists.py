"""Lists a page at a time, and what they are filtered by."""

from __future__ import annotations

from typing import get_args

import msgspec

from inquit.keep.browsing import Slice
from inquit.keep.sieve import Sieve
from inquit.records import Framing, Stance, Standing
from inquit.web.asking import Asked

SIZE = 50
"""Lines of a page."""

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
