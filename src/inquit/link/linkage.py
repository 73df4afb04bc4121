"""Average linkage: what the bonds between clusters weigh, as arrays that follow the clusters as these merge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Kinds: TypeAlias = npt.NDArray[np.uint8]

WHOLE = 10_000  # scores are summed in ten-thousandths, so that no order of summing shows
_SECOND = 0xFFFFFFFF
LIKELY, APART = 1, 2  # kinds of bonds: one by which two may be joined, and a ruling that nothing may join them


class Bonds(NamedTuple):
    """Of units or clusters, by their places: weights in ten-thousandths, and what kinds of bonds are among them."""

    one: Ints
    other: Ints
    weight: Ints
    kind: Kinds

    def at(self, rows: Ints | Flags) -> Bonds:
        """Some of them."""
        return Bonds(self.one[rows], self.other[rows], self.weight[rows], self.kind[rows])


class Agreeing(NamedTuple):
    """Pairs of clusters that may be joined, in order of the first, each with the mean score over both."""

    one: Ints
    other: Ints
    mean: Floats


class Weights:
    """The sum of the bonds of clusters with others; a cluster is the place of one of its units."""

    def __init__(self) -> None:
        self._codes = np.empty(0, np.int64)  # the first cluster and the other, in order
        self._weight = np.empty(0, np.int64)
        self._kind = np.empty(0, np.uint8)
        self._added: list[Bonds] = []

    def add(self, bonds: Bonds) -> None:
        """Add bonds."""
        self._added.append(bonds)

    def follow(self, home: Ints) -> None:
        """Clusters have become parts of others: of each place the one that stands for it now."""
        self._sum()
        first, second = self._codes >> 32, self._codes & _SECOND
        moved = (home[first] != first) | (home[second] != second)
        if moved.any():
            self.add(Bonds(home[first[moved]], home[second[moved]], self._weight[moved], self._kind[moved]))
            self._codes, self._weight, self._kind = (of[~moved] for of in (self._codes, self._weight, self._kind))

    def agreeing(self, which: Flags, size: Ints, least: float) -> Agreeing:
        """Those in ``which`` with the others that they may be joined to: by a likely bond, and ``least`` in the mean.

        ``size`` is the number of units of each cluster.
        """
        self._sum()
        rows = np.flatnonzero((self._kind == LIKELY) & which[self._codes >> 32])
        one, other = self._codes[rows] >> 32, self._codes[rows] & _SECOND
        mean = self._weight[rows] / (WHOLE * (size[one] * size[other]))
        enough = (mean >= least) & (one != other)
        return Agreeing(one[enough], other[enough], mean[enough])

    def _sum(self) -> None:
        """Sum what was added into what there is, which is in order and stays where it is."""
        if not self._added:
            return
        one, other, weight, kind = (np.concatenate(each) for each in zip(*self._added, strict=True))
        self._added.clear()
        codes = one << 32 | other
        order = np.argsort(codes, kind="stable")
        first = beginnings(codes[order])
        if not len(first):
            return
        codes = codes[order][first]
        weight, kind = np.add.reduceat(weight[order], first), np.bitwise_or.reduceat(kind[order], first)
        at = np.searchsorted(self._codes, codes)
        here = np.zeros(len(codes), np.bool_)
        inside = at < len(self._codes)
        here[inside] = self._codes[at[inside]] == codes[inside]
        self._weight[at[here]] += weight[here]
        self._kind[at[here]] |= kind[here]
        at, new = at[~here], ~here
        self._codes = np.insert(self._codes, at, codes[new])
        self._weight = np.insert(self._weight, at, weight[new])
        self._kind = np.insert(self._kind, at, kind[new])


class Waiting:
    """Bonds of known units with others, by these one's numbers, that wait for them to be known."""

    def __init__(self, bonds: Bonds) -> None:
        order = np.argsort(bonds.other, kind="stable")
        self.bonds = bonds.at(order)
        self.is_new = True

    @classmethod
    def joined(cls, several: Sequence[Waiting]) -> Waiting:
        """All that several have; none of them is new."""
        found = cls(Bonds(*(np.concatenate(each) for each in zip(*(one.bonds for one in several), strict=True))))
        found.is_new = False
        return found

    def __len__(self) -> int:
        return len(self.bonds.other)

    def arrived(self, units: Ints) -> Bonds:
        """Those with the units, which are in order; they wait no more."""
        self.is_new = False
        other = self.bonds.other
        first, end = np.searchsorted(other, units, "left"), np.searchsorted(other, units, "right")
        bounds = np.zeros(len(other) + 1, np.int64)
        np.add.at(bounds, first, 1)
        np.add.at(bounds, end, -1)
        here = np.cumsum(bounds[:-1]) > 0
        found, self.bonds = self.bonds.at(here), self.bonds.at(~here)
        return found


def nearest(agreeing: Agreeing, number: Ints) -> Agreeing:
    """Of each first cluster the other of the highest mean, of equals the least two by their units' numbers."""
    one, other, mean = agreeing
    if not len(one):
        return agreeing
    first = beginnings(one)
    highest = mean == np.repeat(np.maximum.reduceat(mean, first), np.diff(first, append=len(one)))
    one, other, mean = one[highest], other[highest], mean[highest]
    mine, theirs = number[one], number[other]
    order = np.lexsort((np.maximum(mine, theirs), np.minimum(mine, theirs), one))
    one, other, mean = one[order], other[order], mean[order]
    first = beginnings(one)
    return Agreeing(one[first], other[first], mean[first])


def beginnings(values: Ints) -> Ints:
    """Where runs of equal values begin."""
    if not len(values):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
