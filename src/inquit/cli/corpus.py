"""``inquit corpus``: inputs of any size into Parquet files."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click
import msgspec

from inquit import pipeline
from inquit.cli.inputs import input_options
from inquit.cli.output import for_people, output_options
from inquit.cli.pace import Pace
from inquit.corpus.engines import Engine, Processes
from inquit.corpus.run import Plan, run
from inquit.errors import PROBLEMS
from inquit.processes import cores
from inquit.read import Options
from inquit.show.corpus_report import corpus_report


@click.command(short_help="Read inputs of any size into Parquet files.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option("--out", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes, one a core of this machine unless given.")
@click.option(
    "--engine",
    default="local",
    metavar="NAME",
    help='"local" (this machine), "daft", "ray" or "ray://HOST:PORT" (a cluster; needs inquit[cluster]).',
)
@click.option(
    "--seconds", type=click.FloatRange(min=1), default=120.0, help="How long one page or file may take (120)."
)
@click.option("--private", is_flag=True, help="Ask addresses in private networks, too.")
@input_options
@output_options
@click.option("--strict", is_flag=True, help="Exit with 1 when there was any Problem.")
def corpus(
    inputs: tuple[str, ...],
    *,
    folder: Path,
    workers: int | None,
    engine: str,
    seconds: float,
    private: bool,
    options: Options,
    mode: str | None,
    strict: bool,
) -> int:
    """Read inputs of any size into Parquet files: articles, statements and problems.

    INPUT is what "inquit read" takes, and s3://bucket/key or s3://bucket/prefix/. A run that was stopped goes on when
    the same command is given again. "inquit add LEDGER DIR" takes what was read into a ledger.

    \b
    inquit corpus crawl.warc.gz --out corpus/
    inquit corpus s3://bucket/news/2026/ --out corpus/ --engine ray://head:10001
    inquit add news.db corpus/
    """
    plan = Plan(options=options, seconds=seconds, private=private)
    with _engine(engine, workers) as begun, Pace() as pace:
        report = run(inputs, folder, begun, plan, stdin=sys.stdin.buffer, watch=pace.told)
    _tell_absent(inputs)
    if for_people(mode):
        click.echo(corpus_report(report, folder))
    else:
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    if not report.articles:
        click.echo("inquit: nothing readable in the inputs", err=True)
        return 3
    return 1 if strict and report.problems else 0


def _tell_absent(inputs: Iterable[str]) -> None:
    """Problems of millions of pages are counted only; a name that was mistyped is told."""
    for one in inputs:
        if one != "-" and "://" not in one and not Path(pipeline.place(one)).exists():
            click.echo(f"inquit: {one}: {PROBLEMS['not-found']}", err=True)


def _engine(name: str, workers: int | None) -> AbstractContextManager[Engine]:
    if name == "local":
        return nullcontext(Processes(workers or cores()))
    from inquit.corpus.cluster import cluster  # noqa: PLC0415 - an optional package

    return cluster(name, workers)
