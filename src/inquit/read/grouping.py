"""Articles with the Problems that go with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, overload

from inquit.read.pieces import Piece
from inquit.records import Article, Problem

Whole: TypeAlias = tuple[Article, list[Problem]]


@overload
def with_problems(records: Iterable[Article | Problem]) -> Iterator[Whole | Problem]: ...
@overload
def with_problems(records: Iterable[Piece | Article | Problem]) -> Iterator[Piece | Whole | Problem]: ...
def with_problems(records: Iterable[Piece | Article | Problem]) -> Iterator[Piece | Whole | Problem]:
    """Each article with its own Problems, which follow it, and what else there is, in order."""
    article: Article | None = None
    problems: list[Problem] = []
    for record in records:
        if isinstance(record, Problem) and article is not None and record.article == article.id:
            problems.append(record)
            continue
        if article is not None:
            yield article, problems
            article, problems = None, []
        if isinstance(record, Article):
            article = record
        else:
            yield record
    if article is not None:
        yield article, problems
