"""Clusters that people have ruled to be one claim, whole with whole; never across a pair that they have ruled apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from inquit.link.stores import Ruled, UnitStore


class Joined:
    """The clusters of a store as rulings join them."""

    def __init__(self, store: UnitStore, ruled: Ruled) -> None:
        self._store = store
        self._same, self._apart = _beside(ruled.same), _beside(ruled.apart)

    def groups(self, units: Iterable[int]) -> Iterator[list[int]]:
        """The units of each claim that units, or clusters that rulings tie to theirs, are in; each once."""
        done: set[int] = set()
        for unit in sorted(units):
            if unit not in done:
                tied = self._tied(unit)
                done.update(member for cluster in tied.values() for member in cluster)
                yield from map(sorted, self._together(tied) if len(tied) > 1 else tied.values())

    def may_be_one(self, one: int, other: int) -> bool:
        """Whether two units are in one cluster, or in two that rulings may tie to each other."""
        mine, theirs = self._home(one), self._home(other)
        return mine == theirs or self._ruled >= {mine, theirs}

    @cached_property
    def _ruled(self) -> set[int]:
        """The clusters with units that are ruled to be one claim with others."""
        return set(map(self._home, self._same))

    def _home(self, unit: int) -> int:
        return (self._store.homes(unit) or (unit,))[-1]

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
        homes = self._store.homes(unit)
        return sorted(self._store.members(homes[-1])) if homes else [unit]

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
