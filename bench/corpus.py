"""What a corpus costs: rate by workers, CPU by stage, memory over its size, the same rows on Ray.

``python -m bench.corpus work --pages 2000 --source PAGES``: PAGES is a folder of web pages (.html, .html.gz), such as
``fundus_pages`` of the shared data; archives are made of them with names and numbers varied, so that no two are alike.
``python -m bench.corpus memory``: invented pages and a stub for the work, from 2,000 to 200,000 records.
Every run is a process of its own; it shares the machine with whatever else there is, so CPU is given beside the clock.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from inquit.corpus.engines import Processes
from inquit.corpus.run import Plan, run

ENGLISH = ("au", "ca", "ie", "nz", "uk", "us")
_BETWEEN = re.compile(r">[^<>]{20,}<")
_VARIED = re.compile(r"\b\d{1,6}\b|\b[A-Z][a-z]{3,}\b")
_NAMES = [
    f"{first}{last}"
    for first in ("Ar", "Bel", "Cor", "Dun", "El", "Far", "Gor", "Hal")
    for last in ("ben", "dale", "ford", "ham", "lin", "more", "ness", "rick", "stad", "ton", "vale", "wick")
]


def varied(markup: str, rng: random.Random) -> str:
    """The page with numbers, and one capitalised word in three, put for others; the same for the same word."""
    chosen: dict[str, str] = {}

    def another(found: re.Match[str]) -> str:
        word = found[0]
        if word not in chosen:
            kept = not word.isdigit() and rng.random() > 1 / 3
            chosen[word] = (
                word if kept else str(rng.randrange(10 ** len(word))) if word.isdigit() else rng.choice(_NAMES)
            )
        return chosen[word]

    return _BETWEEN.sub(lambda part: _VARIED.sub(another, part[0]), markup)


def pages(source: Path, count: int) -> Iterator[str]:
    """Pages of the folder over and over, varied, the same in every run; of fundus those of English outlets."""
    paths = sorted(path for path in source.rglob("*.htm*") if path.is_file())
    english = [path for path in paths if path.parent.name in ENGLISH] or paths
    for number in range(count):
        data = english[number % len(english)].read_bytes()
        markup = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8", "replace")
        yield varied(markup, random.Random(number))


def short_pages(count: int) -> Iterator[str]:
    """Invented pages of some 2,000 characters."""
    for number in range(count):
        said = f"“Gate {number} stays shut,” said Ana Duarte of the harbour of Ellin. " * 24
        yield f"<html><body><h1>Gate {number}</h1><p>{said}</p></body></html>"


def archived(path: Path, markups: Iterator[str]) -> Path:
    """A web archive of the pages."""
    http = [("Content-Type", "text/html; charset=utf-8")]
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, markup in enumerate(markups):
            headers = StatusAndHeaders("200 OK", http, protocol="HTTP/1.1")
            address = f"https://harbourpost.example/{number}"
            payload = io.BytesIO(markup.encode())
            writer.write_record(writer.create_warc_record(address, "response", payload=payload, http_headers=headers))
    return path


def one(args: argparse.Namespace) -> None:
    """A run, told as a line of JSON: the report, the CPU of the process that collects, peaks in MB."""
    if args.engine == "local":
        engine: Any = nullcontext(Processes(args.workers))
    else:
        from inquit.corpus.cluster import cluster  # noqa: PLC0415 - an optional package

        engine = cluster(args.engine, args.workers)
    with engine as begun:
        before = time.process_time()
        report = run([args.path], Path(args.out), begun, Plan(task=args.task))
    own = time.process_time() - before
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({
        "articles": report.articles, "words": report.words, "statements": report.statements,
        "problems": sum(report.problems.values()), "seconds": report.run_seconds, "stages": report.cpu_seconds,
        "own_cpu": own, "workers_cpu": children.ru_utime + children.ru_stime, "own_mb": peaks[0], "worker_mb": peaks[1],
    }))  # fmt: skip


def measured(path: Path, out: Path, *, engine: str = "local", workers: int = 1, task: str = Plan().task) -> Any:  # noqa: ANN401 - JSON
    """A run in a process of its own."""
    shutil.rmtree(out, ignore_errors=True)
    words = ["one", str(path), str(out), "--engine", engine, "--workers", str(workers), "--task", task]
    done = subprocess.run([sys.executable, "-m", "bench.corpus", *words], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def work(args: argparse.Namespace) -> None:
    """Rates with one worker and two, by turns; CPU by stage; the rows of another engine."""
    with tempfile.TemporaryDirectory(dir=args.scratch) as scratch:
        path = archived(Path(scratch) / "pages.warc.gz", pages(args.source, args.pages))
        print(f"{args.pages} pages, {path.stat().st_size / 2**20:.1f} MB", flush=True)
        found: dict[int, list[Any]] = {workers: [] for workers in args.workers}
        for _ in range(args.rounds):
            for workers in args.workers:
                told = measured(path, Path(scratch) / f"by{workers}", workers=workers)
                found[workers].append(told)
                print(workers, json.dumps(told), flush=True)
        for workers, runs in found.items():
            _tell(workers, runs)
        if args.engine != "local":
            told = measured(path, Path(scratch) / "far", engine=args.engine, workers=args.workers[-1])
            print(args.engine, json.dumps(told))
            same = rows(Path(scratch) / "far") == rows(Path(scratch) / f"by{args.workers[0]}")
            print(f"the same rows on {args.engine}: {same}")


def rows(folder: Path) -> list[str]:
    """All rows of a corpus as text, in order."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - optional

    return sorted(
        f"{path.parent.name} {row}" for path in folder.glob("*/*.parquet") for row in pq.read_table(path).to_pylist()
    )


