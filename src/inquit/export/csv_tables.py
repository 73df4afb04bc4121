"""CSV: one row a statement, with its article and its claim beside it, for spreadsheets and data frames.

Comma, CRLF and quoting as RFC 4180 has them; UTF-8. Of spans only the words are kept. A cell that a spreadsheet would
take for a formula gets an apostrophe in front (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

import msgspec

from inquit.export.shelf import Shelf
from inquit.export.wording import words
from inquit.records import Article, Claim, Record, Statement

COLUMNS = (
    "statement",
    "article",
    "outlet",
    "published",
    "title",
    "url",
    "source",
    "cue",
    "content",
    "form",
    "inside",
    "entity",
    "through",
    "party",
    "standing",
    "stance",
    "framing",
    "evidence",
    "when",
    "score",
    "claim",
    "carriage",
    "independent_sources",
    "chain",
    "why",
)
_LABELS = ("entity", "through", "party", "standing", "stance", "framing")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Row(msgspec.Struct, frozen=True):
    """A statement's cells that do not depend on claims."""

    statement: str
    before: list[object]
    after: list[object]


class CsvTables:
    """Rows wait in a temporary file until the claims are known; what is kept in memory is a few bytes a statement."""

    def __init__(self, stream: BinaryIO) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
        self._article: Article | None = None
        self._rows = Shelf(_Row)
        self._claims: dict[str, tuple[str, str, int]] = {}

    def write(self, record: Record) -> None:
        """Take one record; those that have no row of their own are looked up or left out."""
        if isinstance(record, Article):
            self._article = record
        elif isinstance(record, Statement) and self._article is not None:
            self._rows.put(record.id, _row(self._article, record))
        elif isinstance(record, Claim):
            for one in record.occurrences:
                self._claims[one.statement] = (record.id, one.carriage, record.independent_sources)

    def close(self) -> None:
        """Write the table."""
        rows = csv.writer(self._text)
        rows.writerow(COLUMNS)
        for row in self._rows.values():
            claim = self._claims.get(row.statement, (None, None, None))
            rows.writerow([_cell(value) for value in (*row.before, *claim, *row.after)])
        self._rows.close()
        self._text.detach()


def _row(article: Article, statement: Statement) -> _Row:
    text, said = article.text, statement.attribution
    before: list[object] = [statement.id, article.id, article.outlet, article.published, article.title, article.url]
    before += [words(text, spans) for spans in (said.source if said else (), said.cue if said else ())]
    before += [words(text, statement.content), statement.form, statement.inside]
    before += [getattr(said, name) if said else None for name in _LABELS]
    before += [statement.evidence.kind if statement.evidence else None, statement.when, statement.score]
    chain = " > ".join(f"{link.kind}: {link.name}" for link in said.chain) if said else ""
    why = "; ".join(f"{reason.label}: {reason.ground}" for reason in statement.why)
    return _Row(statement.id, before, [chain, why])


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
