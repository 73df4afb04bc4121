"""A corpus taken into a ledger: what was read and prepared is kept and linked, and nothing is read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from inquit.corpus.parts import path_of
from inquit.corpus.tables import Table, schemas
from inquit.errors import WorkError
from inquit.keep import Ledger
from inquit.pipeline import Kept, Prepared, take
from inquit.records import Article, Problem, Reading, Statement

K = TypeVar("K", Article, Statement, Problem)
R = TypeVar("R", Statement, Problem)

_ROWS = 256
_prepared = msgspec.msgpack.Decoder(Prepared)


def added(ledger: Ledger, folder: Path) -> Iterator[Kept | Problem]:
    """Keep the articles of a corpus, part by part, and the Problems of inputs that gave none.

    What was yielded is on disk. Raises WorkError when a part cannot be read or the ledger cannot be written.
    """
    schemas()
    for number in _numbers(folder):
        yield from take(ledger, _readings(folder, number))
        for problem in _records(folder, "problems", number, Problem):
            if problem.article is None:
                ledger.note(problem)
                yield problem


def _readings(folder: Path, number: int) -> Iterator[tuple[Reading, Prepared | None]]:
    """The articles of a part with what was found in them: the rows of the tables follow one another alike."""
    statements = _Following(_records(folder, "statements", number, Statement))
    problems = _Following(one for one in _records(folder, "problems", number, Problem) if one.article is not None)
    for row in _rows(folder, "articles", number):
        article = _record(row, Article)
        reading = Reading(article=article, statements=statements.of(article.id), problems=problems.of(article.id))
        yield reading, _prepared.decode(row["prepared"]) if row["prepared"] else None


class _Following(Generic[R]):
    """Records of one table, handed out article by article."""

    def __init__(self, records: Iterator[R]) -> None:
        self._records: Iterator[R] = records
        self._next: R | None = next(records, None)

    def of(self, article: str) -> tuple[R, ...]:
        """Those of the article, which is the next that has any."""
        found: list[R] = []
        while self._next is not None and self._next.article == article:
            found.append(self._next)
            self._next = next(self._records, None)
        return tuple(found)


def _numbers(folder: Path) -> list[int]:
    """The parts that are there."""
    return sorted(int(path.stem.rpartition("-")[2]) for path in (folder / "articles").glob("part-*.parquet"))


def _records(folder: Path, table: Table, number: int, kind: type[K]) -> Iterator[K]:
    return (_record(row, kind) for row in _rows(folder, table, number))


def _record(row: dict[str, Any], kind: type[K]) -> K:
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as error:
        raise WorkError(f"the corpus was written by another version: read it again ({error})") from error


def _rows(folder: Path, table: Table, number: int) -> Iterator[dict[str, Any]]:
    import pyarrow  # noqa: PLC0415 - schemas() says when it is missing
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = path_of(folder, table, number)
    try:
        for batch in pq.ParquetFile(path).iter_batches(batch_size=_ROWS):
            yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise WorkError(f"{path} could not be read ({error}): put back what belongs there") from error
