"""Keeping readings, and problems of inputs."""

from __future__ import annotations

import apsw

from inquit.clock import instant
from inquit.errors import UsageError
from inquit.keep.store import Store
from inquit.keep.stored import Words, packed, stored
from inquit.records import Article, Problem, Reading, Statement


def keep(store: Store, reading: Reading) -> bool:
    """Store one reading in one transaction; False, and nothing is stored, when its article is held.

    Raises UsageError when a statement is in it twice or belongs to another article.
    """
    article = reading.article
    if holds(store, article.id):
        return False
    with store.transaction():
        number = _article(store, article)
        if number is None:
            return False
        try:
            for position, statement in enumerate(reading.statements):
                _statement(store, number, position, statement, article.text)
        except apsw.ConstraintError as error:
            raise UsageError(f"a statement of the article {article.id} has the id of another one: {error}") from error
        for problem in reading.problems:
            _problem(store, number, problem)
        store.rows("UPDATE state SET revision = revision + 1")
    return True


def holds(store: Store, article_id: str) -> bool:
    """Whether the article is in the ledger."""
    return store.row("SELECT 1 FROM article WHERE id = ?", stored(article_id)) is not None


def note(store: Store, problem: Problem) -> None:
    """Store a problem once; it goes with its article where that is held."""
    with store.transaction():
        held = store.row("SELECT number FROM article WHERE id = ?", stored(problem.article or ""))
        _problem(store, held[0] if held else None, problem)


def said(text: str, statement: Statement) -> str:
    """The words of a statement's content, an ellipsis where it is broken up."""
    return " … ".join(text[start:end] for start, end in statement.content)


def _article(store: Store, article: Article) -> int | None:
    row = store.row(
        "INSERT INTO article (id, external_id, url, outlet, title, published, instant, authors, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING number",
        article.id,
        _or_null(article.external_id),
        _or_null(article.url),
        _or_null(article.outlet),
        _or_null(article.title),
        _or_null(article.published),
        instant(article.published),
        packed(article.authors),
        stored(article.text),
    )
    return None if row is None else int(row[0])


def _statement(store: Store, article: int, position: int, statement: Statement, text: str) -> None:
    who = statement.attribution
    store.rows(
        "INSERT INTO statement (id, article, position, entity, party, standing, content, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        statement.id,
        article,
        position,
        _or_null(who.entity if who else None),
        _or_null(who.party if who else None),
        who.standing if who else None,
        stored(said(text, statement)),
        packed(statement),
    )


def _problem(store: Store, article: int | None, problem: Problem) -> None:
    store.rows(
        "INSERT INTO problem (article, body) VALUES (?, ?)"
        " ON CONFLICT (body) DO UPDATE SET article = coalesce(excluded.article, article)",
        article,
        packed(problem),
    )


def _or_null(text: str | None) -> Words | None:
    return None if text is None else stored(text)
