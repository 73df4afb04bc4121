"""A run, or its workers, killed at random moments: nothing is lost, nothing is there twice.

INQUIT_KILLS=50 is the long form.
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
from pages_archived import HERE, ids, page, rows, table, warc

from inquit.corpus.engines import Processes
from inquit.corpus.run import Plan, run

ROUNDS = int(os.environ.get("INQUIT_KILLS", "5"))
RUN = """
import sys
from pathlib import Path
from inquit.corpus.engines import Processes
from inquit.corpus.run import Plan, run
run(sys.argv[2:], Path(sys.argv[1]), Processes(2), Plan(task="tasks:slow", commit=0.1))
"""

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds workers in /proc")


def workers_of(parent: int) -> list[int]:
    """The processes that a process has begun."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == parent:
            found.append(int(path.parent.name))
    return found


@pytest.fixture
def inputs(tmp_path):
    damaged = warc(tmp_path / "damaged.warc", [page(n) for n in range(60)])
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40] = b"x" * 40
    damaged.write_bytes(data)
    crawl = warc(tmp_path / "crawl.warc.gz", [page(n) for n in range(100, 220)])
    texts = table(tmp_path / "texts.jsonl", [f"Row {n}." for n in range(200)])
    return [str(damaged), str(crawl), str(texts), str(tmp_path / "absent.txt")]


def contents(folder: Path) -> tuple[list[str], list[str]]:
    return ids(folder), sorted(f"{row['code']} {row['input']}" for row in rows(folder, "problems"))


def parts(folder: Path) -> int:
    return len(list((folder / "articles").glob("*.parquet")))


def test_a_run_killed_at_random_moments_loses_and_repeats_nothing(collect, inputs, tmp_path):
    whole, report = collect(*inputs, name="whole")
    rng = random.Random(11)
    killed = tmp_path / "killed"
    for _ in range(ROUNDS):
        begun = subprocess.Popen([sys.executable, "-c", RUN, killed, *inputs], cwd=HERE)
        wanted = parts(killed) + rng.randint(0, 2)
        while begun.poll() is None and parts(killed) < wanted:
            time.sleep(0.01)
        time.sleep(rng.uniform(0, 0.5))
        begun.kill()
        begun.wait()
        if parts(killed):
            assert len(ids(killed)) == len(set(ids(killed)))
    subprocess.run([sys.executable, "-c", RUN, killed, *inputs], check=True, cwd=HERE)
    assert contents(killed) == contents(whole)
    assert len(ids(killed)) == report.articles
    assert not list(killed.rglob("*.part"))


def test_workers_killed_at_random_moments_lose_and_repeat_nothing(collect, inputs, tmp_path):
    whole, _ = collect(*inputs, name="whole")
    rng = random.Random(12)

    def kill(*_):
        """After some batches; by the clock, a busy machine would see none begin."""
        if rng.random() < 0.4 and (found := workers_of(os.getpid())):
            os.kill(rng.choice(found), signal.SIGKILL)

    plan = Plan(task="tasks:slow")
    report = run(inputs, tmp_path / "killed", Processes(2), plan, watch=kill)
    assert contents(tmp_path / "killed") == contents(whole)
    assert report.workers_ended > 0


def test_workers_end_with_the_run_that_began_them(inputs, tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", RUN, tmp_path / "killed", *inputs], cwd=HERE)
    until = time.monotonic() + 60
    while not (begun := workers_of(parent.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    assert begun
    while any(Path(f"/proc/{one}").exists() for one in begun) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [one for one in begun if Path(f"/proc/{one}").exists()]
