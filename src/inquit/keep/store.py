"""An open ledger's connection: rows out, transactions in, and SQLite's errors told as what to do about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import apsw

from inquit.errors import UsageError, WorkError

Row: TypeAlias = tuple[Any, ...]
Value: TypeAlias = str | bytes | int | float | None

_REPAIRS: tuple[tuple[type[apsw.Error], str], ...] = (
    (
        apsw.FullError,
        "the disk is full ({path}): free space and run the same command again; what was kept is sound",
    ),
    (
        apsw.BusyError,
        "another program is writing to {path}: wait until it is done, then run the same command again",
    ),
    (
        apsw.ReadOnlyError,
        "{path} may not be written: give yourself the right to write the file and its folder, or name another file",
    ),
    (
        apsw.CantOpenError,
        "{path} could not be opened: see that you may read and write the file and its folder, or name another file",
    ),
    (apsw.NotADBError, "{path} is no ledger: name another file"),
    (
        apsw.CorruptError,
        "{path} is damaged ({error}): put a sound copy in its place, or add its inputs to a new ledger",
    ),
    (
        apsw.IOError,
        "{path} could not be read or written ({error}): see to the disk and run it again; what was kept is sound",
    ),
    (apsw.ExecTraceAbort, "others write to {path}: this goes on later"),
    (apsw.TooBigError, "an article is larger than {path} can hold: leave it out"),
)


class GaveWayError(WorkError):
    """Work was broken off for others who write, as ``give_way`` asked; nothing of it is kept."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's errors about the ledger at ``path`` become WorkError with a message that names the repair."""
    try:
        yield
    except apsw.Error as error:
        _tell(error, path)
        raise


def _tell(error: apsw.Error, path: Path) -> None:
    for kind, repair in _REPAIRS:
        if isinstance(error, kind):
            message = repair.format(path=path, error=error)
            raise (GaveWayError if kind is apsw.ExecTraceAbort else WorkError)(message) from error


class Store:
    """A connection to the ledger at ``path``; every method raises WorkError for the machine's trouble.

    Results are fetched whole: no cursor stays open, so a caller may write while it goes through them, and no reader
    keeps the write-ahead log from being emptied.
    """

    def __init__(self, path: Path, connection: apsw.Connection, *, write: bool) -> None:
        self.path = path
        self.connection = connection
        self.write = write

    def give_way(self, when: Callable[[], bool]) -> None:
        """Every further statement but the end of a transaction raises GaveWayError once ``when`` says so."""

        def goes_on(_: object, sql: str, __: object) -> bool:
            return sql in {"COMMIT", "ROLLBACK"} or not when()

        self.connection.exec_trace = goes_on

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """All rows of a query, or of a change with RETURNING."""
        # Called a hundred times for an article: a context manager would double what it costs.
        try:
            return self.connection.execute(sql, values).fetchall()
        except apsw.Error as error:
            _tell(error, self.path)
            raise

    def row(self, sql: str, *values: Value) -> Row | None:
        """The first row of a query."""
        return next(iter(self.rows(sql, *values)), None)

    def among(self, sql: str, numbers: Collection[int]) -> list[Row]:
        """All rows of a query that asks ``IN (SELECT value FROM json_each(?))``, for any number of whole numbers.

        A query for each costs ten times as much.
        """
        return self.rows(sql, f"[{','.join(map(str, numbers))}]")

    def many(self, sql: str, rows: Iterable[tuple[Value, ...]]) -> None:
        """Run a change once for each of ``rows``."""
        with told(self.path):
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes or none; the right to write is taken at once. Raises UsageError when opened for reading."""
        if not self.write:
            raise UsageError(f"{self.path} was opened for reading: open it with write=True")
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            # A full disk has rolled it back already.
            if self.connection.in_transaction:
                self.rows("ROLLBACK")
            raise
