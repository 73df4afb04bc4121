"""Inputs that are not on this machine: ``s3://`` and ``https://``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from inquit.read import Options
from inquit.read.apart import Place, fetched_pieces, stream_pieces
from inquit.read.fetch import Fetcher, Line
from inquit.read.kinds import by_name
from inquit.read.opening import Source
from inquit.read.pieces import Piece
from inquit.read.ranged import Ask, asking, ranged
from inquit.read.s3 import Store
from inquit.read.trouble import Trouble
from inquit.records import Problem

_FAR = re.compile(r"(?:s3|https?)://", re.IGNORECASE)
# What is read as it comes, however large it is; anything else at an address is a page or a feed, and fetched whole.
_STREAMED = frozenset({"csv", "jsonl", "mbox", "parquet", "tar", "warc", "zip"})


class FarFile(NamedTuple):
    """A file of a store or server; ``size`` in bytes and ``mark`` of its state where a list of objects tells them."""

    address: str
    size: int = 0
    mark: str = ""

    @property
    def source(self) -> Source:
        """The file as a source of articles, named by the last part of its address."""
        path = unquote(urlsplit(self.address).path) if self.address.lower().startswith("http") else self.address
        return Source(shown=self.address, name=path.rpartition("/")[2] or None, path=None)


def is_far(given: str) -> bool:
    """Whether an input is an address."""
    return _FAR.match(given) is not None


class Far:
    """Stores and servers, asked one after another; ``private``: also those in private networks."""

    def __init__(self, *, private: bool = False) -> None:
        self._line = Line(allowed=lambda _: True) if private else Line()
        self._fetcher = Fetcher(line=self._line)
        # What is asked for twice, once to know how much there is, is to be the same.
        self._listed: dict[str, list[FarFile | Problem]] = {}

    def files(self, given: str) -> Iterator[FarFile | Problem]:
        """The files that an address stands for. Raises UsageError for what is no address of a store."""
        if not given.lower().startswith("s3://"):
            yield FarFile(given)
            return
        if given not in self._listed:
            self._listed[given] = list(self._below(given))
        yield from self._listed[given]

    def _below(self, given: str) -> Iterator[FarFile | Problem]:
        try:
            found = [one for one in Store(self._line).below(given) if _is_meant(one.address, given)]
        except Trouble as trouble:
            yield trouble.problem(given)
            return
        if not found:
            yield Problem(code="not-found", message="there is no such object, and none below it", input=given)
        yield from (FarFile(one.address, one.size, one.mark) for one in found)

    def pieces(self, file: FarFile, options: Options, place: Place) -> Iterator[Piece | Problem]:
        """The pieces of a file, which is read in blocks as they are asked for."""
        try:
            if (ask := self._asking(file)) is None:
                yield from fetched_pieces(file.address, self._fetcher)
                return
            stream, _ = ranged(ask)
        except Trouble as trouble:
            yield trouble.problem(file.address)
            return
        with stream:
            yield from stream_pieces(stream, file.source, options, place)

    def _asking(self, file: FarFile) -> Ask | None:
        """How to ask for its parts; None where it is fetched as pages are."""
        if file.address.lower().startswith("s3://"):
            return Store(self._line).asking(file.address)
        return asking(file.address, self._line) if by_name(file.source.name) in _STREAMED else None


def _is_meant(address: str, given: str) -> bool:
    """Whether an object is the one that was named, or lies below it as in a folder."""
    return address == given or address.startswith(given if given.endswith("/") else given + "/")
