"""Units that put one claim forward: bonds of pairs first, then clusters that no single bad bond can melt together.

Average linkage (Sokal and Michener 1958) in rounds: two clusters that are each other's nearest become one where their
units agree on average, pairs without a bond counting as 0. Merging nearest pairs gives what merging the nearest of all
would (Murtagh 1983), and what a round does to a cluster depends on it and its neighbours alone. So a change of bonds is
followed round by round, no further than it reaches, and the outcome is that of a run from nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeAlias

Homes: TypeAlias = tuple[int, ...]
Pair: TypeAlias = tuple[int, int]
Rank: TypeAlias = tuple[float, int, int]

ROUNDS = 80  # a cluster takes one in at a time from the smaller ones around it, so that large ones need many

_WHOLE = 10_000  # scores are summed in ten-thousandths, so that no order of summing shows
_LIKELY = 1 << 40  # that a bond counts besides if two may be joined by it
_APART = -(1 << 100)  # what people have ruled counts more than any bonds


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

    ``least`` is the mean score over two clusters at which they are one, if a bond between them scores ``likely``.
    ``apart`` are pairs that people have ruled to be no claim; whom they have joined: ``link.joined``.
    """

    def __init__(
        self,
        graph: Graph,
        *,
        least: float,
        likely: float,
        apart: AbstractSet[Pair] = frozenset(),
    ) -> None:
        self._graph, self._least, self._likely = graph, least, likely
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        self._rounds = 0
        self._old: dict[int, Homes | None] = {}
        self._members: dict[int, Mapping[int, Homes]] = {}
        self._were: dict[tuple[int, int, int], frozenset[int]] = {}
        self._near: dict[int, Mapping[int, int]] = {}
        self._homes: dict[int, list[int]] = {}
        self._made: list[dict[int, frozenset[int]]] = [{} for _ in range(ROUNDS + 1)]

    def update(
        self, changed: AbstractSet[int], gone: AbstractSet[int] = frozenset()
    ) -> tuple[dict[int, Homes | None], set[int]]:
        """New homes of the units that may have others, None for one that is alone; and whose cluster is another one.

        ``changed``: units that are new, or whose bonds or rulings changed, but those that only have new bonds with new
        units need not be there; ``gone``: those that are no more. Once only.
        """
        active = {unit for unit in changed if self._neighbours(unit) or self._homes_before(unit)}
        if not gone and not any(map(self._homes_before, active)) and self._alone(active):
            homes = _from_nothing({unit: self._neighbours(unit) for unit in active}, self._least)
            return {unit: homes.get(unit) for unit in active}, set(homes)
        differ: set[int] = set()
        while self._rounds < ROUNDS:
            region = self._region(active | gone | differ, gone, self._rounds)
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
            if merged == region and self._at_rest():
                break
        return {unit: self._final(unit) for unit in self._homes}, differ

    def _alone(self, active: AbstractSet[int]) -> bool:
        """Whether no other unit has to do with the active ones."""
        return all(active >= self._neighbours(unit).keys() for unit in active)

    # -- what is and what was

    def _neighbours(self, unit: int) -> Mapping[int, int]:
        """Bonds, in ten-thousandths, and rulings."""
        if unit not in self._near:
            found = {
                other: round(score * _WHOLE) + (_LIKELY if score >= self._likely else 0)
                for other, score in self._graph.bonds(unit).items()
            }
            for other in self._apart.get(unit, ()):
                found[other] = _APART
            self._near[unit] = found
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
        key = homes[-1], round_, _at(homes, round_)
        if key not in self._were:
            members = self._members[homes[-1]]
            self._were[key] = frozenset(m for m, its in members.items() if _at(its, round_) == key[2])
        return self._were[key]

    # -- one round

    def _region(self, differ: AbstractSet[int], gone: AbstractSet[int], round_: int) -> dict[int, frozenset[int]]:
        """The clusters that may merge otherwise than before: those that differ, and former partners of all here.

        And the clusters that such a one may be joined to, as it is or as it was: to others it makes no difference.
        """
        found: dict[int, frozenset[int]] = {}

        def take(units: Iterable[int]) -> None:
            for unit in units:
                if unit not in gone and (home := self._home(unit, round_)) not in found:
                    found[home] = self._cluster(unit, round_)

        take(differ)
        were = {self._before(unit, round_) for unit in differ | gone}
        for units in {*found.values(), *were}:
            take(self._joinable(units - gone, round_))
        for unit in [*gone, *(unit for units in found.values() for unit in units)]:
            if self._homes_before(unit):
                take(self._before(unit, round_ + 1))
        return found

    def _joinable(self, units: frozenset[int], round_: int) -> Iterator[int]:
        """Homes of the clusters that units, taken as one, may be joined to."""
        for home, weight in self._sums(units, round_).items():
            if weight >= _LIKELY and _mean(weight, len(units) * len(self._cluster(home, round_))) >= self._least:
                yield home

    def _sums(self, units: Iterable[int], round_: int) -> dict[int, int]:
        """The weight of the bonds of units with each cluster."""
        sums: dict[int, int] = defaultdict(int)
        for unit in units:
            for other, weight in self._neighbours(unit).items():
                sums[self._home(other, round_)] += weight
        return sums

    def _merged(self, region: Mapping[int, frozenset[int]], round_: int) -> dict[int, frozenset[int]]:
        """The clusters of the region after a round, by their least units, with those that they merged with."""
        clusters = dict(region)
        nearest: dict[int, int | None] = {}

        def of(home: int) -> int | None:
            if home not in nearest:
                nearest[home] = self._nearest(home, clusters, round_)
            return nearest[home]

        found: dict[int, frozenset[int]] = {}
        for home, units in region.items():
            other = of(home)
            both = units | clusters[other] if other is not None and of(other) == home else units
            found[min(both)] = both
        return found

    def _nearest(self, home: int, clusters: dict[int, frozenset[int]], round_: int) -> int | None:
        """Home of the cluster that agrees most with one; ``clusters``, by their homes, are added to."""
        sums = {o: w for o, w in self._sums(clusters[home], round_).items() if w >= _LIKELY and o != home}
        for other in sums.keys() - clusters.keys():
            clusters[other] = self._cluster(other, round_)
        size = len(clusters[home])
        return _best(home, ((o, _mean(w, size * len(clusters[o]))) for o, w in sums.items()), self._least)

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


