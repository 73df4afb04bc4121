"""Clusters that people have ruled to be one claim, whole with whole; never across a pair that they have ruled apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

import numpy as np

from inquit.link.stores import Ruled, UnitStore


class Joined:
    """The clusters of a store as rulings join them."""

    def __init__(self, store: UnitStore, ruled: Ruled) -> None:
        self._store = store
        self._same, self._apart = _beside(ruled.same), _beside(ruled.apart)
        self._clusters: dict[int, Sequence[int]] = {}  # of units that were asked for, with all of theirs

    def groups(self, units: Iterable[int]) -> Iterator[list[int]]:
        """The units of each claim that units, or clusters that rulings tie to theirs, are in; each once."""
        done: set[int] = set()
        asked = sorted(units)
        self._learn(asked)
        for unit in asked:
            if unit not in done:
                tied = self._tied(unit)
                done.update(member for cluster in tied.values() for member in cluster)
                yield from map(sorted, self._together(tied) if len(tied) > 1 else tied.values())

    def within(self, pairs: Collection[tuple[int, int]]) -> set[int]:
        """The first units of pairs that are in one cluster, or in two that rulings may tie to each other."""
        self._learn([unit for pair in pairs for unit in pair])
        homes = ((one, self._home(one), self._home(other)) for one, other in pairs)
        return {one for one, mine, theirs in homes if mine == theirs or self._ruled >= {mine, theirs}}

    @cached_property
    def _ruled(self) -> set[int]:
        """The clusters with units that are ruled to be one claim with others."""
        self._learn(self._same)
        return {self._home(unit) for unit in self._same}

    def alone(self, units: Iterable[int]) -> list[int]:
        """Those of the units that are in no cluster with others."""
        asked = list(units)
        self._learn(asked)
        return [unit for unit in asked if len(self._cluster(unit)) == 1]

    def _home(self, unit: int) -> int:
        return self._cluster(unit)[0]

    def _tied(self, unit: int) -> dict[int, Sequence[int]]:
        """The clusters that hang together by rulings, by their least units."""
        found: dict[int, Sequence[int]] = {}
        rest = [unit]
        while rest:
            cluster = self._cluster(rest.pop())
            if cluster[0] not in found:
                found[cluster[0]] = cluster
                rest += [other for member in cluster for other in self._same.get(member, ())]
        return found

    def _cluster(self, unit: int) -> Sequence[int]:
        if unit not in self._clusters:
            self._learn([unit])
        return self._clusters[unit]

    def _learn(self, units: Collection[int]) -> None:
        """Know the clusters of units, many at once."""
        of: dict[int, list[int]] = defaultdict(list)
        found, counts, homes = self._store.together([unit for unit in units if unit not in self._clusters])
        for unit, last in zip(found.tolist(), homes[np.cumsum(counts) - 1].tolist(), strict=True):
            of[last].append(unit)
        self._clusters |= {unit: [unit] for unit in units if unit not in self._clusters}
        for members in map(sorted, of.values()):
            self._clusters |= dict.fromkeys(members, members)

    def _together(self, tied: Mapping[int, Sequence[int]]) -> Iterable[AbstractSet[int]]:
        """Join them pair by pair, the lesser units first, so that no order of rulings shows."""
        of = {member: group for group in map(set, tied.values()) for member in group}
        for one, other in sorted((u, v) for u in of for v in self._same.get(u, ()) if u < v):
            mine, theirs = of[one], of[other]
            if mine is not theirs and not any(theirs & self._apart.get(unit, set()) for unit in mine):
                mine |= theirs
                of.update(dict.fromkeys(theirs, mine))
        return {id(units): units for units in of.values()}.values()


def _beside(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return dict(found)
