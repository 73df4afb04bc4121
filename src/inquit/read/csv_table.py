"""CSV: a header and rows; a row may go over several lines."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from inquit.read.jsonl import Line, lines
from inquit.read.opening import Opened, Source
from inquit.read.options import Options
from inquit.read.table import Row, row_problem, rows_read
from inquit.read.text import guessed
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

_DELIMITERS = ",;\t"


def csv_table(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """Articles of a CSV file, read one row at a time."""
    # The limit is the process's; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    yield from rows_read(_rows(_Lines(lines(opening, source, options), options.max_bytes), source), source, options)


class _Lines:
    """The lines of a file, which go back to the one after the last row's first when that row turns out broken."""

    def __init__(self, numbered: Iterator[Line | Problem], max_bytes: int) -> None:
        self._numbered = numbered
        self._max_bytes = max_bytes
        self._back: deque[Line] = deque()
        self._taken: list[Line] = []
        self._size = 0
        self.problems: list[Problem] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._fresh()
        self._taken.append(line)
        self._size += len(line[1])
        if self._size > self._max_bytes:
            raise csv.Error(f"the row is longer than {self._max_bytes} bytes")
        try:
            return line[1].decode("utf-8")
        except UnicodeDecodeError as error:
            return guessed(line[1], error.start)[0]

    def _fresh(self) -> Line:
        for line in self._numbered:
            if not isinstance(line, Problem):
                return line
            self.problems.append(line)
        raise StopIteration

    @property
    def first(self) -> int:
        """Number of the first line of the last row; 0 when none was taken."""
        return self._taken[0][0] if self._taken else 0

    def kept(self) -> None:
        """The last row is good: its lines are done with."""
        self._taken.clear()
        self._size = 0

    def returned(self) -> None:
        """The last row is broken: all its lines but the first are to be read again."""
        self._back.extendleft(reversed(self._taken[1:]))
        self.kept()


def _rows(source_lines: _Lines, source: Source) -> Iterator[Row | Problem]:
    header, delimiter = _header(source_lines)
    reader = csv.reader(source_lines, strict=True, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            yield from source_lines.problems
            return
        except csv.Error as error:
            yield row_problem(source_lines.first, f"no CSV: {error}", source)
            source_lines.returned()
            reader = csv.reader(source_lines, strict=True, delimiter=delimiter)
            continue
        line = source_lines.first
        source_lines.kept()
        yield from _drained(source_lines.problems)
        if len(cells) == len(header):
            yield line, dict(zip(header, cells, strict=True))
        elif cells:
            yield row_problem(line, f"{len(cells)} cells under {len(header)} columns", source)


def _drained(problems: list[Problem]) -> list[Problem]:
    drained = problems[:]
    problems.clear()
    return drained


def _header(source_lines: _Lines) -> tuple[list[str], str]:
    """The names of the columns and the sign that parts them: the one that parts the header most often."""
    for line in source_lines:
        source_lines.kept()
        if line.strip():
            delimiter = max(_DELIMITERS, key=line.count)
            try:
                return [name.strip() for name in next(csv.reader([line], delimiter=delimiter))], delimiter
            except csv.Error as error:
                raise Trouble("column-missing", f"the first line names no columns: {error}") from error
    raise Trouble("empty", "there is no header in the table")
