"""Quoted words are found again whatever comes before and after them, and where nothing tells, are not found."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from inquit.keep.quoting import CONTEXT, located, quoted

TEXT = (
    "The pier at Ellin is shut. “It is not safe,” Ana Duarte said on Monday, “and will not be soon.”\n"
    "The council denied that the crane had cracked. Nobody was hurt, the council said.\n"
)
WORDS = st.text("abc éß“”.,’\n –", min_size=0, max_size=80)
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 60)).map(lambda s: (s[0], min(len(TEXT), s[0] + s[1])))


def of(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@given(SPANS, WORDS, WORDS)
def test_words_are_found_where_text_comes_before_and_after(span: tuple[int, int], before: str, after: str) -> None:
    words = quoted(TEXT, span)
    assume(words.exact.strip())
    found = located(before + TEXT + after, words)
    if before:
        at_edge = span[0] < CONTEXT or span[1] > len(TEXT) - CONTEXT
        assert found in ((span[0] + len(before), span[1] + len(before)), None) if at_edge else found is not None
    else:
        assert found == span


@given(SPANS, st.integers(0, len(TEXT)), WORDS)
def test_what_is_found_has_the_words_that_are_looked_for(span: tuple[int, int], at: int, between: str) -> None:
    assume(not span[0] < at < span[1])
    changed = TEXT[:at] + between + TEXT[at:]
    found = located(changed, quoted(TEXT, span))
    if found is not None:
        assert " ".join(changed[slice(*found)].split()).casefold() == " ".join(TEXT[slice(*span)].split()).casefold()


@given(SPANS)
def test_other_marks_dashes_spaces_and_capitals_hide_nothing(span: tuple[int, int]) -> None:
    plain = TEXT.translate(str.maketrans("“”", '""')).replace(" ", "  ").replace("\n", "\r\n").upper()
    words = quoted(TEXT, span)
    assume(len(words.exact.strip()) >= 20)
    found = located(plain, words)
    assert found is not None
    told = plain[slice(*found)].replace('"', "“").split()
    assert told == words.exact.replace("”", "“").upper().split()


def test_of_two_places_with_the_same_words_the_one_with_the_same_context_is_meant() -> None:
    text = "First: the quay is shut today. Then again: the quay is shut today, they said."
    second = text.rindex("the quay is shut today")
    words = quoted(text, (second, second + 22))
    assert located("A new line. " + text, words) == (second + 12, second + 34)


def test_short_words_without_their_context_and_words_that_are_gone_are_not_found() -> None:
    words = quoted(TEXT, of(TEXT, "said"))
    assert located("He said so. They said no.", words) is None
    assert located("Nothing of that is here.", quoted(TEXT, of(TEXT, "the crane had cracked"))) is None
    assert located("", words) is None
