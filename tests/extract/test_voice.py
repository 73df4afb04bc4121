"""Sentences and the outlet's own voice."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit import marked
from inquit.extract.decode import Draft
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


@pytest.mark.parametrize(
    "text",
    [
        "Get in touch with our news team by emailing us at desk@harbour.example.",
        "For more stories like this, check our news page.",
        "Today’s news: Follow live updates from the quay.",
        "Share your thoughts on the new crane in the comments below.",
        "Think twice before you throw your old coins away.",
    ],
)
def test_a_call_to_readers_is_no_own_voice(text: str) -> None:
    assert own_voice(text, None, []) == []


@pytest.mark.parametrize(
    "words",
    [
        "{v1 The council closed the pool on Friday} after {s2 inspectors} {c2 said} {t2 the roof was unsafe}.",
        "{v1 The port has been shut for a week}, but {s2 Lask} {c2 said} {t2 that ships could dock}.",
        "{s1 Lask} {c1 said} {t1 that ships could dock}, but {v2 the port has been shut for a week}.",
        "As the crane fell, {s Lask} {c said} {t the quay was empty}.",
        "{s1 Lask} {c1 said} {t1 the quay was empty}, though {v2 three cranes were standing there}.",
        "Rusty cranes, broken winches, and {s Lask} {c said} {t the quay was empty}.",
        "{s Lask, who was held at noon,} {c said} {t it was over}, but was not believed by anybody.",
    ],
)
def test_a_whole_clause_beside_an_attribution_is_own_voice_and_a_part_of_one_is_not(words: str) -> None:
    found = marked.parse(words)
    drafts = [Draft(s.source, s.cue, s.content, 1.0) for s in found.statements if not s.own_voice]
    assert own_voice(found.text, None, drafts) == [span for s in found.statements if s.own_voice for span in s.content]
