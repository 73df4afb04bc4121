"""Bytes in, Article or Problem out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from inquit.read.csv_table import csv_table
from inquit.read.html import page
from inquit.read.inputs import sources
from inquit.read.jsonl import jsonl
from inquit.read.kinds import Kind, by_bytes, by_name
from inquit.read.opening import Opened, Source, opened
from inquit.read.options import Options, checked
from inquit.read.parquet import parquet
from inquit.read.text import texts
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

__all__ = ["Options", "read"]

_READERS: dict[Kind, Callable[[Opened, Source, Options], Iterator[Article | Problem]]] = {
    "csv": csv_table,
    "html": page,
    "jsonl": jsonl,
    "parquet": parquet,
    "text": texts,
}
_DEFAULTS = Options()


def read(
    inputs: Iterable[str], options: Options = _DEFAULTS, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Problem]:
    """Articles and Problems of files, folders and ``-`` (``stdin``), lazily and in the order given.

    An Article comes before its Problems, which name it. Bad data is never raised, it is a Problem; UsageError is raised
    at once where ``options`` cannot be meant.
    """
    return _read(inputs, checked(options), stdin)


def _read(inputs: Iterable[str], options: Options, stdin: BinaryIO | None) -> Iterator[Article | Problem]:
    for given in inputs:
        for source in sources(given):
            if isinstance(source, Problem):
                yield source
            else:
                yield from _source_read(source, options, stdin)


def _source_read(source: Source, options: Options, stdin: BinaryIO | None) -> Iterator[Article | Problem]:
    try:
        with opened(source, stdin) as opening:
            kind = by_name(source.name) or by_bytes(opening.head)
            yield from _READERS[kind](opening, source, options)
    except Trouble as trouble:
        yield trouble.problem(source.shown)
