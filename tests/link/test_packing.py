"""What is compared of a unit, as bytes: it comes back whole, alone and among others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit import pipeline
from inquit.link.columns import Ragged
from inquit.link.meanings import meanings
from inquit.link.packing import COUNTED, Arrays, compared, number, numbers_of, terms_of
from inquit.link.propositions import NAME
from inquit.link.table import Table
from inquit.link.units import packed_vectors, worded
from inquit.records import Reading

_rows = st.lists(st.frozensets(st.integers(0, 12)).map(sorted), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def found() -> list[tuple[bytes, str]]:
    readings = [r for r in pipeline.readings(["examples"]) if isinstance(r, Reading)]
    return [(one.arrays, one.text) for reading in readings for one in worded(reading)]


def test_terms_and_numbers_come_back_as_they_were(found: list[tuple[bytes, str]]) -> None:
    counted = 0
    for packed, text in found:
        one = Arrays([packed])
        terms = terms_of(one.values["terms"].tobytes())
        said = one.values["said"]
        assert [len(compared(some)) for some in terms] == said["keys"].tolist()
        assert all(term.removeprefix(NAME) for some in terms for term in some)
        encoded = one.values["numbers"].tobytes()
        numbers = numbers_of(encoded) if encoded else [()] * (1 + len(said))
        assert [bool(some) for some in numbers[1:]] == (said["flags"] & COUNTED > 0).tolist()
        assert all(n.value >= 0 for some in numbers for n in some)
        counted += len(numbers[0])
        assert bool(text) == bool(len(one.values["pieces"]))
    assert counted


def test_many_are_read_as_each_alone(found: list[tuple[bytes, str]]) -> None:
    rows = [packed for packed, _ in found]
    together = Arrays(rows)
    for name, values in together.values.items():
        alone = [Arrays([row]).values[name] for row in rows]
        assert values.tolist() == np.concatenate(alone).tolist()
    assert together.same.tolist() == [int(Arrays([row]).same[0]) for row in rows]


def test_units_that_came_at_once_and_one_by_one_make_one_table(found: list[tuple[bytes, str]]) -> None:
    rows, vectors = [packed for packed, _ in found], packed_vectors([text for _, text in found])
    once, apart = Table(), Table()
    once.add(rows, vectors)
    for row, vector in zip(rows, vectors, strict=True):
        apart.add([row], [vector])
    places = np.arange(len(once.propositions.unit))
    for table in (once, apart):
        keys = table.propositions.keys.padded(places, 64, -1)
        # Numbers of words differ, which of them are the same does not.
        assert len(np.unique(keys)) == len({k for row in rows for k in Arrays([row]).values["keys"].tolist()}) + 1
        words = table.propositions.words(places)
        for place in places.tolist():
            own = compared(table.propositions.terms(place))
            assert words.row(place).tolist() == meanings().places(own)
            assert table.propositions.keys.sizes(np.array([place]))[0] == len(own)
    assert once.propositions.total.values.tolist() == apart.propositions.total.values.tolist()
    assert once.units.first.values.tolist() == apart.units.first.values.tolist()
    assert once.units.square.values.tolist() == [
        int((np.frombuffer(vector, np.int8).astype(np.int64) ** 2).sum()) for vector in vectors
    ]


def test_a_word_has_the_same_number_in_every_process() -> None:
    assert number("harbour") == 8147600179077873154
    assert number("harbour") != number("harbours")
    assert number("\ud800") == number("\ud800")  # half of a pair, as damaged pages have them


@settings(deadline=None)
@given(_rows, _rows)
def test_what_rows_share_is_what_their_sets_share(mine: list[list[int]], theirs: list[list[int]]) -> None:
    held = Ragged(np.int32)
    held.extend([*mine, *theirs])
    one, other = np.divmod(np.arange(len(mine) * len(theirs)), len(theirs))
    shared = held.shared(one, other + len(mine))
    assert shared.tolist() == [len(set(mine[i]) & set(theirs[j])) for i, j in zip(one, other, strict=True)]
