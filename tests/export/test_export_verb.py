"""``inquit export``: to standard output and to a place, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from export_sample import exported, sample

from inquit import export
from inquit.errors import WorkError
from inquit.keep import Ledger
from inquit.records import Article, Claim, Copy, Reading, Statement


def inquit(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "inquit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"})


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "news.db"
    with Ledger.create(path) as kept:
        for one in sample():
            if isinstance(one, Article):
                said = tuple(s for s in sample() if isinstance(s, Statement) and s.article == one.id)
                kept.keep(Reading(article=one, statements=said))
        kept.keep_links([c for c in sample() if isinstance(c, Copy)], [c for c in sample() if isinstance(c, Claim)])
    return path


@pytest.mark.parametrize("name", ["csv", "parquet", "gexf"])
def test_standard_output_and_a_file_get_the_same(name: str, ledger: Path, tmp_path: Path) -> None:
    done = inquit("export", ledger, "--to", name)
    assert (done.returncode, done.stderr) == (0, b"")
    out = tmp_path / "out"
    out.write_bytes(b"what was there before")
    assert inquit("export", ledger, "--to", name, "--out", out).returncode == 0
    assert out.read_bytes() == done.stdout == exported(name, sample()[:-1])
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_is_made_where_none_is_and_comes_as_an_archive_on_standard_output(
    ledger: Path, tmp_path: Path
) -> None:
    out = tmp_path / "annotations"
    assert inquit("export", ledger, "--to", "brat", "--out", out).returncode == 0
    names = {path.name for path in out.iterdir()}
    assert len(names) == 6
    (tmp_path / "plain").mkdir()
    assert out.stat().st_mode == (tmp_path / "plain").stat().st_mode
    with tarfile.open(fileobj=BytesIO(inquit("export", ledger, "--to", "brat").stdout)) as archive:
        assert {Path(name).name for name in archive.getnames()} == {"brat", *names}


def test_a_folder_with_files_in_it_is_left_as_it_is(ledger: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ann"
    mine.write_text("by hand")
    done = inquit("export", ledger, "--to", "brat", "--out", tmp_path)
    assert done.returncode == 2
    assert b"not an empty folder" in done.stderr
    assert list(tmp_path.iterdir()) == [mine]


def test_a_file_is_not_written_in_place_of_a_folder(ledger: Path, tmp_path: Path) -> None:
    done = inquit("export", ledger, "--to", "stix", "--out", tmp_path)
    assert done.returncode == 2
    assert b"name the file" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["graphml", "brat", "parquet"])
def test_what_fails_half_way_leaves_nothing_and_what_was_there(name: str, ledger: Path, tmp_path: Path) -> None:
    broken = tmp_path / "apart" / "broken.db"
    broken.parent.mkdir()
    broken.write_bytes(ledger.read_bytes())
    with sqlite3.connect(broken) as connection:
        # What pages list is kept up by triggers that would notice the damage.
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE statement SET body = '{' WHERE article = (SELECT max(number) FROM article)")
    connection.close()
    out = tmp_path / "out"
    if name != "brat":
        out.write_bytes(b"what was there before")
    done = inquit("export", broken, "--to", name, "--out", out)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"apart", *({"out"} if name != "brat" else ())}
    assert name == "brat" or out.read_bytes() == b"what was there before"
    # What went to standard output before must not look whole.
    begun = inquit("export", broken, "--to", name).stdout
    assert {"graphml": b"</graphml>" not in begun, "brat": not begun, "parquet": begun.count(b"PAR1") < 2}[name]


def test_a_pipe_is_written_into_and_stays_a_pipe(ledger: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        got = pool.submit(pipe.read_bytes)
        assert inquit("export", ledger, "--to", "csv", "--out", pipe).returncode == 0
        assert got.result(timeout=10) == exported("csv", sample()[:-1])
    assert pipe.is_fifo()


def test_a_place_that_is_not_there_is_exit_code_3(ledger: Path, tmp_path: Path) -> None:
    for name in ("jsonl", "brat"):
        done = inquit("export", ledger, "--to", name, "--out", tmp_path / "nowhere" / "out")
        assert done.returncode == 3
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["parquet", "docbin"])
def test_a_format_whose_extra_is_missing_says_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, export.FORMATS[name].module, raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(WorkError, match=r"pip install 'inquit\["):
        exported(name, sample())
