"""Why each label of a statement is what it is, and how its source leads to its party, in the words of its article."""

from __future__ import annotations

from typing import NamedTuple

from inquit.records import Article, Attribution, Statement
from inquit.show.account import words


class Told(NamedTuple):
    """One label, the ground of it, and the article's words for that ground; None without words."""

    label: str
    ground: str
    words: str | None


class Step(NamedTuple):
    """One step from a source to its party, and the article's words that show it; None for what the world knows."""

    kind: str
    name: str
    words: str | None


def told(article: Article, statement: Statement) -> tuple[Told, ...]:
    """The reasons of a statement, in its labels' order."""
    return tuple(Told(why.label, why.ground, _words(article, why.words)) for why in statement.why)


def steps(article: Article, said: Attribution) -> tuple[Step, ...]:
    """The chain of a source, from who speaks to the party."""
    return tuple(
        Step(link.kind, link.name, _words(article, (link.words,) if link.words else ())) for link in said.chain
    )


def _words(article: Article, spans: tuple[tuple[int, int], ...]) -> str | None:
    found = " ".join(words(article.text, spans).split())
    return found or None
