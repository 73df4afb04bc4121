"""What a web archive costs over its pages, and whether its size shows in memory; its pages are invented here.

``python -m bench.archives --pages 2000``: every measurement in a new process, in CPU seconds and MB at the peak.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from inquit.read import Options, html, read
from inquit.read.opening import Source, opened_bytes
from inquit.records import Article

_NAMES = ("Ana Duarte", "Lena Roth", "Max Field", "a harbour official", "the council of Lakeford", "the ministry")
_VERBS = ("said", "denied", "claimed", "warned", "told the Harbour Post", "confirmed")
_THINGS = ("the gate stays shut", "the ferries are late", "the bridge is safe", "nobody was asked", "the money is gone")
_WARM_UP = 5


def pages(count: int) -> Iterator[str]:
    """Pages without end to them, of 20 to 40 paragraphs of invented text each, the same ones in every run."""
    rng = random.Random(1)
    for number in range(count):
        paragraphs = "".join(
            f"<p>{' '.join(_sentence(rng) for _ in range(rng.randint(2, 5)))}</p>" for _ in range(rng.randint(20, 40))
        )
        links = "".join(f"<li><a href='/{n}'>Part {n}</a></li>" for n in range(60))
        yield (
            f"<!DOCTYPE html><html><head><title>Report {number} | Harbour Post</title><meta property="
            f"'article:published_time' content='2026-03-02T10:00:00Z'></head><body><nav><ul>{links}</ul></nav><article>"
            f"<h1>Report {number}</h1>{paragraphs}</article><footer>All rights reserved</footer></body></html>"
        )


def _sentence(rng: random.Random) -> str:
    who, does, what = (rng.choice(words) for words in (_NAMES, _VERBS, _THINGS))
    return f"In a letter of {rng.randint(1, 30)} March {who} {does} that {what}."


def _written(path: Path, count: int) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, markup in enumerate(pages(count)):
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            address = f"https://harbourpost.example/{number}"
            payload = io.BytesIO(markup.encode())
            writer.write_record(writer.create_warc_record(address, "response", payload=payload, http_headers=http))


def _reader_alone(count: int) -> int:
    found = 0
    for number, markup in enumerate(pages(count)):
        source = Source("page", f"https://harbourpost.example/{number}", None, f"https://harbourpost.example/{number}")
        found += sum(
            isinstance(r, Article) for r in html.page(opened_bytes(markup.encode(), source, None), source, Options())
        )
    return found


def _archive(path: Path) -> int:
    return sum(isinstance(record, Article) for record in read([str(path)]))


def _without_reader(path: Path) -> int:
    seen = [0]

    def counted(*_: object) -> Iterator[Article]:
        seen[0] += 1
        return iter(())

    with patch.object(import_module("inquit.read.warc"), "page", counted):
        list(read([str(path)]))
    return seen[0]


def _measured(run: Callable[[], int]) -> tuple[int, float, float]:
    _reader_alone(_WARM_UP)
    start = time.process_time()
    found = run()
    return found, time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Write the archives, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    count = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.warc.gz", Path(folder) / "large.warc.gz"
        _written(small, max(count // 10, 1))
        _written(large, count)
        runs: dict[str, Callable[[], int]] = {
            "the HTML reader alone": partial(_reader_alone, count),
            "the archive": partial(_archive, large),
            "a tenth of it": partial(_archive, small),
            "the archive, its pages not read": partial(_without_reader, large),
        }
        for name, run in runs.items():
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                found, seconds, peak = pool.submit(_measured, run).result()
            print(f"{name:32} {found:6} pages {seconds:8.2f} s {found / seconds:8.1f} pages/s {peak:6.0f} MB")


if __name__ == "__main__":
    main()
