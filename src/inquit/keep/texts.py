"""The fingerprints of articles, and which of them are alike, within the transaction in which links are made."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import NamedTuple

from inquit.errors import WorkError
from inquit.keep import links, reading
from inquit.keep.filing import each, filed
from inquit.keep.store import Store
from inquit.keep.stored import unpacked, words
from inquit.keep.units import numbers
from inquit.records import Article, Copy


class Holder(NamedTuple):
    """An article that has a fingerprint, as it is ranked: by time, the unknown last, then by id."""

    time: float
    id: str
    number: int
    outlet: str | None


class Texts:
    """``link.stores.CopyStore``."""

    def __init__(self, store: Store, *, anew: bool = False) -> None:
        self._store = store
        self._anew = anew
        self._fresh = {number for (number,) in store.rows("SELECT article FROM due_article WHERE fresh")}
        self._known = {
            number: Holder(math.inf if time is None else time, words(ident), number, outlet and words(outlet))
            for number, ident, time, outlet in store.rows("SELECT number, id, instant, outlet FROM article")
        }
        filed(store, "mark", ((number, self.marks(number)) for number in sorted(self._fresh)))

    def fresh(self) -> set[int]:
        """Articles that were not compared yet."""
        return self._fresh

    def unsettled(self) -> set[int]:
        """Articles that were like one that is gone."""
        return {number for (number,) in self._store.rows("SELECT article FROM due_article WHERE NOT fresh")}

    def untold(self) -> set[int]:
        """Articles of which is to be told anew who took from whom."""
        return {number for (number,) in self._store.rows("SELECT article FROM alike")} if self._anew else set()

    def left(self) -> list[int]:
        """Fingerprints, still held by others, of articles that are gone."""
        return [mark for (mark,) in self._store.rows("SELECT mark FROM due_mark ORDER BY mark")]

    def marks(self, article: int) -> Sequence[int]:
        """The fingerprints of an article."""
        row = self._store.row("SELECT marks FROM prepared WHERE article = ?", article)
        return numbers(row[0]) if row else ()

    def holders(self, marks: AbstractSet[int] | None) -> Iterator[tuple[int, Sequence[Holder]]]:
        """Each of the fingerprints, or of all there are, that two articles or more have, with these in order."""
        if marks is None:
            for mark, rows in groupby(each(self._store, "mark", "mark, article"), key=lambda row: row[0]):
                found = [self._known[number] for _, number in rows]
                if len(found) > 1:
                    yield mark, sorted(found)
            return
        for mark in sorted(marks):
            found = [self._known[n] for (n,) in self._store.rows("SELECT article FROM mark WHERE mark = ?", mark)]
            if len(found) > 1:
                yield mark, sorted(found)

    def article(self, number: int) -> Article:
        """An article."""
        found = reading.article(self._store, self._known[number].id)
        if found is None:
            raise WorkError(f"{self._store.path} is damaged: an article is not there: `inquit verify` says more")
        return found

    def alike(self, article: int) -> set[int]:
        """The articles that are like one."""
        return {other for (other,) in self._store.rows("SELECT other FROM alike WHERE article = ?", article)}

    def keep_alike(self, article: int, others: AbstractSet[int]) -> None:
        """Replace them."""
        self._store.rows("DELETE FROM alike WHERE article = ?", article)
        self._store.many("INSERT INTO alike VALUES (?, ?)", ((article, other) for other in sorted(others)))

    def keep_copies(self, articles: AbstractSet[int], copies: Sequence[Copy]) -> Sequence[Copy]:
        """Replace all copies that articles are in; those that there were."""
        rows = {
            (one, other): unpacked(body, Copy)
            for number in articles
            for one, other, body in self._store.rows(
                "SELECT from_article, to_article, body FROM copy WHERE from_article = ?1 OR to_article = ?1", number
            )
        }
        if set(rows.values()) != set(copies):
            self._store.many("DELETE FROM copy WHERE from_article = ? AND to_article = ?", rows)
            links.keep_copies(self._store, copies)
        return list(rows.values())
