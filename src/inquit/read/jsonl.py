"""JSON lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO, TypeAlias

import msgspec

from inquit.read.json_news import as_rows
from inquit.read.opening import Opened, Source
from inquit.read.options import Options
from inquit.read.table import Row, row_problem, rows_read
from inquit.read.text import guessed
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

Line: TypeAlias = tuple[int, bytes]

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def jsonl(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """Articles of a file of JSON lines, read one line at a time."""
    yield from rows_read(as_rows(_rows(opening, source, options), source), source, options)


def lines(opening: Opened, source: Source, options: Options) -> Iterator[Line | Problem]:
    """The lines with their numbers from 1, without a byte-order mark; a line beyond ``max_bytes`` is a Problem.

    Raises Trouble of code too-large where a compressed file's line is that long, for what follows has no bound.
    """
    if opening.head.startswith(_UTF16):
        raise Trouble("decoding", "the table is in UTF-16: save it as UTF-8")
    if not opening.head.strip():
        raise Trouble("empty", "there is nothing in the table")
    number = 0
    while line := opening.stream.readline(options.max_bytes + 1):
        number += 1
        if len(line) > options.max_bytes:
            if opening.packed:
                raise Trouble("too-large", f"line {number} is longer than {options.max_bytes} bytes")
            _skip_line(opening.stream)
            yield row_problem(number, f"longer than {options.max_bytes} bytes", source, "too-large")
            continue
        yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _skip_line(stream: BinaryIO) -> None:
    while (part := stream.readline(1 << 20)) and not part.endswith(b"\n"):
        pass


def _rows(opening: Opened, source: Source, options: Options) -> Iterator[Row | Problem]:
    for line in lines(opening, source, options):
        if isinstance(line, Problem):
            yield line
        elif line[1].strip():
            yield object_row(*line, source)


def object_row(number: int, line: bytes, source: Source) -> Row | Problem:
    """The row that JSON holds; a Problem where it is none, or no object."""
    try:
        try:
            value: object = msgspec.json.decode(line)
        except msgspec.DecodeError:
            value = _lenient(line)
    except (ValueError, RecursionError) as error:
        return row_problem(number, f"no JSON: {error}", source)
    if not isinstance(value, dict):
        return row_problem(number, "JSON, but no object with columns", source)
    return number, value


def _lenient(line: bytes) -> object:
    """JSON with lone surrogates, NaN or bytes that are no UTF-8."""
    try:
        words = line.decode("utf-8")
    except UnicodeDecodeError as error:
        words = guessed(line, error.start)[0]
    return json.loads(words)
