"""The contract of the command line: lines, keys, exit codes, what goes where."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from inquit.records import Article, Problem, Statement

ROOT = Path(__file__).parents[1]
STORY = "The harbour closed at noon, Ana Duarte said. “We saw cracks,” she told reporters.\n"
KEYS = {
    "article": "type id external_id url outlet title published authors text links",
    "statement": "type id article content form inside attribution evidence when score by why",
    "problem": "type code message input article span",
}
ATTRIBUTION = "source cue entity through party standing stance framing chain"


def inquit(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "inquit", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def examples() -> list[dict[str, Any]]:
    done = inquit("read", "examples", "--jsonl")
    assert done.returncode == 0, done.stderr.decode()
    return lines(done)


def test_every_key_is_always_present(examples: list[dict[str, Any]]) -> None:
    for line in examples:
        assert set(line) == set(KEYS[line["type"]].split())
        if line.get("attribution"):
            assert set(line["attribution"]) == set(ATTRIBUTION.split())


def test_every_line_fits_the_published_schema(examples: list[dict[str, Any]]) -> None:
    schema = json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8"))
    for line in examples:
        jsonschema.validate(line, schema)


def test_lines_decode_strictly_to_records(examples: list[dict[str, Any]]) -> None:
    for line in examples:
        msgspec.convert(line, Article | Statement | Problem, strict=True)


def test_an_article_comes_before_its_statements_and_an_outer_statement_before_those_inside(
    examples: list[dict[str, Any]],
) -> None:
    seen: set[str] = set()
    for line in examples:
        if line["type"] == "statement":
            assert line["article"] in seen
            assert line["inside"] is None or line["inside"] in seen
        seen.add(line.get("id", ""))


def test_the_examples_hold_statements_of_all_kinds(examples: list[dict[str, Any]]) -> None:
    statements = [line for line in examples if line["type"] == "statement"]
    assert sum(line["type"] == "article" for line in examples) == 9
    assert any(s["attribution"] is None for s in statements)
    assert any(s["inside"] for s in statements)
    said = [s["attribution"] for s in statements if s["attribution"]]
    assert {"person", "institution", "anonymous"} <= {a["standing"] for a in said}
    assert {"affirms", "denies"} <= {a["stance"] for a in said}


def test_json_lines_are_the_default_when_piped(story: Path) -> None:
    article, *statements = lines(inquit("read", story))
    assert article["text"] == STORY
    assert article["external_id"] == "story.txt"
    assert [s["attribution"]["entity"] for s in statements] == ["Ana Duarte", "Ana Duarte"]


def test_options_say_what_a_text_does_not(story: Path) -> None:
    done = inquit("read", story, "--outlet", "Harbour Post", "--published", "2026-03-02", "--title", "Cracks")
    article = lines(done)[0]
    assert (article["outlet"], article["published"], article["title"]) == ("Harbour Post", "2026-03-02", "Cracks")


def test_standard_input_is_read() -> None:
    assert lines(inquit("read", "-", given=STORY.encode()))[0]["text"] == STORY


def test_a_missing_file_is_a_problem_and_the_rest_goes_on(story: Path) -> None:
    done = inquit("read", "nowhere.txt", story)
    assert done.returncode == 0
    assert {line["type"] for line in lines(done)} == {"problem", "article", "statement"}
    assert b"nowhere.txt" in done.stderr


def test_nothing_readable_is_exit_code_3() -> None:
    assert inquit("read", "nowhere.txt").returncode == 3


def test_wrong_usage_is_exit_code_2(story: Path) -> None:
    assert inquit("read").returncode == 2
    assert inquit("read", story, "--column", "colour=red").returncode == 2
    assert inquit("read", story, "--published", "yesterday").returncode == 2


def test_strict_makes_problems_exit_code_1(tmp_path: Path) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_text("The mayor said “we never closed it.\n", encoding="utf-8")
    assert inquit("read", odd).returncode == 0
    assert inquit("read", "--strict", odd).returncode == 1


def test_a_closed_pipe_is_no_error(story: Path) -> None:
    command = (
        f"{sys.executable} -m inquit read {' '.join([str(story)] * 5)} --jsonl | head -c 1; echo ,${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.stdout == b"{,0\n"
    assert b"Traceback" not in done.stderr


def test_a_page_is_written_whole(story: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert inquit("read", story, "--html", page).returncode == 0
    assert "Ana Duarte" in page.read_text(encoding="utf-8")
    assert not page.with_name("page.html.part").exists()


def test_a_text_in_another_language_is_an_article_without_statements(tmp_path: Path) -> None:
    other = tmp_path / "andere.txt"
    other.write_text("Der Hafenmeister sagte am Montag, die Brücke sei wegen der Risse gesperrt worden. " * 4)
    article, problem = lines(inquit("read", other))
    assert (article["type"], problem["type"], problem["code"]) == ("article", "problem", "language")
    assert problem["article"] == article["id"]
