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
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np

from inquit.link.linkage import APART, LIKELY, WHOLE, Bonds, Flags, Floats, Ints, Waiting, Weights, nearest
from inquit.link.placed import Past, Placed
from inquit.link.stores import Bonded, Homes

Pair: TypeAlias = tuple[int, int]

ROUNDS = 80  # a cluster takes one in at a time from the smaller ones around it, so that large ones need many

_SETS = 8  # of bonds that wait; more are put together
_READ = 20_000  # units whose bonds are read at once


class Outcome(NamedTuple):
    """New homes of the units that may have others, None for one that is alone; and the units whose cluster differs.

    ``near``: of some units, as ``Past.near`` gives it, what is otherwise than before.
    """

    homes: dict[int, Homes | None]
    near: dict[int, bytes]
    differ: set[int]


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
        self._now = Weights()

    def update(self, changed: AbstractSet[int], gone: AbstractSet[int] = frozenset()) -> Outcome:
        """What has come of it. Once only.

        ``changed``: units that are new, or whose bonds or rulings changed, but those that only have new bonds with new
        units need not be there; ``gone``: those that are no more.
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
                more, region = self._merge(active)
        return Outcome(units.settled(), units.nearness(), units.different())

    # -- one round

    def _merge(self, active: Ints) -> tuple[bool, Flags]:
        """Merge what agrees most, where that may be otherwise than before, and elsewhere what merged before.

        Whether more may come after it; and the clusters that did not go where they went before.
        """
        units = self._units
        asked = self._reached(active)
        self._load(asked[units.home])
        asked = units.flags(asked)
        size = units.sizes(units.home)
        home, other, mean = nearest(self._now.agreeing(asked, size, self._least), units.number)
        near = units.near()
        near.mean[asked], near.other[asked] = 0, -1
        near.mean[home], near.other[home] = mean, units.number[other]
        units.turn(near)
        merging = near.other[other] == units.number[home]
        one, other = home[merging], other[merging]
        first = units.number[one] < units.number[other]
        winner, loser = np.where(first, one, other), np.where(first, other, one)
        region = self._with_partners(asked)
        region[winner] = region[loser] = True
        into = np.arange(len(units))
        into[loser] = winner
        more = units.move(region, into)
        self._now.follow(units.home)
        return more or len(winner) > 0, region

    def _reached(self, active: Ints) -> Flags:
        """The clusters to which another one may be nearest than before: those that differ, or have other bonds.

        And those to which such a one was nearest, or is no farther than what was.
        """
        units = self._units
        stirred = units.differing()
        stirred[active] = True
        changed = units.flags(units.home[stirred])
        self._load(changed[units.home])
        changed = units.flags(changed)
        stirred = changed[units.home]
        if stirred.all():
            return changed
        size = units.sizes(units.home)
        offered = self._now.agreeing(changed, size, self._least)
        near = units.near()
        reached: Flags = changed | np.isin(near.other, units.number[units.were()[stirred | units.gone]])
        reached[offered.other[offered.mean >= near.mean[offered.other]]] = True
        return reached

    def _with_partners(self, asked: Flags) -> Flags:
        """Clusters with those that had merged with them in this round."""
        units = self._units
        region = asked.copy()
        partners = units.flags(units.were(1)[asked[units.home] | units.gone])
        region[units.home[partners[units.were(1)] & ~units.gone]] = True
        return region

    # -- bonds

    def _load(self, which: Flags) -> None:
        """Have the bonds of units."""
        due = np.flatnonzero(which & ~self._units.loaded & ~self._units.gone)
        self._units.loaded[due] = True
        for first in range(0, len(due), _READ):
            for found in self._bonds(due[first : first + _READ]):
                home = self._units.home
                self._now.add(found._replace(one=home[found.one], other=home[found.other]))

    def _bonds(self, places: Ints) -> Iterator[Bonds]:
        """Bonds, and rulings, as weights: those with units that are known, and such as have waited for one of these.

        Nobody is joined without a likely bond, so that who has none need not be known.
        """
        counts, others, scores = self._graph.bonded(self._units.number[places].tolist())
        found = self._ruled(places, np.repeat(places, counts), others, scores)
        fresh = self._units.learn(found.other[found.kind == LIKELY])
        self._waiting = [*(one for one in self._waiting if len(one)), Waiting(found)]
        if len(self._waiting) > _SETS:
            self._waiting = [Waiting.joined(self._waiting[:-1]), self._waiting[-1]]
        known = self._units.known
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
