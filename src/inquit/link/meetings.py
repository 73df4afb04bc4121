"""Which articles of a ledger may share text, found by their fingerprints as articles come and go.

A fingerprint of furniture or captions brings nobody together; of one that very many articles have only the earliest
meet the others. So an article that comes or goes concerns those that it shares text with, and others only where a
fingerprint becomes of another kind with it (``link.kinds``). ``docs/design/growth.md`` has the bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from inquit.link.align import text_from
from inquit.link.fingerprints import Ints
from inquit.link.kinds import APART, Kinds, kind, told
from inquit.link.stores import CopyStore, Holder

CROWD = 64  # articles with one fingerprint, the earliest, that are compared with each other
_FIRST = 4  # of these, that are compared with all later ones too
_LEAST = 3  # fingerprints in common: the least that a run of 15 words leaves
_PASSAGE, _PART = 7, 0.2  # fingerprints, and part of the lesser article's, from which two texts are compared
_TEXTS = 3000  # in memory at once
_ALL = 300  # articles from which all fingerprints are gone through in order
_BLOCK = 8_000_000


class Due(NamedTuple):
    """Articles that are to be compared with all that they meet; and such as may not meet some of those they did.

    ``again`` are articles that may have come to meet each other, though they are to themselves what they were.
    """

    articles: AbstractSet[int]
    parting: AbstractSet[int]
    again: Sequence[AbstractSet[int]]

    def may_be_new(self, one: int, other: int) -> bool:
        """Whether two that meet may not have met before."""
        return any(one in some and other in some for some in self.again)


class Meetings:
    """Fingerprints of articles with what these are, and who meets whom by them."""

    def __init__(self, store: CopyStore) -> None:
        self._store = store
        self.fresh = store.fresh()
        self.marks = lru_cache(maxsize=_TEXTS)(store.marks)
        self._kinds: dict[int, Kinds] = {}  # of articles of which they are others now
        self._turned: set[int] = set()  # older articles that have a fingerprint of another kind now
        self._again: list[AbstractSet[int]] = []  # those that met by one, or do so now, and did or do not
        self._parting: set[int] = set()
        self._shared = lru_cache(maxsize=1 << 16)(partial(_part_shared, self.marks))

    def update(self, unsettled: AbstractSet[int]) -> Due:
        """Bring what fingerprints are up to the articles that came and went; who is to be compared, or again."""
        due = self.fresh | unsettled
        left = set(self._store.left())
        for mark, holders in self._held(self.fresh):
            self._settle(mark, holders)
        for mark, holders in self._store.holders(left) if left else ():
            self._settle(mark, holders)
            # Who were the first to have it before is not known any more.
            due |= {h.number for h in holders if len(holders) > 1}
        due |= {number for number in self._turned - due if self._reads_otherwise(number)}
        for number, kinds in self._kinds.items():
            self._store.keep_kinds(number, kinds.tobytes())
        return Due(due, (self._turned | self._parting) - due, self._again)

    def _reads_otherwise(self, number: int) -> bool:
        """Whether other words of an article are quoted, or apart, by what its fingerprints are now."""
        text, marks = text_from(self._store.text(number)), self.marks(number)
        before = told(text, marks, np.frombuffer(self._store.kinds(number), np.uint8))
        now = told(text, marks, self._kinds[number])
        return bool((before.quoted != now.quoted).any() or (before.caption != now.caption).any())

    def kinds(self, number: int) -> Kinds:
        """What the fingerprints of an article are, in their order."""
        found = self._kinds.get(number)
        if found is None:
            held = self._store.kinds(number)
            found = np.frombuffer(held, np.uint8) if held else np.zeros(len(self.marks(number)), np.uint8)
        return found

    def pairs(self, due: AbstractSet[int]) -> Iterable[tuple[int, int]]:
        """Pairs with an article that is due which share enough fingerprints, each once."""
        apart = set[int]().union(*(self.marks(n)[(self.kinds(n) & APART) > 0].tolist() for n in due))
        codes, waiting, sorted_ = [np.empty(0, np.int64)], 0, [np.empty(0, np.int64)]
        for mark, holders in self._held(due):
            if mark in apart:
                continue
            numbers = np.fromiter((h.number for h in holders), np.int64, len(holders))
            some = np.fromiter((h.number in due for h in holders), np.bool_, len(holders))
            i, j = _meeting(len(holders), CROWD, _FIRST)
            here = some[i] | some[j]
            one, other = numbers[i[here]], numbers[j[here]]
            codes.append(np.minimum(one, other) << 32 | np.maximum(one, other))
            waiting += len(one)
            if waiting > _BLOCK:
                sorted_.append(np.concatenate(codes))
                codes, waiting = [], 0
        pairs, times = np.unique(np.concatenate([*sorted_, *codes]), return_counts=True)
        enough = times >= _LEAST
        found = ((int(c) >> 32, int(c) & 0xFFFFFFFF, int(n)) for c, n in zip(pairs[enough], times[enough], strict=True))
        return [(one, other) for one, other, shared in found if self._may_be_alike(one, other, shared)]

    def _may_be_alike(self, one: int, other: int, shared: int) -> bool:
        """Two sentences of the same words, or a part of a brief, leave more fingerprints in common than a quotation."""
        return shared >= _PASSAGE or shared >= _PART * min(len(self.marks(one)), len(self.marks(other)))

    def _settle(self, mark: int, holders: Sequence[Holder]) -> None:
        """Note what a fingerprint is now, to whom it is another one than before, and who are displaced by it."""
        now = kind(holders, self._shared)
        older = [h.number for h in holders if h.number not in self.fresh]
        for holder in holders if now else ():
            if holder.number in self.fresh:
                self._note(holder.number, mark, now)
        # All that have it know the same of it.
        if older and (before := self._known(older[0], mark)) != now:
            for number in older:
                self._note(number, mark, now)
            self._turned.update(older)
            if (before ^ now) & APART:
                self._again.append(frozenset(older))
        self._parting.update(self._displaced(holders))

    def _displaced(self, holders: Sequence[Holder]) -> Iterator[int]:
        """Older ones that were among the first to have a fingerprint, and are no more."""
        if len(holders) > CROWD:
            before = [h.number for h in holders if h.number not in self.fresh]
            for most in (CROWD, _FIRST):
                first = {h.number for h in holders[:most]}
                yield from (number for number in before[:most] if number not in first)

    def _known(self, number: int, mark: int) -> int:
        return int(self.kinds(number)[np.searchsorted(self.marks(number), mark)])

    def _note(self, number: int, mark: int, now: int) -> None:
        if number not in self._kinds:
            self._kinds[number] = self.kinds(number).copy()
        self._kinds[number][np.searchsorted(self.marks(number), mark)] = now

    def _held(self, articles: Collection[int]) -> Iterator[tuple[int, Sequence[Holder]]]:
        """The fingerprints of articles that others have too, with all that have them."""
        every = len(self.fresh) >= _ALL and len(articles) >= _ALL
        wanted = None if every else set[int]().union(*(self.marks(number).tolist() for number in articles))
        return ((mark, holders) for mark, holders in self._store.holders(wanted) if len(holders) > 1)


def _part_shared(marks: Callable[[int], Ints], one: int, other: int) -> float:
    """The part of the fingerprints of the shorter of two articles that both have."""
    mine, theirs = marks(one), marks(other)
    return _common(mine, theirs) / max(1, min(len(mine), len(theirs)))


@lru_cache(maxsize=1024)
def _meeting(count: int, crowd: int, first: int) -> tuple[Ints, Ints]:
    """Places of those who meet by a fingerprint, of as many as have it: the earlier, the later."""
    i, j = np.triu_indices(min(count, crowd), 1)
    late = np.arange(crowd, max(count, crowd))
    return np.concatenate([i, np.repeat(np.arange(min(first, count)), len(late))]), np.concatenate(
        [j, np.tile(late, min(first, count))]
    )


def _common(one: Ints, other: Ints) -> int:
    """How many numbers two sorted arrays of distinct ones share."""
    shorter, longer = sorted((one, other), key=len)
    if not len(shorter):
        return 0
    places = np.minimum(np.searchsorted(longer, shorter), len(longer) - 1)
    return int(np.count_nonzero(longer[places] == shorter))