def _best(home: int, agreeing: Iterable[tuple[int, float]], least: float) -> int | None:
    """The one of the highest mean, of equals the least two; None where none agrees enough."""
    best: tuple[float, int, int] | None = None
    found: int | None = None
    for other, mean in agreeing:
        if mean >= least:
            rank = (mean, -min(home, other), -max(home, other))
            if best is None or rank > best:
                best, found = rank, other
    return found


def _mean(weight: int, pairs: int) -> float:
    """Mean score of so many pairs whose bonds and rulings sum to ``weight``; -1 where nothing may join them."""
    return weight % _LIKELY / (_WHOLE * pairs) if weight >= _LIKELY else -1.0


def _from_nothing(bonds: Mapping[int, Mapping[int, int]], least: float) -> dict[int, Homes]:
    """The homes of units that are not alone, where there are no clusters yet: what changed is all that is looked at."""
    growing = _Growing(bonds, least)
    moves: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for round_ in range(1, ROUNDS + 1):
        pairs = growing.mutual()
        if not pairs:
            break
        for home, other in pairs:
            for unit in growing.units[other]:
                moves[unit].append((round_, home))
        growing.join(pairs)
    return {unit: _homes(unit, moves[unit]) for found in growing.units.values() if len(found) > 1 for unit in found}


class _Growing:
    """Clusters that merge round by round, by their homes, with the sums of the bonds between each two."""

    def __init__(self, bonds: Mapping[int, Mapping[int, int]], least: float) -> None:
        self.units = {unit: [unit] for unit in bonds}
        self._least = least
        self._sums = {unit: dict(others) for unit, others in bonds.items()}
        self._nearest: dict[int, int | None] = {}
        self._ranks: dict[int, Rank | None] = {}
        self._stirred: Mapping[int, Iterable[int] | None] = dict.fromkeys(bonds)
        """Clusters to be looked at, each with the neighbours to which something became; None for all of them."""

    def mutual(self) -> list[tuple[int, int]]:
        """Pairs of clusters each of which is the nearest of the other, the lesser home first."""
        for home, others in self._stirred.items():
            self._look(home, others)
        nearest = self._nearest
        pairs = {
            (min(home, other), max(home, other))
            for home in self._stirred
            if (other := nearest[home]) is not None and nearest[other] == home
        }
        return sorted(pairs)

    def join(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Merge the clusters of each pair into the first."""
        for home, other in pairs:
            _merge(self._sums, home, other)
            self.units[home] += self.units.pop(other)
            del self._nearest[other], self._ranks[other]
        merged = {end for pair in pairs for end in pair}
        stirred: dict[int, list[int] | None] = dict.fromkeys(home for home, _ in pairs)
        for home, _ in pairs:
            for near in self._sums[home]:
                if self._nearest[near] in merged:
                    stirred[near] = None
                elif (others := stirred.setdefault(near, [])) is not None:
                    others.append(home)
        self._stirred = stirred

    def _look(self, home: int, others: Iterable[int] | None) -> None:
        """Find the neighbour of the highest mean, of equals the least two, if it is high enough."""
        sums, units, size = self._sums[home], self.units, len(self.units[home])
        best = None if others is None else self._ranks[home]
        found = None if others is None else self._nearest[home]
        for other in sums if others is None else others:
            weight = sums[other]
            if weight >= _LIKELY:
                mean = weight % _LIKELY / (_WHOLE * (size * len(units[other])))
                if mean >= self._least and (best is None or mean >= best[0]):
                    rank = (mean, -min(home, other), -max(home, other))
                    if best is None or rank > best:
                        best, found = rank, other
        self._ranks[home], self._nearest[home] = best, found


def _merge(sums: dict[int, dict[int, int]], home: int, other: int) -> None:
    """The cluster ``other`` becomes a part of that at ``home``."""
    mine, theirs = sums[home], sums.pop(other)
    mine.pop(other)
    theirs.pop(home)
    for near, weight in theirs.items():
        mine[near] = mine.get(near, 0) + weight
        beside = sums[near]
        del beside[other]
        beside[home] = mine[near]


def _homes(unit: int, moves: Iterable[tuple[int, int]]) -> Homes:
    """The home after each round up to the last in which a unit moved; of one that never did, its own."""
    found: list[int] = []
    at = unit
    for round_, home in moves:
        found += [at] * (round_ - 1 - len(found))
        at = home
        found.append(home)
    return tuple(found) or (unit,)


def _at(homes: Homes, round_: int) -> int:
    """The home after so many rounds: the last stays."""
    return homes[min(round_, len(homes)) - 1]
