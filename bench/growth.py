"""``python -m bench.growth [--seed LEDGER.jsonl] [--to 1000000]``: how the time of linking grows with a ledger.

For each size a ledger is filled with varied articles (``bench.growing``), which is not timed; then vectors and what
else is made once for each article are timed apart from the linking; then one article is added.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.growing import seed, varied
from inquit import pipeline
from inquit.keep import Ledger
from inquit.records import Reading

_FROM = 10_000
_HEAD = "statements articles  claims | vectors s | link s  cpu s  step | peak MB | add: median, most | disk MB"
_KEPT = 30  # articles of one transaction
_ADDED = 11  # articles that are added one by one


class Grown(NamedTuple):
    """Seconds of wall clock and of CPU, and the peak of memory, at one size."""

    statements: int
    articles: int
    claims: int
    vectors: float
    linking: float
    cpu: float
    megabytes: float
    adding: list[float]
    disk: float


def grown(path: Path, readings: Iterator[Reading], statements: int, workers: int | None = None) -> Grown:
    """Fill a ledger with so many statements, link it from nothing, then add to it."""
    with Ledger.create(path) as ledger:
        held = 0
        while held < statements:
            some = list(islice(readings, _KEPT))
            held += sum(len(reading.statements) for reading in some)
            ledger.keep(some)
        began = time.perf_counter()
        pipeline.prepare(ledger)
        made, cpu = time.perf_counter(), _cpu()
        pipeline.link(ledger, workers=workers)
        linked, used = time.perf_counter(), _cpu() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        adding = sorted(_added(ledger, next(readings)) for _ in range(_ADDED))
        count = ledger.counts()
    size = path.stat().st_size / 1e6
    return Grown(count.statements, count.articles, count.claims, made - began, linked - made, used, peak, adding, size)


def _cpu() -> float:
    """Seconds of this process and of those that it has begun and that have ended."""
    return sum(os.times()[:4])


def _added(ledger: Ledger, reading: Reading) -> float:
    """CPU seconds of linking one article more: others may work on the machine."""
    ledger.keep(reading)
    began = time.process_time()
    pipeline.link(ledger)
    return time.process_time() - began


def main() -> None:
    """Print a line for each size, from 10,000 statements to ``--to`` in steps of ten."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=Path, help="what `inquit export LEDGER --to jsonl` wrote; else the story")
    parser.add_argument("--from", type=int, default=_FROM, dest="least")
    parser.add_argument("--to", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where the ledgers are made")
    parser.add_argument("--workers", type=int, help="processes that link; one a core unless given")
    given = parser.parse_args()
    first = seed(given.seed)
    print(_HEAD, flush=True)
    size, before = given.least, 0.0
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        while size <= given.to:
            found = grown(Path(folder) / f"{size}.db", varied(first), size, given.workers)
            step = f"{found.cpu / before:5.1f}" if before else "     "
            print(
                f"{found.statements:10} {found.articles:8} {found.claims:7} | {found.vectors:9.1f} |"
                f" {found.linking:6.1f} {found.cpu:6.1f} {step} | {found.megabytes:7.0f} |"
                f" {median(found.adding):11.2f}, {found.adding[-1]:4.2f} | {found.disk:7.0f}",
                flush=True,
            )
            size, before = size * 10, found.cpu


if __name__ == "__main__":
    main()