def _tell(workers: int, runs: list[Any]) -> None:
    def median(of: Callable[[Any], float]) -> float:
        return statistics.median(of(told) / told["articles"] for told in runs)

    rate = statistics.median(told["articles"] / told["seconds"] for told in runs)
    own, theirs = 1000 * median(lambda told: told["own_cpu"]), 1000 * median(lambda told: told["workers_cpu"])
    print(f"{workers} workers: {rate:.2f} articles/s; CPU ms an article: {own:.1f} collecting, {theirs:.1f} in workers")
    words = runs[0]["words"] / runs[0]["articles"]
    for stage in runs[0]["stages"]:
        spent = median(lambda told: told["stages"][stage])  # noqa: B023 - called at once
        print(f"  {stage}: {1000 * spent:.1f} ms an article, {words / spent:,.0f} words a CPU second")


def memory(args: argparse.Namespace) -> None:
    """Peaks over the number of records, with a stub for the work."""
    with tempfile.TemporaryDirectory(dir=args.scratch) as scratch:
        for count in args.records:
            path = archived(Path(scratch) / "pages.warc.gz", short_pages(count))
            told = measured(path, Path(scratch) / "out", workers=2, task="bench.corpus_tasks:stub")
            print(
                f"{count:7} records: {told['articles']} articles, {told['seconds']:.0f} s, {told['own_cpu']:.0f} CPU s"
                f" collecting; peak MB {told['own_mb']:.0f} collecting, {told['worker_mb']:.0f} a worker",
                flush=True,
            )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scratch", type=Path)
    verbs = parser.add_subparsers(required=True)
    rate = verbs.add_parser("work")
    rate.add_argument("--pages", type=int, default=2000)
    rate.add_argument("--rounds", type=int, default=3)
    rate.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    rate.add_argument("--source", type=Path, required=True)
    rate.add_argument("--engine", default="local")
    rate.set_defaults(verb=work)
    peak = verbs.add_parser("memory")
    peak.add_argument("--records", type=int, nargs="+", default=[2000, 20_000, 200_000])
    peak.set_defaults(verb=memory)
    single = verbs.add_parser("one")
    single.add_argument("path")
    single.add_argument("out")
    single.add_argument("--engine")
    single.add_argument("--workers", type=int)
    single.add_argument("--task")
    single.set_defaults(verb=one)
    args = parser.parse_args()
    args.verb(args)


if __name__ == "__main__":
    main()
