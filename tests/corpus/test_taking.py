"""A corpus of the story that ships: what it holds, what a ledger makes of it, what can be asked of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from pages_archived import rows

import inquit.pipeline
from inquit import pipeline
from inquit.corpus.tables import TABLES, columns
from inquit.corpus.taking import added as corpus_added
from inquit.export import records
from inquit.keep import Draft, Ledger
from inquit.records import Article, Claim, Problem, Statement

ROOT = Path(__file__).parents[2]
INQUIT = [sys.executable, "-m", "inquit"]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus") / "story"
    done = subprocess.run(
        [*INQUIT, "corpus", "examples", "--out", folder, "--workers", "1"], check=True, capture_output=True, text=True
    )
    return folder, json.loads(done.stdout)


@pytest.fixture(scope="module")
def story():
    return list(pipeline.readings(["examples"]))


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    path = tmp_path_factory.mktemp("added") / "news.db"
    with Ledger.create(path) as ledger:
        for _ in pipeline.add(ledger, ["examples"]):
            pass
        pipeline.link(ledger)
        return list(records(ledger))


def taken(folder, path):
    with Ledger.create(path) as ledger:
        kept = list(corpus_added(ledger, folder))
        pipeline.link(ledger)
        return kept, list(records(ledger))


def test_a_corpus_holds_what_reading_gives(told, story):
    folder, report = told
    assert sorted(row["id"] for row in rows(folder)) == sorted(one.article.id for one in story)
    found = {row["id"]: msgspec.convert(row, Statement) for row in rows(folder, "statements")}
    assert found == {one.id: one for reading in story for one in reading.statements}
    assert [msgspec.convert(row, Article) for row in rows(folder)] == [
        one.article for row in rows(folder) for one in story if one.article.id == row["id"]
    ]
    assert report["type"] == "corpus"
    assert report["statements"] == len(found)
    assert report["cpu_seconds"]["extract"] > report["cpu_seconds"]["prepare"] > 0


def test_the_words_of_a_statement_stand_beside_it(told):
    folder, _ = told
    texts = {row["id"]: row["text"] for row in rows(folder)}
    for row in rows(folder, "statements"):
        assert all(texts[row["article"]][start:end] in row["words"] for start, end in row["content"])


def test_a_ledger_takes_a_corpus_as_if_it_had_read_it(told, added, tmp_path, monkeypatch):
    folder, _ = told

    def nothing(*_):
        raise AssertionError("it was read, or prepared, again")

    for name in ("reading", "worded", "packed_vectors"):
        # packed_vectors of nothing is nothing.
        monkeypatch.setattr(inquit.pipeline, name, nothing if name != "packed_vectors" else lambda texts: texts)
    kept, found = taken(folder, tmp_path / "news.db")
    assert all(one.new for one in kept)
    assert found == added
    assert any(isinstance(one, Claim) for one in found)


def test_a_corpus_that_was_taken_adds_nothing_a_second_time(told, tmp_path):
    taken(told[0], tmp_path / "news.db")
    kept, _ = taken(told[0], tmp_path / "news.db")
    assert not any(one.new for one in kept)


def test_what_another_version_prepared_is_prepared_anew(told, added, tmp_path, monkeypatch):
    monkeypatch.setattr(inquit.pipeline, "recipe", lambda: "later vectors-en/2")
    assert taken(told[0], tmp_path / "news.db")[1] == added


def test_what_people_have_ruled_goes_before_what_was_prepared(told, added, story, tmp_path):
    """Statements that were ruled apart have units of their own: what was prepared of their articles does not hold."""
    claim = next(one for one in added if isinstance(one, Claim) and len(one.occurrences) > 1)
    one, other = (one.statement for one in claim.occurrences[:2])

    def again(path, give):
        with Ledger.create(path) as ledger:
            ledger.keep(story)
            pipeline.link(ledger)
            pipeline.rule(ledger, Draft(about=one, says="not-same-claim", value=other, who="Mara Lind"))
            for article in sorted({one.article for one in claim.occurrences}):
                ledger.forget(article)
            assert any(kept.new for kept in give(ledger))
            pipeline.link(ledger)
            return [r.occurrences for r in records(ledger) if isinstance(r, Claim)]

    taken_up = again(tmp_path / "taken.db", lambda ledger: corpus_added(ledger, told[0]))
    read = again(tmp_path / "read.db", lambda ledger: pipeline.take(ledger, ((one, None) for one in story)))
    assert taken_up == read
    assert not any({one, other} <= {each.statement for each in occurrences} for occurrences in taken_up)


def test_add_on_the_command_line_takes_a_corpus_and_says_what_the_ledger_holds(told, tmp_path):
    done = subprocess.run([*INQUIT, "add", tmp_path / "news.db", told[0]], check=True, capture_output=True, text=True)
    assert "9 articles" in done.stderr
    assert "claims" in done.stderr


def test_a_corpus_on_the_command_line_reports_to_people_and_to_programs(tmp_path):
    (tmp_path / "a.txt").write_text("The gate is shut, said Ana Duarte.")
    command = [*INQUIT, "corpus", tmp_path / "a.txt", tmp_path / "absent", "--out", tmp_path / "c", "--workers", "1"]
    done = subprocess.run([*command, "--text", "--strict"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "1 article with" in done.stdout
    assert "1 problem: not-found 1" in done.stdout
    assert "CPU seconds of the workers: read" in done.stdout
    done = subprocess.run([*command, "--jsonl"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["run_articles"] == 0
    nothing = [*INQUIT, "corpus", tmp_path / "absent", "--out", tmp_path / "d"]
    assert subprocess.run(nothing, capture_output=True, check=False).returncode == 3
    for wrong in ("--engine=warp", "--published=soon"):
        assert subprocess.run([*nothing, wrong], capture_output=True, check=False).returncode in {2, 3}


def test_the_queries_of_the_documentation_run_over_a_corpus(told):
    duckdb = pytest.importorskip("duckdb", reason="duckdb comes with the extra test")
    text = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    assert len(queries) >= 4
    connection = duckdb.connect()
    for query in queries:
        assert connection.execute(query.replace("corpus/", f"{told[0]}/")).fetchall(), query


def test_the_documentation_names_every_column():
    text = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
    for table in TABLES:
        part = text.split(f"### {table}\n", 1)[1].split("\n#", 1)[0]
        named = re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)
        assert named == columns(table)


def test_problems_of_inputs_without_an_article_come_along(tmp_path):
    (tmp_path / "a.txt").write_text("")
    subprocess.run([*INQUIT, "corpus", tmp_path / "a.txt", "--out", tmp_path / "c"], capture_output=True, check=False)
    with Ledger.create(tmp_path / "news.db") as ledger:
        [problem] = corpus_added(ledger, tmp_path / "c")
        assert isinstance(problem, Problem)
        assert [one.code for one in ledger.problems()] == ["empty"]
