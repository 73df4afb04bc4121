"""Marked text: what it means, what it refuses, and that nothing is lost on the way there and back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inquit.errors import InquitError
from inquit.marked import Marked, MarkedError, MarkedStatement, parse, render
from inquit.records import Attribution, Span, Spans, Statement


def statement(*, source: Spans = (), cue: Spans = (), content: Spans = (), own_voice: bool = False) -> Statement:
    said = Attribution(source=source, cue=cue, standing="person", stance="affirms", framing="neutral")
    attribution = None if own_voice else said
    return Statement(id="s1:x", article="a1:x", content=content, attribution=attribution, score=1.0, by="test")


def words(marked: Marked, spans: Spans) -> list[str]:
    return [marked.text[start:end] for start, end in spans]


def covered(spans: Spans, length: int) -> set[int]:
    return {i for start, end in spans for i in range(max(0, start), min(end, length))}


def test_unnumbered_marks_make_one_statement():
    assert parse("{s Smith} {c said} {t it was safe}.") == Marked(
        "Smith said it was safe.", (MarkedStatement(1, ((0, 5),), ((6, 10),), ((11, 22),), False),)
    )


def test_a_statement_stands_inside_the_content_of_another():
    marked = parse("{s1 Ana Duarte} {c1 said} {t1 that {s2 the port} {c2 denied} {t2 the leak}}.")
    outer, inner = marked.statements
    assert words(marked, outer.content) == ["that the port denied the leak"]
    assert words(marked, inner.source) == ["the port"]
    assert words(marked, inner.content) == ["the leak"]


def test_a_content_broken_up_has_several_spans():
    marked = parse("“{t It is safe},” {s Smith} {c said}, “{t and open}.”")
    assert words(marked, marked.statements[0].content) == ["It is safe", "and open"]


def test_statements_come_in_the_order_of_their_numbers_not_of_the_text():
    marked = parse("{t2 b} {s1 a} {v10 c}")
    assert [s.number for s in marked.statements] == [1, 2, 10]


def test_own_voice_is_a_statement_with_content_only():
    (only,) = parse("{v The bridge opened in 1931.}").statements
    assert only == MarkedStatement(1, (), (), ((0, 26),), True)


def test_text_without_marks_has_no_statements():
    assert parse("") == Marked("", ())
    assert parse("Nothing here.\n") == Marked("Nothing here.\n", ())


def test_escaped_braces_and_backslashes_are_text():
    marked = parse(r"{s The \{draft\}} {c says} {t C:\\ports}")
    assert marked.text == r"The {draft} says C:\ports"
    assert words(marked, marked.statements[0].source) == ["The {draft}"]


def test_offsets_count_code_points():
    marked = parse("🚢🚢 {s Zoe\u0301} {c said}")
    assert marked.statements[0].source == ((3, 7),)


def test_touching_spans_of_one_role_are_one():
    assert parse("{t ab}{t cd}").statements[0].content == ((0, 4),)


@pytest.mark.parametrize(
    ("marked", "place", "trouble"),
    [
        ("Smith} said", "line 1, column 6", "never opened"),
        ("ok\n{s Smith", "line 2, column 1", "never closes"),
        ("{s1 {c1 a}", "line 1, column 1", "never closes"),
        ("a {x Smith}", "line 1, column 3", "no known mark"),
        ("{Smith}", "line 1, column 1", "no known mark"),
        ("{s0 Smith}", "line 1, column 1", "no known mark"),
        ("{s" + "9" * 5000 + " Smith}", "line 1, column 1", "no known mark"),
        ("{s", "line 1, column 1", "no known mark"),
        ("a {s }", "line 1, column 3", "no words"),
        ("a\\b", "line 1, column 2", "backslash"),
        ("a\\", "line 1, column 2", "backslash"),
        ("{v a} {s b}", "statement 1", "own voice"),
    ],
)
def test_broken_marks_are_refused_with_their_place_and_a_repair(marked: str, place: str, trouble: str):
    with pytest.raises(MarkedError, match=trouble) as caught:
        parse(marked)
    assert place in str(caught.value)
    assert isinstance(caught.value, InquitError)
    assert str(caught.value).count(":") >= 2  # place: trouble: repair


def test_very_deep_marks_do_not_exhaust_the_stack():
    depth = 20_000
    assert parse("{t " * depth + "x" + "}" * depth).statements[0].content == ((0, 1),)


def test_one_statement_renders_without_numbers():
    one = statement(source=((0, 5),), cue=((6, 10),), content=((11, 22),))
    assert render("Smith said it was safe.", [one]) == "{s Smith} {c said} {t it was safe}."


def test_several_statements_render_with_numbers_in_order():
    text = "Ana said he lied. It rained."
    outer = statement(source=((0, 3),), cue=((4, 8),), content=((9, 16),))
    inner = statement(source=((9, 11),), cue=((12, 16),))
    voice = statement(content=((18, 28),), own_voice=True)
    assert render(text, [outer, inner, voice]) == "{s1 Ana} {c1 said} {t1 {s2 he} {c2 lied}}. {v3 It rained.}"


def test_crossing_spans_split_at_the_crossing():
    crossing = [statement(content=((0, 4),)), statement(content=((2, 6),))]
    assert render("abcdef", crossing) == "{t1 ab{t2 cd}}{t2 ef}"


def test_render_escapes_what_would_be_a_mark():
    assert render(r"a {s b} \ c", []) == r"a \{s b\} \\ c"


def test_render_leaves_out_what_lies_beyond_the_text():
    assert render("abc", [statement(content=((-2, 1), (2, 9), (5, 7)))]) == "{t a}b{t c}"


alphabet = st.sampled_from("ab {}\\\n“”é🚢\u0301sctv1")
texts = st.one_of(st.text(alphabet, max_size=24), st.text(max_size=24))


@st.composite
def texts_with_statements(draw: st.DrawFn) -> tuple[str, list[Statement]]:
    """Any text with any spans: apart, nested, crossing, touching, empty, and over its ends."""
    text = draw(texts)
    offset = st.integers(-2, len(text) + 2)
    span = st.tuples(offset, offset).map(lambda pair: Span((min(pair), max(pair))))
    spans = st.lists(span, max_size=3).map(tuple)
    made = st.builds(statement, source=spans, cue=spans, content=spans, own_voice=st.booleans())
    return text, draw(st.lists(made, max_size=4))


@given(texts_with_statements())
@example(("{s a}\\", [statement(content=((0, 6),), own_voice=True)]))
def test_there_and_back_nothing_is_lost(drawn: tuple[str, list[Statement]]):
    text, statements = drawn
    marked = parse(render(text, statements))
    assert marked.text == text
    back = {s.number: s for s in marked.statements}
    for number, given_ in enumerate(statements, 1):
        found = back.pop(number, MarkedStatement(number, (), (), (), given_.attribution is None))
        said = given_.attribution
        assert covered(found.content, len(text)) == covered(given_.content, len(text))
        assert covered(found.source, len(text)) == covered(said.source if said else (), len(text))
        assert covered(found.cue, len(text)) == covered(said.cue if said else (), len(text))
        assert found.own_voice == (said is None)
    assert back == {}


@given(texts_with_statements())
def test_rendering_what_was_parsed_says_the_same(drawn: tuple[str, list[Statement]]):
    text, statements = drawn
    once = parse(render(text, statements))
    again = [statement(source=s.source, cue=s.cue, content=s.content, own_voice=s.own_voice) for s in once.statements]
    assert [s.content for s in parse(render(once.text, again)).statements] == [s.content for s in once.statements]


@given(st.text(st.sampled_from("{}\\ sctv12ab\n"), max_size=20))
def test_any_input_is_parsed_or_refused(marked: str):
    try:
        found = parse(marked)
    except MarkedError:
        return
    assert all(0 <= a < b <= len(found.text) for s in found.statements for a, b in s.source + s.cue + s.content)
