"""A backup is whole and of one moment, or what was there stays."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest
from ledger_sample import links, reading
from test_ledger_crash import CHILD, content, small_disk  # noqa: F401 - a fixture

from inquit import keep
from inquit.errors import UsageError, WorkError
from inquit.keep import Ledger, backing, migrations, opening


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "l"
    with Ledger.create(path) as ledger:
        ledger.keep(reading(number) for number in range(30))
        ledger.keep_links(*links(ledger.readings()))
    return path


def test_a_backup_holds_all_that_the_ledger_holds(path: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    counts = keep.backup(path, tmp_path / "copy")
    with Ledger.open(path) as ledger, Ledger.open(tmp_path / "copy") as copied:
        assert content(copied) == content(ledger)
        assert copied.counts() == counts
        assert copied.verify() == []
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o640


def test_a_backup_of_a_ledger_that_is_written_to_is_of_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "l"
    with subprocess.Popen([sys.executable, str(CHILD), str(path), "150"], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        sizes = []
        while child.poll() is None:
            held = keep.backup(path, tmp_path / "copy")
            sizes.append(held.articles if held else 0)
            with Ledger.open(tmp_path / "copy", write=True) as copied:
                assert copied.verify() == []
                assert all(len(found.statements) == 3 for found in copied.readings())
        child.stdout.read()
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 2


def test_an_older_backup_is_replaced_and_another_file_is_not(path: Path, tmp_path: Path) -> None:
    keep.backup(path, tmp_path / "copy")
    with Ledger.open(path, write=True) as ledger:
        ledger.keep(reading(30))
    keep.backup(path, tmp_path / "copy")
    with Ledger.open(tmp_path / "copy") as copied:
        assert copied.holds(reading(30).article.id)
    other = tmp_path / "notes.txt"
    other.write_text("what I have to do\n" * 40)
    with pytest.raises(WorkError, match="no ledger: name another file"):
        keep.backup(path, other)
    assert other.read_text().startswith("what I have to do")


def test_wrong_places_are_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is the ledger itself"):
        keep.backup(path, path)
    with pytest.raises(WorkError, match=r"there is no folder .*: make it"):
        keep.backup(path, tmp_path / "none" / "copy")
    with pytest.raises(WorkError, match="is a folder: name a file in it"):
        keep.backup(path, tmp_path)
    with pytest.raises(WorkError, match="there is no ledger at"):
        keep.backup(tmp_path / "nowhere", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_backup_whose_log_was_left_is_not_replaced(path: Path, tmp_path: Path) -> None:
    keep.backup(path, tmp_path / "copy")
    (tmp_path / "copy-wal").write_bytes(b"x" * 100)
    with pytest.raises(WorkError, match="in use, or was not closed"):
        keep.backup(path, tmp_path / "copy")


def test_an_unsound_ledger_does_not_replace_a_sound_backup(path: Path, tmp_path: Path) -> None:
    keep.backup(path, tmp_path / "copy")
    before = (tmp_path / "copy").read_bytes()
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE article SET title = 'Another' WHERE number = 1")
    connection.close()
    with pytest.raises(WorkError, match=r"is not sound, so nothing was put in place: .*not that of the article"):
        keep.backup(path, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if ".part" in p.name] == []


def test_a_ledger_of_an_older_version_is_backed_up_as_it_is(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [*migrations.MIGRATIONS, "CREATE TABLE added (x TEXT) STRICT"]
    for module in (migrations, opening, backing):
        monkeypatch.setattr(module, "MIGRATIONS", steps)
    assert keep.backup(path, tmp_path / "copy") is None
    connection = apsw.Connection(str(tmp_path / "copy"))
    assert connection.pragma("user_version") == len(steps) - 1
    connection.close()
    with Ledger.open(tmp_path / "copy", write=True) as copied:
        assert copied.holds(reading(1).article.id)


def test_a_full_disk_leaves_the_older_backup(small_disk: Path, path: Path) -> None:  # noqa: F811
    to = small_disk / "copy"
    keep.backup(path, to)
    before = to.read_bytes()
    with pytest.raises(OSError, match="No space"):
        (small_disk / "ballast").write_bytes(b"x" * 2_000_000)
    with pytest.raises(WorkError, match=r"the disk is full|see to the disk|see to the folder"):
        keep.backup(path, to)
    assert to.read_bytes() == before
    assert {p.name for p in small_disk.iterdir()} == {"copy", "ballast"}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of this system")
def test_a_backup_that_is_killed_twenty_times_never_leaves_half_of_it(path: Path, tmp_path: Path) -> None:
    to, chance = tmp_path / "backups" / "copy", random.Random(5)
    to.parent.mkdir()
    with Ledger.open(path, write=True) as ledger:
        ledger.keep(reading(number) for number in range(30, 300))
    command = [
        sys.executable,
        "-c",
        "import sys; from inquit import keep; keep.backup(*map(__import__('pathlib').Path, sys.argv[1:]))",
    ]
    began = time.monotonic()
    subprocess.run([*command, str(path), str(to)], check=True)
    usual = time.monotonic() - began
    to.unlink()
    for _ in range(20):
        with subprocess.Popen([*command, str(path), str(to)]) as child:
            time.sleep(chance.uniform(0.3, 1.0) * usual)
            child.send_signal(signal.SIGKILL)
        if to.exists():
            with Ledger.open(to, write=True) as copied:
                assert copied.verify() == []
                assert copied.counts().articles == 300
    keep.backup(path, to)
    assert [p.name for p in to.parent.iterdir()] == ["copy"]
    shutil.rmtree(to.parent)


def test_a_second_backup_to_the_same_place_makes_the_first_give_up(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "copy"
    whole = backing.copy

    def overtaken(source: object, scratch: Path) -> None:
        whole(source, scratch)
        monkeypatch.setattr(backing, "copy", whole)
        keep.backup(path, to)

    monkeypatch.setattr(backing, "copy", overtaken)
    with pytest.raises(WorkError, match=r"another backup to .* was begun meanwhile|could not be"):
        keep.backup(path, to)
    with Ledger.open(to) as copied:
        assert copied.verify() == []
    assert {found.name for found in tmp_path.iterdir()} >= {"copy", "l"}
    assert not [found for found in tmp_path.iterdir() if ".part" in found.name]
