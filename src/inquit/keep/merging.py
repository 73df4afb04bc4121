"""Two ledgers become one: what the other holds and this one does not comes over, in one transaction."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from inquit.errors import UsageError
from inquit.keep import merging_rulings, reading, shown, writing
from inquit.keep.backing import copy, moment
from inquit.keep.forgetting import retire
from inquit.keep.migrations import MIGRATIONS
from inquit.keep.opening import opened
from inquit.keep.store import Store, Value
from inquit.keep.stored import Words, packed, unpacked
from inquit.keep.watching import WatchedPage


class Merged(NamedTuple):
    """What came over: articles with their statements, and how many articles were held by both."""

    articles: int
    statements: int
    held: int


def merge(store: Store, other: Path) -> Merged:
    """Take over what the ledger at ``other`` holds; all of it or, whatever happens, nothing. Links are due afterwards.

    An article that both hold stays as it is here, with its statements. ``other`` is read as it is at one moment and not
    written to; one of an older version is brought up to date in a copy. Raises UsageError when it is this ledger.
    """
    if other.exists() and other.samefile(store.path):
        raise UsageError(f"{other} is the ledger itself: name others")
    with _readable(other) as theirs, moment(theirs), store.transaction():
        merged = _articles(store, theirs)
        _problems(store, theirs)
        _claim_ids(store, theirs)
        merging_rulings.take_over(store, theirs)
        _feeds(store, theirs)
        _pages(store, theirs)
        _fetches(store, theirs)
    return merged


def see(path: Path) -> None:
    """Raise WorkError where there is no ledger at ``path`` that could be merged into another one."""
    opened(path, write=False, older=True).connection.close()


@contextmanager
def _readable(path: Path) -> Iterator[Store]:
    """The ledger at ``path``, or a copy of it, with the tables of this version."""
    store = opened(path, write=False, older=True)
    try:
        if store.connection.pragma("user_version") == len(MIGRATIONS):
            yield store
            return
        with tempfile.TemporaryDirectory() as folder:
            copied = Path(folder) / "ledger"
            copy(store, copied)
            newer = opened(copied, write=True)
            try:
                yield newer
            finally:
                newer.connection.close()
    finally:
        store.connection.close()


def _articles(store: Store, theirs: Store) -> Merged:
    articles = statements = held = 0
    for (number,) in theirs.rows("SELECT number FROM article ORDER BY instant NULLS LAST, id"):
        # As it was read: what was ruled on it comes over as rulings.
        found = shown.as_read(theirs, number)
        if found is not None and shown.put(store, found):
            articles += 1
            statements += len(found.statements)
        else:
            held += 1
    return Merged(articles, statements, held)


def _problems(store: Store, theirs: Store) -> None:
    for problem in reading.problems(theirs):
        if problem.article is None:
            writing.put_problem(store, problem)


def _claim_ids(store: Store, theirs: Store) -> None:
    """Their claims' ids are known here too, as younger than our own: so a claim that both had answers to both ids."""
    (last,) = store.row("SELECT coalesce(max(run), 0) FROM claim_id") or (0,)
    rows = theirs.rows("SELECT id, minted_from, run, alias_of FROM claim_id")
    # An alias may come before what it stands for: the reference is looked at when all is done.
    store.many(
        "INSERT INTO claim_id (id, minted_from, run, alias_of) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        ((ident, minted, run + last, alias) for ident, minted, run, alias in rows),
    )


# -- what is watched


def _feeds(store: Store, theirs: Store) -> None:
    store.many(
        "INSERT INTO watched_feed (address, body) VALUES (?, ?) ON CONFLICT (address) DO NOTHING",
        theirs.rows("SELECT address, body FROM watched_feed"),
    )


def _pages(store: Store, theirs: Store) -> None:
    """Each page with the versions of both in order of time; its state is that of whoever fetched it last."""
    for address, body in theirs.rows("SELECT address, body FROM watched_page ORDER BY number"):
        own, other = _versions(store, address), _versions(theirs, address)
        row = store.row("SELECT body FROM watched_page WHERE address = ?", address)
        page = unpacked(body, WatchedPage)
        if row is not None:
            mine = unpacked(row[0], WatchedPage)
            newer = page if other and (not own or other[-1][0] > own[-1][0]) else mine
            page = msgspec.structs.replace(newer, kept=max(mine.kept, page.kept))
        together = _one_after_another(sorted({*own, *other}))
        page = msgspec.structs.replace(page, kept=max(page.kept, len(together)))
        store.rows(
            "INSERT INTO watched_page (address, due, body) VALUES (?, ?, ?)"
            " ON CONFLICT (address) DO UPDATE SET due = excluded.due, body = excluded.body",
            address,
            page.due,
            packed(page),
        )
        if together != own:
            _keep_versions(store, address, together)


def _versions(store: Store, address: Value) -> list[tuple[float, Words]]:
    """When each article stood under an address, and its id."""
    rows = store.rows(
        "SELECT at, id FROM version JOIN article ON article.number = version.article WHERE page = ? ORDER BY position",
        address,
    )
    return [(at, ident) for at, ident in rows]


def _one_after_another(versions: list[tuple[float, Words]]) -> list[tuple[float, Words]]:
    """Without those that are the same article again."""
    return [one for n, one in enumerate(versions) if n == 0 or versions[n - 1][1] != one[1]]


def _keep_versions(store: Store, address: Value, versions: list[tuple[float, Words]]) -> None:
    store.rows("DELETE FROM version WHERE page = ?", address)
    store.many(
        "INSERT INTO version VALUES (?, ?, (SELECT number FROM article WHERE id = ?), ?)",
        ((address, position, ident, at) for position, (at, ident) in enumerate(versions, 1)),
    )
    old = store.rows(
        "SELECT number FROM article JOIN prepared ON prepared.article = number"
        " WHERE number IN (SELECT article FROM version WHERE page = ?) AND number IN (SELECT article FROM superseded)",
        address,
    )
    for (number,) in old:
        retire(store, number)
    store.rows("UPDATE state SET revision = revision + 1")


def _fetches(store: Store, theirs: Store) -> None:
    store.many(
        "INSERT INTO fetch (address, at, seconds, status, size, outcome) SELECT ?1, ?2, ?3, ?4, ?5, ?6"
        " WHERE NOT EXISTS (SELECT 1 FROM fetch WHERE at = ?2 AND address = ?1)",
        theirs.rows("SELECT address, at, seconds, status, size, outcome FROM fetch ORDER BY number"),
    )
