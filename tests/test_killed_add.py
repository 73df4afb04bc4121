"""``inquit add`` killed at random moments: the ledger stays sound, and the next run completes it.

INQUIT_KILLS=50 is the long form; what the store promises is tested with more kills in tests/keep.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inquit.export import records
from inquit.keep import Ledger
from inquit.records import Claim, Record

ROUNDS = int(os.environ.get("INQUIT_KILLS", "4"))
ADD = [sys.executable, "-m", "inquit", "add"]


def contents(path: Path) -> list[Record]:
    """All records; claims without their ids, which may have been minted from an occurrence that came first."""
    with Ledger.open(path) as ledger:
        return [r.occurrences if isinstance(r, Claim) else r for r in records(ledger)]  # type: ignore[misc]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_a_killed_add_leaves_a_sound_ledger_that_the_next_run_completes(tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    began = time.monotonic()
    subprocess.run([*ADD, whole, "examples"], check=True, capture_output=True)
    usual = time.monotonic() - began
    wanted = contents(whole)
    rng = random.Random(7)
    path = tmp_path / "killed.db"
    for _ in range(ROUNDS):
        child = subprocess.Popen([*ADD, path, "examples"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0, usual))
        child.kill()
        child.wait()
        if path.exists() and path.stat().st_size:
            with Ledger.open(path, write=True) as ledger:
                assert ledger.verify() == []
        if rng.random() < 0.3:
            path.unlink(missing_ok=True)
            for rest in ("-wal", "-shm"):
                path.with_name(path.name + rest).unlink(missing_ok=True)
    subprocess.run([*ADD, path, "examples"], check=True, capture_output=True)
    assert contents(path) == wanted
