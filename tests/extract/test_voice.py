"""Sentences and the outlet's own voice."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.extract.voice import own_voice, sentences

BITS = [
    "Mr. ",
    "U.S. ",
    "“",
    "”",
    "\u00a0",
    "\u2009",
    "\u3000",
    "\x85",
    "\u2028",
    ". ",
    "! ",
    "A.B.",
    "No. 5",
    "é",
    "😀",
    "\n",
    "word ",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(BITS), max_size=30).map("".join))
def test_sentences_cover_every_word_whatever_white_space_stands_between(text: str) -> None:
    spans = list(sentences(text))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert re.findall(r"\w", covered) == re.findall(r"\w", text)


def test_wide_spaces_do_not_stop_the_segmenter() -> None:
    text = "Pieter B\u2009\u3000. U.S. ,\u2009\u2028\u2028 was there."
    assert "".join(text[a:b] for a, b in sentences(text)).count("there") == 1


def test_a_heading_a_question_and_an_invitation_are_no_own_voice() -> None:
    text = (
        "Harbour Crane Falls Onto Quay.\nThe crane fell onto the quay on Saturday.\nWho will pay for the crane?\n"
        "Leave a reply to this article.\n"
    )
    assert [text[a:b] for a, b in own_voice(text, None, [])] == ["The crane fell onto the quay on Saturday."]
