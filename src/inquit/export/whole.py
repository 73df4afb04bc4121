"""Exports that need all statements of an article before they can write it."""

from __future__ import annotations

from abc import ABC, abstractmethod

from inquit.records import Article, Record, Statement


class WholeArticles(ABC):
    """Gathers each article with its statements; copies, claims, rulings and problems have no place."""

    def __init__(self) -> None:
        self._article: Article | None = None
        self._statements: list[Statement] = []

    def write(self, record: Record) -> None:
        """Take one record."""
        if isinstance(record, Statement):
            self._statements.append(record)
        elif isinstance(record, Article):
            self._write()
            self._article = record

    def close(self) -> None:
        """Write the last article."""
        self._write()

    def _write(self) -> None:
        if self._article is not None:
            self._add(self._article, self._statements)
        self._article, self._statements = None, []

    @abstractmethod
    def _add(self, article: Article, statements: list[Statement]) -> None:
        """Write one article."""
