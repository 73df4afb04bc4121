"""An article as claims are told of it: statements one by one, and what all of them say of names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeAlias

from inquit.records import Article, Reading, Standing, Statement

Named: TypeAlias = tuple[str | None, Standing, str | None]
"""What an attribution says of names: entity, standing, party."""


class Stating(Protocol):
    """An article, and its statements as they are asked for."""

    @property
    def article(self) -> Article:
        """The article."""

    def place(self, ident: str) -> int:
        """The place of one of its statements among them."""

    def statement(self, ident: str) -> Statement | None:
        """The statement of that id; None where it is not one of them."""

    def named(self) -> Iterable[Named]:
        """What each attribution says of names."""


class Whole:
    """An article whose statements are all at hand."""

    def __init__(self, reading: Reading) -> None:
        self.article = reading.article
        self._statements = {s.id: s for s in reading.statements}
        self._places = {s.id: i for i, s in enumerate(reading.statements)}

    def place(self, ident: str) -> int:
        """``Stating.place``."""
        return self._places[ident]

    def statement(self, ident: str) -> Statement | None:
        """``Stating.statement``."""
        return self._statements.get(ident)

    def named(self) -> Iterable[Named]:
        """``Stating.named``."""
        said = (one.attribution for one in self._statements.values())
        return ((a.entity, a.standing, a.party) for a in said if a)
