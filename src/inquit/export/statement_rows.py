"""One row a statement, with its article and its claim beside it: what tables for spreadsheets and data frames hold.

Of spans only the words are kept.
"""

from __future__ import annotations

from collections.abc import Iterator

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
NUMBERS: dict[str, type] = {"score": float, "independent_sources": int}
"""The columns that hold numbers; the others hold text, and any but ``score`` may be empty (None)."""
_LABELS = ("entity", "through", "party", "standing", "stance", "framing")


class _Row(msgspec.Struct, frozen=True):
    """A statement's cells that do not depend on claims."""

    statement: str
    before: list[object]
    after: list[object]


class StatementRows:
    """Rows wait in a temporary file until the claims are known; what is kept in memory is a few bytes a statement."""

    def __init__(self) -> None:
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

    def close(self) -> Iterator[list[object]]:
        """The rows, as COLUMNS has them; nothing can be written afterwards."""
        for row in self._rows.values():
            claim = self._claims.get(row.statement, (None, None, None))
            yield [*row.before, *claim, *row.after]
        self._rows.close()


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
