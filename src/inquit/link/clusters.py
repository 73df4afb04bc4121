"""Units that put one claim forward: bonds of pairs first, then clusters that no single bad bond can melt together.

Average linkage (Sokal and Michener 1958) in rounds: two clusters that are each other's nearest become one where their
units agree on average, pairs that something rules out counting as 0. Merging nearest pairs gives what merging the
nearest of all would (Murtagh 1983), and what a round does to a cluster depends on it and its neighbours alone. So a
change of bonds is followed round by round, no further than it reaches, and the outcome is that of a run from nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeAlias, TypeVar

Homes: TypeAlias = tuple[int, ...]
Pair: TypeAlias = tuple[int, int]

ROUNDS = 80  # a cluster takes one in at a time from the smaller ones around it, so that large ones need many
_Key = TypeVar("_Key")
_SAMPLE = 4  # units of a cluster that speak for it: those of the least numbers, which are as good as drawn
_CACHED = 2_000_000
_RULED = 2.0  # of clusters that a person has joined: more than any agreement


class Graph(Protocol):
    """Bonds, and the clusters as they were before the bonds changed."""

    def bonds(self, unit: int) -> Mapping[int, float]:
        """The units that may be one claim with it, with their scores."""

    def homes(self, unit: int) -> Homes | None:
        """The least unit of its cluster after each round, up to the last change; None for one alone, or not there."""

    def members(self, home: int) -> Mapping[int, Homes]:
        """The units whose last home is that one; none for one that was alone."""


class Clusters:
    """Brings clusters up to their bonds.

    ``agreement(i, j)`` is the score of any pair; ``least`` the mean over two clusters at which they are one. ``same``
    and ``apart`` are pairs, the lesser first, that people have ruled to be one claim, or not.
    """

    def __init__(
        self,
        graph: Graph,
        agreement: Callable[[int, int], float],
        *,
        least: float,
        same: AbstractSet[Pair] = frozenset(),
        apart: AbstractSet[Pair] = frozenset(),
    ) -> None:
        self._graph, self._agreement, self._least = graph, agreement, least
        self._same, self._apart = same, apart
        self._ruled: dict[int, set[int]] = {}
        for one, other in same:
            self._ruled.setdefault(one, set()).add(other)
            self._ruled.setdefault(other, set()).add(one)
        self._rounds = 0
        self._old: dict[int, Homes | None] = {}
        self._members: dict[int, Mapping[int, Homes]] = {}
        self._near: dict[int, Mapping[int, float]] = {}
        self._scores: dict[Pair, float] = {}
        self._means: dict[tuple[int, int, int, int], float] = {}
        self._homes: dict[int, list[int]] = {}
        self._first = False
        self._nearest_before: dict[int, int | None] = {}
        self._stirred: set[int] = set()
        self._made: list[dict[int, frozenset[int]]] = [{} for _ in range(ROUNDS + 1)]

    def update(
        self, changed: AbstractSet[int], gone: AbstractSet[int] = frozenset()
    ) -> tuple[dict[int, Homes | None], set[int]]:
        """New homes of the units that may have others, None for one that is alone; and whose cluster is another one.

        ``changed``: units that are new, or whose bonds or rulings changed; ``gone``: those that are no more. Once only.
        """
        active = {unit for unit in changed if self._neighbours(unit) or unit in self._ruled or self._homes_before(unit)}
        self._first = not gone and not any(map(self._homes_before, active)) and self._alone(active)
        differ: set[int] = set()
        merged: dict[int, frozenset[int]] = {}
        while self._rounds < ROUNDS:
            # The first time all clusters are looked at, in each round as the one before has left them.
            known = self._first and self._rounds > 0
            region = merged if known else self._region(active | gone | differ, gone, self._rounds)
            merged = self._merged(region, self._rounds)
            self._made[self._rounds].clear()
            self._rounds += 1
            differ = set()
            for home, units in merged.items():
                self._made[self._rounds][home] = units
                for unit in units:
                    self._settle(unit, self._rounds, home)
                if units != self._before(home, self._rounds):
                    differ |= units
            if self._first:
                self._stirred = self._around([units for home, units in merged.items() if region.get(home) != units])
            if merged == region and self._at_rest():
                break
        return {unit: self._final(unit) for unit in self._homes}, differ

    def _alone(self, active: AbstractSet[int]) -> bool:
        """Whether no other unit has to do with the active ones."""
        return all(active >= self._neighbours(u).keys() and active >= self._ruled.get(u, set()) for u in active)

    def _around(self, clusters: Iterable[frozenset[int]]) -> set[int]:
        """Clusters, and those that have bonds with them, by their homes now."""
        return {
            self._home(other, self._rounds)
            for units in clusters
            for unit in units
            for other in (unit, *self._neighbours(unit), *self._ruled.get(unit, ()))
        }

    # -- what is and what was

    def _neighbours(self, unit: int) -> Mapping[int, float]:
        if unit not in self._near:
            self._near[unit] = self._graph.bonds(unit)
        return self._near[unit]

    def _homes_before(self, unit: int) -> Homes | None:
        if unit not in self._old:
            self._old[unit] = self._graph.homes(unit)
        return self._old[unit]

    def _home(self, unit: int, round_: int) -> int:
        """The least unit of the cluster that it is in after so many rounds."""
        if not round_:
            return unit
        now = self._homes.get(unit)
        if now is not None and len(now) >= round_:
            return now[round_ - 1]
        before = self._homes_before(unit)
        return _at(before, round_) if before else unit

    def _settle(self, unit: int, round_: int, home: int) -> None:
        now = self._homes.setdefault(unit, [])
        now.extend(self._home(unit, r) for r in range(len(now) + 1, round_))
        now.append(home)

    def _cluster(self, unit: int, round_: int) -> frozenset[int]:
        if not round_:
            return frozenset({unit})
        made = self._made[round_].get(self._home(unit, round_))
        return self._before(unit, round_) if made is None or unit not in made else made

    def _before(self, unit: int, round_: int) -> frozenset[int]:
        """The cluster that a unit was in before anything changed."""
        homes = self._homes_before(unit)
        if homes is None or not round_:
            return frozenset({unit})
        if homes[-1] not in self._members:
            self._members[homes[-1]] = self._graph.members(homes[-1])
            self._old |= self._members[homes[-1]]
        members = self._members[homes[-1]]
        return frozenset(m for m, its in members.items() if _at(its, round_) == _at(homes, round_))

    # -- one round

    def _region(self, differ: AbstractSet[int], gone: AbstractSet[int], round_: int) -> dict[int, frozenset[int]]:
        """The clusters that may merge otherwise than before: those that differ, neighbours, former partners of both."""
        found: dict[int, frozenset[int]] = {}

        def take(units: Iterable[int]) -> None:
            for unit in units:
                if unit not in gone and (home := self._home(unit, round_)) not in found:
                    found[home] = self._cluster(unit, round_)

        take(differ)
        for units in list(found.values()):
            for unit in units:
                take(self._neighbours(unit))
                take(self._ruled.get(unit, ()))
        for unit in [*gone, *(unit for units in found.values() for unit in units)]:
            if self._homes_before(unit):
                take(self._before(unit, round_ + 1))
        return found

    def _merged(self, region: Mapping[int, frozenset[int]], round_: int) -> dict[int, frozenset[int]]:
        """The clusters of the region after a round, by their least units, with those that they merged with."""
        # Where nothing around a cluster has changed since the last round, its nearest has not.
        before = self._nearest_before if self._first else {}
        nearest = {home: other for home, other in before.items() if home not in self._stirred}
        self._nearest_before = nearest

        def of(home: int) -> int | None:
            if home not in nearest:
                nearest[home] = self._nearest(region.get(home) or self._cluster(home, round_), home, round_)
            return nearest[home]

        found: dict[int, frozenset[int]] = {}
        for home, units in region.items():
            other = of(home)
            if other is not None and of(other) == home:
                units = units | (region.get(other) or self._cluster(other, round_))  # noqa: PLW2901 - both get the union
            found[min(units)] = units
        return found

    def _nearest(self, units: frozenset[int], home: int, round_: int) -> int | None:
        """Home of the cluster that agrees most with one, of equals the least two; None where none agrees enough."""
        others = {self._home(n, round_) for unit in units for n in self._neighbours(unit)}
        others |= {self._home(n, round_) for unit in units for n in self._ruled.get(unit, ())}
        best: tuple[float, int, int] | None = None
        found: int | None = None
        for other in others - {home}:
            mean = self._mean(units, home, self._cluster(other, round_), other)
            rank = (mean, -min(home, other), -max(home, other))
            if mean >= self._least and (best is None or rank > best):
                best, found = rank, other
        return found

    def _mean(self, one: frozenset[int], home: int, two: frozenset[int], other: int) -> float:
        if home > other:
            one, home, two, other = two, other, one, home
        # A cluster only grows, so its home and size tell it.
        key = (home, len(one), other, len(two))
        if key not in self._means:
            _bound(self._means)
            self._means[key] = self._agreed(one, two)
        return self._means[key]

    def _agreed(self, one: frozenset[int], two: frozenset[int]) -> float:
        if self._ruled or self._apart:
            across = {(min(i, j), max(i, j)) for i in one for j in two}
            if across & self._apart:
                return -1.0
            if across & self._same:
                return _RULED
        pairs = [(i, j) for i in sorted(one)[:_SAMPLE] for j in sorted(two)[:_SAMPLE]]
        return sum(self._score(i, j) for i, j in pairs) / len(pairs)

    def _score(self, i: int, j: int) -> float:
        bonded = self._neighbours(i).get(j)
        if bonded is not None:
            return bonded
        pair = (min(i, j), max(i, j))
        if pair not in self._scores:
            _bound(self._scores)
            self._scores[pair] = self._agreement(*pair)
        return self._scores[pair]

    # -- the outcome

    def _at_rest(self) -> bool:
        """Whether nothing became, before, in this round and later ones, of the clusters looked at and around them."""
        around = {neighbour for unit in self._homes for neighbour in self._neighbours(unit)}
        return all(map(self._rested, around | self._homes.keys()))

    def _rested(self, unit: int) -> bool:
        homes = self._homes_before(unit)
        if homes is None:
            return True
        self._before(unit, ROUNDS)
        return all(
            len({m, *its}) == 1 if self._rounds < 2 else len(its) < self._rounds
            for m, its in self._members[homes[-1]].items()
        )

    def _final(self, unit: int) -> Homes | None:
        homes = [self._home(unit, r) for r in range(1, self._rounds + 1)]
        if homes[-1] == unit and len(self._cluster(unit, self._rounds)) == 1:
            return None
        while homes[-2:-1] == homes[-1:]:
            homes.pop()
        return tuple(homes)


def _at(homes: Homes, round_: int) -> int:
    """The home after so many rounds: the last stays."""
    return homes[min(round_, len(homes)) - 1]


def _bound(cache: dict[_Key, float]) -> None:
    """Forget what can be computed again, when it is very much."""
    if len(cache) >= _CACHED:
        cache.clear()
