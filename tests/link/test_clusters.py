"""Clusters of units: what merges, what people rule, and that following a change gives what a run from nothing gives."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inquit.link.clusters import ROUNDS, Clusters
from inquit.link.joined import Joined
from inquit.link.memory import Unruled, arrayed
from inquit.link.stores import Bonded, Homes, Together


class Graph:
    """Bonds between numbers, and the clusters that were made of them."""

    def __init__(self) -> None:
        self.scores: dict[tuple[int, int], float] = {}
        self.kept: dict[int, Homes] = {}
        self.nearest: dict[int, bytes] = {}

    def bonded(self, units: Sequence[int]) -> Bonded:
        found = [[(i if j == u else j, s) for (i, j), s in self.scores.items() if u in (i, j)] for u in units]
        others = np.array([o for bonds in found for o, _ in bonds], np.int64)
        scores = np.array([s for bonds in found for _, s in bonds], np.float64)
        return np.array(list(map(len, found)), np.int64), others, scores

    def together(self, units: Collection[int]) -> Together:
        lasts = {self.kept[unit][-1] for unit in units if unit in self.kept}
        return arrayed({unit: homes for unit, homes in self.kept.items() if homes[-1] in lasts})

    def near(self, units: Collection[int]) -> Mapping[int, bytes]:
        return {unit: self.nearest[unit] for unit in units if unit in self.nearest}

    def update(
        self,
        changed: AbstractSet[int],
        gone: AbstractSet[int] = frozenset(),
        **rulings: AbstractSet[tuple[int, int]],
    ) -> set[int]:
        before = self.clusters()
        found, near, differ = Clusters(self, least=0.4, likely=0.5, **rulings).update(changed, gone)
        for unit in gone:
            self.kept.pop(unit, None)
            self.nearest.pop(unit, None)
        self.nearest.update(near)
        for unit, homes in found.items():
            self.kept.pop(unit, None)
            if homes:
                assert 0 < len(homes) <= ROUNDS
                assert homes[-2:-1] != homes[-1:]
                self.kept[unit] = homes
        after = self.clusters()
        assert differ >= {u for units in after - before for u in units}
        return differ

    def clusters(self) -> set[frozenset[int]]:
        found = defaultdict(set)
        for unit, homes in self.kept.items():
            found[homes[-1]].add(unit)
        return {frozenset(units) for units in found.values()}


def from_nothing(scores: Mapping[tuple[int, int], float], **rulings: AbstractSet[tuple[int, int]]) -> Graph:
    graph = Graph()
    graph.scores = dict(scores)
    graph.update({unit for pair in scores for unit in pair}, **rulings)
    return graph


def linked(scores: Mapping[tuple[int, int], float], **rulings: AbstractSet[tuple[int, int]]) -> set[frozenset[int]]:
    return from_nothing(scores, **rulings).clusters()


def test_one_bad_bond_does_not_melt_two_clusters() -> None:
    blocks = [(0, 1, 2), (3, 4, 5)]
    scores = {(i, j): 0.9 for block in blocks for i in block for j in block if i < j}
    assert linked(scores | {(2, 3): 0.85}) == {frozenset(block) for block in blocks}


def test_units_that_agree_on_average_are_one_though_some_pairs_do_not() -> None:
    assert linked({(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.5, (2, 3): 0.9, (1, 3): 0.6}) == {frozenset({0, 1, 2, 3})}


def test_a_ruling_keeps_apart_what_agrees() -> None:
    assert linked({(0, 1): 0.9, (2, 3): 0.9}, apart={(0, 1)}) == {frozenset({2, 3})}


class Store:
    """Clusters, as ``Joined`` asks for them."""

    def __init__(self, *clusters: tuple[int, ...]) -> None:
        self._clusters = {unit: cluster for cluster in clusters for unit in cluster}

    def together(self, units: Collection[int]) -> Together:
        clusters = [self._clusters[unit] for unit in units if unit in self._clusters]
        return arrayed({unit: (min(cluster),) for cluster in clusters for unit in cluster})


@pytest.mark.parametrize(
    ("same", "apart", "asked", "found"),
    [
        (set(), set(), {1}, [[1, 2, 3]]),
        ({(2, 5)}, set(), {1}, [[1, 2, 3, 4, 5]]),
        ({(2, 5), (4, 9)}, set(), {9}, [[1, 2, 3, 4, 5, 9]]),
        ({(2, 5)}, {(1, 4)}, {5}, [[1, 2, 3], [4, 5]]),
        ({(2, 5), (3, 9), (5, 9)}, {(1, 4)}, {9}, [[1, 2, 3, 9], [4, 5]]),
        ({(7, 9)}, set(), {7, 9, 1}, [[1, 2, 3], [7, 9]]),
    ],
)
def test_what_people_rule_one_claim_joins_whole_clusters_but_not_across_what_they_rule_apart(same, apart, asked, found):
    ruled = Unruled(frozenset(same), frozenset(apart))
    assert sorted(Joined(Store((1, 2, 3), (4, 5)), ruled).groups(asked)) == found


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.integers(3, 24), st.integers(1, 6))
@example(13, 13, 6)
def test_following_changes_gives_the_clusters_of_a_run_from_nothing(seed: int, count: int, steps: int) -> None:
    rng = random.Random(seed)
    graph = Graph()
    held: set[int] = set()
    for _ in range(steps):
        before = dict(graph.scores)
        gone = set(rng.sample(sorted(held), min(len(held), rng.randrange(3))))
        new = set(range(count)) - held - gone if rng.random() < 0.5 else set()
        new = set(rng.sample(sorted(new), min(len(new), rng.randrange(1, 8))))
        held = (held | new) - gone
        for i, j in [(i, j) for i in sorted(held) for j in sorted(held) if i < j]:
            if rng.random() < (0.3 if {i, j} & new else 0.02):
                # Few values, so that there are ties.
                graph.scores[i, j] = rng.choice([0.5, 0.6, 0.7, 0.8, 0.9])
            elif (i, j) in before and rng.random() < 0.05:
                del graph.scores[i, j]
        graph.scores = {pair: score for pair, score in graph.scores.items() if not gone & set(pair)}
        changed = {u for pair in {*before, *graph.scores} if before.get(pair) != graph.scores.get(pair) for u in pair}
        graph.update((changed | new) - gone, gone)
        whole = from_nothing(graph.scores)
        assert graph.kept == whole.kept
        assert {u: near for u, near in graph.nearest.items() if near} == whole.nearest
