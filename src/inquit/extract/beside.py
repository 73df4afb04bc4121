"""Whose words they are: which attributed statement a phrase of an article stands beside or within.

A phrase belongs to the clause of a source and cue when no other content holds it; what stands in a content belongs to
the statements that are made inside of that one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from inquit.extract.grid import Grid
from inquit.extract.voice import sentences
from inquit.records import Span, Spans, Statement


class Beside:
    """The attributed statements of one article by where they stand; they are named by their index."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        self.text = text
        self.statements = statements
        self._contents = Grid()
        self._clauses = Grid()
        self._place = {s.id: i for i, s in enumerate(statements)}
        for i, statement in enumerate(statements):
            self._contents.add(i, statement.content)
            self._clauses.add(i, clause(statement))

    @cached_property
    def _sentences(self) -> list[Span]:
        return list(sentences(self.text))

    def sentence_number(self, at: int) -> int:
        """Number of the sentence that an offset stands in, or of the last one before it; -1 before the first."""
        return bisect_right(self._sentences, at, key=lambda s: s[0]) - 1

    def sentence(self, number: int) -> Span:
        """The sentence of that number."""
        return self._sentences[number]

    def holder(self, span: Span) -> int | None:
        """The statement with the smallest content that holds the whole span; None where no content does."""
        held = [
            (sum(b - a for a, b in self.statements[i].content), i)
            for i in self._contents.near((span,))
            if any(a <= span[0] and span[1] <= b for a, b in self.statements[i].content)
        ]
        return min(held)[1] if held else None

    def outer(self, number: int) -> int | None:
        """The statement that this one stands in."""
        inside = self.statements[number].inside
        return self._place.get(inside) if inside is not None else None

    def said_in(self, span: Span, holder: int | None) -> list[int]:
        """Statements directly inside ``holder`` (None: in none) whose source or cue meets the span, in text order."""
        found = [
            i
            for i in self._clauses.near((span,))
            if self.outer(i) == holder and any(a < span[1] and span[0] < b for a, b in clause(self.statements[i]))
        ]
        return sorted(found, key=lambda i: min(clause(self.statements[i])))

    def last_before(self, at: int, since: int) -> tuple[int, int | None]:
        """Where the last source, cue or content before ``at`` ends, and whose it is; ``since`` where none does."""
        best: tuple[int, int | None] = since, None
        near = {*self._contents.near(((since, at),)), *self._clauses.near(((since, at),))}
        for i in sorted(near):
            statement = self.statements[i]
            ends = [e for _, e in (*statement.content, *clause(statement)) if since < e <= at]
            if ends and max(ends) > best[0]:
                best = max(ends), i
        return best


def clause(statement: Statement) -> Spans:
    """The spans of a statement's source and cue, in order."""
    said = statement.attribution
    return tuple(sorted((*said.source, *said.cue))) if said is not None else ()
