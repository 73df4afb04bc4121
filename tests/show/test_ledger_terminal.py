"""Reports of a ledger: readable at any width and in any encoding, without colour, and deaf to what a text wants."""

import io

import msgspec
import pytest
from chain_sample import Ledger, story
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from inquit.records import Evidence, Source
from inquit.show.chain import chain
from inquit.show.ledger_terminal import claims_report, copies_report, hits_report, sources_report, statement_report
from inquit.show.trace_terminal import trace_report


class Found(msgspec.Struct, kw_only=True):
    kind: str = "statement"
    id: str = "s1:0123456789abcdef0123"
    article: str = "a1:fedcba9876543210fedc"
    outlet: str | None = "Harbour Post"
    published: str | None = "2026-03-02T07:10:00+01:00"
    text: str
    matches: tuple


def printed(*reports, width=100, encoding="utf-8", **options):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    console = Console(file=stream, width=width, **options)
    for report in reports:
        report(console)
    stream.flush()
    return raw.getvalue().decode(encoding)


def traced(ledger):
    return lambda console: trace_report(chain(ledger.claim, ledger.statements, ledger.articles, ledger.copies), console)


def every(ledger, hits=()):
    """All reports of a ledger, one after the other."""
    article, statement, _ = ledger.readings[0]
    return (
        traced(ledger),
        lambda console: claims_report([ledger.claim], ledger.articles, console),
        lambda console: copies_report(ledger.copies, ledger.articles, console),
        lambda console: sources_report(ledger.sources(), ledger.statements, console),
        lambda console: hits_report(hits, console),
        lambda console: statement_report(statement, article, console),
    )


HIT = Found(text="that inspectors had warned of cracks in the crane", matches=((20, 26), (30, 36)))


