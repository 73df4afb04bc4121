"""From relations to drafts: joining, trimming, cutting back, nesting, form."""

from __future__ import annotations

import numpy as np
import pytest

from inquit import marked
from inquit.extract.decode import Draft, _unverified, following, form, joined, nested, parted
from inquit.extract.quotes import states


def _drafts(words: str) -> tuple[str, list[Draft]]:
    found = marked.parse(words)
    return found.text, [Draft(s.source, s.cue, s.content, 1.0) for s in found.statements if not s.own_voice]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("“{t We are ready},” {s she} {c said}.", "direct"),
        ("{s She} {c said} {t she was ready}.", "indirect"),
        ("{s She} {c said} {t she was “more than ready” to go}.", "mixed"),
        ("“{t We are},” {s she} {c said}, “{t ready}.”", "direct"),
        ("''{t We are ready},'' {s she} {c said}.", "direct"),
    ],
)
def test_form_is_read_off_the_quotation_marks(words: str, expected: str) -> None:
    text, (draft,) = _drafts(words)
    assert form(draft.content, text, states(text)) == expected


def test_a_statement_within_a_content_is_inside_the_smallest_one_that_holds_it() -> None:
    words = "{s1 A} {c1 said} {t1 that {s2 B} {c2 told him} {t2 that {s3 C} {c3 lied} {t3 about the port}}}."
    order = nested(_drafts(words)[1])
    assert [d.outer for d in order] == [None, 0, 1]


def test_statements_side_by_side_are_not_inside_each_other() -> None:
    assert [
        d.outer for d in nested(_drafts("{s1 A} {c1 said} {t1 yes it is}. {s2 B} {c2 said} {t2 no it is}.")[1])
    ] == [
        None,
        None,
    ]


def test_a_content_that_ran_on_is_cut_back_to_the_next_sentences_attribution() -> None:
    words = "{s1 A} {c1 said} {t1 the pier was shut. {s2 B} {c2 said} {t2 it was open}}."
    text, found = _drafts(words)
    first, second = nested(parted(text, found))
    assert [text[a:b] for a, b in first.content] == ["the pier was shut"]
    assert (first.outer, second.outer) == (None, None)


def test_a_quotation_of_several_sentences_keeps_what_it_quotes() -> None:
    words = "“{t1 It is shut. {s2 The mayor} {c2 said} {t2 it was open}. It is not},” {s1 A} {c1 said}."
    text, found = _drafts(words)
    outer, inner = nested(parted(text, found))
    assert text[slice(*outer.content[0])].endswith("It is not")
    assert inner.outer == 0


@pytest.mark.parametrize(
    ("text", "pieces", "chosen", "words"),
    [
        ("They are presenting it", [(0, 4), (5, 8), (9, 13), (13, 19), (20, 22)], [3], []),
        ("They are presenting it", [(0, 4), (5, 8), (9, 13), (13, 19), (20, 22)], [2, 3, 4], ["presenting it"]),
        ("They are presenting it", [(0, 4), (5, 8), (9, 13), (13, 19), (20, 22)], [1, 2], ["are"]),
    ],
)
def test_a_role_holds_whole_words_only(
    text: str, pieces: list[tuple[int, int]], chosen: list[int], words: list[str]
) -> None:
    found = joined(text, np.array(chosen), np.array(pieces, np.int32))
    assert [text[a:b] for a, b in found] == words


def test_according_to_at_the_head_of_a_sentence_speaks_of_what_follows() -> None:
    text = "The dam leaks. According to the mayor, the dam is safe. Rain fell, according to the mayor."
    before, after, late = (text.index(w) for w in ("The dam", "the dam", "Rain"))
    whole = ((before, before + 13), (after, after + 15))
    assert following(text, ((15, 27),), whole) == whole[1:]
    cue = text.rindex("according")
    assert following(text, ((cue, cue + 12),), ((late, late + 9),)) == ((late, late + 9),)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("{t The claim} {c could not be independently verified}.", True),
        ("{t The claim} {c couldn’t immediately be confirmed}.", True),
        ("{t The claim} {c has not been proven}.", True),
        ("{t The claim} {c has been confirmed}.", False),
        ("{t The claim} {c was not denied}.", False),
    ],
)
def test_that_nothing_was_verified_is_the_outlets_own_word(words: str, expected: bool) -> None:
    text, (draft,) = _drafts(words)
    assert _unverified(text, draft.cue) is expected
