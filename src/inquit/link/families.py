"""Copies among all the articles of a ledger, brought up to those that came and went.

Articles are found by the fingerprints that they share, are compared two by two, and hang together in families, within
each of which ``link.copies`` tells who took from whom. A fingerprint that an outlet prints in story after story is
furniture, and brings nobody together; of one that very many articles have only the earliest meet the others. So an
article that comes or goes concerns those that it shares text with, and others only where a fingerprint changes its
kind with it: those are compared again. ``docs/design/growth.md`` has the bounds.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

import numpy as np

from inquit.link.align import text_of
from inquit.link.copies import are_alike, copies_among, without
from inquit.link.owners import Outlets
from inquit.link.stores import CopyStore, Holder
from inquit.records import Copy

CROWD = 64  # articles with one fingerprint, the earliest, that are compared with each other
_FIRST = 4  # of these, that are compared with all later ones too
_LEAST = 3  # fingerprints in common: the least that a run of 15 words leaves
_PASSAGE, _PART = 7, 0.2  # fingerprints, and part of the lesser article's, from which two texts are compared
_STORIES = 3  # of each outlet, on average, that make a fingerprint furniture
_SAME_STORY = 0.5  # of the fingerprints of the shorter one
_TEXTS = 3000  # in memory at once
_ALL = 300  # articles from which all fingerprints are gone through in order
_BLOCK = 8_000_000


def update_copies(store: CopyStore, outlets: Outlets | None = None) -> set[str]:
    """Bring the copies up to the articles that came and went; the ids of articles whose copies are others now."""
    return _Families(store, outlets).update()


class _Families:
    def __init__(self, store: CopyStore, outlets: Outlets | None) -> None:
        self._store, self._outlets = store, outlets
        self._fresh = store.fresh()
        self._all = len(self._fresh) >= _ALL
        self._furniture: set[int] = set()
        self._seen: set[int] = set()  # fingerprints of which it is known whether they are furniture
        self._apart = lru_cache(maxsize=_TEXTS)(self._furniture_in)
        self._marks = lru_cache(maxsize=_TEXTS)(lambda number: frozenset(store.marks(number)))
        self._whole = lru_cache(maxsize=_TEXTS)(lambda number: text_of(store.article(number).text))
        self._text = lru_cache(maxsize=_TEXTS)(lambda number: without(self._whole(number), self._apart(number)))

    def update(self) -> set[str]:
        unsettled = self._store.unsettled()
        due = self._fresh | unsettled
        due |= self._shaken(due)
        meetings = self._meetings(due)
        touched = due | self._store.untold()
        for number in sorted(due):
            touched |= self._store.alike(number)
        self._compare(due, meetings)
        concerned: set[str] = set()
        while touched:
            family = self._family(touched.pop())
            touched -= family
            concerned |= self._settle(family, lost=not unsettled.isdisjoint(family))
        return concerned

    def _shaken(self, due: AbstractSet[int]) -> set[int]:
        """Articles with a fingerprint that is of another kind now."""
        found: set[int] = set()
        for _, holders in self._held(self._fresh):
            before = [h for h in holders if h.number not in self._fresh]
            if len(before) > 1:
                found.update(self._displaced(before, holders))
        left = set(self._store.left())
        # What they were before is not known any more.
        for _, holders in self._store.holders(left) if left else ():
            found.update(h.number for h in holders)
        return found - due

    def _displaced(self, before: Sequence[Holder], holders: Sequence[Holder]) -> Iterator[int]:
        """Those of the holders of before whom a fingerprint brings together with others now."""
        if self._is_furniture(before) != self._is_furniture(holders):
            yield from (h.number for h in before)
            return
        for most in (CROWD, _FIRST) if len(holders) > CROWD else ():
            first = {h.number for h in holders[:most]}
            yield from (h.number for h in before[:most] if h.number not in first)

    def _meetings(self, due: AbstractSet[int]) -> Iterable[tuple[int, int]]:
        """Pairs with an article that is due which share enough fingerprints, each once."""
        codes, sorted_ = array("q"), [np.empty(0, np.int64)]
        for mark, holders in self._held(due):
            if self._is_furniture(holders):
                self._furniture.add(mark)
                continue
            numbers = [h.number for h in holders]
            for i, one in enumerate(numbers[:CROWD]):
                for other in numbers[i + 1 : None if i < _FIRST else CROWD]:
                    if one in due or other in due:
                        codes.append(min(one, other) << 32 | max(one, other))
            if len(codes) > _BLOCK:
                sorted_.append(np.frombuffer(codes, np.int64).copy())
                codes = array("q")
        sorted_.append(np.frombuffer(codes, np.int64))
        if not self._all:
            self._seen.update(*map(self._marks, due))
        pairs, times = np.unique(np.concatenate(sorted_), return_counts=True)
        enough = times >= _LEAST
        found = ((int(c) >> 32, int(c) & 0xFFFFFFFF, int(n)) for c, n in zip(pairs[enough], times[enough], strict=True))
        return [(one, other) for one, other, shared in found if self._may_be_alike(one, other, shared)]

    def _may_be_alike(self, one: int, other: int, shared: int) -> bool:
        """Two sentences of the same words, or a part of a brief, leave more fingerprints in common than a quotation."""
        return shared >= _PASSAGE or shared >= _PART * min(len(self._marks(one)), len(self._marks(other)))

    def _compare(self, due: AbstractSet[int], meetings: Iterable[tuple[int, int]]) -> None:
        """Find out which articles are like those that are due."""
        alike: dict[int, set[int]] = {number: set() for number in due}
        for one, other in meetings:
            # Most are not, whatever is furniture; to tell that takes a look at all that hold each fingerprint.
            if are_alike(self._whole(one), self._whole(other)) and are_alike(self._text(one), self._text(other)):
                for mine, theirs in ((one, other), (other, one)):
                    alike.setdefault(mine, set()).add(theirs)
        for number in due:
            for other in self._store.alike(number) - alike[number]:
                if other not in due:
                    self._store.keep_alike(other, self._store.alike(other) - {number})
        for number, others in alike.items():
            self._store.keep_alike(number, others if number in due else self._store.alike(number) | others)

    def _family(self, number: int) -> set[int]:
        """An article with all that hang together with it."""
        found, left = {number}, [number]
        while left:
            fresh = self._store.alike(left.pop()) - found
            found |= fresh
            left += fresh
        return found

    def _settle(self, family: AbstractSet[int], *, lost: bool) -> set[str]:
        """Tell who took from whom; the articles of which that is told otherwise, all if some are ``lost`` to them."""
        articles = {number: self._store.article(number) for number in sorted(family)}
        furniture = frozenset[int]().union(*map(self._apart, articles)) if len(family) > 1 else frozenset[int]()
        alike = [
            (articles[one].id, articles[other].id)
            for one in articles
            for other in self._store.alike(one)
            if one < other
        ]
        copies = copies_among(list(articles.values()), alike, furniture, self._outlets) if alike else []
        before = self._store.keep_copies(family, copies)
        if lost:
            return {article.id for article in articles.values()}
        return told_otherwise(before, copies, {articles[number].id for number in family & self._fresh})

    def _furniture_in(self, number: int) -> frozenset[int]:
        """The fingerprints of an article that are furniture."""
        mine = self._marks(number)
        unknown = frozenset() if self._all else mine - self._seen
        for mark, holders in self._store.holders(unknown) if unknown else ():
            if self._is_furniture(holders):
                self._furniture.add(mark)
        self._seen |= unknown
        return mine & self._furniture

    def _held(self, articles: Collection[int]) -> Iterable[tuple[int, Sequence[Holder]]]:
        """The fingerprints of articles that others have too, with all that have them."""
        if self._all and len(articles) >= _ALL:
            return self._store.holders(None)
        return self._store.holders({mark for number in articles for mark in self._marks(number)})

    def _is_furniture(self, holders: Sequence[Holder]) -> bool:
        outlets = {h.outlet for h in holders}
        return len(holders) >= _STORIES * len(outlets) and (
            len(holders) > CROWD or self._stories(holders) >= _STORIES * len(outlets)
        )

    def _stories(self, holders: Sequence[Holder]) -> int:
        """How many stories articles are: those of one outlet that share half of the shorter one's text are one."""
        told: dict[str | None, list[frozenset[int]]] = {}
        for holder in holders:
            mine = self._marks(holder.number)
            theirs = told.setdefault(holder.outlet, [])
            if all(len(mine & other) < _SAME_STORY * min(len(mine), len(other)) for other in theirs):
                theirs.append(mine)
        return sum(map(len, told.values()))


def told_otherwise(before: Collection[Copy], after: Collection[Copy], fresh: AbstractSet[str]) -> set[str]:
    """Articles into which other copies lead than before, or that hang together with others but ``fresh`` ones."""
    found = {copy.to for copy in set(before) ^ set(after)}
    return found.union(*(_chains(before, fresh) ^ _chains(after, fresh)))


def _chains(copies: Iterable[Copy], fresh: AbstractSet[str]) -> set[frozenset[str]]:
    """The articles that hang together by copies, but for ``fresh`` ones."""
    of: dict[str, set[str]] = {}
    for copy in copies:
        one, other = (of.get(end, {end}) for end in (copy.from_, copy.to))
        if one is not other:
            both = one | other
            of.update(dict.fromkeys(both, both))
    return {frozenset(chain - fresh) for chain in of.values() if len(chain - fresh) > 1}
