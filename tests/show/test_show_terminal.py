"""The terminal report: readable at any width, without colour, and deaf to what a text wants of a terminal."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from show_sample import reading, sample

from inquit.records import Problem
from inquit.show.terminal import Tally, report


def printed(found, *, width=100, marked=False, encoding="utf-8", **options):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    report(found, Console(file=stream, width=width, **options), marked=marked)
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_console(width):
    assert max(cell_len(line) for line in printed(sample(), width=width).splitlines()) <= width


def test_the_report_tells_who_how_and_what_in_order():
    out = printed(sample(), width=120)
    places = [
        out.index(words) for words in ("(own voice)", "Nobody was hurt … and", "Mara Voss", "5.1", "8.1.1", "Source")
    ]
    assert places == sorted(places)
    for words in (
        "15 statements",
        "13 attributed · 2 own voice · 3 nested",
        "distancing",
        "evidence lacking: “without",
    ):
        assert words in out


def test_problems_stand_at_the_end():
    assert printed(sample()).rstrip().splitlines()[-1].lstrip().startswith("! quote-unclosed:")


def test_nested_statements_are_indented_under_their_outer_one():
    lines = printed(sample(), width=120).splitlines()
    (outer,) = [line for line in lines if line.startswith("8 ")]
    (inner,) = [line for line in lines if line.startswith("8.1 ")]
    assert inner.index("Olu") == outer.index("Two") + 2


def test_marked_text_takes_the_place_of_the_ledger():
    out = printed(sample(), marked=True, width=200)
    assert "{c3 said} {s3 Mara Voss, the harbour master}" in out
    assert "(own voice)" not in out


def test_an_article_without_statements_says_so():
    assert "No statement was found" in printed(reading("Fog."))


def test_words_in_brackets_are_no_markup():
    text = "[bold]x[/bold] [link=http://x.example]y[/] [/oops] :ship:"
    found = reading(text, {"content": ((0, len(text)),), "entity": "[red]E[/red]"}, title=text, outlet="[blink]o")
    out = printed(found, width=200, force_terminal=True)
    assert "[bold]x[/bold] [link=http://x.example]y[/] [/oops] :ship:" in out
    assert "[red]E[/red]" in out
    assert "[blink]o" in out


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters() | st.sampled_from("\x1b\x9b\x07\r\u202e\u2066\ud800[]\\"), max_size=60), st.booleans())
def test_no_text_reaches_the_terminal_as_a_command(text, marked):
    spans = {"content": ((0, len(text)),), "source": ((0, 3),), "cue": ((1, 2),), "entity": text, "party": text}
    out = printed(reading(text, spans, title=text, outlet=text), marked=marked, color_system=None)
    assert not {*out} & {chr(code) for code in (*range(10), *range(11, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F))}


def test_nothing_is_coloured_without_a_terminal_and_no_encoding_is_too_small():
    out = printed(sample(), encoding="ascii")
    assert "\x1b" not in out
    assert "Nobody was hurt ... and" in out
    assert "?" in printed(sample(), encoding="ascii", marked=True)  # the ship


def test_a_long_content_is_cut_and_a_long_word_is_folded():
    out = printed(reading("word " * 500, {"content": ((0, 2499),), "entity": "E" * 50}), width=80)
    assert "word…" in out
    assert out.count("E") > 50
    assert len(out.splitlines()) < 30


def test_a_letter_under_a_thousand_accents_is_cut():
    assert len(printed(reading("e" + "\u0301" * 9000, {"content": ((0, 9001),)}))) < 3000


def test_a_tally_of_many_articles_is_one_line():
    tally = Tally()
    for _ in range(2):
        tally.add(sample())
    tally.note(Problem(code="decoding", message="bytes"))
    assert tally.line() == (
        "2 articles: 30 statements (4 in own voice) by 9 sources; 3 problems (decoding 1, quote-unclosed 2)"
    )


def test_a_tally_of_nothing_is_a_line_too():
    assert Tally().line() == "0 articles: 0 statements (0 in own voice) by 0 sources; no problems"
