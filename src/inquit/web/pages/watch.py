"""What is watched: the feeds and how they answered, what changed in articles, and the log of every request."""

from __future__ import annotations

import time
from typing import Literal, TypeAlias, cast

import msgspec

from inquit.keep import Fetch, Ledger, WatchedFeed
from inquit.keep.watching import EASY, LOG_DAYS, Revision, Sight, Watching
from inquit.records import Article
from inquit.watch.changes import Change, changes
from inquit.web.asking import Asked, Shown
from inquit.web.lists import SIZE, Pager, pager

Kind: TypeAlias = Literal["feeds", "changes", "log"]
KINDS: tuple[Kind, ...] = ("feeds", "changes", "log")
OUTCOMES = (*EASY, "trouble")

_REVISIONS = 10
_MOST_CHANGES = 20


class FeedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A feed and what was last asked of it; ``end`` is the last answer of the address that it has moved to.

    ``rests`` while it is left alone, because it failed or said when to come back.
    """

    feed: WatchedFeed
    last: Fetch | None
    end: Fetch | None
    rests: bool


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A version of an article and what changed in its statements; ``more`` changes are not told."""

    revision: Revision
    article: Article
    changes: list[Change]
    more: int


class WatchPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: of ``feeds``, ``changed`` and ``fetches`` those of the kind that is asked for."""

    kind: Kind
    ways: list[tuple[Kind, str]]
    command: str
    sight: Sight
    feeds: list[FeedLine]
    changed: list[Changed]
    fetches: list[Fetch]
    total: int
    pager: Pager | None
    before: str | None
    after: str | None
    outcomes: tuple[str, ...]
    days: int
    asked: Asked


def page(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/watch``; ``kind`` is one of ``KINDS``."""
    memory, now = ledger.watching(), time.time()
    kind = cast("Kind", asked.choice("kind", KINDS))
    feeds = sorted(memory.feeds(), key=lambda feed: (not feed.failures, feed.address))
    sight, number = memory.sight(now), asked.page()
    size = _REVISIONS if kind == "changes" else SIZE
    start = (number - 1) * size
    fetches = _fetches(memory, asked, start) if kind == "log" else []
    total = sight.revisions if kind == "changes" else len(feeds)
    found = WatchPage(
        kind=kind,
        ways=[(one, asked.again(kind=one, page=None, q=None, outcome=None)) for one in KINDS],
        command=f"inquit watch {ledger.path.name}",
        sight=sight,
        feeds=[_line(memory, feed, now) for feed in feeds[start : start + size]] if kind == "feeds" else [],
        changed=[_changed(memory, one) for one in memory.revisions(start, size)] if kind == "changes" else [],
        fetches=fetches[:size],
        total=len(feeds),
        pager=pager(asked, total, size) if kind != "log" else None,
        before=asked.again(page=number - 1) if number > 1 else None,
        after=asked.again(page=number + 1) if len(fetches) > size else None,
        outcomes=OUTCOMES,
        days=LOG_DAYS,
        asked=asked,
    )
    return Shown("watch.html", found)


def _fetches(memory: Watching, asked: Asked, start: int) -> list[Fetch]:
    """A page of the log, and one more where there is one."""
    outcome = asked.choice("outcome", ("", *OUTCOMES)) or None
    return memory.logged(start, SIZE + 1, part=asked.text("q"), outcome=outcome)


def _line(memory: Watching, feed: WatchedFeed, now: float) -> FeedLine:
    last = memory.last_fetch(feed.address)
    moved = last is not None and last.outcome == "moved" and feed.seen and feed.seen.address != feed.address
    return FeedLine(
        feed=feed,
        last=last,
        end=memory.last_fetch(feed.seen.address) if moved and feed.seen else None,
        rests=feed.due is not None and feed.due > now,
    )


def _changed(memory: Watching, revision: Revision) -> Changed:
    before, after = memory.reading(revision.before), memory.reading(revision.article)
    found = changes(before, after)
    return Changed(
        revision=revision,
        article=after.article,
        changes=found[:_MOST_CHANGES],
        more=max(0, len(found) - _MOST_CHANGES),
    )
