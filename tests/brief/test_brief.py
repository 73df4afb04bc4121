"""What stands in a brief: all of it from the ledger, cut to the limit, and every reference leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from brief_sample import STORY, kept
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.brief import FORMATS, Brief, brief, render
from inquit.brief.sourcing import summary
from inquit.errors import UsageError
from inquit.keep import Draft, Ledger, Wanted
from inquit.records import Claim, Origin
from inquit.show.chain import chain

MADE = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(tmp_path_factory.mktemp("brief") / "crane.db")


def made(path: Path, **wanted: object) -> Brief:
    with Ledger.open(path) as ledger:
        return brief(ledger, made=MADE, **wanted)


def excerpts(found: Brief) -> Iterator[str]:
    yield from (note.passage for note in found.notes if note.passage)
    yield from (said.words for told in found.claims for c in told.carriers for said in c.statements if said.words)


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_summary_counts_and_names_what_a_reader_must_know(path: Path) -> None:
    found = made(path)
    assert {figure.words: figure.number for figure in found.figures} == {
        "articles": 4,
        "outlets": 3,
        "claim": 1,
        "source that they lead back to": 1,
        "claim on one source only": 1,
        "claim that is denied": 1,
        "claim that lost its source or distance": 1,
    }
    points = {point.heading: [entry.detail for entry in point.entries] for point in found.points}
    assert points == {
        "Rests on one source only": ["3 outlets; port official who asked not to be named, Mon 2 Mar 2026 07:10"],
        "Denied": ["Ines Hallgard"],
        "Attribution lost or weaker": ["Daily Lantern"],
    }
    assert found.period == "Mon 2 Mar 2026 – Tue 3 Mar 2026"


def test_the_sourcing_of_a_claim_is_summed_up_with_the_notes_that_show_it(path: Path) -> None:
    (told,) = made(path).claims
    remarks = [(remark.text, remark.notes) for remark in told.summary]
    assert remarks == [
        ("Rests on one source only: port official who asked not to be named, Mon 2 Mar 2026 07:10.", ()),
        (
            (
                "Of 4 statements 2 name the first source, 1 names another outlet or a go-between, 1 gives no source."
                " 1 rests on an anonymous source."
            ),
            (),
        ),
        ("Denied by Ines Hallgard (Meridian Wire).", (4,)),
        ("1 article takes over another one's text; the credit was dropped by Daily Lantern.", (3,)),
        ("Attribution was lost or grew weaker at Daily Lantern.", (3,)),
        ("Evidence is said to be lacking by Harbour Post.", (1,)),
    ]
    assert {remark.by for remark in told.summary} == {"machine"}


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "Rests on one source only, by several names: Ida Moor; Jonas Velde; the port."),
        (2, "Rests on 2 independent sources, by 3 names: Ida Moor; Jonas Velde; the port."),
        (3, "Rests on 3 independent sources: Ida Moor; Jonas Velde; the port."),
    ],
)
def test_where_a_source_has_several_names_the_count_is_not_that_of_the_names(count: int, told: str) -> None:
    names = ("Ida Moor", "Jonas Velde", "the port")
    origins = tuple(Origin(entity=name, when=None) for name in names)
    claim = Claim(id="c1:0", text="so", occurrences=(), origins=origins, independent_sources=count, score=0.9)
    assert summary(chain(claim, {}, {}, []), {}, {})[0].text == told


def test_a_statement_is_told_with_its_source_in_the_articles_words(path: Path) -> None:
    (told,) = made(path).claims
    first, wire, lantern, denial = (carrier.statements[0] for carrier in told.carriers)
    assert first.source == "A port official, who asked not to be named"
    assert (first.cue, first.standing, first.framing) == ("alleged", "anonymous", "distancing")
    assert (wire.source, wire.cue) == ("according to the Harbour Post", None)
    assert (lantern.own_voice, lantern.source, lantern.lost) == (True, None, ("source",))
    assert told.carriers[2].copies == ("copies Meridian Wire, 91% of the text, credit dropped",)
    assert (denial.stance, denial.party) == ("denies", "Ellinport")


def test_a_source_is_described_by_what_the_ledger_knows(path: Path) -> None:
    (told,) = made(path).claims
    described = {descriptor.name: [remark.text for remark in descriptor.remarks] for descriptor in told.sources}
    assert described["port official who asked not to be named (Harbour Post)"] == [
        (
            "Anonymous: a person or persons held back. Quoted on this claim 1 time, by Harbour Post."
            " Framed as distancing (1). Evidence lacking (1)."
        )
    ]
    assert described["Ines Hallgard"][0].startswith("A named person, speaking for Ellinport.")
    assert described["Daily Lantern"] == ["The outlet's own voice: no source is given in 1 statement."]


def test_every_word_in_quotation_marks_stands_in_an_article(path: Path) -> None:
    with Ledger.open(path) as ledger:
        texts = [plain(article.text) for article in ledger.articles()]
        titles = {article.title for article in ledger.articles()}
    found = made(path)
    for words in excerpts(found):
        assert any(words.strip("… ") in text for text in texts)
    for told in found.claims:
        for carrier in told.carriers:
            for said in carrier.statements:
                for words in (said.source, said.cue):
                    assert words is None or any(words in text for text in texts)
    assert {note.title for note in found.notes} <= titles


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 40))
def test_no_excerpt_is_longer_than_the_limit(path: Path, most: int) -> None:
    found = made(path, excerpt_words=most)
    lengths = [len(words.replace("…", " ").split()) for words in excerpts(found)]
    assert all(0 < length <= most for length in lengths)
    assert bool(lengths) == (most > 0)
    assert all(len(told.text.replace("…", " ").split()) <= max(most, 12) for told in found.claims)


@pytest.mark.parametrize("most", [3, 8, 25])
def test_an_excerpt_of_a_passage_shows_the_content(tmp_path: Path, most: int) -> None:
    long = " ".join(f"word{n}" for n in range(30))
    row = STORY[0]._replace(text=f"After {long} {{s the mayor}} {{c said}} {{t the quay was closed at noon}}. Rain.")
    (note,) = made(kept(tmp_path / "l", (row,)), excerpt_words=most).notes
    assert note.passage is not None
    assert "the quay" in note.passage
    assert note.passage.startswith("… ")


def test_every_reference_leads_to_a_note_and_every_note_is_referred_to(path: Path) -> None:
    found = made(path)
    told = found.claims[0]
    named = {said.note for carrier in told.carriers for said in carrier.statements}
    assert named == {note.number for note in found.notes} == set(range(1, len(found.notes) + 1))
    assert {number for remark in told.summary for number in remark.notes} <= named
    assert [note.paragraph for note in found.notes] == [2, 1, 1, 1]
    assert all(note.url == f"https://news.example/{n}" for n, note in enumerate(found.notes))


def test_claims_are_chosen_by_words_source_date_and_id(path: Path) -> None:
    claim = made(path).claims[0].id
    for wanted in (
        {"words": "cracks"},
        {"claims": [claim[:9]]},
        {"wanted": Wanted(source="Hallgard")},
        {"wanted": Wanted(outlet="lantern")},
    ):
        assert [told.id for told in made(path, **wanted).claims] == [claim]
    for wanted in ({"words": "zeppelin"}, {"wanted": Wanted(source="nobody")}, {"wanted": Wanted(since=2e9)}):
        with pytest.raises(UsageError, match=r"no claim .* fits: `inquit claims"):
            made(path, **wanted)
    with pytest.raises(UsageError, match="nothing in the ledger has an id"):
        made(path, claims=["c1:zzzz"])


def test_what_was_asked_for_is_told(path: Path) -> None:
    found = made(path, words="cracks", wanted=Wanted(source="Hallgard", since=1772323200.0, until=1772668800.0))
    assert found.asked == (
        "Claims with a statement that holds: cracks.",
        "Claims with a statement of a source named: Hallgard.",
        "Claims with a statement published on 2026-03-01 or later.",
        "Claims with a statement published on 2026-03-04 or earlier.",
    )
    assert made(path).asked == ("Every claim of the ledger.",)


def test_of_many_statements_those_against_the_claim_and_those_where_it_changed_are_told(tmp_path: Path) -> None:
    rows = (*STORY[:3], *(STORY[1]._replace(outlet=f"Paper {n}") for n in range(40)), STORY[3])
    (told,) = made(kept(tmp_path / "l", rows)).claims
    outlets = [carrier.outlet for carrier in told.carriers]
    assert len(outlets) == 16
    assert told.more == len(rows) - 16
    assert outlets[:3] == ["Harbour Post", "Meridian Wire", "Daily Lantern"]
    assert told.carriers[-1].statements[0].stance == "denies"
    assert told.more_sources > 0 or len(told.sources) <= 12


def test_titles_and_dates_are_those_that_are_given(path: Path) -> None:
    found = made(path, title="Crane,\nweek one")
    assert (found.title, found.made) == ("Crane, week one", "2026-03-04T09:00:00+00:00")
    assert re.fullmatch(r"Who says so\? “.*cracks.*”", made(path).title)


def test_articles_that_came_since_claims_were_made_are_told_of(tmp_path: Path) -> None:
    path = kept(tmp_path / "l")
    assert not any("Articles came" in words for words in made(path).method)
    with Ledger.open(path, write=True) as ledger:
        ledger._store.rows("UPDATE state SET revision = revision + 1")
    assert any("Articles came" in words for words in made(path).method)


def test_a_rating_of_a_name_holds_for_what_it_was_ruled_to_be_one_with(tmp_path: Path) -> None:
    path = kept(tmp_path / "l")
    with Ledger.open(path, write=True) as ledger:
        ledger.rule(Draft(about="Ines Hallgard", says="reliability", who="mara", value="B"))
        ledger.rule(Draft(about="Ines Hallgard", says="same-entity", who="mara", value="Ines H. Hallgard"))
    (told,) = made(path).claims
    named = {descriptor.name: [r.text for r in descriptor.remarks if r.by == "person"] for descriptor in told.sources}
    assert [text[:13] for text in named["Ines H. Hallgard"]] == ["Reliability B"]


def test_what_people_ruled_is_marked_and_signed_and_a_rating_ends_the_suggestion(tmp_path: Path) -> None:
    path = kept(tmp_path / "l")
    with Ledger.open(path, write=True) as ledger:
        (claim,) = ledger.claims()
        first = claim.occurrences[0].statement
        for about, says, value in (
            ("Ines Hallgard", "reliability", "C"),
            ("Ines Hallgard", "reliability", "B"),
            ("Daily Lantern", "reliability", "D"),
            (claim.id, "credibility", "3"),
            (first, "note", "he was at the quay"),
        ):
            ledger.rule(Draft(about=about, says=says, who="mara", value=value, reason="past reporting"))
        undone = ledger.rule(Draft(about=claim.id, says="note", who="jonas", value="not this"))
        ledger.withdraw(undone.id, who="jonas")
    found = made(path)
    (told,) = found.claims
    assert told.summary[0].by == "person"
    assert re.fullmatch(
        r"Credibility 3 \(possibly true\) – mara, \w+ \d+ \w+ \d{4} \d\d:\d\d: past reporting", told.summary[0].text
    )
    named = {descriptor.name: [r.text for r in descriptor.remarks if r.by == "person"] for descriptor in told.sources}
    assert [text[:34] for text in named["Ines Hallgard"]] == ["Reliability B (usually reliable) –"]
    assert named["Daily Lantern"][0].startswith("Reliability D (not usually reliable) – mara")
    (note,) = told.carriers[0].statements[0].rulings
    assert note.text.startswith("Note: he was at the quay – mara")
    assert not any("not this" in remark.text for remark in told.summary)
    for to in FORMATS:
        assert render(found, to)
    assert "ruled" in render(found, "html").decode()
