"""German articles through the whole of inquit: the language is found, statements are read, kept and exported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

import inquit_de

import inquit
from inquit import plugins
from inquit.records import Statement

STORM = """Hafen von Ellin bleibt nach dem Sturm geschlossen

Bürgermeisterin Ana Duarte sagte am Montag, die Kaimauer sei an drei Stellen gerissen. Der Hafen müsse vorerst \
geschlossen bleiben.

„Wir haben alle Schiffe rechtzeitig gewarnt“, sagte Jonas Velde, der Leiter der Hafenbehörde. Die Reederei Nordstern \
erklärte dagegen, sie habe keine Warnung erhalten.

Laut Polizei wurden zwei Menschen verletzt. Die Fähre fährt seit Sonntag nicht mehr."""
QUAY = """Streit um die Kaimauer in Ellin

Jonas Velde erklärte am Dienstag, die Kaimauer sei an drei Stellen gerissen. Nach Angaben der Hafenbehörde dauert die \
Reparatur mehrere Wochen, bis dahin wird die Fähre den Hafen von Ellin nicht anlaufen."""
ENGLISH = """Harbour of Ellin closed after storm

Mayor Ana Duarte said on Monday that the quay had cracked in three places. The harbour authority denied the report."""

pytestmark = pytest.mark.skipif(
    "de" not in plugins.found("inquit.extractors"),
    reason="inquit-de is not installed: pip install ./packages/inquit-de",
)


@pytest.fixture(scope="module")
def storm() -> inquit.api.Readings:
    return inquit.read(STORM)


def test_the_language_is_found_and_statements_are_read(storm: inquit.api.Readings) -> None:
    assert {one.by for one in storm.statements} == {inquit_de.NAME}
    assert [one.code for one in storm.problems] == ["language"]


def test_source_cue_and_content_of_reported_speech(storm: inquit.api.Readings) -> None:
    found = {storm.words(one): one for one in storm.statements}
    one = found["die Kaimauer sei an drei Stellen gerissen"]
    assert one.attribution is not None
    assert one.form == "indirect"
    assert [STORM[a:b] for a, b in one.attribution.cue] == ["sagte"]
    assert (one.attribution.entity, one.attribution.stance) == ("Ana Duarte", "affirms")


def test_a_quotation_is_direct_and_whose_it_is(storm: inquit.api.Readings) -> None:
    found = {storm.words(one): one for one in storm.statements}
    one = found["Wir haben alle Schiffe rechtzeitig gewarnt"]
    assert one.form == "direct"
    assert one.attribution is not None
    assert one.attribution.entity == "Jonas Velde"


@pytest.mark.parametrize("marks", ["»«", "„“", '„"', '""', "“”"])
def test_every_way_to_print_a_quotation_is_one(marks: str) -> None:
    text = STORM.replace("„", marks[0]).replace("“", marks[1])
    forms = [one.form for one in inquit.read(text).statements]
    assert "direct" in forms


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news") / "news.db"
    with inquit.open(path, write=True) as kept:
        for i, text in enumerate((STORM, QUAY, ENGLISH)):
            kept.add([inquit.article(text, outlet=f"Outlet {i}", published=f"2031-04-0{i + 1}")])
    return path


def test_a_ledger_keeps_and_finds_german_beside_english(ledger: Path) -> None:
    with inquit.open(ledger) as kept:
        assert {one.by for one in kept.statements()} == {inquit_de.NAME, "reader-en/2"}
        assert [hit.record.by for hit in kept.search("Kaimauer gerissen") if isinstance(hit.record, Statement)]


def test_german_statements_are_not_compared_across_articles(ledger: Path) -> None:
    with inquit.open(ledger) as kept:
        german = {one.id for one in kept.statements() if one.by == inquit_de.NAME}
        told = {occurrence.statement for claim in kept.claims() for occurrence in claim.occurrences}
    assert len(german) > 3
    assert not german & told


@pytest.mark.parametrize("command", [["verify"], ["export", "--to", "jsonl"], ["claims"], ["sources"]])
def test_every_command_takes_a_ledger_of_two_languages(ledger: Path, command: list[str]) -> None:
    name, *rest = command
    done = subprocess.run(
        [sys.executable, "-m", "inquit", name, str(ledger), *rest], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
