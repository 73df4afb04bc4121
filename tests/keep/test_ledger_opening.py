"""What may be wrong with a ledger's file is said with what to do about it, and nothing is done to the file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from ledger_sample import links, reading

from inquit.errors import UsageError, WorkError
from inquit.keep import Ledger, migrations, opening

HERE = Path(__file__).parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a ledger?#%.inquit"
    with Ledger.create(path) as ledger:
        ledger.keep(reading(1))
    return path


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others may enter, as another user than root where the tests run as root."""
    if os.name != "posix":
        pytest.skip("rights are those of POSIX")
    folder = Path(tempfile.mkdtemp(prefix="ledger"))
    folder.chmod(0o755)
    yield folder
    if os.geteuid() != os.getuid():
        os.seteuid(os.getuid())
    folder.chmod(0o755)
    shutil.rmtree(folder)


def drop_rights() -> None:
    if os.getuid() == 0:
        os.seteuid(65534)


def test_a_closed_ledger_is_one_file(path: Path) -> None:
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_create_opens_what_is_there(path: Path) -> None:
    with Ledger.create(path) as ledger:
        assert ledger.holds(reading(1).article.id)


def test_an_empty_file_counts_as_absent(tmp_path: Path) -> None:
    (tmp_path / "l").touch()
    with pytest.raises(WorkError, match=r"no ledger at .*inquit add"):
        Ledger.open(tmp_path / "l")
    with Ledger.create(tmp_path / "l") as ledger:
        assert ledger.keep(reading(1))


def test_what_a_process_killed_while_making_a_ledger_leaves_counts_as_absent(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "l"))
    connection.pragma("journal_mode", "WAL")
    connection.close()
    assert (tmp_path / "l").stat().st_size
    for write in (False, True):
        with pytest.raises(WorkError, match="no ledger at"):
            Ledger.open(tmp_path / "l", write=write)
    with Ledger.create(tmp_path / "l") as ledger:
        assert ledger.keep(reading(1))


@pytest.mark.parametrize("write", [False, True])
def test_no_ledger_there(tmp_path: Path, write: bool) -> None:
    with pytest.raises(WorkError, match=r"there is no ledger at .*l: name another file"):
        Ledger.open(tmp_path / "l", write=write)
    assert list(tmp_path.iterdir()) == []


def test_no_folder_there_and_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(WorkError, match=r"there is no folder .*none: make it"):
        Ledger.create(tmp_path / "none" / "l")
    for opened in (Ledger.create, Ledger.open):
        for path in (tmp_path, Path(os.devnull)):
            with pytest.raises(WorkError, match="a folder or a device: name a file"):
                opened(path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkError, match="file"):
        Ledger.create(tmp_path / "file" / "l")


