"""Things found again by where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inquit.extract.grid import Grid
from inquit.records import Spans

SPANS = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(1, 1500)).map(lambda s: (s[0], s[0] + s[1])), min_size=1, max_size=3
).map(tuple)


def overlap(one: Spans, other: Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


@given(st.lists(SPANS, max_size=12), SPANS)
def test_all_that_overlap_are_found_in_order(things: list[Spans], asked: Spans) -> None:
    grid = Grid()
    for number, spans in enumerate(things):
        grid.add(number, spans)
    found = grid.near(asked)
    assert found == sorted(set(found))
    assert {n for n, spans in enumerate(things) if overlap(spans, asked)} <= set(found)


def test_what_stands_far_off_is_not_looked_at() -> None:
    grid = Grid()
    for number in range(1000):
        grid.add(number, ((number * 100, number * 100 + 90),))
    assert len(grid.near(((50_000, 50_100),))) < 20
