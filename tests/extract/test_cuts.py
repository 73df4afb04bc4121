"""Cues that the reader cuts amiss: the same text as the model left it and as it should be."""

from __future__ import annotations

import pytest
from marked_drafts import drafts as flat
from marked_drafts import roles

from inquit.extract.clauses import settled
from inquit.extract.decode import Draft, nested


def drafts(words: str, score: float = 0.9) -> tuple[str, list[Draft]]:
    text, found = flat(words, score)
    return text, nested(found)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            "{s Lask} {c had accused} the {c mayor of} {t selling the quay}.",
            "{s Lask} {c had accused} {t the mayor of selling the quay}.",
        ),
        (
            "{s Lask} {c praised} the crew {c for} {t its calm}.",
            "{s Lask} {c praised} {t the crew for its calm}.",
        ),
        (
            "“{s I’}{c m glad} {t the crane held},” she said.",
            "“{s I}{c ’m glad} {t the crane held},” she said.",
        ),
        (
            "“{s The harbour master} {c always} tells us {t to wait for the tide}.”",
            "“{s The harbour master} {c always tells us} {t to wait for the tide}.”",
        ),
        (
            "“{s I} {c don}’t {t understand why the crane fell},” she said.",
            "“{s I} {c don’t understand} {t why the crane fell},” she said.",
        ),
        (
            "“I don’{c t} think {t the crane fell},” she said.",
            "“I {c don’t think} {t the crane fell},” she said.",
        ),
        (
            "“{s Everyone} {c will} {t still understand that the crane fell},” she said.",
            "“{s Everyone} {c will still understand} {t that the crane fell},” she said.",
        ),
        (
            "“{s I} {c do} not think that {t the crane fell},” she said.",
            "“{s I} {c do not think} {t that the crane fell},” she said.",
        ),
        ("{s Lask} {c did} {t not leave the quay}.", "{s Lask} {c did} {t not leave the quay}."),
    ],
)
def test_a_cue_is_cut_where_it_ends(given: str, expected: str) -> None:
    text, found = drafts(given)
    wanted, whole = drafts(expected)
    assert text == wanted
    assert roles(settled(text, found)) == roles(whole)


def test_the_accused_in_a_passive_stays_a_source() -> None:
    text, found = drafts("{s The mayor} {c was accused of} {t selling the quay}.")
    assert roles(settled(text, found)) == roles(found)


@pytest.mark.parametrize(
    "words",
    [
        "{s1 Lask} {c1 said}: “{t1 Ten cranes, {s2 each} {c2 wide as} {t2 a house}, stood there}.”",
        "{s1 Lask} {c1 blamed} {t1 the storm for it, and {t2 him} for the rest}.",
    ],
)
def test_what_nothing_attributes_inside_a_statement_is_none(words: str) -> None:
    text, found = drafts(words, score=0.3)
    assert len(settled(text, found)) == len(found) - 1


@pytest.mark.parametrize(
    ("given", "first"),
    [
        (
            "{s1 Lask} {c1 admitted} {t1 that the gate was open but {c2 insisted} {t2 it was safe}}.",
            "the gate was open",
        ),
        (
            "{s1 The port} {c1 told} us {t1 that it had the letter and {c2 defended} {t2 its plan}}.",
            "it had the letter",
        ),
    ],
)
def test_a_verb_with_a_source_before_the_content_ends_it(given: str, first: str) -> None:
    text, found = drafts(given)
    outer, inner = sorted(found, key=lambda d: d.start)
    shared = [outer, Draft(outer.source, inner.cue, inner.content, 0.9)]
    one, other = settled(text, nested(shared))
    assert text[slice(*one.content[0])] == f"that {first}"
    assert other.outer is None


def test_what_else_one_was_there_to_do_is_part_of_what_he_said() -> None:
    text, found = drafts("{s1 Lask} {c1 said} {t1 she was there to help but also {c2 to back} {t2 the crew}}.")
    outer, inner = sorted(found, key=lambda d: d.start)
    shared = nested([outer, Draft(outer.source, inner.cue, inner.content, 0.9)])
    assert roles(settled(text, shared)) == roles(shared)


def test_what_one_meant_to_do_is_part_of_what_he_said() -> None:
    text, found = drafts("{s1 Lask} {c1 said} {t1 she had erred and {c2 meant} {t2 to mend it}}.")
    outer, inner = sorted(found, key=lambda d: d.start)
    shared = nested([outer, Draft(outer.source, inner.cue, inner.content, 0.9)])
    assert roles(settled(text, shared)) == roles(shared)
