"""Which units may be one claim: pairs that share two of their rarest words, scored once, kept as bonds.

A key brings together the first ``CROWD`` of its units, in an order that is its own (``UnitStore.holders``). So a unit
that comes to a full key stays outside, or takes the place of one: what concerns others is bounded, however many come.
``docs/design/growth.md`` has what this finds and what it costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache, partial
from itertools import pairwise
from operator import xor
from typing import NamedTuple, TypeAlias

import numpy as np

from inquit.link.likeness import Floats, Ints
from inquit.link.scoring import Scoring
from inquit.link.stores import UnitStore

Pair: TypeAlias = tuple[int, int]

CROWD = 128  # units with one key that are compared with each other

_BLOCK = 1 << 23  # pairs that are made distinct at once


class Changed(NamedTuple):
    """Units that are new, or have other bonds with older ones; and pairs of older ones whose bond is another one."""

    units: set[int]
    pairs: set[Pair]


def update(store: UnitStore, workers: int = 1) -> Changed:
    """Bring bonds up to the units that are new and gone, many with as many processes as ``workers``."""
    new, gone = store.new(), store.gone()
    bonds = _Bonds(store, new)
    for unit in gone:
        bonds.leave(unit)
    met, parted = _meetings(store, new, gone)
    for one, other in _apart(store, bonds, parted):
        bonds.part(one, other)
    with Scoring(store, workers) as scoring:
        for pairs in met.pairs():
            bonds.found(scoring.bonds(pairs))
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

    def found(self, bonds: Iterable[tuple[Ints, Floats]]) -> None:
        """Pairs with their scores."""
        self._found += bonds

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
            codes = np.concatenate(self._found)
            codes.sort()  # np.unique takes eight times as long
            self._found = [codes[np.concatenate([[True], codes[1:] != codes[:-1]])[: len(codes)]]]
        self._waiting = 0


@lru_cache(maxsize=CROWD)
def _all_pairs(count: int) -> tuple[Ints, Ints]:
    return np.triu_indices(count, 1)
