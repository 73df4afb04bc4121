"""JSON over several lines: an array of objects, or objects one after another, each taken from the stream by itself."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from inquit.read.json_news import as_rows
from inquit.read.jsonl import object_row
from inquit.read.opening import Opened, Source
from inquit.read.options import Options
from inquit.read.table import Row, rows_read
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

_CHUNK = 1 << 16
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\],]', re.DOTALL)
_OPENING, _CLOSING = (b"{", b"["), (b"}", b"]")


def json_items(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """Articles of the objects; raises Trouble of code empty, broken or too-large."""
    if not opening.head.strip():
        raise Trouble("empty", "there is nothing in it")
    yield from rows_read(as_rows(_rows(opening, source, options), source), source, options)


def _rows(opening: Opened, source: Source, options: Options) -> Iterator[Row | Problem]:
    try:
        for number, item in enumerate(_elements(opening.stream, options.max_bytes), 1):
            yield object_row(number, item.removeprefix(codecs.BOM_UTF8), source)
    except Trouble as trouble:
        yield trouble.problem(source.shown)


class _Depth:
    """How deep in the JSON the reading is; ``over`` behind the end of an array."""

    def __init__(self) -> None:
        self._depth = 0
        self.in_array: bool | None = None
        self.over = False

    def parts(self, mark: bytes) -> bool:
        """Tell whether an element ends with the mark, or the array begins."""
        self._depth += (mark in _OPENING) - (mark in _CLOSING)
        if self.in_array is None:
            self.in_array = mark == b"["
            return self.in_array
        if not self.in_array:
            return self._depth <= 0 and mark in _CLOSING
        self.over = self._depth == 0
        return self.over or (self._depth == 1 and mark == b",")


def _elements(stream: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """The bytes of each element of an array, or of objects one after another.

    Raises Trouble of code broken where the last of them does not end, and too-large for one beyond ``max_bytes``.
    """
    buffer = b""
    at = first = 0
    depth = _Depth()
    # Reading as much again as is at hand, a long element is gone through twice at most.
    while more := stream.read(max(_CHUNK, len(buffer) - first)):
        buffer, at, first = buffer[first:] + more, at - first, 0
        for token in _TOKEN.finditer(buffer, at):
            if token[0] == b'"':
                # A string that goes on beyond the bytes at hand.
                at = token.start()
                break
            at = token.end()
            if depth.parts(token[0]):
                element = buffer[first : token.start() if depth.in_array else at].strip()
                if element and element != codecs.BOM_UTF8:
                    yield element
                first = at
                if depth.over:
                    return
        if len(buffer) - first > max_bytes:
            raise Trouble("too-large", f"an element is longer than {max_bytes} bytes")
    if depth.in_array or buffer[first:].strip():
        raise Trouble("broken", "the JSON ends early; what came before was read")
