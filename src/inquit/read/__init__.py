"""Bytes in, Article or Problem out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from inquit.read.csv_table import csv_table
from inquit.read.feed import feed, sitemap
from inquit.read.html import page
from inquit.read.inputs import sources
from inquit.read.jsonl import jsonl
from inquit.read.kinds import Kind, by_answer, by_bytes, by_name
from inquit.read.opening import Opened, Source, opened, opened_bytes
from inquit.read.options import Options, checked
from inquit.read.parquet import parquet
from inquit.read.text import texts
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

if TYPE_CHECKING:
    from inquit.read.fetch import Fetched, Fetcher

__all__ = ["Options", "read", "read_fetched"]

_READERS: dict[Kind, Callable[[Opened, Source, Options], Iterator[Article | Problem]]] = {
    "csv": csv_table,
    "feed": feed,
    "html": page,
    "jsonl": jsonl,
    "parquet": parquet,
    "sitemap": sitemap,
    "text": texts,
}
_DEFAULTS = Options()


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
        yield from _READERS[by_answer(fetched.media, opening.head)](opening, source, options)
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
            kind = by_name(source.name) or by_bytes(opening.head)
            yield from _READERS[kind](opening, source, options)
    except Trouble as trouble:
        yield trouble.problem(source.shown)


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
