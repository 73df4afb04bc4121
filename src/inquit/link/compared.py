"""A statement with what is read off it once, and which statements may put a claim forward."""

from __future__ import annotations

from dataclasses import dataclass

from inquit.link.contents import Content
from inquit.link.sources import Names
from inquit.records import Article, Stance, Statement

_ENOUGH = 2  # stems, names and numbers that say something


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that may put a claim forward; ``time`` is infinite where the date is not known.

    ``names`` are those of its article.
    """

    statement: Statement
    article: Article
    time: float
    text: str
    content: Content
    entity: str
    outer: Statement | None
    names: Names

    @property
    def stance(self) -> Stance | None:
        """The source's stance; None in own voice."""
        return self.statement.attribution.stance if self.statement.attribution else None


def says_something(own: Content, statement: Statement) -> bool:
    """Whether a content is a proposition that others could put forward too."""
    who = statement.attribution
    if who is not None and who.stance == "withholds":
        return False
    if who is None and own.second:
        # In own voice to the reader: furniture of the page, or nothing to check.
        return False
    return bool(own.stems) and len(own.stems) + len(own.names) + len(own.numbers) >= _ENOUGH
