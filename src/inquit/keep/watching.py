"""What is watched: feeds, the pages that they name, the versions of these, and a log of every fetch."""

# ruff: noqa: S608 - names of columns are our own

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from inquit.errors import WorkError
from inquit.keep import choosing, reading
from inquit.keep.attaching import carry
from inquit.keep.forgetting import retire
from inquit.keep.store import Row, Store
from inquit.keep.stored import packed, stored, unpacked, words
from inquit.records import Reading

LOG_DAYS = 90
"""So long the log of fetches goes back."""

EASY = ("fetched", "unchanged", "moved")
"""Outcomes of a fetch that are no trouble."""

_FETCH = "address, at, seconds, status, size, outcome"


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said of its answer, to ask it whether that has changed; ``address`` is whose answer it was."""

    address: str
    etag: str | None = None
    modified: str | None = None


class WatchedFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed or sitemap. ``due``: seconds since 1970 before which it is left alone; None when it is gone for good.

    ``failures`` counts those since it was last fetched; ``children`` are the sitemaps that an index names.
    """

    address: str
    title: str | None = None
    seen: Seen | None = None
    due: float | None = 0.0
    failures: int = 0
    children: tuple[str, ...] = ()


class WatchedPage(msgspec.Struct, frozen=True, kw_only=True):
    """The address of an article, and what the entry of its feed says of it.

    ``mark`` changes when the entry does; ``first``: when it was met, ``due``: when it is fetched next, seconds since
    1970, None: when the entry changes. ``kept`` counts the versions that were kept, also of articles forgotten since.
    """

    address: str
    feed: str
    mark: str
    first: float
    due: float | None
    published: str | None = None
    outlet: str | None = None
    credit: str | None = None
    seen: Seen | None = None
    failures: int = 0
    kept: int = 0


class Version(NamedTuple):
    """An article that stood under an address from when it was fetched, ``at`` in seconds since 1970."""

    article: str
    at: float


class Fetch(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="fetch"):
    """One request: ``at`` in seconds since 1970, ``size`` in bytes as they came; no ``status`` without an answer."""

    address: str
    at: float
    seconds: float
    status: int | None
    size: int
    outcome: str


class Revision(NamedTuple):
    """A version of a page with the one before it; ``at`` as in ``Version``."""

    address: str
    before: str
    article: str
    at: float


class Sight(NamedTuple):
    """What is watched, in numbers: pages, how many of them are due, and versions that follow another one.

    ``last`` is when the last request was made, in seconds since 1970.
    """

    pages: int
    due: int
    revisions: int
    last: float | None


