"""One round over the feeds that are watched: first the feeds, then the pages that are due, one host after another.

What is kept is kept in an order that lets a round end anywhere: the pages that a feed names are stored with its
validators in one transaction, so a feed that "has not changed" has no page that was lost; the validators of a page are
stored after its article.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from http import HTTPStatus
from itertools import pairwise
from math import inf
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from msgspec.structs import replace

from inquit import pipeline
from inquit.keep import Fetch, Ledger, Seen, WatchedFeed, WatchedPage
from inquit.read import Options, read_fetched
from inquit.read.address import plain
from inquit.read.feed import completed, entry_article, fetched_feed
from inquit.read.feed_entries import Entry
from inquit.read.fetch import Clock, Exchange, Fetched, Fetcher, Line, Manners, Unfetched, Validators
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem, Reading
from inquit.watch.changes import Change, changes

MOST_NEW = 100
"""So many entries of a feed are looked at in a round, its newest."""

_HOUR = 3600.0
# A page is looked at again when its age has doubled, from an hour on, until it is a week old.
_YOUNG, _OLD = _HOUR, 168 * _HOUR
_FIRST_BACKOFF, _MOST_BACKOFF = 300.0, 24 * _HOUR
_MOST_FAILURES = 6
_MOST_CHILDREN = 50
# What an answer or a refusal of our own says once and for all.
_FINAL = frozenset({"address", "robots", "content-type", "too-large"})
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class Kept(NamedTuple):
    """A new article, fetched ``at`` (seconds since 1970); ``before`` is the version that it follows.

    ``changes`` are those between the statements of the two.
    """

    address: str
    at: float
    reading: Reading
    before: Reading | None = None
    changes: tuple[Change, ...] = ()


class Withdrawn(NamedTuple):
    """An article that was kept is no longer under its address."""

    address: str
    status: int


Event: TypeAlias = Kept | Withdrawn | Problem


def kept_changes(ledger: Ledger) -> Iterator[Kept]:
    """Every version that a ledger holds and that follows another one, page by page."""
    memory = ledger.watching()
    for address in memory.changed():
        for old, new in pairwise(memory.versions(address)):
            before, after = memory.reading(old.article), memory.reading(new.article)
            yield Kept(address, new.at, after, before, tuple(changes(before, after)))


class Watch:
    """The feeds of a ledger, visited in rounds; ``feeds`` are addresses in their plain form."""

    def __init__(
        self,
        ledger: Ledger,
        feeds: Iterable[str],
        manners: Manners | None = None,
        *,
        most_new: int = MOST_NEW,
        clock: Clock | None = None,
        line: Line | None = None,
    ) -> None:
        # A host that is busy is left for a later round, so that it holds up no other one.
        manners = replace(manners or Manners(), patience=0.0)
        self._clock = clock or Clock()
        self._fetcher = Fetcher(manners, line=line, clock=self._clock, log=self._note)
        self._options = Options(max_bytes=manners.max_bytes)
        self._ledger = ledger
        self._memory = ledger.watching()
        self._feeds = list(feeds)
        self._most_new = most_new

    def round(self, longest: float = inf) -> Iterator[Event]:
        """Visit every feed that is due, then every page that is; what was yielded is on disk.

        No page is begun after ``longest`` seconds; the others stay due. Raises WorkError when the ledger cannot be
        written.
        """
        end = self._clock.now() + longest
        self._memory.shorten_log(self._clock.now())
        children: dict[str, None] = {}
        for address in self._by_host(self._feeds):
            yield from self._visit_feed(address, children)
        for address in self._by_host([child for child in children if child not in self._feeds]):
            yield from self._visit_feed(address, {})
        for address in self._by_host([page.address for page in self._memory.due(self._clock.now())]):
            if self._clock.now() + self._fetcher.seconds(address) > end:
                return
            if not self._fetcher.is_busy(address):
                yield from self._visit_page(address)

    # -- feeds

    def _visit_feed(self, address: str, children: dict[str, None]) -> Iterator[Event]:
        """Keep what a feed holds and note the pages that it names; ``children`` takes the sitemaps of an index."""
        feed = self._memory.feed(address) or WatchedFeed(address=address)
        if feed.due is not None and feed.due <= self._clock.now():
            try:
                fetched = self._fetch(address, feed.seen)
                if fetched.body is None:
                    self._memory.keep(replace(feed, failures=0))
                else:
                    feed = yield from self._entries(feed, fetched)
            except Trouble as trouble:
                gone = isinstance(trouble, Unfetched) and trouble.status == HTTPStatus.GONE
                due = None if gone else self._again(trouble, feed.failures)
                self._memory.keep(replace(feed, due=due, failures=feed.failures + 1))
                yield trouble.problem(address)
        children.update(dict.fromkeys(feed.children))

    def _entries(self, feed: WatchedFeed, fetched: Fetched) -> Generator[Event, None, WatchedFeed]:
        """Keep the articles of a feed, then store it with the pages that it names; raises Trouble."""
        found = fetched_feed(fetched, self._options.max_bytes)
        pages = []
        for entry in found.entries[: self._most_new]:
            address, trouble = _place(feed, entry)
            page = self._page(address, feed, entry)
            article = entry_article(entry, self._options) if page else None
            if page and article:
                yield from self._keep(page, article, ())
            elif page and entry.address:
                pages.append(page if trouble else replace(page, due=self._clock.now()))
            if page and trouble:
                yield trouble.problem(address)
        children = tuple(_fetchable(found.children[:_MOST_CHILDREN]))
        feed = replace(feed, title=found.title, seen=_seen(fetched), due=0.0, failures=0, children=children)
        self._memory.keep(feed, pages)
        if found.broken:
            message = f"the feed is not well-formed ({found.broken}); what could be made out was read"
            yield Problem(code="feed-broken", message=message, input=feed.address)
        return feed

    def _page(self, address: str, feed: WatchedFeed, entry: Entry) -> WatchedPage | None:
        """The page that an entry names, where it is new or its entry has changed."""
        known = self._memory.page(address)
        if known is not None and (known.feed != feed.address or known.mark == entry.mark):
            # What another feed says of it in other words is no change.
            return None
        page = known or WatchedPage(address=address, feed=feed.address, mark="", first=self._clock.now(), due=None)
        return replace(
            page,
            mark=entry.mark,
            due=None,
            published=entry.published or entry.updated,
            outlet=entry.outlet,
            credit=entry.credit,
            failures=0,
        )

    # -- pages

    def _visit_page(self, address: str) -> Iterator[Event]:
        page = self._memory.page(address)
        if page is None:
            return
        if self._is_forgotten(page):
            self._memory.keep(pages=[replace(page, due=None)])
            return
        try:
            fetched = self._fetch(address, page.seen)
        except Trouble as trouble:
            yield self._failed(page, trouble)
            return
        seen = page.seen if fetched.body is None else _seen(fetched)
        page = replace(page, due=self._later(page), seen=seen, failures=0)
        records = list(read_fetched(fetched, self._options))
        problems = [record for record in records if isinstance(record, Problem)]
        article = next((record for record in records if isinstance(record, Article)), None)
        if article is not None:
            yield from self._keep(page, *_completed(article, problems, page, self._options))
        else:
            self._memory.keep(pages=[page])
            yield from problems

    def _keep(self, page: WatchedPage, article: Article, problems: Sequence[Problem]) -> Iterator[Event]:
        """Keep an article as the newest version of a page, unless that has its words already."""
        versions = self._memory.versions(page.address)
        before = self._memory.reading(versions[-1].article) if versions else None
        if self._is_forgotten(page) or (before is not None and before.article.text == article.text):
            self._memory.keep(pages=[page])
            return
        held = self._ledger.holds(article.id)
        reading = self._memory.reading(article.id) if held else pipeline.reading(article, problems)
        self._ledger.keep(reading)
        now = self._clock.now()
        self._memory.keep_version(page, article.id, now)
        if before is not None:
            yield Kept(page.address, now, reading, before, tuple(changes(before, reading)))
        elif not held:
            yield Kept(page.address, now, reading)

    def _failed(self, page: WatchedPage, trouble: Trouble) -> Event:
        """Note that a page was not to be had; what it is to be told as."""
        status = trouble.status if isinstance(trouble, Unfetched) else None
        final = status in _GONE or (status is None and trouble.code in _FINAL) or page.failures >= _MOST_FAILURES
        due = None if final else self._again(trouble, page.failures)
        self._memory.keep(pages=[replace(page, due=due, failures=page.failures + 1)])
        if status in _GONE and page.kept:
            return Withdrawn(page.address, status)
        return trouble.problem(page.address)

    def _is_forgotten(self, page: WatchedPage) -> bool:
        """Whether somebody has had the ledger forget its articles: it is not to bring them back."""
        return page.kept > 0 and not self._memory.versions(page.address)

    # -- requests and times

    def _fetch(self, address: str, seen: Seen | None) -> Fetched:
        validators = Validators(seen.address, seen.etag, seen.modified) if seen else None
        try:
            return self._fetcher.fetch(address, validators)
        except Trouble as trouble:
            if trouble.code == "robots":
                self._note(Exchange(address, 0.0, None, 0, "robots"))
            raise

    def _note(self, exchange: Exchange) -> None:
        self._memory.log(
            Fetch(
                address=exchange.address,
                at=self._clock.now() - exchange.seconds,
                seconds=round(exchange.seconds, 3),
                status=exchange.status,
                size=exchange.size,
                outcome=exchange.outcome,
            )
        )

    def _by_host(self, addresses: Iterable[str]) -> Iterator[str]:
        """The addresses, those next whose host may be asked soonest."""
        waiting: dict[str, deque[str]] = {}
        for address in addresses:
            waiting.setdefault(urlsplit(address).netloc, deque()).append(address)
        while waiting:
            host = min(waiting, key=lambda host: self._fetcher.seconds(waiting[host][0]))
            yield waiting[host].popleft()
            if not waiting[host]:
                del waiting[host]

    def _later(self, page: WatchedPage) -> float | None:
        """When a page is looked at again: when its age has doubled; None when it is old."""
        age = max(2 * (self._clock.now() - page.first), _YOUNG)
        return page.first + age if age <= _OLD else None

    def _again(self, trouble: Trouble, failures: int) -> float:
        """When what failed is tried again: when the host says, else after twice as long each time."""
        if isinstance(trouble, Unfetched) and trouble.again is not None:
            return self._clock.now() + trouble.again
        seconds = min(_FIRST_BACKOFF * float(2**failures), _MOST_BACKOFF)
        return self._clock.now() + seconds * (1 + self._clock.chance() / 2)


def _place(feed: WatchedFeed, entry: Entry) -> tuple[str, Trouble | None]:
    """The address of an entry, and what is wrong with it; one without an address is known by what it says."""
    if entry.address is None:
        return f"{feed.address}#{entry.mark}", None
    try:
        return plain(entry.address), None
    except Trouble as trouble:
        return entry.address, trouble


def _fetchable(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        with suppress(Trouble):
            yield plain(address)


def _seen(fetched: Fetched) -> Seen:
    return Seen(address=fetched.validators.address, etag=fetched.validators.etag, modified=fetched.validators.modified)


def _completed(
    article: Article, problems: Sequence[Problem], page: WatchedPage, options: Options
) -> tuple[Article, list[Problem]]:
    """The article with what only the feed says of it, and its Problems without those that this has solved."""
    whole = completed(article, published=page.published, outlet=page.outlet, credit=page.credit, options=options)
    left = [problem for problem in problems if problem.code != "no-date" or whole.published is None]
    return whole, [replace(problem, article=whole.id) if problem.article else problem for problem in left]
