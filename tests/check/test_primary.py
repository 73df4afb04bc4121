"""Quotations against a primary document."""

from __future__ import annotations

import pytest
from drafting import draft, findings, words
from hypothesis import given
from hypothesis import strategies as st

from inquit.check.align import difference, nearest
from inquit.check.quoting import words_of

SPEECH = (
    "Speech of Ana Duarte, Ellin\n\nWe told the council four times that the girder was cracked, and nobody closed the "
    "bridge. It was, I am sorry to say, only a matter of time. The repair would have cost 5,000 crowns, ten per cent "
    "of the damage."
)


def _quoting(quoted: str, who: str = "Ana Duarte") -> str:
    return f"“{{t {quoted}}},” {{s {who}}} {{c said}}."


def test_a_wrong_word_is_shown_with_the_right_one_and_its_line() -> None:
    made = draft(_quoting("We told the council three times that the girder was cracked"))
    (found,) = findings(made, "quote-differs", SPEECH)
    assert words(made, found) == "three"
    assert found.message == "differs from primary1.txt, line 3: “… told the council [–four +three] times that the …”"


def test_words_left_out_without_a_mark_are_a_difference() -> None:
    made = draft(_quoting("It was only a matter of time"))
    (found,) = findings(made, "quote-differs", SPEECH)
    assert "[–I am sorry to say]" in found.message


@pytest.mark.parametrize(
    "quoted",
    [
        "we told the council four times that the girder was cracked",
        "It was … only a matter of time",
        "It was ... only a matter of time",
        "It was [simply] only a matter of time",
        "[T]he girder was cracked, and nobody closed the bridge",
        "told [the mayor] four times that the girder was cracked",
        "The repair would have cost 5000 crowns",
        "10% of the damage",
        "We told the council four times that the girder was cracked — and nobody closed the bridge",
    ],
)
def test_what_editors_may_do_to_a_quotation_is_no_difference(quoted: str) -> None:
    assert not findings(draft(_quoting(quoted)), "quote-differs", SPEECH)


def test_the_nearest_of_several_documents_counts() -> None:
    made = draft(_quoting("nobody closed the bridge in time"))
    assert findings(made, "quote-differs", "And nobody closed the bridge on time.")
    assert not findings(
        made, "quote-differs", "And nobody closed the bridge on time.", "Nobody closed the bridge in time."
    )


def test_without_a_document_nothing_differs() -> None:
    made = draft(_quoting("We told the council three times that the girder was cracked"))
    assert not findings(made, "quote-differs")
    assert not findings(made, "quote-absent")


def test_a_quotation_that_stands_nowhere_is_absent_only_where_the_document_holds_its_speakers_words() -> None:
    other = "The ferry will sail again before the summer, whatever they say"
    made = draft(_quoting(other))
    (found,) = findings(made, "quote-absent", SPEECH)
    assert words(made, found).startswith("The ferry")
    assert not findings(made, "quote-absent", "Minutes of the council.\n" + "The ferry was mentioned. " * 30)
    assert not findings(draft(_quoting(other, "Jonas Velde")), "quote-absent", SPEECH)
    assert not findings(made, "quote-differs", SPEECH)


WORDS = st.lists(
    st.sampled_from(["the", "a", "of", "girder", "bridge", "was", "safe", "cracked", "told", "we"]), min_size=12
)


@given(WORDS, st.data())
def test_any_run_of_a_text_is_found_in_it(given_words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(given_words) - 5))
    end = data.draw(st.integers(start + 5, len(given_words)))
    text = words_of(" ".join(given_words))
    found = nearest(text[start:end], text, 0.6)
    assert found is not None
    assert found.likeness == 1
    assert [w.form for w in text[found.start : found.end]] == given_words[start:end]


@given(WORDS, st.data())
def test_one_word_exchanged_is_the_difference_that_is_shown(given_words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(given_words) - 2))
    old_text, new_text = " ".join(given_words), " ".join([*given_words[:at], "zebra", *given_words[at + 1 :]])
    old, new = words_of(old_text), words_of(new_text)
    found = nearest(new, old, 0.6)
    assert found is not None
    assert (found.start, found.end) == (0, len(old))
    shown = difference(old, old_text, new, new_text)
    assert (shown.start, shown.end) == (at, at + 1)
    assert f"[–{given_words[at]} +zebra]" in shown.shown