class Watching:
    """What a ledger remembers of what it watches; its methods raise as those of ``Ledger`` do."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def feed(self, address: str) -> WatchedFeed | None:
        """The feed of that address."""
        row = self._store.row("SELECT body FROM watched_feed WHERE address = ?", stored(address))
        return unpacked(row[0], WatchedFeed) if row else None

    def feeds(self) -> list[WatchedFeed]:
        """Every feed that was ever watched, by address."""
        rows = self._store.rows("SELECT body FROM watched_feed ORDER BY address")
        return [unpacked(body, WatchedFeed) for (body,) in rows]

    def page(self, address: str) -> WatchedPage | None:
        """The page of that address."""
        row = self._store.row("SELECT body FROM watched_page WHERE address = ?", stored(address))
        return unpacked(row[0], WatchedPage) if row else None

    def due(self, now: float) -> list[WatchedPage]:
        """The pages to be fetched by then, in the order in which they became due, then in that of their feed."""
        rows = self._store.rows("SELECT body FROM watched_page WHERE due <= ? ORDER BY due, number", now)
        return [unpacked(body, WatchedPage) for (body,) in rows]

    def keep(self, feed: WatchedFeed | None = None, pages: Iterable[WatchedPage] = ()) -> None:
        """Store a feed and pages as they are now, in one transaction."""
        with self._store.transaction():
            if feed is not None:
                sql = "INSERT OR REPLACE INTO watched_feed VALUES (?, ?)"
                self._store.rows(sql, stored(feed.address), packed(feed))
            for page in pages:
                self._keep(page)

    def keep_version(self, page: WatchedPage, article: str, at: float) -> None:
        """Store that the article stands under the page's address now, and the page as it is, in one transaction.

        The version before is no longer linked, unless it is the newest one of another address. Raises WorkError when
        the article is not held.
        """
        key = stored(page.address)
        with self._store.transaction():
            number = self._number(article)
            last = self._store.row(
                "SELECT position, article, article.id FROM version JOIN article ON article.number = version.article"
                " WHERE page = ? ORDER BY position DESC LIMIT 1",
                key,
            )
            if last and last[1] == number:
                self._keep(page)
                return
            self._keep(msgspec.structs.replace(page, kept=page.kept + 1))
            position = last[0] + 1 if last else 1
            self._store.rows("INSERT INTO version VALUES (?, ?, ?, ?)", key, position, number, at)
            if last:
                if self._store.row("SELECT 1 FROM superseded WHERE article = ?", last[1]):
                    retire(self._store, last[1])
                carry(self._store, last[1], number)
                self._store.rows("UPDATE state SET revision = revision + 1")

    def versions(self, address: str) -> list[Version]:
        """The articles that stood under a page's address, the oldest first; without those that were forgotten."""
        rows = self._store.rows(
            "SELECT article.id, at FROM version JOIN article ON article.number = version.article"
            " WHERE page = ? ORDER BY position",
            stored(address),
        )
        return [Version(words(ident), at) for ident, at in rows]

    def changed(self) -> list[str]:
        """The pages of which there are several versions, those that changed last at the end."""
        rows = self._store.rows("SELECT page FROM version GROUP BY page HAVING count(*) > 1 ORDER BY max(at), page")
        return [words(page) for (page,) in rows]

    def revisions(self, after: int, most: int) -> list[Revision]:
        """Versions that follow another one, those fetched last first: ``most`` after so many."""
        rows = self._store.rows(
            "SELECT one.page, (SELECT id FROM version old JOIN article ON article.number = old.article"
            " WHERE old.page = one.page AND old.position < one.position ORDER BY old.position DESC LIMIT 1) AS before,"
            " article.id, one.at FROM version one JOIN article ON article.number = one.article"
            " WHERE before IS NOT NULL ORDER BY one.at DESC, one.page, one.position LIMIT ? OFFSET ?",
            most,
            after,
        )
        return [Revision(words(page), words(before), words(article), at) for page, before, article, at in rows]

    def sight(self, now: float) -> Sight:
        """What is watched, in numbers; due is what is fetched by then."""
        row = self._store.row(
            "SELECT (SELECT count(*) FROM watched_page), (SELECT count(*) FROM watched_page WHERE due <= ?1),"
            " (SELECT count(*) - count(DISTINCT page) FROM version), (SELECT max(at) FROM fetch)",
            now,
        )
        return Sight(*(row or ()))

    def reading(self, article: str) -> Reading:
        """The article of that id with its statements; raises WorkError when it is not held."""
        found = reading.reading(self._store, article)
        if found is None:
            raise WorkError(f"{article} was forgotten meanwhile: run the same command again")
        return found

    def log(self, fetch: Fetch) -> None:
        """Add a fetch to the log."""
        with self._store.transaction():
            self._store.rows(
                "INSERT INTO fetch (address, at, seconds, status, size, outcome) VALUES (?, ?, ?, ?, ?, ?)",
                stored(fetch.address),
                fetch.at,
                fetch.seconds,
                fetch.status,
                fetch.size,
                fetch.outcome,
            )

    def shorten_log(self, now: float) -> None:
        """Drop what is older than ``LOG_DAYS``."""
        with self._store.transaction():
            self._store.rows("DELETE FROM fetch WHERE at < ?", now - LOG_DAYS * 86400)

    def fetches(self, most: int) -> Iterator[Fetch]:
        """The last of the log, the oldest first."""
        rows = self._store.rows(
            f"SELECT {_FETCH} FROM (SELECT * FROM fetch ORDER BY number DESC LIMIT ?) ORDER BY number", most
        )
        yield from map(_fetch, rows)

    def last_fetch(self, address: str) -> Fetch | None:
        """The last request for an address that the log has."""
        rows = self._store.rows(
            f"SELECT {_FETCH} FROM fetch WHERE address = ? ORDER BY number DESC LIMIT 1", stored(address)
        )
        return _fetch(rows[0]) if rows else None

    def logged(self, after: int, most: int, *, part: str | None = None, outcome: str | None = None) -> list[Fetch]:
        """Requests for addresses with ``part``, of an ``outcome``: ``most`` after so many, the newest first.

        The outcome ``trouble`` is every one but ``EASY``.
        """
        rows = self._store.rows(
            f"SELECT {_FETCH} FROM fetch WHERE (?1 IS NULL OR address LIKE ?1 ESCAPE '\\') AND (?2 IS NULL OR"
            " iif(?2 = 'trouble', outcome NOT IN (SELECT value FROM json_each(?3)), outcome = ?2))"
            " ORDER BY number DESC LIMIT ?4 OFFSET ?5",
            choosing.part(part),
            outcome,
            msgspec.json.encode(EASY).decode(),
            most,
            after,
        )
        return [_fetch(row) for row in rows]

    def _keep(self, page: WatchedPage) -> None:
        # Not REPLACE, which would delete the row and its versions with it.
        self._store.rows(
            "INSERT INTO watched_page (address, due, body) VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE"
            " SET due = excluded.due, body = excluded.body",
            stored(page.address),
            page.due,
            packed(page),
        )

    def _number(self, article: str) -> int:
        row = self._store.row("SELECT number FROM article WHERE id = ?", stored(article))
        if row is None:
            raise WorkError(f"{article} was forgotten meanwhile: run the same command again")
        return int(row[0])


def _fetch(row: Row) -> Fetch:
    address, at, seconds, status, size, outcome = row
    return Fetch(address=words(address), at=at, seconds=seconds, status=status, size=size, outcome=outcome)
