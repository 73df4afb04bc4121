from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.extract.decode import Draft, nested
from inquit.extract.evidence import grounds, phrases
from inquit.extract.statements import attributed
from inquit.marked import parse
from inquit.records import Article

VOCABULARY = """
without providing any evidence proof citing documents records reviewed by the Courier could not be independently
verified He offered no but though Neither claim , . “ ” — it police baseless supported as of and a copy
"""
WORDS = st.lists(st.sampled_from([*VOCABULARY.split(), "\n"]), max_size=14).map(" ".join)


@pytest.mark.parametrize(
    ("words", "kind", "span"),
    [
        ("He has not yet provided any evidence.", "lacking", "has not yet provided any evidence"),
        ("They didn’t offer a shred of proof.", "lacking", "didn’t offer a shred of proof"),
        ("with no evidence to support the claim", "lacking", "with no evidence to support the claim"),
        ("It couldn’t immediately be verified.", "lacking", "couldn’t immediately be verified"),
        ("The account has not been independently confirmed.", "lacking", "has not been independently confirmed"),
        ("pointing to a trove of leaked emails", "offered", "pointing to a trove of leaked emails"),
        ("She handed the Harbour Post a copy.", "offered", "handed the Harbour Post a copy"),
        ("It released a video that it said showed the launch.", "offered", "released a video that it said showed"),
    ],
)
def test_a_phrase_is_found_with_its_words(words: str, kind: str, span: str):
    (found,) = phrases(words)
    assert (found.kind, words[slice(*found.span)]) == (kind, span)


@pytest.mark.parametrize(
    "words",
    [
        "Police collected evidence at the mill.",
        "There is no evidence that the fever spreads.",
        "The inquiry found no proof of theft.",
        "He declined to provide further details.",
        "It cited an official and safety concerns.",
        "She cited concerns about data protection.",
        "He gave evidence in March.",
        "The company could not confirm the sale.",
        "A letter sent to the Harbour Post arrived.",
        "The lawsuit was based on old records.",
        "evidence\nwithout",
    ],
)
def test_talk_of_evidence_that_grounds_nothing_is_no_phrase(words: str):
    assert list(phrases(words)) == []


def test_phrases_do_not_overlap_and_what_is_lacking_goes_first():
    text = "She has not presented evidence, citing records; neither claim could be verified."
    found = sorted(f.span for f in phrases(text))
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert [f.kind for f in phrases(text)] == ["lacking", "lacking", "offered"]


@settings(deadline=None)
@given(st.permutations(["{s Ana Duarte}", "{c said}", "{t the quay held}"]), WORDS, WORDS)
def test_no_order_of_words_makes_it_fail_and_spans_slice_to_words(roles: list[str], one: str, other: str):
    parsed = parse(f"{one} {roles[0]} {other} {roles[1]} {one} {roles[2]} {other}")
    first = parsed.statements[0]
    draft = Draft(first.source, first.cue, first.content, 1.0)
    (found,) = attributed(Article(id="a1:0", text=parsed.text), nested([draft]), "test")
    if found.evidence is not None:
        start, end = found.evidence.span
        assert 0 <= start < end <= len(parsed.text)
        assert parsed.text[start:end] == parsed.text[start:end].strip()


def test_a_text_without_statements_has_none():
    assert grounds("He offered no evidence.", []) == []
