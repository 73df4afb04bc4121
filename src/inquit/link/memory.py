"""The state of linking in memory: for a handful of articles, linked once from nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from operator import xor
from typing import NamedTuple

import numpy as np

from inquit.clock import instant
from inquit.link.stating import Stating, Whole
from inquit.link.stores import Bonded, Homes, Together
from inquit.link.units import packed_vectors, worded
from inquit.records import Claim, Copy, Reading


class Unruled(NamedTuple):
    """Nobody has ruled anything."""

    same: frozenset[tuple[int, int]] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()
    changed: frozenset[int] = frozenset()


class Memory:
    """A ``UnitStore`` of readings in which everything is new."""

    def __init__(self, readings: Sequence[Reading], copies: Sequence[Copy]) -> None:
        self.claims: list[Claim] = []
        self._readings = {r.article.id: r for r in readings}
        self._copies = copies
        self._beside: dict[str, set[str]] = defaultdict(set)
        for copy in copies:
            self._beside[copy.from_].add(copy.to)
            self._beside[copy.to].add(copy.from_)
        self._units: dict[int, tuple[bytes, bytes]] = {}
        self._arrays: dict[int, tuple[bytes, bytes]] = {}
        self._keys: dict[int, Sequence[int]] = {}
        self._sayings: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
        self._holders: dict[int, list[int]] = defaultdict(list)
        self._bonds: dict[int, dict[int, float]] = {}
        self._homes: dict[int, Homes] = {}
        self._members: dict[int, dict[int, Homes]] = defaultdict(dict)
        for reading in self._readings.values():
            found = worded(reading)
            for one, vector in zip(found, packed_vectors([w.text for w in found]), strict=True):
                self._sayings[one.unit].append((one.unit, one.statement, reading.article.id))
                self._units[one.unit] = (one.packed, vector)
                self._arrays[one.unit] = (one.arrays, vector)
                self._keys[one.unit] = one.keys
        for unit, keys in self._keys.items():
            for key in keys:
                self._holders[key].append(unit)
        for key, holders in self._holders.items():
            holders.sort(key=partial(xor, key))

    def order(self) -> dict[str, int]:
        """The place of each statement: by time, the unknown last, then by article and in it."""
        timed = sorted(self._readings.values(), key=lambda r: (_time(r), r.article.id))
        return {s.id: i for i, s in enumerate(s for r in timed for s in r.statements)}

    def new(self) -> set[int]:
        """All of them."""
        return set(self._units)

    def gone(self) -> Mapping[int, Sequence[int]]:
        """None."""
        return {}

    def reworded(self) -> list[int]:
        """All of them."""
        return list(self._units)

    def keys(self, unit: int) -> Sequence[int]:
        """The keys of a unit."""
        return self._keys[unit]

    def holders(self, key: int, most: int) -> list[int]:
        """The first ``most`` units that have a key."""
        return self._holders[key][:most]

    def held(self, most: int, left: AbstractSet[int]) -> Iterator[tuple[int, list[int]]]:
        """The first units of each key; nothing has been in ``left``."""
        del left
        return ((key, units[:most]) for key, units in self._holders.items() if len(units) > 1)

    def units(self, numbers: Sequence[int]) -> Mapping[int, tuple[bytes, bytes]]:
        """Units by their numbers."""
        return {number: self._units[number] for number in numbers}

    def arrays(self, numbers: Sequence[int]) -> list[tuple[bytes, bytes]]:
        """What is compared of units."""
        return [self._arrays[number] for number in numbers]

    def bonds(self, unit: int) -> dict[int, float]:
        """The units that one is bonded to, with the scores."""
        return self._bonds.get(unit, {})

    def bonded(self, units: Sequence[int]) -> Bonded:
        """The bonds of many."""
        found = [self.bonds(unit) for unit in units]
        return (
            np.array([len(bonds) for bonds in found], np.int64),
            np.array([other for bonds in found for other in bonds], np.int64),
            np.array([score for bonds in found for score in bonds.values()], np.float64),
        )

    def keep_bonds(self, unit: int, bonds: Mapping[int, float]) -> None:
        """Replace them."""
        self._bonds[unit] = dict(bonds)

    def together(self, units: Collection[int]) -> Together:
        """Those of the units that are not alone, with all of their clusters."""
        return arrayed({u: h for home in self._lasts(units) for u, h in self._members[home].items()})

    def _lasts(self, units: Collection[int]) -> set[int]:
        return {self._homes[unit][-1] for unit in units if unit in self._homes}

    def keep_homes(self, homes: Mapping[int, Homes | None]) -> None:
        """Take them."""
        for unit, its in homes.items():
            if its is not None:
                self._homes[unit] = self._members[its[-1]][unit] = its

    def near(self, units: Collection[int]) -> dict[int, bytes]:
        """Nothing was near to anything yet."""
        del units
        return {}

    def keep_near(self, near: Mapping[int, bytes]) -> None:
        """Nobody asks for it again."""

    def ruled(self) -> Unruled:
        """Nothing."""
        return Unruled()

    def sayings(self, units: Sequence[int]) -> list[tuple[int, str, str]]:
        """The statements that have the words of the units."""
        return [saying for unit in units for saying in self._sayings[unit]]

    def first_said(self, unit: int) -> int:
        """None is told from others."""
        del unit
        return 0

    def in_articles(self, articles: Iterable[str]) -> list[int]:
        """Nothing was told yet that is to be told anew."""
        del articles
        return []

    def in_both(self, pairs: Iterable[tuple[str, str]]) -> list[int]:
        """Nothing was told yet."""
        del pairs
        return []

    def repeated(self, articles: Iterable[str]) -> list[int]:
        """Nothing was told yet."""
        del articles
        return []

    def stating(self, article: str) -> Stating:
        """An article with its statements."""
        return Whole(self._readings[article])

    def chained(self, article: str) -> Sequence[Copy]:
        """The copies that hang together with an article."""
        found, waiting = {article}, [article]
        while waiting:
            others = self._beside[waiting.pop()] - found
            found |= others
            waiting += others
        return [copy for copy in self._copies if copy.to in found]

    def drop_claims(self, units: Iterable[int]) -> None:
        """There are none yet."""

    def keep_claims(self, claims: Iterable[Claim]) -> None:
        """Add claims."""
        self.claims.extend(claims)


def _time(reading: Reading) -> float:
    found = instant(reading.article.published)
    return float("inf") if found is None else found


def arrayed(homes: Mapping[int, Homes]) -> Together:
    """Homes of units as arrays."""
    counts = np.array([len(its) for its in homes.values()], np.int64)
    every = np.array([home for its in homes.values() for home in its], np.int64)
    return np.array(list(homes), np.int64), counts, every
