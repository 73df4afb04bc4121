"""``inquit rule`` over the story that ships: what is ruled is shown by every verb, and undone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

Lines = list[dict[str, Any]]
RULE = {"INQUIT_WHO": "Ana Duarte", "COLUMNS": "200", "NO_COLOR": "1"}


def run(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "inquit", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False, env={**os.environ, **RULE})


def lines(*arguments: str | Path) -> Lines:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "story.db"
    assert run("add", path, "examples").returncode == 0
    return path


@pytest.fixture
def story(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "story.db"))


def exported(path: Path) -> Lines:
    return [line for line in lines("export", path, "--to", "jsonl") if line["type"] != "ruling"]


def big(path: Path) -> dict[str, Any]:
    return max(lines("claims", path, "--jsonl"), key=lambda claim: len(claim["occurrences"]))


def test_a_statement_leaves_its_claim_and_comes_back(story: Path) -> None:
    before, claim = exported(story), big(story)
    one = claim["occurrences"][-1]["statement"]
    [ruling] = lines("rule", story, one, "not-same-claim", claim["id"])
    assert (ruling["who"], ruling["says"], ruling["about"]) == ("Ana Duarte", "not-same-claim", one)
    left = next(c for c in lines("claims", story, "--jsonl") if c["id"] == claim["id"])
    assert {o["statement"] for o in claim["occurrences"]} - {o["statement"] for o in left["occurrences"]} == {one}
    [undone] = lines("rule", story, "--undo", ruling["id"][:9])
    assert undone["withdrawn_by"] == "Ana Duarte"
    assert exported(story) == before
    assert run("verify", story).returncode == 0


def test_two_claims_become_one(story: Path) -> None:
    before, (one, other, *_) = exported(story), lines("claims", story, "--jsonl")
    [ruling] = lines("rule", story, one["id"], "same-claim", other["occurrences"][0]["statement"])
    first = {one["occurrences"][0]["statement"], other["occurrences"][0]["statement"]}
    assert any(first <= {o["statement"] for o in c["occurrences"]} for c in lines("claims", story, "--jsonl"))
    lines("rule", story, "--undo", ruling["id"])
    assert exported(story) == before


def test_every_verb_shows_what_was_ruled(story: Path) -> None:
    source = lines("sources", story, "--jsonl")[0]
    one, other = source["statements"][:2]
    lines("rule", story, one, "wrong-source", "--entity", "Mara Voss", "--party", "Port of Ellin")
    lines("rule", story, other, "not-a-statement", "--reason", "a caption")
    named = {s["entity"]: s for s in lines("sources", story, "--jsonl")}
    assert named["Mara Voss"]["statements"] == [one]
    assert not {one, other} & set(named[source["entity"]]["statements"])
    assert b"Mara Voss" in run("show", story, one, "--text").stdout
    assert run("show", story, other).returncode == 2
    statements = [line for line in exported(story) if line["type"] == "statement"]
    assert other not in {s["id"] for s in statements}
    assert [s["attribution"]["entity"] for s in statements if s["id"] == one] == ["Mara Voss"]
    history = run("rule", story, "--history", "--text").stdout.decode()
    assert history.index("not-a-statement") < history.index("wrong-source")
    assert "a caption" in history
    [found] = lines("rule", story, "--history", other)
    assert found["reason"] == "a caption"


def test_rulings_go_from_one_ledger_to_another_as_lines(story: Path, whole: Path, tmp_path: Path) -> None:
    claim = big(story)
    lines("rule", story, claim["id"], "credibility", "2", "--reason", "two witnesses")
    lines("rule", story, claim["occurrences"][0]["article"], "wrong-outlet", "Northern Gazette")
    [withdrawn] = lines("rule", story, claim["id"], "note", "to be seen to")
    lines("rule", story, "--undo", withdrawn["id"])
    file = tmp_path / "rulings.jsonl"
    file.write_bytes(run("export", story, "--to", "jsonl").stdout)
    other = Path(shutil.copy(whole, tmp_path / "other.db"))
    assert [r["says"] for r in lines("rule", other, "--from", file)] == ["credibility", "wrong-outlet"]
    assert exported(other) == exported(story)
    assert lines("rule", other, "--history") == lines("rule", story, "--history")[1:]


def test_reading_anew_keeps_what_was_ruled(story: Path) -> None:
    source = lines("sources", story, "--jsonl")[0]
    lines("rule", story, source["statements"][0], "wrong-source", "Mara Voss")
    lines("rule", story, source["statements"][1], "not-a-statement")
    before = exported(story)
    done = run("add", story, "--again")
    assert done.returncode == 0, done.stderr.decode()
    assert exported(story) == before
    assert lines("rule", story, "--unattached") == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "say what the ruling is about"),
        (["s1:none", "not-a-statement"], 2, "begins with"),
        (["Mara Voss", "reliability", "G"], 2, "A, B, C, D, E, F"),
        (["--undo", "r1:none"], 2, "no ruling begins"),
        (["--undo", "r1:none", "--history"], 2, "ask for one"),
        (["--from", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["Mara Voss", "note", "x", "--entity", "y"], 2, "not both"),
    ],
)
def test_what_cannot_be_done_says_so(whole: Path, arguments: list[str], code: int, message: str) -> None:
    done = run("rule", whole, *arguments)
    assert done.returncode == code
    assert message in done.stderr.decode()


def test_the_other_one_is_asked_for_where_it_is_left_out(whole: Path) -> None:
    one = big(whole)["occurrences"][0]["statement"]
    told = run("rule", whole, one, "not-same-claim").stderr.decode()
    assert "needs the id of the other statement or claim" in told
    assert "None" not in told


@pytest.mark.parametrize("says", [("same-entity", "Dockers"), ("reliability", "B"), ("note", "ask again")])
def test_a_name_that_nobody_has_is_told_and_one_that_somebody_has_is_not(story: Path, says: tuple[str, str]) -> None:
    heard = run("rule", story, "INES HALLGARD", *says)
    assert (heard.returncode, heard.stderr) == (0, b"")
    odd = run("rule", story, "the union", *says)
    assert odd.returncode == 0
    assert "nobody in the ledger is called 'the union'" in odd.stderr.decode()
    assert run("rule", story, "the union", *says).stderr == b""
    outlet = run("rule", story, "harbour post", *says)
    assert (outlet.returncode, outlet.stderr) == (0, b"")


def test_a_line_that_is_no_ruling_is_named(whole: Path) -> None:
    done = run("rule", whole, "--from", "-", given=b'\n{"about":"Mara Voss","says":"praise"}\n')
    assert done.returncode == 2
    assert b"line 2 is no ruling" in done.stderr
