"""Units by place, with the clusters they were in after each round of merging, and those they come to be in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

import numpy as np

from inquit.link.linkage import Flags, Ints
from inquit.link.nearness import Near, Nearness
from inquit.link.rounds import Rounds
from inquit.link.stores import Homes, Together


class Past(Protocol):
    """Clusters as they were."""

    def together(self, units: Collection[int]) -> Together:
        """Those of the units that were not alone, and all whose last home they shared; their homes round by round.

        A home is the least unit of its cluster after each round, up to the last change.
        """

    def near(self, units: Collection[int]) -> Mapping[int, bytes]:
        """What was nearest to the clusters whose least unit each was, round by round (``link.nearness``)."""


class Placed:
    """Units, each known together with all whose last home it shared; a cluster is the place of its least unit."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._order = np.empty(0, np.int64)  # their places in order of their numbers
        self._old, self._homes = Rounds(), Rounds()  # the places of homes, as they were and as they come to be
        self._nearness = Nearness()
        self._moved = np.empty(0, np.bool_)
        self.number = np.empty(0, np.int64)
        self.gone = np.empty(0, np.bool_)
        self.loaded = np.empty(0, np.bool_)  # whether its bonds are

    def __len__(self) -> int:
        return len(self.number)

    @property
    def round(self) -> int:
        """Rounds that were gone through."""
        return len(self._homes) - 1

    @property
    def home(self) -> Ints:
        """The cluster that each unit is in now."""
        return self._homes.last

    @property
    def still(self) -> bool:
        """Whether no cluster has moved in the last round, nor before anything changed; and none came nearer to one."""
        if self.round < 1 or not (self.were() == self.were(-1)).all():
            return False
        if not (self.home == self._homes[self.round - 1]).all():
            return False
        return not self._nearness.turned

    def were(self, later: int = 0) -> Ints:
        """The cluster that each was in before anything changed, after as many rounds as now, or some ``later``."""
        return self._old[self.round + later]

    @property
    def known(self) -> Ints:
        """The units in order of their numbers."""
        return self.number[self._order]

    def near(self) -> Near:
        """What was nearest, before anything changed, to the clusters that there are now; to others nothing is."""
        found, none = self._nearness.were, Near.none(len(self))
        own = (self.home == np.arange(len(self))) & ~self.gone
        return Near(np.where(own, found.mean, none.mean), np.where(own, found.other, none.other))

    def turn(self, near: Near) -> None:
        """What is nearest to each cluster in this round; where it is not told it is what it was in the round before."""
        self._nearness.turn(near)

    def places(self, units: Ints) -> Ints:
        """Of units; -1 where one is not known."""
        if not len(self):
            return np.full(len(units), -1)
        at = np.minimum(np.searchsorted(self.number, units, sorter=self._order), len(self) - 1)
        found = self._order[at]
        return np.where(self.number[found] == units, found, -1)

    def flags(self, which: Ints | Flags) -> Flags:
        """True at places; or flags of fewer units, longer."""
        found = np.zeros(len(self), np.bool_)
        found[: len(which) if which.dtype == np.bool_ else None][which] = True
        return found

    def sizes(self, homes: Ints) -> Ints:
        """How many units that are still there each cluster has."""
        return np.bincount(homes[~self.gone], minlength=len(self))

    def learn(self, units: Ints) -> Ints:
        """Know units that are not known yet; those that are known now, in order of their numbers."""
        asked = np.unique(units[self.places(units) < 0])
        if not len(asked):
            return asked
        held, counts, homes = self._past.together(asked.tolist())
        alone = np.setdiff1d(asked, held, assume_unique=True)
        number = np.concatenate([held, alone])
        first, order = len(self), np.argsort(number)
        self._order = np.insert(self._order, np.searchsorted(self.known, number[order]), first + order)
        self.number = np.concatenate([self.number, number])
        self._remember(first, counts, homes)
        self._homes.widen(len(self))
        for i in range(len(self._homes)):
            self._homes[i][first:] = self._old[i][first:]
        fresh = number.tolist()
        near = self._past.near(fresh)
        self._nearness.learn([near.get(unit, b"") for unit in fresh])
        none = np.zeros(len(fresh), np.bool_)
        self._moved, self.gone, self.loaded = (
            np.concatenate([held, none]) for held in (self._moved, self.gone, self.loaded)
        )
        return number[order]

    def end(self, units: Ints) -> None:
        """Units are there no more."""
        self.gone[self.places(units)] = True

    def differing(self) -> Flags:
        """The units whose cluster is not what it was."""
        home, were = self.home, self.were()
        size = self.sizes(home)
        same = self.sizes(np.where(home == were, home, len(self)))[: len(self)]
        kept = (same == size) & (np.bincount(were, minlength=len(self)) == size)
        different: Flags = ~kept[home] & ~self.gone
        return different

    def move(self, region: Flags, into: Ints) -> bool:
        """Go through a round: clusters of the region go ``into`` others, the rest where they went before.

        Whether some are known that went anywhere in this round or later, or something else came to be nearest to them.
        """
        here = region[self.home] & ~self.gone
        more = bool((self.were() != self._old.last).any()) or self._nearness.turns
        self._moved |= here
        self._homes.append(np.where(here, into[self.home], self.were(1)))
        self._nearness.next()
        return more

    def settled(self) -> dict[int, Homes | None]:
        """New homes of the units that were in a region, and have others now."""
        alone = self.sizes(self.home)[self.home] == 1
        last = self._old.last
        turned = alone != (np.bincount(last, minlength=len(self))[last] == 1)
        for i in range(1, max(len(self._homes), len(self._old))):
            turned |= self._homes[i] != self._old[i]
        units = np.flatnonzero(self._moved & turned)
        homes = self.number[np.stack([self._homes[i][units] for i in range(1, len(self._homes))], 1)]
        changes = homes.shape[1] - np.argmax((homes != homes[:, -1:])[:, ::-1], 1)
        rounds = np.where((homes == homes[:, -1:]).all(1), 0, changes)
        found: dict[int, Homes | None] = {}
        for unit, row, end, single in zip(
            self.number[units].tolist(), homes, rounds.tolist(), alone[units], strict=True
        ):
            found[unit] = None if single else tuple(row[: end + 1].tolist())
        return found

    def nearness(self) -> dict[int, bytes]:
        """What is nearest, as ``Past.near`` gives it, where that is not what it was; of units that are still there."""
        found = self._nearness.otherwise()
        return {int(self.number[place]): body for place, body in found if not self.gone[place]}

    def different(self) -> set[int]:
        """The units whose cluster is another one in the end."""
        return set(self.number[self.differing()].tolist())

    def _remember(self, first: int, counts: Ints, homes: Ints) -> None:
        """The homes of the units at places from ``first`` on; those that have none are alone."""
        self._old.lengthen(1 + int(counts.max(initial=0)))
        self._old.widen(len(self))
        held, begin = self.places(homes), np.cumsum(counts) - counts
        for i in range(len(self._old)):
            here = self._old[i][first:]
            here[:] = np.arange(first, len(self))
            if i:
                # The last home of each is where it stays.
                here[: len(counts)] = held[begin + np.minimum(i, counts) - 1]
