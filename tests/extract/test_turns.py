"""Words that structure gives to a speaker: turns of transcripts, signatures, tags, quotations without a cue."""

from __future__ import annotations

from functools import cache

import pytest
from case_files import Case, load
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit import marked
from inquit.extract.bare import completed
from inquit.extract.decode import Draft
from inquit.extract.quotes import states
from inquit.extract.statements import extract
from inquit.extract.tags import tagged
from inquit.extract.turns import turns
from inquit.marked import MarkedStatement
from inquit.records import Article

FILES = ("bare_quotes", "press_release", "quote_marks", "quote_traps", "rivals", "transcripts")
FLOOR = 0.93  # all of them are found today; a new reader may lose a few of those that take one

CASES = [case for case in load() if case.file.removesuffix(".toml") in FILES]
Roles = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def statements(case: Case) -> list[MarkedStatement]:
    return [s for s in marked.parse(case.marked).statements if not s.own_voice]


def drafts(words: str) -> tuple[str, list[Draft]]:
    found = marked.parse(words)
    return found.text, [Draft(s.source, s.cue, s.content, 0.9) for s in found.statements if not s.own_voice]


def roles(text: str, *spans: tuple[tuple[int, int], ...]) -> Roles:
    source, cue, content = (tuple(text[a:b] for a, b in role) for role in spans)
    return source, cue, content


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.file in ("transcripts.toml", "press_release.toml")], ids=lambda case: case.name
)
def test_structure_alone_gives_the_turns_of_transcripts_and_releases(case: Case) -> None:
    text = marked.parse(case.marked).text
    wanted = [roles(text, s.source, (), s.content) for s in statements(case) if not s.cue]
    assert [roles(text, (t.source,), (), t.content) for t in turns(text)] == wanted


@pytest.mark.parametrize("case", [c for c in CASES if c.file == "quote_traps.toml"], ids=lambda case: case.name)
def test_marks_and_colons_that_quote_nobody_are_no_statements(case: Case) -> None:
    text = marked.parse(case.marked).text
    assert completed(text, []) == []


@cache
def wrong() -> list[str]:
    """The cases of which the shipped reader with all rules finds other spans than those marked."""
    out = []
    for case in CASES:
        text = marked.parse(case.marked).text
        found, _ = extract(Article(id="a1:0", text=text))
        said = [(s.attribution, s.content) for s in found if s.attribution]
        got = sorted(roles(text, a.source, a.cue, content) for a, content in said)
        if got != sorted(roles(text, s.source, s.cue, s.content) for s in statements(case)):
            out.append(f"{case.file}: {case.name}")
    return out


def test_the_cases_are_read_span_by_span_as_they_are_marked() -> None:
    assert len(CASES) > 90
    assert len(wrong()) <= (1 - FLOOR) * len(CASES), wrong()


def test_a_transcript_in_an_article_wins_over_what_the_model_made_of_it() -> None:
    text, model = drafts("{s HALE}: {t You sold it.\nVELAND: I did}.\nHALE: To whom?")
    found = [roles(text, d.source, d.cue, d.content) for d in completed(text, model)]
    assert (("HALE",), (), ("You sold it",)) in found
    assert [source for source, _, _ in found] == [("HALE",), ("VELAND",), ("HALE",)]


def test_a_headline_with_a_colon_is_no_turn_of_the_transcript_below_it() -> None:
    text = "Hale: Dam Will Hold\n\nHALE: It holds.\n\nVELAND: For now.\n\nHALE: For good."
    assert [text[slice(*t.source)] for t in turns(text)] == ["HALE", "VELAND", "HALE"]


def test_a_tag_takes_its_quotation_back_from_another_speaker() -> None:
    text, model = drafts("“{t It was red},” {s Kit Oram} {c said}. “{t It was green},” said Dina Oram.")
    found = tagged(text, states(text), model)
    assert [roles(text, d.source, d.cue, d.content) for d in found] == [
        (("Kit Oram",), ("said",), ("It was red",)),
        (("Dina Oram",), ("said",), ("It was green",)),
    ]


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("“Two,” {s Ida Falk} {c said}. “We {t never} saw the third one come back.”", ("Ida Falk",)),
        ("{s Ida Falk} {c said} {t it was two}.\n\n“We never saw the third one come back.”", ("Ida Falk",)),
        ("Ida Falk shook her head.\n\n“We never saw the third one come back.”", ("Ida Falk",)),
        ("Ida Falk came late. When I ask, she laughs.\n\n“We never saw the third one come back.”", ("she",)),
        ("Falk's boat lay on the slip.\n\n“We never saw the third one come back.”", ()),
        ("It rained on the slip.\n\n“We never saw the third one come back.”", ()),
        (
            "“{t One},” {s Ida Falk} {c said}.\n\nWhat of the others?\n\n“We never saw the third one come back.”",
            ("Ida Falk",),
        ),
    ],
)
def test_a_bare_quotation_belongs_to_whom_the_words_before_it_are_about(words: str, source: tuple[str, ...]) -> None:
    text, model = drafts(words)
    (found,) = [d for d in completed(text, model) if text[slice(*d.content[-1])].endswith("come back")]
    assert tuple(text[a:b] for a, b in found.source) == source


def test_a_quotation_that_opens_each_paragraph_is_one_content() -> None:
    text, model = drafts("“We rowed.\n\n“The moon was up.\n\n“{t We saw land},” {s Pia Solheim} {c said}.")
    (found,) = completed(text, model)
    assert [text[a:b] for a, b in found.content] == ["We rowed", "The moon was up", "We saw land"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"“”\"'‘’-—:.,?\n ", "Ida Falk", " said ", "HALE: ", "Q. ", "We row at dawn", "he ", "- ", "6'2"]
        ),
        max_size=30,
    ).map("".join)
)
def test_whatever_the_marks_contents_are_words_of_the_text_and_drafts_stand_in_order(text: str) -> None:
    found = completed(text, [])
    for draft in found:
        assert draft.content
        assert all(0 <= a < b <= len(text) for a, b in (*draft.source, *draft.cue, *draft.content))
        assert all(a[1] <= b[0] for a, b in zip(draft.content, draft.content[1:], strict=False))
    assert [d.start for d in found] == sorted(d.start for d in found)