@pytest.mark.parametrize("width", [40, 50, 60, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_no_line_is_wider_than_the_console_in_any_encoding(width, encoding):
    out = printed(*every(story(), [HIT]), width=width, encoding=encoding)
    assert max(cell_len(line) for line in out.splitlines()) <= width
    assert "\x1b" not in out


def test_a_trace_is_a_line_per_occurrence_in_order_of_time():
    out = printed(traced(story()), width=150).splitlines()
    lines = [" ".join(line.split()) for line in out]
    assert lines[0] == (
        "“Inspectors had warned of cracks in the harbour crane” 6 articles, 4 outlets, 1 independent source, 1 denial,"
        " 3 losses"
    )
    assert lines[1] == "Mon 2 Mar 2026 – Tue 3 Mar 2026 · " + story().claim.id[:13]
    wanted = (
        "Mon 07:10 Harbour Post “A port official, who asked not to be named” affirms origin",
        "Mon 09:25 Meridian Wire “according to the Harbour Post” affirms repeats Harbour Post",
        "Mon 11:40 Daily Lantern (no attribution) states copies Meridian Wire, 91% of the text, credit dropped",
        "Mon 12:55 Ellin Courier “according to media reports” affirms ← attribution weaker here",
        "Tue 08:00 Harbour Post “confirmed by Meridian Wire and the Daily Lantern” affirms circular: returns to itself",
        "Tue 10:30 Meridian Wire “A city hall spokeswoman, Ines Hallgard” denies denies the claim",
    )
    places = [lines.index(line) for line in wanted]
    assert places == sorted(places)
    assert lines[places[2] + 1] == "← attribution lost here"
    assert lines[places[0] + 1] == "distancing"


def test_a_trace_ends_with_losses_origins_and_reasons():
    out = printed(traced(story()), width=150)
    places = [
        out.index(words)
        for words in (
            "Lost on the way",
            "source: Meridian Wire Mon 09:25 (relay) → Daily Lantern Mon 11:40 (bare)",
            "Origins",
            "port official who asked not to be named · Mon 2 Mar 2026",
            "Why one claim (score 0.90)",
            "- same act and object",
        )
    ]
    assert places == sorted(places)


def test_a_narrow_trace_tells_no_less_and_what_was_said():
    def words(out):
        return {word.strip("“”(),:") for word in out.split()} - {"", "·"}

    narrow, wide = (words(printed(traced(story()), width=width)) for width in (50, 150))
    assert narrow >= wide
    assert "inspectors" in narrow - wide


def test_a_pronoun_is_explained():
    row = ("Post", "2026-03-02", "T", "origin", {"entity": "Ana Duarte"}, "{s She} {c said} {t so much}.")
    assert "“She” (Ana Duarte)" in printed(traced(Ledger([row])), width=120)


def test_claims_are_listed_with_counts_and_where_they_were_seen_first():
    out = printed(lambda console: claims_report([story().claim], story().articles, console))
    assert "6 articles, 4 outlets, 1 independent source, 1 denial, 3 losses" in out
    assert "first seen Mon 2 Mar 2026 07:10, Harbour Post" in out
    assert story().claim.id[:13] in out


def test_copies_tell_from_where_to_where_and_why():
    ledger = story()
    copies = [msgspec.structs.replace(ledger.copies[0], origin="Meridian Wire")]
    out = printed(lambda console: copies_report(copies, ledger.articles, console))
    for words in (
        "Meridian Wire → Daily Lantern",
        "91% of the text · credit dropped · words of Meridian Wire",
        "- credit",
    ):
        assert words in out
    assert "Crane in Ellinport was cracked" in out


def test_sources_tell_how_they_are_framed_and_where():
    ledger = story()
    source = Source(
        entity="Ines Hallgard",
        party="Ellinport",
        standing="person",
        statements=(ledger.order[0], ledger.order[5], ledger.order[1], "s1:gone"),
        outlets=tuple(f"Outlet {n}" for n in range(9)),
    )
    out = printed(lambda console: sources_report([source], ledger.statements, console))
    assert "for Ellinport · person" in out
    assert "4 statements · framing: 2 neutral, 1 distancing" in out
    assert "Outlet 5 and 3 more" in out


def test_a_search_marks_what_it_found_without_colour_and_with_styles():
    assert "had [warned] of [cracks] in" in printed(lambda console: hits_report([HIT], console))
    out = printed(lambda console: hits_report([HIT], console), force_terminal=True, color_system="standard")
    assert "had \x1b[1;4mwarned\x1b[0m of" in out


def test_marks_that_overlap_or_lie_outside_are_left_out():
    hit = Found(text="abcdef", matches=((2, 4), (3, 5), (5, 99), (-3, 1), (4, 4)))
    assert "ab[cd]ef" in printed(lambda console: hits_report([hit], console))


def test_nothing_found_is_said_so():
    out = printed(
        lambda console: claims_report([], {}, console),
        lambda console: copies_report([], {}, console),
        lambda console: sources_report([], {}, console),
        lambda console: hits_report([], console),
    )
    assert out.splitlines() == [
        "No claim was found.",
        "No copy was found.",
        "No source was found.",
        "Nothing was found.",
    ]


def test_reports_return_how_many_they_printed():
    console = Console(file=io.StringIO())
    assert claims_report([story().claim] * 3, story().articles, console) == 3


def test_a_statement_is_shown_in_its_sentence_with_every_label():
    article, statement, _ = story().readings[0]
    begin = article.text.index("Nobody")
    statement = msgspec.structs.replace(
        statement, evidence=Evidence(kind="lacking", span=(begin, begin + 6)), when="2026-03-01", inside="s1:outer"
    )
    out = printed(lambda console: statement_report(statement, article, console), width=200)
    assert "{s A port official, who asked not to be named}, {c alleged} {t that inspectors had warned" in out
    assert "Nobody was hurt" not in out
    labels = dict(line.split(None, 1) for line in out.splitlines()[4:] if line.strip())
    assert {key: value.strip() for key, value in labels.items()} == {
        "voice": "attributed",
        "entity": "port official who asked not to be named",
        "source": "A port official, who asked not to be named",
        "cue": "alleged",
        "through": "–",
        "party": "–",
        "standing": "anonymous",
        "stance": "affirms",
        "framing": "distancing",
        "form": "indirect",
        "content": "that inspectors had warned of cracks in the crane",
        "evidence": "lacking: “Nobody”",
        "when": "2026-03-01",
        "inside": "s1:outer",
        "score": "0.90",
        "by": "reader-en/1",
        "id": statement.id,
        "article": article.id,
    }


def test_own_voice_is_told_and_has_no_empty_labels_of_attribution():
    article, statement, _ = story().readings[2]
    out = printed(lambda console: statement_report(statement, article, console))
    assert "the outlet's own" in out
    assert "standing" not in out


BRACKETS = "[bold]x[/bold] [link=http://x.example]y[/] [/oops]"


def hostile(text):
    force = {"entity": text, "party": text, "through": text, "standing": "outlet"}
    body = "{s It} {c said} {t so}."
    rows = [(text, text, text, "relay", force, body), (text + "2", text, text, "bare", None, "{v So}.")]
    ledger = Ledger(rows, text=text, losses=((0, 1, "source"),), copies=((0, 1, 0.5, "dropped"),))
    copy = msgspec.structs.replace(ledger.copies[0], origin=text, reasons=(text,))
    ledger.copies = [copy]
    ledger.claim = msgspec.structs.replace(ledger.claim, id=text, reasons=(text,))
    return ledger


def test_words_in_brackets_are_no_markup():
    hit = Found(text=BRACKETS, outlet=BRACKETS, published=BRACKETS, id=BRACKETS, matches=())
    for report in every(hostile(BRACKETS), [hit]):
        out = printed(report, width=400, force_terminal=True, color_system="standard")
        assert BRACKETS in out


CONTROLS = {chr(code) for code in (*range(10), *range(11, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F))}


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters() | st.sampled_from("\x1b\x9b\x07\r\u202e\u2066\ud800[]\\{}"), max_size=60))
def test_no_text_reaches_the_terminal_as_a_command(text):
    hit = Found(text=text, outlet=text, published=text, id=text, article=text, matches=((0, len(text)),))
    out = printed(*every(hostile(text), [hit]), color_system=None)
    assert not {*out} & CONTROLS


@pytest.mark.parametrize("width", [40, 100])
def test_endless_names_and_titles_are_cut(width):
    out = printed(*every(hostile("endless " * 1250), [Found(text="x", matches=())]), width=width)
    assert len(out) < 30_000
