"""The verbs over a ledger: what they keep, what they show, how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).parents[1]


def inquit(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "inquit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env=environment)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the story that ships; tests that write take a copy."""
    path = tmp_path_factory.mktemp("ledger") / "story.db"
    done = inquit("add", path, "examples")
    assert done.returncode == 0, done.stderr.decode()
    return path


@pytest.fixture
def own(story: Path, tmp_path: Path) -> Path:
    path = tmp_path / "own.db"
    path.write_bytes(story.read_bytes())
    return path


@pytest.fixture(scope="module")
def exported(story: Path) -> list[dict[str, Any]]:
    return lines(inquit("export", story, "--to", "jsonl"))


def widest(exported: list[dict[str, Any]]) -> dict[str, Any]:
    claims = [line for line in exported if line["type"] == "claim"]
    return max(claims, key=lambda c: len({o["article"] for o in c["occurrences"]}))


def test_every_line_of_an_export_fits_the_published_schema(exported: list[dict[str, Any]]) -> None:
    schema = json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8"))
    for line in exported:
        jsonschema.validate(line, schema)
    assert {line["type"] for line in exported} >= {"article", "statement", "copy", "claim"}


def test_adding_the_same_pages_again_changes_nothing(own: Path, exported: list[dict[str, Any]]) -> None:
    done = inquit("add", own, "examples")
    assert b"9 articles already there" in done.stderr
    assert lines(inquit("export", own, "--to", "jsonl")) == exported


def test_another_order_gives_the_same_ledger(tmp_path: Path, exported: list[dict[str, Any]]) -> None:
    pages = sorted((ROOT / "src/inquit/data/story").glob("*.html"), reverse=True)
    path = tmp_path / "turned.db"
    for some in (pages[:4], pages[4:]):
        assert inquit("add", path, *some).returncode == 0

    def partition(records: list[dict[str, Any]]) -> set[frozenset[str]]:
        return {frozenset(o["statement"] for o in r["occurrences"]) for r in records if r["type"] == "claim"}

    turned = lines(inquit("export", path, "--to", "jsonl"))
    assert partition(turned) == partition(exported)
    assert [r for r in turned if r["type"] != "claim"] == [r for r in exported if r["type"] != "claim"]


def test_the_claim_of_the_story_is_traced_to_one_source(exported: list[dict[str, Any]]) -> None:
    claim = widest(exported)
    outlets = {a["id"]: a["outlet"] for a in exported if a["type"] == "article"}
    assert "cracked" in claim["text"]
    assert {outlets[o["article"]] for o in claim["occurrences"]} >= {
        "Harbour Post",
        "Meridian Wire",
        "Daily Lantern",
        "Ellin Courier",
        "Capital Standard",
    }
    assert claim["independent_sources"] == 1
    assert claim["denied_by"]
    assert {step["lost"] for step in claim["laundering"]} == {"source", "framing"}
    first = next(s for s in exported if s["type"] == "statement" and s["id"] == claim["occurrences"][0]["statement"])
    assert (first["attribution"]["standing"], first["attribution"]["framing"]) == ("anonymous", "distancing")


def test_a_trace_is_a_report_lines_a_picture_and_a_page(
    story: Path, exported: list[dict[str, Any]], tmp_path: Path
) -> None:
    claim = widest(exported)
    report = inquit("trace", story, claim["id"], "--text").stdout.decode()
    assert "Harbour Post" in report
    assert "attribution lost here" in report
    assert "circular: returns to" in report
    assert lines(inquit("trace", story, claim["id"][:9]))[-1] == claim
    assert lines(inquit("trace", story, claim["occurrences"][1]["statement"]))[-1] == claim
    picture, page = tmp_path / "chain.svg", tmp_path / "chain.html"
    assert inquit("trace", story, claim["id"], "--svg", picture, "--html", page).returncode == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg") or "<svg" in picture.read_text(encoding="utf-8")[:200]
    assert "<svg" in page.read_text(encoding="utf-8")


