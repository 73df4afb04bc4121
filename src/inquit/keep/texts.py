"""The fingerprints of articles, and which of them are alike, within the transaction in which links are made."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.errors import WorkError
from inquit.keep import links, reading
from inquit.keep.filing import each, filed
from inquit.keep.store import Row, Store
from inquit.keep.stored import unpacked, words
from inquit.keep.units import mark_place
from inquit.records import Article, Copy

_Alike: TypeAlias = tuple[int, float, float, bytes, float, bool]

_HOW = 3  # the bits of a place that tell how an article has a fingerprint
_AT_ONCE = 10_000  # fingerprints that are asked for at once
_OF_COPY = "SELECT from_article, to_article, body FROM copy WHERE from_article = ?1 OR to_article = ?1"


class Holder(NamedTuple):
    """An article that has a fingerprint, as it is ranked: by time, the unknown last, then by id."""

    time: float
    id: str
    number: int
    outlet: str | None
    how: int = 0


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
        filed(store, "mark", (own for number in sorted(self._fresh) for own in self._places(number)))

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

    def marks(self, article: int) -> npt.NDArray[np.int64]:
        """The fingerprints of an article, in order."""
        return np.frombuffer(self._prepared("marks", article), "<i8").astype(np.int64, copy=False)

    def holders(self, marks: AbstractSet[int] | None) -> Iterator[tuple[int, Sequence[Holder]]]:
        """Each of the fingerprints, or of all there are, that an article has, with all that have it in order."""
        if marks is None:
            for mark, rows in groupby(each(self._store, "mark", "mark, place"), key=lambda row: row[0]):
                yield mark, self._held(place for _, place in rows)
            return
        sql = "SELECT mark, place FROM mark WHERE mark IN (SELECT value FROM json_each(?)) ORDER BY mark, place"
        wanted = sorted(marks)
        for first in range(0, len(wanted), _AT_ONCE):
            asked = wanted[first : first + _AT_ONCE]
            for mark, found in groupby(self._store.among(sql, asked), key=lambda row: row[0]):
                yield mark, self._held(place for _, place in found)

    def kinds(self, article: int) -> bytes:
        """What its fingerprints were when it was linked last, a byte for each; empty if it was not."""
        return self._signed("kinds", article)

    def keep_kinds(self, article: int, kinds: bytes) -> None:
        """Replace them."""
        self._store.rows(
            "INSERT INTO signed VALUES (?, ?, x'') ON CONFLICT (article) DO UPDATE SET kinds = excluded.kinds",
            article,
            kinds,
        )

    def known(self, article: int) -> Holder:
        """An article as one that has a fingerprint."""
        return self._known[article]

    def article(self, number: int) -> Article:
        """An article."""
        found = reading.article(self._store, self._known[number].id)
        if found is None:
            raise WorkError(f"{self._store.path} is damaged: an article is not there: `inquit verify` says more")
        return found

    def text(self, article: int) -> bytes:
        """Its text for comparing, packed."""
        return self._prepared("text", article)

    def signature(self, article: int) -> bytes:
        """What was kept of its credits; empty if nothing was."""
        return self._signed("body", article)

    def keep_signature(self, article: int, signature: bytes) -> None:
        """Replace that."""
        self._store.rows(
            "INSERT INTO signed VALUES (?, x'', ?) ON CONFLICT (article) DO UPDATE SET body = excluded.body",
            article,
            signature,
        )

    def like(self, article: int) -> set[int]:
        """The articles that are like one."""
        return {other for (other,) in self._store.rows("SELECT other FROM alike WHERE article = ?", article)}

    def alike(self, article: int) -> list[_Alike]:
        """The same, with what is known of both (``link.stores.Alike``)."""
        sql = "SELECT other, strength, share, taken, certainty, parent FROM alike WHERE article = ?"
        return [(*row[:5], bool(row[5])) for row in self._store.rows(sql, article)]

    def join(self, article: int, alike: _Alike) -> None:
        """Add or replace one of these."""
        self._store.rows("INSERT OR REPLACE INTO alike VALUES (?, ?, ?, ?, ?, ?, ?)", article, *alike)

    def part(self, articles: AbstractSet[int]) -> None:
        """Forget that anything is like one of the articles."""
        self._store.many("DELETE FROM alike WHERE article = ?1 OR other = ?1", ((number,) for number in articles))

    def part_two(self, one: int, other: int) -> None:
        """Forget that two articles are alike."""
        self._store.many("DELETE FROM alike WHERE article = ? AND other = ?", ((one, other), (other, one)))

    def copies(self, articles: AbstractSet[int]) -> dict[tuple[int, int], Copy]:
        """The copies that articles are in, by the numbers of whom was taken from and of who took."""
        rows: set[Row] = {row for number in articles for row in self._store.rows(_OF_COPY, number)}
        return {(one, other): unpacked(body, Copy) for one, other, body in rows}

    def keep_copies(self, before: Mapping[tuple[int, int], Copy], after: Mapping[tuple[int, int], Copy]) -> None:
        """Replace copies by others."""
        gone = [pair for pair, copy in before.items() if after.get(pair) != copy]
        self._store.many("DELETE FROM copy WHERE from_article = ? AND to_article = ?", gone)
        links.keep_copies(self._store, [copy for pair, copy in after.items() if before.get(pair) != copy])

    def _held(self, places: Iterator[int]) -> list[Holder]:
        """Those who have a fingerprint, in order."""
        known = self._known
        return sorted(known[p >> 2]._replace(how=p & _HOW) if p & _HOW else known[p >> 2] for p in places)

    def _places(self, number: int) -> Iterator[tuple[int, Sequence[int]]]:
        """The fingerprints of an article under each way in which it has some."""
        found, hows = self.marks(number), np.frombuffer(self._prepared("hows", number), np.uint8)
        return ((mark_place(number, how), found[hows == how].tolist()) for how in np.unique(hows).tolist())

    def _prepared(self, what: str, article: int) -> bytes:
        row = self._store.row(f"SELECT {what} FROM prepared WHERE article = ?", article)  # noqa: S608 - names of our own
        return bytes(row[0]) if row else b""

    def _signed(self, what: str, article: int) -> bytes:
        row = self._store.row(f"SELECT {what} FROM signed WHERE article = ?", article)  # noqa: S608 - names of our own
        return bytes(row[0]) if row else b""
