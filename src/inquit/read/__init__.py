"""Bytes in, Article or Problem out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from inquit.read.dispatch import opened_read, source_read
from inquit.read.inputs import sources
from inquit.read.kinds import by_answer
from inquit.read.opening import Source, opened_bytes
from inquit.read.options import Options, checked
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

if TYPE_CHECKING:
    from inquit.read.fetch import Fetched, Fetcher

__all__ = ["Options", "read", "read_fetched"]


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
        yield from opened_read(opening, source, options, by_answer(fetched.media, opening.head))
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
                yield from source_read(source, options, stdin)


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
