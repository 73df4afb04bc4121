"""Which units may be one claim: pairs that share two of their rarest words, scored once, kept as bonds.

Whether two units are compared depends on the two alone, but for keys that more than ``CROWD`` units have: those say no
more than the topic, and bring nobody together. So a unit that comes changes the bonds of others only where it fills a
key. ``docs/design/growth.md`` has what this finds and what it costs.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

import numpy as np

from inquit.link.stores import UnitStore
from inquit.link.units import Known

Pair: TypeAlias = tuple[int, int]

CROWD = 200  # units with one key up to which they are compared with each other
NEAR = 0.35  # cosine from which two units are scored
BOND = 0.5  # score from which two units may be in one cluster

_HELD = 20_000  # units in memory at once: some 200 MB
_BLOCK = 8_000_000  # pairs that are made distinct at once


class Agreement:
    """Scores of pairs of units."""

    def __init__(self, store: UnitStore) -> None:
        self._store = store
        self.known = lru_cache(maxsize=_HELD)(self._known)

    def _known(self, unit: int) -> Known:
        packed, vector = self._store.units([unit])[unit]
        return Known(unit, packed, vector)

    def near(self, one: int, other: int) -> float:
        """Score of two units; 0 where their vectors are apart."""
        mine, theirs = self.known(one), self.known(other)
        return mine.score(theirs) if mine.cosine(theirs) >= NEAR else 0.0


def update(store: UnitStore, agreement: Agreement) -> set[int]:
    """Bring the bonds up to the units that are new and gone: those that are new or whose bonds changed."""
    new, gone = store.new(), store.gone()
    bonds = _Bonds(store, new)
    for unit in gone:
        bonds.leave(unit)
    bonds.score(_freed(store, new, gone), agreement)
    met, parted = _meetings(store, new)
    for one, other in parted:
        if other in bonds.of(one) and not _share(store, one, other):
            bonds.part(one, other)
    bonds.score(met, agreement)
    bonds.keep()
    return (new | bonds.changed.keys()) - gone.keys()


class _Bonds:
    """The bonds of some units as they change."""

    def __init__(self, store: UnitStore, new: Set[int]) -> None:
        self._store = store
        self._new = new
        self.changed: dict[int, dict[int, float]] = {}

    def of(self, unit: int) -> dict[int, float]:
        """To be changed only here."""
        return self.changed.get(unit) or ({} if unit in self._new else self._store.bonds(unit))

    def join(self, one: int, other: int, score: float) -> None:
        self._own(one)[other] = self._own(other)[one] = score

    def part(self, one: int, other: int) -> None:
        self._own(one).pop(other, None)
        self._own(other).pop(one, None)

    def leave(self, unit: int) -> None:
        for other in list(self.of(unit)):
            self.part(unit, other)

    def score(self, pairs: Iterable[Pair], agreement: Agreement) -> None:
        for one, other in pairs:
            score = agreement.near(one, other)
            if score >= BOND:
                self.join(one, other, score)

    def keep(self) -> None:
        for unit, found in self.changed.items():
            self._store.keep_bonds(unit, found)

    def _own(self, unit: int) -> dict[int, float]:
        if unit not in self.changed:
            self.changed[unit] = {} if unit in self._new else self._store.bonds(unit)
        return self.changed[unit]


def _freed(store: UnitStore, new: Set[int], gone: Mapping[int, Sequence[int]]) -> Iterator[Pair]:
    """Pairs of older units that are compared now that a key of theirs is crowded no more."""
    lost = Counter(key for keys in gone.values() for key in keys)
    found: set[Pair] = set()
    for key, times in lost.items():
        holders = [unit for unit in store.holders(key, CROWD + 1 + len(new)) if unit not in new]
        if len(holders) <= CROWD < len(holders) + times:
            found.update(combinations(holders, 2))
    yield from sorted(found)


def _meetings(store: UnitStore, new: Set[int]) -> tuple[Iterator[Pair], set[Pair]]:
    """Pairs that new units have come to be in, each once, and pairs of older ones that may no longer be compared."""
    met = _Distinct()
    parted: set[Pair] = set()
    for holders in store.held(CROWD):
        older = [unit for unit in holders if unit not in new]
        if len(holders) <= CROWD:
            met.add((one, other) for one, other in combinations(holders, 2) if one in new or other in new)
        elif len(older) <= CROWD:
            parted.update(combinations(older, 2))
    return met.pairs(), parted


def _share(store: UnitStore, one: int, other: int) -> bool:
    """Whether two units have a key in common that is not crowded."""
    common = set(store.keys(one)) & set(store.keys(other))
    return any(len(store.holders(key, CROWD + 1)) <= CROWD for key in common)


class _Distinct:
    """Pairs of units, each once. Units that have a key in common come one after another: they are soon needed again."""

    def __init__(self) -> None:
        self._place: dict[int, int] = {}
        self._units: list[int] = []
        self._codes = array("q")
        self._sorted = [np.empty(0, np.int64)]

    def add(self, pairs: Iterable[Pair]) -> None:
        for one, other in pairs:
            i, j = self._placed(one), self._placed(other)
            self._codes.append(i << 32 | j if i < j else j << 32 | i)
        if len(self._codes) > _BLOCK:
            self._flush()

    def pairs(self) -> Iterator[Pair]:
        self._flush()
        for code in np.unique(np.concatenate(self._sorted)):
            yield self._units[int(code) >> 32], self._units[int(code) & 0xFFFFFFFF]

    def _placed(self, unit: int) -> int:
        place = self._place.setdefault(unit, len(self._units))
        if place == len(self._units):
            self._units.append(unit)
        return place

    def _flush(self) -> None:
        self._sorted.append(np.unique(np.frombuffer(self._codes, np.int64)))
        self._codes = array("q")
