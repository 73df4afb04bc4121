"""Bytes in, Article or Problem out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from inquit.read.archive import tar
from inquit.read.brat import brat
from inquit.read.csv_table import csv_table
from inquit.read.feed import feed, sitemap
from inquit.read.html import page
from inquit.read.inputs import sources
from inquit.read.json_items import json_items
from inquit.read.jsonl import jsonl
from inquit.read.kinds import Kind, by_answer, kind_of
from inquit.read.mail import mail
from inquit.read.mbox import mbox
from inquit.read.newsml import newsml
from inquit.read.opening import Opened, Source, opened, opened_bytes, opened_member
from inquit.read.options import Options, checked
from inquit.read.parquet import parquet
from inquit.read.pdf import pdf
from inquit.read.plugged import plugged, read_by_plugin
from inquit.read.text import texts
from inquit.read.trouble import Trouble
from inquit.read.zipped import zipped
from inquit.records import Article, Problem

if TYPE_CHECKING:
    from inquit.read.fetch import Fetched, Fetcher

__all__ = ["Options", "read", "read_fetched"]


def _warc(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    from inquit.read.warc import warc  # noqa: PLC0415 - a tenth of a second, for those who have web archives

    return warc(opening, source, options)


_READERS: dict[Kind, Callable[[Opened, Source, Options], Iterator[Article | Problem]]] = {
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
_DEFAULTS = Options()
# Archives may stand in an archive, but no further.
_DEEPEST = 1


def read(
    inputs: Iterable[str],
    options: Options = _DEFAULTS,
    *,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Article | Problem]:
    """Articles and Problems of files, folders, addresses and ``-`` (``stdin``), lazily and in the order given.

    An Article comes before its Problems, which name it. Bad data is never raised, it is a Problem; UsageError is raised
    at once where ``options`` cannot be meant. ``fetcher``: for addresses, else one with the usual manners.
    """
    return _read(inputs, checked(options), stdin, fetcher)


def read_fetched(fetched: Fetched, options: Options = _DEFAULTS) -> Iterator[Article | Problem]:
    """Articles and Problems of what an address gave; none where it has not changed."""
    source = Source(shown=fetched.asked, name=fetched.address, path=None, address=fetched.address)
    if fetched.body is None:
        return
    try:
        opening = opened_bytes(fetched.body, source, fetched.charset)
        yield from _opened_read(opening, source, options, by_answer(fetched.media, opening.head))
    except Trouble as trouble:
        yield trouble.problem(source.shown)


def _read(
    inputs: Iterable[str], options: Options, stdin: BinaryIO | None, fetcher: Fetcher | None
) -> Iterator[Article | Problem]:
    for given in inputs:
        for source in sources(given):
            if isinstance(source, Problem):
                yield source
            elif source.address is not None:
                fetcher = fetcher or _fetcher()
                yield from _address_read(source.address, options, fetcher)
            else:
                yield from _source_read(source, options, stdin)


def _source_read(source: Source, options: Options, stdin: BinaryIO | None) -> Iterator[Article | Problem]:
    try:
        with opened(source, stdin) as opening:
            yield from _named_read(opening, source, options)
    except Trouble as trouble:
        yield trouble.problem(source.shown)


def _named_read(opening: Opened, source: Source, options: Options, depth: int = 0) -> Iterator[Article | Problem]:
    if (plugin := plugged(source.name)) is not None:
        yield from read_by_plugin(plugin, opening, source, options)
    else:
        yield from _opened_read(opening, source, options, kind_of(source.name, opening.head), depth)


def _opened_read(
    opening: Opened, source: Source, options: Options, kind: Kind, depth: int = 0
) -> Iterator[Article | Problem]:
    if kind not in {"tar", "zip"}:
        yield from _READERS[kind](opening, source, options)
        return
    if depth > _DEEPEST:
        raise Trouble("kind", "an archive in an archive that is in one itself: unpack it first")
    inner = partial(_member_read, options=options, depth=depth + 1)
    yield from tar(opening, source, inner) if kind == "tar" else zipped(opening, source, options, inner)


def _member_read(stream: BinaryIO, source: Source, *, options: Options, depth: int) -> Iterator[Article | Problem]:
    yield from _named_read(opened_member(stream, source), source, options, depth)


def _address_read(address: str, options: Options, fetcher: Fetcher) -> Iterator[Article | Problem]:
    try:
        fetched = fetcher.fetch(address)
    except Trouble as trouble:
        yield trouble.problem(address)
        return
    yield from read_fetched(fetched, options)


def _fetcher() -> Fetcher:
    from inquit.read.fetch import Fetcher  # noqa: PLC0415 - a third of a second, for those who name addresses

    return Fetcher()
