"""How far a corpus has come: which pieces of which inputs have been read, and which part files hold what came of them.

One SQLite file beside the Parquet files. A part and the pieces that it was made from are recorded in one transaction,
so that no piece is lost or read twice, whatever stops the run between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

import apsw

from inquit.errors import WorkError
from inquit.keep.store import Row, Value, told

Stretch: TypeAlias = tuple[int, int, int]
"""Pieces of an input: its number, the first of them, the one after the last."""

_TABLES = """
CREATE TABLE IF NOT EXISTS input (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, pieces INTEGER);
CREATE TABLE IF NOT EXISTS taken (input INTEGER NOT NULL, first INTEGER NOT NULL, past INTEGER NOT NULL,
  PRIMARY KEY (input, first)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS part (number INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS article (id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS total (what TEXT PRIMARY KEY, number REAL NOT NULL) WITHOUT ROWID;
"""


class Begun(NamedTuple):
    """An input as it is known: ``taken`` are the stretches of pieces that were read; it is ``done`` when all were."""

    number: int
    done: bool
    taken: list[tuple[int, int]]


class Step(NamedTuple):
    """What is recorded in one transaction.

    ``part`` is the number of the part that holds what came of the pieces ``taken``, None where nothing did;
    ``exhausted`` tells of inputs how many pieces they have, ``articles`` the ids of those in the part.
    """

    part: int | None
    taken: Iterable[Stretch]
    exhausted: Mapping[int, int]
    articles: Iterable[str]
    totals: Mapping[str, float]


class Resume:
    """The table, open for one run: a second one is refused. Methods raise WorkError for the machine's trouble."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Of a folder of a million files not each is to wait for the disk: they are recorded with the next step.
        self._new: dict[str, int] = {}
        with told(path):
            self._connection = apsw.Connection(str(path))
            try:
                for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
                    self._connection.execute(f"PRAGMA {pragma}").fetchall()
                self._connection.execute("BEGIN EXCLUSIVE;" + _TABLES + "COMMIT")
                self._last = int(self._rows("SELECT coalesce(max(number), 0) FROM input")[0][0])
            except apsw.BusyError as error:
                self._connection.close()
                message = f"another run is at work in {path.parent}: wait for it, or name another folder"
                raise WorkError(message) from error

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with told(self._path):
            self._connection.close()

    def begun(self, key: str) -> Begun:
        """The input of that key, which names what it holds; it is given a number where it is new."""
        if key in self._new:
            return Begun(self._new[key], done=False, taken=[])
        with told(self._path):
            known = self._rows("SELECT number, pieces FROM input WHERE key = ?", key)
            if not known:
                self._last = self._new[key] = self._last + 1
                return Begun(self._last, done=False, taken=[])
            number, pieces = known[0]
            sql = "SELECT first, past FROM taken WHERE input = ? ORDER BY first"
            taken = [(first, past) for first, past in self._rows(sql, number)]
        return Begun(number, pieces is not None and sum(past - first for first, past in taken) == pieces, taken)

    def record(self, step: Step) -> None:
        """Record a step, all or nothing; it is on disk when this returns."""
        run = self._connection.execute
        with told(self._path), self._connection:
            if step.part is not None:
                run("INSERT INTO part VALUES (?)", (step.part,))
            new = ((number, key) for key, number in self._new.items())
            self._connection.executemany("INSERT INTO input (number, key) VALUES (?, ?)", new)
            self._connection.executemany("INSERT INTO taken VALUES (?, ?, ?)", step.taken)
            self._connection.executemany(
                "UPDATE input SET pieces = ? WHERE number = ?", ((n, i) for i, n in step.exhausted.items())
            )
            self._connection.executemany("INSERT INTO article VALUES (?)", ((_short(one),) for one in step.articles))
            self._connection.executemany(
                "INSERT INTO total VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET number = number + excluded.number",
                step.totals.items(),
            )
        self._new.clear()

    def holds(self, article: str) -> bool:
        """Whether a part has the article of that id."""
        with told(self._path):
            return bool(self._rows("SELECT 1 FROM article WHERE id = ?", _short(article)))

    def parts(self) -> list[int]:
        """The numbers of the parts, in order."""
        with told(self._path):
            return [number for (number,) in self._rows("SELECT number FROM part ORDER BY number")]

    def totals(self) -> dict[str, float]:
        """The sums of all totals recorded."""
        with told(self._path):
            return dict(self._rows("SELECT what, number FROM total"))

    def _rows(self, sql: str, *values: Value) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()


def _short(article: str) -> bytes:
    """The digits of an article's id as bytes: there may be millions."""
    return bytes.fromhex(article.partition(":")[2])
