"""Many pairs are scored by several processes: the same bonds come out, and nothing is left running."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np
import pytest

from bench.growing import seed, varied
from inquit.link import scoring
from inquit.link.likeness import Floats, Ints
from inquit.link.memory import Memory
from inquit.link.pairs import scores
from inquit.link.scoring import BOND, Scoring
from inquit.link.table import Table


@pytest.fixture(scope="module")
def store() -> Memory:
    story = seed(None)
    return Memory([*story, *islice(varied(story, number=5), 6)], ())


@pytest.fixture(scope="module")
def pairs(store: Memory) -> Ints:
    units = np.array(sorted(store.new())[:60])
    return units[np.stack(np.triu_indices(len(units), 1), 1)]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few pairs are many, and units are forgotten on the way."""
    monkeypatch.setattr(scoring, "_WORTH", 1)
    monkeypatch.setattr(scoring, "_SCORED", 300)
    monkeypatch.setattr(scoring, "_LOADED", 40)
    monkeypatch.setattr(scoring, "_READ", 7)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[scoring._Other]]:
    """The processes that were begun."""
    found: list[scoring._Other] = []
    real = scoring._Other.begun

    def noted(told: scoring._Told) -> scoring._Other | None:
        other = real(told)
        found.extend([other] if other else [])
        return other

    monkeypatch.setattr(scoring._Other, "begun", noted)
    yield found
    assert all(other._process.poll() is not None for other in found)


def told(bonds: Iterator[tuple[Ints, Floats]]) -> list[tuple[list[int], float]]:
    return [(pair, score) for some, found in bonds for pair, score in zip(some.tolist(), found.tolist(), strict=True)]


def alone(store: Memory, pairs: Ints) -> list[tuple[list[int], float]]:
    with Scoring(store) as one:
        return told(one.bonds(pairs))


@pytest.mark.usefixtures("few")
def test_several_processes_find_what_one_finds(store: Memory, pairs: Ints, begun: list[scoring._Other]) -> None:
    wanted = alone(store, pairs)
    assert wanted
    assert not begun
    with Scoring(store, 3) as several:
        assert told(several.bonds(pairs)) == wanted
        assert told(several.bonds(pairs[::-1])) == wanted[::-1]
    assert len(begun) == 2


def test_little_is_scored_by_one_process(store: Memory, pairs: Ints, begun: list[scoring._Other]) -> None:
    with Scoring(store, 3) as several:
        assert told(several.bonds(pairs)) == alone(store, pairs)
    assert not begun


@pytest.mark.usefixtures("few")
def test_a_process_that_ends_is_done_without(store: Memory, pairs: Ints, begun: list[scoring._Other]) -> None:
    wanted = alone(store, pairs)
    with Scoring(store, 2) as several:
        found = several.bonds(pairs)
        first = next(found)
        begun[0]._process.kill()
        assert told(iter([first, *found])) == wanted
    assert len(begun) == 1


@pytest.mark.usefixtures("few")
def test_a_process_that_cannot_be_begun_is_done_without(
    store: Memory, pairs: Ints, begun: list[scoring._Other], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = alone(store, pairs)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Scoring(store, 2) as several:
        assert told(several.bonds(pairs)) == wanted
    assert not begun


@pytest.mark.usefixtures("few")
def test_after_an_error_no_process_is_left(store: Memory, pairs: Ints, begun: list[scoring._Other]) -> None:
    def stopped() -> None:
        with Scoring(store, 2) as several:
            next(several.bonds(pairs))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert len(begun) == 1  # that it has ended is seen when the fixture is left


def _table(store: Memory, units: Sequence[int]) -> Table:
    table = Table()
    held = store.arrays(units)
    table.add([arrays for arrays, _ in held], [row for _, row in held])
    return table


@pytest.mark.parametrize("least", [BOND, 0.6, 0.95])
def test_what_is_not_worked_out_to_the_end_stays_under_what_was_asked_for(store: Memory, least: float) -> None:
    units = sorted(store.new())
    table = _table(store, units)
    one, other = np.triu_indices(len(units), 1)
    exact, bounded = scores(table, one, other), scores(table, one, other, least)
    assert (exact >= least).any()
    assert bounded[exact >= least].tolist() == exact[exact >= least].tolist()
    assert (bounded[exact < least] < least).all()


def test_a_piece_finds_the_same_whatever_was_worked_out_before(
    store: Memory, pairs: Ints, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inquit.link import matched  # noqa: PLC0415 - its answers are made anew

    units = np.unique(pairs).tolist()
    pieces = _table(store, units).units.pieces
    one, other = np.triu_indices(len(units), 1)
    wanted = matched.matched(pieces, one, other)
    nowhere: Callable[[Ints], Ints] = lambda codes: np.zeros(len(codes), np.int64)  # noqa: E731
    monkeypatch.setattr(matched, "_places", nowhere)
    # All are kept in one place now, and drive each other out.
    for _ in range(2):
        assert matched.matched(pieces, one, other, matched.net()).tolist() == wanted.tolist()
