"""Quotations: every typography, and marks that never close."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.extract.quotes import INSIDE, MARK, quotations, states


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we will go” today.", ["we will go"]),
        ('He said "we will go" today.', ["we will go"]),
        ("He said ‘we will go’ today.", ["we will go"]),
        ("He said 'we will go' today.", ["we will go"]),
        ("He said ``we will go'' today.", ["we will go"]),
        ("He said ''we will go'' today.", ["we will go"]),
        ("He said „we will go“ today.", ["we will go"]),
        ("He said «we will go» today.", ["we will go"]),
        ("“It’s ‘unsafe’, and the boys’ club,” she said.", ["It’s ‘unsafe’, and the boys’ club,"]),
        ("It's the boys' club of the '90s, isn't it?", []),
        ("the mayor's 'so-called friends' left", ["so-called friends"]),
        ('a 5" pipe and a 7" pipe', []),
        ("“One,” she said. “Two.”", ["One,", "Two."]),
        ("no marks at all", []),
        ("", []),
    ],
)
def test_quotations_are_found_in_every_typography(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == expected


def test_an_unclosed_mark_costs_its_own_paragraph_only() -> None:
    text = "She said “we never\nclosed it. He said “yes” then."
    first, second = quotations(text)
    assert (first.closed, first.runs_on, text[first.start : first.end]) == (False, False, "we never")
    assert (second.closed, text[second.start : second.end]) == (True, "yes")


def test_a_quotation_over_paragraphs_opens_each_of_them() -> None:
    first, second = quotations("“We go on.\n\n“And on,” she said.")
    assert (first.closed, first.runs_on) == (False, True)
    assert second.closed


def test_states_tell_marks_from_what_is_inside() -> None:
    assert states("a “b” c").tolist() == [0, 0, MARK, INSIDE, MARK, 0, 0]


@given(st.text(alphabet="ab .,\n“”‘’\"'`«»„", max_size=80))
def test_quotations_are_disjoint_ordered_and_within_their_paragraph(text: str) -> None:
    found = quotations(text)
    assert all(0 <= q.opened < q.start <= q.end <= len(text) for q in found)
    assert all(a.end <= b.opened for a, b in pairwise(found))
    assert all("\n" not in text[q.opened : q.end] for q in found)
    assert len(states(text)) == len(text)
