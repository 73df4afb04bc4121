"""Statements that a plug-in found, held to what every statement has to be before they go further."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inquit.ids import statement_id
from inquit.records import Article, Span, Statement


def sound(article: Article, found: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements in order of their first span, outer before inner.

    Raises ValueError where one is of another article, has a span that is none, a wrong id, one that another has, or
    stands in one that is not among them; TypeError where something is no Statement.
    """
    statements = tuple(found)
    for one in statements:
        if not isinstance(one, Statement):
            raise TypeError(f"{type(one).__name__} is no Statement")
        _check(article, one)
    ids = {one.id for one in statements}
    if len(ids) < len(statements):
        raise ValueError("two statements have one id: the same words are told twice")
    if lost := {one.inside for one in statements} - ids - {None}:
        raise ValueError(f"a statement stands inside {min(map(str, lost))}, which is not among them")
    return tuple(sorted(statements, key=_place))


def _check(article: Article, one: Statement) -> None:
    if one.article != article.id:
        raise ValueError(f"the statement {one.id} is of another article")
    if not one.content:
        raise ValueError(f"the statement {one.id} has no content")
    for start, end in _spans(one):
        if not 0 <= start < end <= len(article.text):
            raise ValueError(f"the statement {one.id} has the span [{start}, {end}] in a text of {len(article.text)}")
        if article.text[start].isspace() or article.text[end - 1].isspace():
            raise ValueError(
                f"the statement {one.id} has the span [{start}, {end}], which begins or ends in white space"
            )
    said = one.attribution
    wanted = statement_id(
        article=article.id,
        source=said.source if said else (),
        cue=said.cue if said else (),
        content=one.content,
        inside=one.inside,
        attributed=said is not None,
    )
    if one.id != wanted:
        raise ValueError(f"the statement {one.id} must have the id {wanted}: make it with inquit.ids.statement_id")


def _spans(one: Statement) -> Iterator[Span]:
    yield from one.content
    if one.attribution is not None:
        yield from (*one.attribution.source, *one.attribution.cue)
    if one.evidence is not None:
        yield one.evidence.span


def _place(one: Statement) -> tuple[int, int]:
    starts = [start for start, _ in _spans(one)]
    return min(starts), -max(end for _, end in one.content)
