"""Which units may be one claim: pairs that share two of their rarest words, scored once, kept as bonds.

A key brings together the first ``CROWD`` of its units, in an order that is its own (``UnitStore.holders``). So a unit
that comes to a full key stays outside, or takes the place of one: what concerns others is bounded, however many come.
``docs/design/growth.md`` has what this finds and what it costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache, partial
from itertools import pairwise
from operator import xor
from typing import NamedTuple, TypeAlias

import numpy as np

from inquit.link.likeness import Floats, Ints
from inquit.link.pairs import cosines, scores
from inquit.link.stores import UnitStore
from inquit.link.table import Table

Pair: TypeAlias = tuple[int, int]

CROWD = 128  # units with one key that are compared with each other
NEAR = 0.35  # cosine from which two units are scored
BOND = 0.3  # score from which a pair is kept; one that is not counts as 0 when clusters are made

_LOADED = 2_000_000  # units in memory at once, some 700 bytes each
_READ = 20_000  # that are read at once
_SCORED = 1 << 16  # pairs that are scored at once
_BLOCK = 1 << 23  # pairs that are made distinct at once


class _Agreement:
    """Scores of pairs of units, of which one under BOND counts as none."""

    def __init__(self, store: UnitStore) -> None:
        self._store = store
        self._table = Table()
        self._places: dict[int, int] = {}

    def scores(self, units: Ints) -> Floats:
        """Scores of the pairs ``(n, 2)``; 0 where the vectors of two are apart."""
        one, other = self._placed(units).T
        found = np.zeros(len(units))
        near = np.flatnonzero(cosines(self._table, one, other) >= NEAR)
        found[near] = scores(self._table, one[near], other[near], BOND)
        return found

    def _placed(self, units: Ints) -> Ints:
        """Their places in the table, the lesser unit of a pair first; those that are not there yet are put there."""
        wanted = np.unique(units)
        missing = [unit for unit in wanted.tolist() if unit not in self._places]
        if len(self._table) + len(missing) > _LOADED and len(self._table):
            self._table, self._places, missing = Table(), {}, wanted.tolist()
        for first in range(0, len(missing), _READ):
            some = missing[first : first + _READ]
            self._places.update(zip(some, range(len(self._table), len(self._table) + len(some)), strict=True))
            self._table.add(*zip(*self._store.arrays(some), strict=True))
        places = np.fromiter((self._places[unit] for unit in wanted.tolist()), np.int64, len(wanted))
        return places[np.searchsorted(wanted, np.sort(units, axis=1))]


class Changed(NamedTuple):
    """Units that are new, or have other bonds with older ones; and pairs of older ones whose bond is another one."""

    units: set[int]
    pairs: set[Pair]


def update(store: UnitStore) -> Changed:
    """Bring bonds up to the units that are new and gone."""
    new, gone = store.new(), store.gone()
    bonds, agreement = _Bonds(store, new), _Agreement(store)
    for unit in gone:
        bonds.leave(unit)
    met, parted = _meetings(store, new, gone)
    for one, other in _apart(store, bonds, parted):
        bonds.part(one, other)
    for pairs in met.pairs():
        bonds.score(pairs, agreement)
    bonds.keep()
    stirred = {unit for pair in bonds.stirred for unit in pair}
    return Changed((new | stirred) - gone.keys(), bonds.stirred)


class _Bonds:
    """The bonds of some units as they change: parted first, then found, then kept."""

    def __init__(self, store: UnitStore, new: Set[int]) -> None:
        self._store = store
        self._new = new
        self._changed: dict[int, dict[int, float]] = {}  # of older units
        self._found: list[tuple[Ints, Floats]] = []  # of millions of pairs dictionaries would fill the memory
        self.stirred: set[Pair] = set()  # older ones that lost a bond, or have a new one

    def of(self, unit: int) -> dict[int, float]:
        """Of an older unit, those that it has left."""
        held = self._changed.get(unit)
        return self._store.bonds(unit) if held is None else held

    def part(self, one: int, other: int) -> None:
        self.stirred.add((one, other))
        self._own(one).pop(other, None)
        self._own(other).pop(one, None)

    def leave(self, unit: int) -> None:
        for other in list(self.of(unit)):
            self.part(unit, other)

    def score(self, pairs: Ints, agreement: _Agreement) -> None:
        for first in range(0, len(pairs), _SCORED):
            some = pairs[first : first + _SCORED]
            found = agreement.scores(some)
            bound = np.flatnonzero(found >= BOND)
            self._found.append((some[bound], found[bound]))

    def keep(self) -> None:
        for unit, found in self._by_unit():
            if unit in self._new:
                self._store.keep_bonds(unit, found)
            else:
                self._join(unit, found)
        for unit, found in self._changed.items():
            self._store.keep_bonds(unit, found)

    def _by_unit(self) -> Iterator[tuple[int, dict[int, float]]]:
        """What was found, for each of both units."""
        pairs = np.concatenate([np.empty((0, 2), np.int64), *(pairs for pairs, _ in self._found)])
        score = np.concatenate([np.empty(0), *(score for _, score in self._found)])
        self._found.clear()
        one, other = np.concatenate([pairs, pairs[:, ::-1]]).T
        order = np.argsort(one, kind="stable")
        one, other, score = one[order], other[order], np.concatenate([score, score])[order]
        starts = np.flatnonzero(np.concatenate([[True], one[1:] != one[:-1]])[: len(one)])
        for first, end in pairwise([*starts.tolist(), len(one)]):
            yield int(one[first]), dict(zip(other[first:end].tolist(), score[first:end].tolist(), strict=True))

    def _join(self, unit: int, found: Mapping[int, float]) -> None:
        own = self._own(unit)
        changed = {other: score for other, score in found.items() if own.get(other) != score}
        self.stirred |= {(min(unit, other), max(unit, other)) for other in changed if other not in self._new}
        own.update(changed)

    def _own(self, unit: int) -> dict[int, float]:
        if unit not in self._changed:
            self._changed[unit] = self._store.bonds(unit)
        return self._changed[unit]


def _meetings(
    store: UnitStore, new: Set[int], gone: Mapping[int, Sequence[int]]
) -> tuple[_Distinct, list[tuple[frozenset[int], frozenset[int]]]]:
    """Pairs that a key has come to bring together, each once; and for each key whom it has let go, with whom it had."""
    left: dict[int, list[int]] = defaultdict(list)
    for unit, keys in gone.items():
        for key in keys:
            left[key].append(unit)
    met = _Distinct()
    parted: list[tuple[frozenset[int], frozenset[int]]] = []
    for key, holders in store.held(CROWD, left.keys()):
        now, older = holders[:CROWD], [unit for unit in holders if unit not in new]
        before = sorted([*older, *left.get(key, ())], key=partial(xor, key))[:CROWD]
        met.add(now, set(now).difference(before))
        if put_out := set(before).difference(now, gone):
            parted.append((frozenset(put_out), frozenset(before)))
    return met, parted


def _apart(store: UnitStore, bonds: _Bonds, parted: Sequence[tuple[frozenset[int], frozenset[int]]]) -> list[Pair]:
    """Pairs with a bond that met by a key which has let one of them go, and that no key brings together now."""
    keys = cache(lambda unit: frozenset(store.keys(unit)))
    firsts = cache(lambda key: frozenset(store.holders(key, CROWD)))
    pairs = {
        (min(unit, other), max(unit, other))
        for out, before in parted
        for unit in out
        for other in bonds.of(unit).keys() & before
    }
    return sorted(
        (one, other) for one, other in pairs if not any(firsts(key) >= {one, other} for key in keys(one) & keys(other))
    )


class _Distinct:
    """Pairs of units, once."""

    def __init__(self) -> None:
        self._place: dict[int, int] = {}
        self._found: list[Ints] = []
        self._waiting = 0

    def add(self, holders: Sequence[int], entered: Set[int]) -> None:
        """All pairs of ``holders`` with one in ``entered``."""
        if not entered:
            return
        places = np.array([self._placed(unit) for unit in holders])
        i, j = _all_pairs(len(places))
        one, other = places[i], places[j]
        if len(entered) < len(holders):
            fresh = np.array([unit in entered for unit in holders])
            some = fresh[i] | fresh[j]
            one, other = one[some], other[some]
        self._found.append(np.minimum(one, other) << 32 | np.maximum(one, other))
        self._waiting += len(one)
        if self._waiting > _BLOCK:
            self._settle()

    def pairs(self) -> Iterator[Ints]:
        """In blocks, ``(n, 2)``."""
        self._settle()
        units = np.fromiter(self._place, np.int64, len(self._place))
        for codes in self._found:
            for first in range(0, len(codes), _BLOCK):
                some = codes[first : first + _BLOCK]
                yield units[np.stack([some >> 32, some & 0xFFFFFFFF], 1)]

    def _placed(self, unit: int) -> int:
        return self._place.setdefault(unit, len(self._place))

    def _settle(self) -> None:
        if self._found:
            self._found = [np.unique(np.concatenate(self._found))]
        self._waiting = 0


@lru_cache(maxsize=CROWD)
def _all_pairs(count: int) -> tuple[Ints, Ints]:
    return np.triu_indices(count, 1)
