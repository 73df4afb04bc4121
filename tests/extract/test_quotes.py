"""Quotations: every typography, and marks that never close."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.extract.quotes import INSIDE, MARK, quotations, states, unmarked


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
        ('"The plank was 6\'2" long and 10" wide," he said.', ['The plank was 6\'2" long and 10" wide,']),
        ('"I am 60" he said. "No."', ["I am 60", "No."]),
        ('He said: "One. "Two. "Three." It rained.', ['One. "Two. "Three.']),
        ("“One,“ she said. “Two.”", ["One,", "Two."]),
        ("”One,” she said.", ["One,"]),
        ("‹One›, she said.", ["One"]),
        ("‘The boys’ sledge is here,’ she said. ‘Good.’", ["The boys’ sledge is here,", "Good."]),
        ("‘The boys’ left, and the divers’ club.", ["The boys"]),
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


def test_single_marks_open_each_paragraph_too() -> None:
    text = "‘We’ve gone on.\n\n‘And on,’ she said."
    first, second = quotations(text)
    assert (first.closed, first.runs_on, text[first.start : first.end]) == (False, True, "We’ve gone on.")
    assert text[second.start : second.end] == "And on,"


def test_what_is_unmarked_has_no_mark_or_stop_at_its_ends_but_keeps_an_apostrophe() -> None:
    text = "‘We sold it,’ she said of the boats’."
    marks = states(text)
    assert [text[slice(*unmarked(text, marks, span))] for span in ((0, 13), (30, len(text)))] == [
        "We sold it",
        "boats’",
    ]


def test_states_tell_marks_from_what_is_inside() -> None:
    assert states("a “b” c").tolist() == [0, 0, MARK, INSIDE, MARK, 0, 0]


@given(st.text(alphabet="as2 .,\n“”‘’\"'`«»„‹›", max_size=80))
def test_quotations_are_disjoint_ordered_and_within_their_paragraph(text: str) -> None:
    found = quotations(text)
    assert all(0 <= q.opened < q.start <= q.end <= len(text) for q in found)
    assert all(a.end <= b.opened for a, b in pairwise(found))
    assert all("\n" not in text[q.opened : q.end] for q in found)
    assert len(states(text)) == len(text)
