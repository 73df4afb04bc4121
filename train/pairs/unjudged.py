"""Pairs of statements that nobody has judged, as linking meets them: such as share two of their rarest words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from inquit.link.bonds import CROWD
from inquit.link.pairs import cosines, features, scores
from inquit.link.scoring import NEAR
from inquit.link.table import Table
from inquit.link.units import Worded, packed_vectors, worded
from inquit.records import Reading

_EDGES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.949)  # of the score; above, the words alone decide
_PARTS = (0.04, 0.08, 0.15, 0.2, 0.25, 0.15, 0.09, 0.04)  # of what is drawn, for each range: most where it is in doubt
_AT_ONCE = 1 << 14  # pairs

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Drawn(NamedTuple):
    """Texts of pairs, and the features' values, ``(pairs, len(FEATURES))``."""

    one: list[str]
    other: list[str]
    values: Floats


def drawn(readings: Sequence[Reading], most: int, chance: np.random.Generator) -> Drawn:
    """Pairs of units drawn by their score, ``most`` at most and fewer where a range has too few."""
    units = list({one.unit: one for reading in readings for one in worded(reading)}.values())
    table = Table()
    table.add([one.arrays for one in units], packed_vectors([one.text for one in units]))
    one, other = _met(units)
    near = np.flatnonzero(cosines(table, one, other) >= NEAR)
    one, other = one[near], other[near]
    score = np.concatenate([scores(table, one[s], other[s]) for s in _slices(len(one))])
    chosen = _by_range(score, most, chance)
    one, other = one[chosen], other[chosen]
    there, values = [], []
    for some in _slices(len(one)):
        places, rows = features(table, one[some], other[some])
        there.append(places + some.start)
        values.append(rows)
    kept = np.concatenate(there)
    mine, theirs = ([units[i].text for i in side[kept]] for side in (one, other))
    return Drawn(mine, theirs, np.concatenate(values))


def _met(units: Sequence[Worded]) -> tuple[Ints, Ints]:
    """Places of the units that a key brings together, each two once."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        for key in unit.keys:
            holders[key].append(place)
    pairs = {pair for held in holders.values() for pair in combinations(held[:CROWD], 2)}
    one, other = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    return one, other


def _by_range(score: Floats, most: int, chance: np.random.Generator) -> Ints:
    ranges = zip(_EDGES, _EDGES[1:], _PARTS, strict=False)
    found = [
        chance.permutation(np.flatnonzero((score >= low) & (score < high)))[: int(most * part)]
        for low, high, part in ranges
    ]
    return np.concatenate(found)


def _slices(count: int) -> list[slice]:
    return [slice(first, min(first + _AT_ONCE, count)) for first in range(0, count, _AT_ONCE)]
