"""A judged statement is found again though the reader cuts its content otherwise."""

from __future__ import annotations

import pytest

from inquit.records import Article, Reading, Statement
from train.pairs.measure import Drawn, measured
from train.pairs.places import Place, Places

TEXT = "She said that the pier of Ellinport had been closed for repairs, and the ferry to Tarn cancelled."
PIER, FERRY = TEXT.index("that the pier"), TEXT.index("the ferry")


def statement(ident: str, *spans: tuple[int, int]) -> Statement:
    return Statement(id=ident, article="a", content=spans, score=1.0, by="")


def reading(*statements: Statement) -> Reading:
    return Reading(article=Article(id="a", external_id="harbour1", text=TEXT), statements=statements)


def place(start: int, end: int) -> Place:
    return Place("harbour1", f"{start}-{end}")


PIERS = statement("pier", (PIER, FERRY - 6))
FERRIES = statement("ferry", (FERRY, len(TEXT) - 1))


@pytest.mark.parametrize(
    ("judged", "found"),
    [
        (place(PIER, FERRY - 6), "pier"),
        (place(PIER + 5, FERRY - 6), "pier"),  # without "that"
        (place(FERRY, len(TEXT) - 11), "ferry"),  # without "cancelled"
        (place(PIER, PIER + 12), None),  # three of its ten words
        (place(0, 8), None),
        (Place("harbour2", "0-8"), None),
    ],
)
def test_most_words_make_the_statement(judged: Place, found: str | None) -> None:
    at = Places([reading(PIERS, FERRIES)]).at(judged)
    assert (at and at[1].id) == found


def test_the_same_spans_come_before_others_and_of_several_the_last() -> None:
    twice = statement("again", (PIER, FERRY - 6))
    at = Places([reading(statement("longer", (PIER - 5, FERRY - 6)), PIERS, twice)]).at(place(PIER, FERRY - 6))
    assert at is not None
    assert at[1].id == "again"


def test_a_pair_that_has_become_one_statement_is_not_measured() -> None:
    places = Places([reading(PIERS, FERRIES)])
    near, pier, ferry = place(PIER + 5, FERRY - 6), place(PIER, FERRY - 6), place(FERRY, len(TEXT) - 1)
    pairs = [Drawn(near, pier, same=True, stands_for=5), Drawn(near, ferry, same=True, stands_for=2)]
    assert measured(iter(pairs), places, {"pier": frozenset("c"), "ferry": frozenset("c")}) == (1, 1, 1, 1)
    assert measured(iter(pairs), places, {"pier": frozenset("c"), "ferry": frozenset("d")}) == (1, 0, 0, 0)
