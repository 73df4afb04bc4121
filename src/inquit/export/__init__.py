"""One file per format: a ledger's records written for other programs.

Every exporter takes records one by one (``write``) and finishes (``close``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from inquit.export.csv_tables import CsvTables
from inquit.export.jsonl import JsonLines
from inquit.keep import Ledger
from inquit.records import Record

__all__ = ["FORMATS", "Exporter", "records", "write"]


class Exporter(Protocol):
    """Takes the records of a ledger in the contract's order: articles, statements, copies, claims, problems."""

    def write(self, record: Record) -> None:
        """Take one record."""

    def close(self) -> None:
        """Finish; the stream stays open."""


FORMATS: dict[str, Callable[[BinaryIO], Exporter]] = {"jsonl": JsonLines, "csv": CsvTables}
"""Name of a format -> its exporter, made over a binary stream."""


def records(ledger: Ledger) -> Iterator[Record]:
    """All that a ledger holds, in the contract's order: articles with their statements, copies, claims, problems."""
    for reading in ledger.readings():
        yield reading.article
        yield from reading.statements
    yield from ledger.copies()
    yield from ledger.claims()
    yield from ledger.problems()


def write(ledger: Ledger, name: str, stream: BinaryIO) -> None:
    """Write a ledger in the format ``name``, a key of FORMATS, to a binary stream."""
    exporter = FORMATS[name](stream)
    for record in records(ledger):
        exporter.write(record)
    exporter.close()
    stream.flush()