def test_claims_copies_and_sources_are_listed(story: Path, exported: list[dict[str, Any]]) -> None:
    claims = lines(inquit("claims", story))
    assert claims[0] == widest(exported)
    assert claims[0] in lines(inquit("claims", story, "cracked"))
    assert lines(inquit("claims", story, "zeppelin")) == []
    assert len(lines(inquit("claims", story, "--limit", "1"))) == 1
    copies = lines(inquit("copies", story, "--least", "0.5"))
    assert copies
    assert all(c["share"] >= 0.5 for c in copies)
    sources = lines(inquit("sources", story))
    assert "Ines Hallgard" in {s["entity"] for s in sources}
    for verb in ("claims", "copies", "sources"):
        assert inquit(verb, story, "--text").stdout.strip()


def test_search_finds_words_and_phrases(story: Path) -> None:
    found = lines(inquit("search", story, "boom", "cracked"))
    assert {"article", "statement"} == {r["type"] for r in found}
    assert lines(inquit("search", story, '"passed its last inspection"'))
    assert lines(inquit("search", story, "zeppelin OR", "*(", '"')) == []
    assert b"boom" in inquit("search", story, "boom", "--text").stdout.lower()


def test_show_takes_an_article_a_statement_a_claim_and_the_beginning_of_an_id(
    story: Path, exported: list[dict[str, Any]]
) -> None:
    article, statement = exported[0], exported[1]
    assert lines(inquit("show", story, article["id"]))[0] == article
    assert lines(inquit("show", story, statement["id"])) == [statement]
    assert inquit("show", story, article["id"][:12], "--text").returncode == 0
    assert inquit("show", story, statement["id"], "--text").stdout.strip()
    assert inquit("show", story, article["id"], "--marked").stdout.count(b"{c") > 2
    assert inquit("show", story, "a1:zzzz").returncode == 2
    assert inquit("show", story, "a").returncode == 2


def test_csv_has_a_row_for_every_statement(story: Path, exported: list[dict[str, Any]]) -> None:
    done = inquit("export", story, "--to", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))
    assert [r["statement"] for r in rows] == [r["id"] for r in exported if r["type"] == "statement"]
    assert sum(bool(r["claim"]) for r in rows) == sum(len(c["occurrences"]) for c in exported if c["type"] == "claim")


def test_forgetting_an_article_takes_its_words_and_links_along(own: Path, exported: list[dict[str, Any]]) -> None:
    article = next(r for r in exported if r["type"] == "article" and "late on Saturday night" in r["text"])
    assert b"late on Saturday night" in own.read_bytes()
    assert inquit("forget", own, article["id"][:14]).returncode == 0
    left = inquit("export", own, "--to", "jsonl").stdout.decode()
    assert article["id"] not in left
    assert b"late on Saturday night" not in own.read_bytes()
    assert inquit("verify", own).returncode == 0
    assert inquit("forget", own, article["id"]).returncode == 2


def test_a_ledger_that_is_none_is_exit_code_3_with_the_repair(tmp_path: Path) -> None:
    other = tmp_path / "notes.db"
    other.write_text("these are notes, not a ledger, and long enough to be looked at\n" * 20)
    for verb in ("claims", "copies", "sources", "verify"):
        for path in (other, tmp_path / "nowhere.db"):
            done = inquit(verb, path)
            assert done.returncode == 3, (verb, path)
            assert b"Traceback" not in done.stderr
    assert inquit("add", other, "examples").returncode == 3
    assert other.read_text().startswith("these are notes")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_ledger_that_may_not_be_written_is_exit_code_3(own: Path) -> None:
    own.chmod(stat.S_IRUSR)
    assert inquit("add", own, "examples").returncode == 3
    assert inquit("claims", own).returncode == 0


def test_articles_without_date_and_outlet_and_with_impossible_dates_are_kept(tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    words = "The mayor said on Monday that the bridge would be closed for repairs until the spring."
    table.write_text(
        f'id,outlet,published,text\n1,,,"{words}"\n2,Harbour Post,2026-02-30,"{words}"\n'
        f'3,Ellin Courier,9999-12-31,"{words}"\n'
    )
    path = tmp_path / "odd.db"
    assert inquit("add", path, table).returncode == 0
    records = lines(inquit("export", path, "--to", "jsonl"))
    assert sum(r["type"] == "article" for r in records) == 3
    assert any(r["type"] == "problem" and r["code"] == "date" for r in records)
    assert inquit("verify", path).returncode == 0
