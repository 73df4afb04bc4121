"""CSV: one row a statement, with its article and its claim beside it, for spreadsheets and data frames.

Comma, CRLF and quoting as RFC 4180 has them; UTF-8. Of spans only the words are kept. A cell that a spreadsheet would
take for a formula gets an apostrophe in front (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from inquit.export.statement_rows import COLUMNS, StatementRows
from inquit.records import Record

__all__ = ["COLUMNS", "CsvTables"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvTables:
    """The rows are written at the end, when the claims are known."""

    def __init__(self, stream: BinaryIO) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
        self._rows = StatementRows()

    def write(self, record: Record) -> None:
        """Take one record."""
        self._rows.write(record)

    def close(self) -> None:
        """Write the table."""
        rows = csv.writer(self._text)
        rows.writerow(COLUMNS)
        for row in self._rows.close():
            rows.writerow([_cell(value) for value in row])
        self._text.detach()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
