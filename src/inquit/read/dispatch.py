"""Which reader reads an input: by the kind that it is, archives of files part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from inquit.read.archive import tar
from inquit.read.brat import brat
from inquit.read.csv_table import csv_table
from inquit.read.feed import feed, sitemap
from inquit.read.html import page
from inquit.read.json_items import json_items
from inquit.read.jsonl import jsonl
from inquit.read.kinds import Kind, kind_of
from inquit.read.mail import mail
from inquit.read.mbox import mbox
from inquit.read.newsml import newsml
from inquit.read.opening import Opened, Source, opened, opened_member
from inquit.read.options import Options
from inquit.read.parquet import parquet
from inquit.read.pdf import pdf
from inquit.read.plugged import plugged, read_by_plugin
from inquit.read.text import texts
from inquit.read.trouble import Trouble
from inquit.read.zipped import zipped
from inquit.records import Article, Problem


def _warc(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    from inquit.read.warc import warc  # noqa: PLC0415 - a tenth of a second, for those who have web archives

    return warc(opening, source, options)


READERS: dict[Kind, Callable[[Opened, Source, Options], Iterator[Article | Problem]]] = {
    "brat": brat,
    "csv": csv_table,
    "feed": feed,
    "html": page,
    "json": json_items,
    "jsonl": jsonl,
    "mail": mail,
    "mbox": mbox,
    "newsml": newsml,
    "parquet": parquet,
    "pdf": pdf,
    "sitemap": sitemap,
    "text": texts,
    "warc": _warc,
}
"""The reader of each kind but archives of files."""

DEEPEST = 1
"""Archives may stand in an archive, but no further."""


def source_read(source: Source, options: Options, stdin: BinaryIO | None) -> Iterator[Article | Problem]:
    """What a file or standard input holds; its trouble is a Problem."""
    try:
        with opened(source, stdin) as opening:
            yield from named_read(opening, source, options)
    except Trouble as trouble:
        yield trouble.problem(source.shown)


def named_read(opening: Opened, source: Source, options: Options, depth: int = 0) -> Iterator[Article | Problem]:
    """What is open, by its name, else by its first bytes; ``depth`` archives are around it. Raises Trouble."""
    if (plugin := plugged(source.name)) is not None:
        yield from read_by_plugin(plugin, opening, source, options)
    else:
        yield from opened_read(opening, source, options, kind_of(source.name, opening.head), depth)


def opened_read(
    opening: Opened, source: Source, options: Options, kind: Kind, depth: int = 0
) -> Iterator[Article | Problem]:
    """What is open, which is of that kind. Raises Trouble."""
    if kind not in {"tar", "zip"}:
        yield from READERS[kind](opening, source, options)
        return
    if depth > DEEPEST:
        raise Trouble("kind", "an archive in an archive that is in one itself: unpack it first")
    inner = partial(_member_read, options=options, depth=depth + 1)
    yield from tar(opening, source, inner) if kind == "tar" else zipped(opening, source, options, inner)


def _member_read(stream: BinaryIO, source: Source, *, options: Options, depth: int) -> Iterator[Article | Problem]:
    yield from named_read(opened_member(stream, source), source, options, depth)
