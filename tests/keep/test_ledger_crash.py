"""What was acknowledged is kept, whatever happens to the process or the disk."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_sample import links, reading

from inquit.errors import WorkError
from inquit.keep import Ledger

CHILD = Path(__file__).with_name("keeps_readings.py")
ROUNDS = 50
COUNT = 400


def killed(path: Path, after: float, *, wait: bool) -> set[str]:
    """Ids that a process acknowledged before it was killed, ``after`` seconds after its start or its first one."""
    command = [sys.executable, str(CHILD), str(path), str(COUNT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        first = child.stdout.readline() if wait else ""
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        lines = (first + child.stdout.read()).split("\n")
    return set(lines[:-1])


def content(ledger: Ledger) -> list[object]:
    return [list(each()) for each in (ledger.readings, ledger.copies, ledger.claims, ledger.problems, ledger.sources)]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of this system")
def test_a_process_that_is_killed_fifty_times_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path, chance, acknowledged = tmp_path / "l", random.Random(11), set[str]()
    for number in range(ROUNDS):
        wait = number % 4 > 0
        acknowledged |= killed(path, chance.uniform(0, 0.05 if wait else 0.3), wait=wait)
        with Ledger.create(path) as ledger:
            assert ledger.verify() == []
            held = {article.id for article in ledger.articles()}
            assert acknowledged <= held
            linked = {o.article for claim in ledger.claims() for o in claim.occurrences}
            assert linked <= held
    assert len(acknowledged) > ROUNDS
    command = [sys.executable, str(CHILD)]
    for target in (path, tmp_path / "undisturbed"):
        subprocess.run([*command, str(target), str(COUNT)], check=True, stdout=subprocess.DEVNULL)
    with Ledger.open(path) as ledger, Ledger.open(tmp_path / "undisturbed") as undisturbed:
        assert ledger.counts() == undisturbed.counts()
        assert content(ledger) == content(undisturbed)
        assert not ledger.links_due()
        assert ledger.verify() == []


def test_links_are_due_when_a_process_died_between_keeping_and_linking(tmp_path: Path) -> None:
    code = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from inquit.keep import Ledger; from ledger_sample import reading\n"
        "Ledger.create(sys.argv[2]).keep(reading(1)); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(CHILD.parent), str(tmp_path / "l")], check=False)
    with Ledger.open(tmp_path / "l") as ledger:
        assert ledger.counts().articles == 1
        assert ledger.links_due()


def interrupted(ledger: Ledger) -> None:
    ledger._store.rows("UPDATE state SET revision = 7")
    raise KeyboardInterrupt


def test_an_interruption_within_a_transaction_keeps_nothing_of_it(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        with pytest.raises(KeyboardInterrupt), ledger._store.transaction():
            interrupted(ledger)
        assert ledger.revision() == 0
        assert ledger.keep(reading(1))


def test_a_full_ledger_says_so_and_stays_sound(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(reading(number) for number in range(20))
        ledger.keep_links(*links(ledger.readings()))
        before = content(ledger)
        (pages,) = ledger._store.rows("PRAGMA page_count")
        ledger._store.rows(f"PRAGMA max_page_count = {pages[0] + 3}")
        with pytest.raises(WorkError, match=r"the disk is full .*free space and run the same command again"):
            ledger.keep(reading(number) for number in range(20, 500))
        held = ledger.counts().articles
        assert 20 <= held < 500
        assert ledger.verify() == []
        assert [r for r in ledger.readings() if r in before[0]] == before[0]
        ledger._store.rows("PRAGMA max_page_count = 1000000")
        assert ledger.keep(reading(number) for number in range(500)) == 500 - held
        assert ledger.verify() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.name != "posix" or os.getuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small file system can be mounted by root only")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(ledger: Ledger, kept: list[str]) -> None:
    for number in range(2000):
        ledger.keep(reading(number))
        kept.append(reading(number).article.id)


def test_a_full_disk_says_so_and_what_was_kept_stays(small_disk: Path) -> None:
    path = small_disk / "l"
    (small_disk / "ballast").write_bytes(b"x" * 200_000)
    kept: list[str] = []
    with Ledger.create(path) as ledger, pytest.raises(WorkError, match="the disk is full"):
        fill(ledger, kept)
    assert kept
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []
        assert all(map(ledger.holds, kept))
    (small_disk / "ballast").unlink()
    with Ledger.create(path) as ledger:
        assert ledger.keep(reading(len(kept) + 1))
        assert ledger.verify() == []


def test_a_disk_that_is_full_from_the_start_says_so(small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        (small_disk / "ballast").write_bytes(b"x" * 2_000_000)
    with pytest.raises(WorkError, match=r"the disk is full|see to the disk"):
        Ledger.create(small_disk / "l")
    (small_disk / "ballast").unlink()
    with Ledger.create(small_disk / "l") as ledger:
        assert ledger.keep(reading(1))