@pytest.mark.parametrize("content", [b"x", b"The pier is closed.\n" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    for opened in (Ledger.create, Ledger.open, lambda p: Ledger.open(p, write=True)):
        with pytest.raises(WorkError, match=r"no ledger: name another file|damaged"):
            opened(path)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE article (id)")
    connection.close()
    before = path.read_bytes()
    for opened in (Ledger.create, Ledger.open):
        with pytest.raises(WorkError, match="a database but no ledger: name another file"):
            opened(path)
    assert path.read_bytes() == before


def test_a_ledger_of_a_newer_version_is_refused(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", len(migrations.MIGRATIONS) + 1)
    connection.close()
    for opened in (Ledger.create, Ledger.open):
        with pytest.raises(WorkError, match="newer version of inquit: install"):
            opened(path)


def test_an_older_ledger_is_brought_up_when_it_is_opened_for_writing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, "CREATE TABLE added (x TEXT) STRICT"])
    monkeypatch.setattr(opening, "MIGRATIONS", migrations.MIGRATIONS)
    with pytest.raises(WorkError, match=r"older version of inquit: `inquit add"):
        Ledger.open(path)
    with Ledger.open(path, write=True) as ledger:
        assert ledger._store.rows("SELECT * FROM added") == []
        assert ledger.holds(reading(1).article.id)
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []


def test_a_step_that_fails_leaves_the_ledger_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(
            migrations, "MIGRATIONS", [*migrations.MIGRATIONS, "CREATE TABLE added (x TEXT); SELECT nothing"]
        )
        with pytest.raises(apsw.SQLError):
            Ledger.open(path, write=True)
    with Ledger.open(path, write=True) as ledger:
        assert ledger.verify() == []
        assert ledger._store.rows("SELECT name FROM sqlite_schema WHERE name = 'added'") == []


def test_writing_to_a_ledger_opened_for_reading_is_the_callers_mistake(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for call in (
            lambda: ledger.keep(reading(2)),
            lambda: ledger.forget(reading(1).article.id),
            lambda: ledger.keep_links([], []),
        ):
            with pytest.raises(UsageError, match="write=True"):
                call()


def test_a_reader_sees_what_a_writer_keeps(path: Path) -> None:
    with Ledger.open(path) as reader, Ledger.open(path, write=True) as writer:
        writer.keep(reading(2))
        assert reader.holds(reading(2).article.id)


def test_a_ledger_that_may_only_be_read_is_read_and_not_written(folder: Path) -> None:
    path = folder / "l"
    with Ledger.create(path) as ledger:
        ledger.keep(reading(number) for number in range(20))
        ledger.keep_links(*links(ledger.readings()))
    path.chmod(0o444)
    folder.chmod(0o555)
    drop_rights()
    for opened in (Ledger.create, lambda p: Ledger.open(p, write=True)):
        with pytest.raises(WorkError, match="may not be written: give yourself the right"):
            opened(path)
    with Ledger.open(path) as ledger:
        assert ledger.holds(reading(1).article.id)
        assert len(ledger.search("crane", limit=9)) == 8
        assert ledger.verify() == []
    assert [p.name for p in folder.iterdir()] == ["l"]


def test_a_ledger_may_not_be_made_or_written_in_a_folder_that_may_only_be_read(folder: Path) -> None:
    path = folder / "l"
    with Ledger.create(path) as ledger:
        ledger.keep(reading(1))
    path.chmod(0o666)
    folder.chmod(0o555)
    drop_rights()
    for name in ("l", "new"):
        with pytest.raises(WorkError, match="folder"):
            Ledger.create(folder / name)
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []


def test_a_ledger_that_may_not_be_read_is_said_to_be_so(folder: Path) -> None:
    path = folder / "l"
    Ledger.create(path).close()
    path.chmod(0)
    drop_rights()
    with pytest.raises(WorkError, match="see that you may read"):
        Ledger.open(path)
    if os.getuid() == 0:
        os.seteuid(0)
    folder.chmod(0)
    drop_rights()
    with pytest.raises(WorkError, match="see that you may read"):
        Ledger.open(path)


def test_a_log_that_cannot_be_read_beside_a_read_only_ledger_is_not_passed_over(folder: Path) -> None:
    path, log = folder / "l", folder / "l-wal"
    with Ledger.create(path) as ledger:
        ledger.keep(reading(1))
        left = log.read_bytes()
    log.write_bytes(left)
    log.chmod(0o444)
    path.chmod(0o444)
    folder.chmod(0o555)
    drop_rights()
    with pytest.raises(WorkError, match="was not closed"):
        Ledger.open(path)


def test_two_writers_the_second_waits_and_then_gives_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.2)
    code = (
        "import sys; from inquit.keep import Ledger\n"
        "ledger = Ledger.open(sys.argv[1], write=True)\n"
        "with ledger._store.transaction():\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with Ledger.create(path) as ledger:
            with pytest.raises(WorkError, match="another program is writing"):
                ledger.keep(reading(2))
            assert ledger.holds(reading(1).article.id)
            other.communicate()
            assert ledger.keep(reading(2))
            assert ledger.verify() == []


def test_processes_that_make_the_same_ledger_at_once_all_keep_theirs(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from inquit.keep import Ledger; from ledger_sample import reading\n"
        "sys.stdin.read()\n"
        "with Ledger.create(sys.argv[2]) as ledger: ledger.keep(reading(n) for n in map(int, sys.argv[3:]))\n"
    )
    command = [sys.executable, "-c", code, str(HERE), str(tmp_path / "l")]
    started = [subprocess.Popen([*command, str(n), str(n + 1)], stdin=subprocess.PIPE) for n in range(0, 8, 2)]
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
    assert [process.wait(30) for process in started] == [0] * 4
    with Ledger.open(tmp_path / "l") as ledger:
        assert ledger.counts().articles == 8
        assert ledger.verify() == []
