"""The verbs of the desk: brief, picture, backup, merge, verify --mend; what they write, how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from inquit.keep import Ledger


def inquit(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "inquit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"})


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "story.db"
    done = inquit("add", path, "examples")
    assert done.returncode == 0, done.stderr.decode()
    return path


def widest(path: Path) -> str:
    return json.loads(inquit("claims", path, "--limit", "1", "--jsonl").stdout)["id"]


def test_a_brief_goes_to_a_file_by_its_name_or_to_standard_output(story: Path, tmp_path: Path) -> None:
    begins = {"html": b"<!doctype html>", "md": b"# ", "docx": b"PK", "pdf": b"%PDF"}
    for to, first in begins.items():
        out = tmp_path / f"crane.{to}"
        assert inquit("brief", story, "cracked", "--out", out).returncode == 0
        assert out.read_bytes().startswith(first)
        assert inquit("brief", story, "--claim", widest(story), "--to", to).stdout.startswith(first)
    assert b"Denied" in inquit("brief", story).stdout
    assert {path.suffix for path in tmp_path.iterdir()} == {f".{to}" for to in begins}


def test_a_brief_of_nothing_and_of_no_format_is_wrong_usage(story: Path, tmp_path: Path) -> None:
    assert inquit("brief", story, "zeppelin").returncode == 2
    assert inquit("brief", story, "--out", tmp_path / "crane.odt").returncode == 2
    assert inquit("brief", tmp_path / "nowhere.db").returncode == 3
    assert list(tmp_path.iterdir()) == []


def test_excerpts_and_claims_have_limits(story: Path) -> None:
    short = inquit("brief", story, "--excerpt", "3", "--limit", "2").stdout.decode()
    assert "claims more that fit, not told here." in short
    assert "before it fell onto the quay" in inquit("brief", story, "--limit", "1").stdout.decode()
    assert "before it fell onto the quay" not in short


@pytest.mark.parametrize("kind", ["outlets", "matrix", "chain"])
def test_a_picture_is_svg_or_png(story: Path, tmp_path: Path, kind: str) -> None:
    claim = [widest(story)] if kind == "chain" else []
    assert inquit("picture", story, kind, *claim).stdout.startswith(b"<svg")
    out = tmp_path / "picture.png"
    assert inquit("picture", story, kind, *claim, "--out", out, "--scale", "1").returncode == 0
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_picture_of_what_makes_none_is_wrong_usage(story: Path, tmp_path: Path) -> None:
    assert b"name it" in inquit("picture", story, "chain").stderr
    assert inquit("picture", story, "matrix", widest(story)).returncode == 2
    assert inquit("picture", story, "outlets", "--out", tmp_path / "x.jpg").returncode == 2
    assert b"took up" in inquit("picture", story, "outlets", widest(story)).stdout


def test_a_backup_is_the_ledger_again(story: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    done = inquit("backup", story, copy)
    assert done.returncode == 0
    assert b"9 articles" in done.stderr
    assert inquit("export", copy, "--to", "jsonl").stdout == inquit("export", story, "--to", "jsonl").stdout
    assert inquit("backup", story, story).returncode == 2
    assert inquit("backup", tmp_path / "nowhere.db", copy).returncode == 3


def test_merged_ledgers_are_as_one_that_had_it_all(story: Path, tmp_path: Path) -> None:
    pages = sorted((Path(__file__).parents[1] / "src/inquit/data/story").glob("*.html"))
    one, other, merged = (tmp_path / name for name in ("one.db", "other.db", "merged.db"))
    assert inquit("add", one, *pages[:6]).returncode == 0
    assert inquit("add", other, *pages[4:]).returncode == 0
    done = inquit("merge", merged, one, other, one)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr.count(b"were there") == 2

    def records(path: Path) -> list[object]:
        lines = [json.loads(line) for line in inquit("export", path, "--to", "jsonl").stdout.splitlines()]
        return [r["occurrences"] if r["type"] == "claim" else r for r in lines]

    together, wanted = records(merged), records(story)
    assert [r for r in together if r not in wanted] == []
    assert len(together) == len(wanted)
    assert inquit("verify", merged).returncode == 0


def test_what_cannot_be_merged_changes_nothing(story: Path, tmp_path: Path) -> None:
    notes, made = tmp_path / "notes.txt", tmp_path / "made.db"
    notes.write_text("no ledger\n" * 50)
    assert inquit("merge", made, story, notes).returncode == 3
    assert not made.exists()
    assert inquit("merge", story, story).returncode == 2


def test_verify_mends_what_follows_from_the_records(story: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.db"
    own.write_bytes(story.read_bytes())
    before = inquit("export", own, "--to", "jsonl").stdout
    with Ledger.open(own, write=True) as ledger:
        ledger._store.rows("DELETE FROM occurrence WHERE position > 0")
        ledger._store.rows("UPDATE article SET instant = 1 WHERE number = 2")
    done = inquit("verify", own)
    assert done.returncode == 3
    assert b"`inquit verify --mend` makes it anew" in done.stdout
    assert inquit("verify", own, "--mend").returncode == 0
    assert inquit("export", own, "--to", "jsonl").stdout == before
