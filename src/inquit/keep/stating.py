"""An article as claims are told of it (``link.stating``): only the statements that are asked for are unpacked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inquit.keep import reading
from inquit.keep.store import Row, Store
from inquit.keep.stored import stored, unpacked, words
from inquit.records import Article, Standing, Statement

_STATEMENTS = "SELECT id, entity, standing, party, body FROM statement WHERE article = ? ORDER BY position"


class Stated:
    """An article and the rows of its statements in their order."""

    def __init__(self, article: Article, rows: Sequence[Row]) -> None:
        self.article = article
        self._rows = rows
        self._places = {row[0]: place for place, row in enumerate(rows)}

    def place(self, ident: str) -> int:
        """``link.stating.Stating.place``."""
        return self._places[ident]

    def statement(self, ident: str) -> Statement | None:
        """``link.stating.Stating.statement``."""
        place = self._places.get(ident)
        return None if place is None else unpacked(self._rows[place][4], Statement)

    def named(self) -> Iterable[tuple[str | None, Standing, str | None]]:
        """``link.stating.Stating.named``."""
        for _, entity, standing, party, _ in self._rows:
            if standing is not None:
                yield entity and words(entity), standing, party and words(party)


def stating(store: Store, ident: str) -> Stated | None:
    """The article of that id; None where it is not held."""
    row = store.row("SELECT number FROM article WHERE id = ?", stored(ident))
    article = reading.held(store, row[0]) if row else None
    return Stated(article, store.rows(_STATEMENTS, row[0])) if row and article else None
