"""Units that put one claim forward: bonds of pairs first, then clusters that no single bad bond can melt together.

Average linkage (Sokal and Michener 1958) in rounds: two clusters that are each other's nearest become one where their
units agree on average, pairs without a bond counting as 0. Merging nearest pairs gives what merging the nearest of all
would (Murtagh 1983), and what a round does to a cluster depends on it and its neighbours alone. So a change of bonds is
followed round by round, no further than it reaches, and the outcome is that of a run from nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeAlias

import numpy as np

from inquit.link.linkage import APART, LIKELY, WHOLE, Bonds, Flags, Floats, Ints, Waiting, Weights, nearest
from inquit.link.placed import Past, Placed
from inquit.link.stores import Bonded, Homes

Pair: TypeAlias = tuple[int, int]

ROUNDS = 80  # a cluster takes one in at a time from the smaller ones around it, so that large ones need many

_READ = 20_000  # units whose bonds are read at once


class Graph(Past, Protocol):
    """Bonds, and the clusters as they were before the bonds changed."""

    def bonded(self, units: Sequence[int]) -> Bonded:
        """For each unit how many may be one claim with it; then all of these, and their scores."""


class Clusters:
    """Brings clusters up to their bonds.

    ``least`` is the mean score over two clusters at which they are one, if a bond between them scores ``likely``.
    ``apart`` are pairs that people have ruled to be no claim; whom they have joined: ``link.joined``.
    """

    def __init__(self, graph: Graph, *, least: float, likely: float, apart: AbstractSet[Pair] = frozenset()) -> None:
        self._graph, self._least, self._likely = graph, least, likely
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        self._units = Placed(graph)
        self._waiting: list[Waiting] = []  # bonds with units that are not known yet
        self._now, self._before = Weights(), Weights()  # of clusters as they are, and as they were, with those that are
        self._loaded: list[Bonds] = []  # that ``_before`` does not have yet

    def update(
        self, changed: AbstractSet[int], gone: AbstractSet[int] = frozenset()
    ) -> tuple[dict[int, Homes | None], set[int]]:
        """New homes of the units that may have others, None for one that is alone; and whose cluster is another one.

        ``changed``: units that are new, or whose bonds or rulings changed, but those that only have new bonds with new
        units need not be there; ``gone``: those that are no more. Once only.
        """
        units = self._units
        some, ended = (np.fromiter(sorted(each), np.int64, len(each)) for each in (changed, gone))
        units.learn(np.concatenate([some, ended]))
        units.end(ended)
        active = units.places(some)
        more, region = True, np.zeros(0, np.bool_)
        while more and units.round < ROUNDS:
            # Where nothing has moved, nothing does.
            if units.still:
                more = units.move(region, np.arange(len(units)))
            else:
                more, region = self._merge(self._region(active))
        return units.settled(), units.different()

    # -- one round

    def _region(self, active: Ints) -> Flags:
        """The clusters that may merge otherwise than before: those that differ, and former partners of all here.

        And the clusters that such a one may be joined to, as it is or as it was: to others it makes no difference.
        """
        units = self._units
        stirred = units.differing()
        stirred[active] = True
        now, before = units.flags(units.home[stirred]), units.flags(units.were()[stirred | units.gone])
        self._load(now[units.home] | before[units.were()])
        now, before = units.flags(now), units.flags(before)
        if now[units.home].all():
            return now
        self._know_before()
        size = units.sizes(units.home)
        region = now.copy()
        region[self._now.agreeing(now, size, size, self._least).other] = True
        region[self._before.agreeing(before, units.sizes(units.were()), size, self._least).other] = True
        partners = units.flags(units.were(1)[region[units.home] | units.gone])
        region[units.home[partners[units.were(1)] & ~units.gone]] = True
        return region

    def _merge(self, region: Flags) -> tuple[bool, Flags]:
        """Merge in the region what agrees most, and elsewhere what merged before; whether more may come after it.

        And the region with all that it turned out to need.
        """
        units = self._units
        home, other = self._nearest(region)
        region = units.flags(region)
        of = np.full(len(units), -1)
        of[home] = other
        merging = (of[other] == home) & (region[home] | region[other]) & (units.number[home] < units.number[other])
        winner, loser = home[merging], other[merging]
        region[winner] = region[loser] = True
        into = np.arange(len(units))
        into[loser] = winner
        more = units.move(region, into)
        self._now.follow(units.home, units.home)
        self._before.follow(units.were(), units.home)
        return more or len(winner) > 0, region

    def _nearest(self, region: Flags) -> tuple[Ints, Ints]:
        """The nearest of the clusters of the region, and those of these."""
        units, asked = self._units, region
        for _ in range(2):
            self._load(asked[units.home])
            asked = units.flags(asked)
            size = units.sizes(units.home)
            found = nearest(self._now.agreeing(asked, size, size, self._least), units.number)
            asked[found[1]] = True
        return found

    # -- bonds

    def _load(self, which: Flags) -> None:
        """Have the bonds of units."""
        due = np.flatnonzero(which & ~self._units.loaded & ~self._units.gone)
        self._units.loaded[due] = True
        for first in range(0, len(due), _READ):
            for found in self._bonds(due[first : first + _READ]):
                self._loaded.append(found)
                home = self._units.home
                self._now.add(found._replace(one=home[found.one], other=home[found.other]))

    def _bonds(self, places: Ints) -> Iterator[Bonds]:
        """Bonds, and rulings, as weights: those with units that are known, and such as have waited for one of these.

        Nobody is joined without a likely bond, so that who has none need not be known.
        """
        counts, others, scores = self._graph.bonded(self._units.number[places].tolist())
        found = self._ruled(places, np.repeat(places, counts), others, scores)
        fresh = self._units.learn(found.other[found.kind == LIKELY])
        self._waiting.append(Waiting(found))
        known = np.sort(self._units.number)
        for waiting in self._waiting:
            arrived = waiting.arrived(known if waiting.is_new else fresh)
            if len(arrived.one):
                yield arrived._replace(other=self._units.places(arrived.other))

    def _ruled(self, places: Ints, one: Ints, other: Ints, score: Floats) -> Bonds:
        """Bonds as weights, and those that people have ruled apart; the others are units by their numbers."""
        kind = np.where(score >= self._likely, LIKELY, 0).astype(np.uint8)
        weight = np.rint(score * WHOLE).astype(np.int64)
        ruled = [(p, o) for p in places.tolist() for o in self._apart.get(int(self._units.number[p]), ())]
        if not ruled:
            return Bonds(one, other, weight, kind)
        apart = set(ruled)
        kept = np.array([pair not in apart for pair in zip(one.tolist(), other.tolist(), strict=True)], np.bool_)
        first, second = np.array(ruled, np.int64).T
        none = np.zeros(len(ruled), np.int64)
        return Bonds(
            np.concatenate([one[kept], first]),
            np.concatenate([other[kept], second]),
            np.concatenate([weight[kept], none]),
            np.concatenate([kind[kept], none.astype(np.uint8) | APART]),
        )

    def _know_before(self) -> None:
        """Have the bonds of clusters as they were, too."""
        were, home = self._units.were(), self._units.home
        for found in self._loaded:
            self._before.add(found._replace(one=were[found.one], other=home[found.other]))
        self._loaded.clear()
