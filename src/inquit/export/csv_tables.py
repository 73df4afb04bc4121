"""CSV: one row a statement, with its article and its claim beside it, for spreadsheets and data frames.

Comma, CRLF and quoting as RFC 4180 has them; UTF-8. Of spans only the words are kept. A cell that a spreadsheet would
take for a formula gets an apostrophe in front (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from inquit.records import Article, Claim, Record, Spans, Statement

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
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvTables:
    """Rows are written at the end, when the claims are known."""

    def __init__(self, stream: BinaryIO) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
        self._articles: dict[str, Article] = {}
        self._statements: list[Statement] = []
        self._claims: dict[str, tuple[Claim, str]] = {}

    def write(self, record: Record) -> None:
        """Take one record; those that have no row of their own are looked up or left out."""
        if isinstance(record, Article):
            self._articles[record.id] = record
        elif isinstance(record, Statement):
            self._statements.append(record)
        elif isinstance(record, Claim):
            self._claims |= {o.statement: (record, o.carriage) for o in record.occurrences}

    def close(self) -> None:
        """Write the table."""
        rows = csv.writer(self._text)
        rows.writerow(COLUMNS)
        rows.writerows([_cell(value) for value in self._row(s)] for s in self._statements)
        self._text.detach()

    def _row(self, statement: Statement) -> tuple[object, ...]:
        article, said = self._articles[statement.article], statement.attribution
        claim, carriage = self._claims.get(statement.id, (None, None))
        return (
            statement.id,
            article.id,
            article.outlet,
            article.published,
            article.title,
            article.url,
            _words(article.text, said.source if said else ()),
            _words(article.text, said.cue if said else ()),
            _words(article.text, statement.content),
            statement.form,
            statement.inside,
            *(
                (said.entity, said.through, said.party, said.standing, said.stance, said.framing)
                if said
                else (None,) * 6
            ),
            statement.evidence.kind if statement.evidence else None,
            statement.when,
            statement.score,
            claim.id if claim else None,
            carriage,
            claim.independent_sources if claim else None,
        )


def _words(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
