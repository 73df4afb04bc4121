"""Part files: rows gathered until there are enough, then a file of each table, all of them or none.

They are written under other names, recorded in the table of the run, and only then given their own, so that whoever
reads the folder sees nothing that could be written again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from inquit.corpus.outcome import Found
from inquit.corpus.tables import TABLES, Table, schemas
from inquit.export.wording import words
from inquit.records import Article, Problem, Statement

ARTICLES_MOST = 5000
"""Articles of a part at most; fewer when ``_CHARACTERS_MOST`` or the seconds of a part are reached."""
_CHARACTERS_MOST = 2**26
_GROUP_CHARACTERS = 2**22
_UNFINISHED = ".part"


class Part:
    """One part: ``articles`` are the ids in it. Rows are written as they come, a few megabytes at a time."""

    def __init__(self, folder: Path, number: int) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415 - schemas() says when it is missing

        self.number = number
        self.articles: set[str] = set()
        self.began = time.monotonic()
        self._folder = folder
        self._schemas = schemas()
        self._rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in TABLES}
        self._waiting = self._characters = 0
        self._files = {
            table: pq.ParquetWriter(_unfinished(folder, table, number), self._schemas[table], compression="zstd")
            for table in TABLES
        }

    @property
    def full(self) -> bool:
        """Whether nothing more belongs into it."""
        return len(self.articles) >= ARTICLES_MOST or self._characters >= _CHARACTERS_MOST

    @property
    def seconds(self) -> float:
        """How long ago it was begun."""
        return time.monotonic() - self.began

    def add(self, found: Iterable[Found], problems: Iterable[Problem]) -> None:
        """Take articles, of which none may be there yet, and the Problems that belong to none."""
        for one in found:
            article = one.reading.article
            self.articles.add(article.id)
            self._put("articles", article, words=one.words, prepared=one.prepared)
            for statement in one.reading.statements:
                self._put("statements", statement, words=words(article.text, statement.content))
            self._told(one.reading.problems)
            self._waiting += len(article.text)
            self._characters += len(article.text)
        self._told(problems)
        if self._waiting >= _GROUP_CHARACTERS:
            self._flush()

    def finish(self) -> None:
        """Write the rest, and see that it is on disk, still under its other name."""
        self._flush()
        for table, file in self._files.items():
            file.close()
            with _unfinished(self._folder, table, self.number).open("rb") as written:
                os.fsync(written.fileno())

    def publish(self) -> None:
        """Give the files their names."""
        for table in TABLES:
            _unfinished(self._folder, table, self.number).replace(path_of(self._folder, table, self.number))

    def abandon(self) -> None:
        """Close the files as they are; the next run takes them away."""
        for file in self._files.values():
            file.close()

    def _told(self, problems: Iterable[Problem]) -> None:
        for one in problems:
            self._put("problems", one)

    def _put(self, table: Table, record: Article | Statement | Problem, **more: object) -> None:
        self._rows[table].append(msgspec.to_builtins(record) | more)

    def _flush(self) -> None:
        import pyarrow as pa  # noqa: PLC0415

        for table, rows in self._rows.items():
            if rows:
                self._files[table].write_table(pa.Table.from_pylist(rows, schema=self._schemas[table]))
                rows.clear()
        self._waiting = 0


def path_of(folder: Path, table: Table, number: int) -> Path:
    """Where the part of that number of a table is."""
    return folder / table / f"part-{number:06}.parquet"


def recovered(folder: Path, recorded: set[int]) -> None:
    """Give the files of recorded parts their names, and take away those that a run left behind which was stopped."""
    for table in TABLES:
        (folder / table).mkdir(parents=True, exist_ok=True)
        for path in (folder / table).glob(f"*{_UNFINISHED}"):
            number = int(path.name.partition(".")[0].rpartition("-")[2])
            if number in recorded:
                path.replace(path_of(folder, table, number))
            else:
                path.unlink()


def _unfinished(folder: Path, table: Table, number: int) -> Path:
    path = path_of(folder, table, number)
    return path.with_name(path.name + _UNFINISHED)
