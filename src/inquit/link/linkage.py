"""Average linkage: what the bonds between clusters weigh, as arrays that follow the clusters as these merge."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Kinds: TypeAlias = npt.NDArray[np.uint8]

WHOLE = 10_000  # scores are summed in ten-thousandths, so that no order of summing shows
LIKELY, APART = 1, 2  # kinds of bonds: one by which two may be joined, and a ruling that nothing may join them


class Bonds(NamedTuple):
    """Of units or clusters, by their places: weights in ten-thousandths, and what kinds of bonds are among them."""

    one: Ints
    other: Ints
    weight: Ints
    kind: Kinds


class Agreeing(NamedTuple):
    """Pairs of clusters that may be joined, in order of the first, each with the mean score over both."""

    one: Ints
    other: Ints
    mean: Floats


class Weights:
    """The sum of the bonds of clusters with others; a cluster is the place of one of its units."""

    def __init__(self) -> None:
        none = np.empty(0, np.int64)
        self._held = Bonds(none, none, none, np.empty(0, np.uint8))
        self._summed = True

    def add(self, bonds: Bonds) -> None:
        """Add bonds."""
        held = self._held
        self._held = Bonds(
            np.concatenate([held.one, bonds.one]),
            np.concatenate([held.other, bonds.other]),
            np.concatenate([held.weight, bonds.weight]),
            np.concatenate([held.kind, bonds.kind]),
        )
        self._summed = False

    def follow(self, one: Ints, other: Ints) -> None:
        """Clusters have become parts of others: of each place, on either side, the one that stands for it now."""
        self._held = self._held._replace(one=one[self._held.one], other=other[self._held.other])
        self._summed = False

    def agreeing(self, which: Flags, size: Ints, others: Ints, least: float) -> Agreeing:
        """Those in ``which`` with the others that they may be joined to: by a likely bond, and ``least`` in the mean.

        ``size`` and ``others`` are the numbers of units of clusters on either side.
        """
        self._sum()
        held = self._held
        rows = np.flatnonzero((held.kind == LIKELY) & which[held.one] & (held.one != held.other))
        one, other = held.one[rows], held.other[rows]
        mean = held.weight[rows] / (WHOLE * (size[one] * others[other]))
        enough = mean >= least
        return Agreeing(one[enough], other[enough], mean[enough])

    def _sum(self) -> None:
        if self._summed or not len(self._held.one):
            return
        one, other, weight, kind = self._held
        codes = one << 32 | other
        order = np.argsort(codes, kind="stable")
        codes = codes[order]
        first = _beginnings(codes)
        self._held = Bonds(
            codes[first] >> 32,
            codes[first] & 0xFFFFFFFF,
            np.add.reduceat(weight[order], first),
            np.bitwise_or.reduceat(kind[order], first),
        )
        self._summed = True


def nearest(agreeing: Agreeing, number: Ints) -> tuple[Ints, Ints]:
    """Of each first cluster the other of the highest mean, of equals the least two by their units' numbers."""
    one, other, mean = agreeing
    if not len(one):
        return one, other
    first = _beginnings(one)
    highest = np.repeat(np.maximum.reduceat(mean, first), np.diff(first, append=len(one)))
    one, other = one[mean == highest], other[mean == highest]
    mine, theirs = number[one], number[other]
    order = np.lexsort((np.maximum(mine, theirs), np.minimum(mine, theirs), one))
    one, other = one[order], other[order]
    first = _beginnings(one)
    return one[first], other[first]


def _beginnings(values: Ints) -> Ints:
    """Where runs of equal values begin."""
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
