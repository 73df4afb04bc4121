"""Keeping readings, and problems of inputs."""

from __future__ import annotations

import apsw

from inquit.clock import instant
from inquit.errors import UsageError
from inquit.keep.rows import or_null, put_statement
from inquit.keep.store import Store
from inquit.keep.stored import packed, stored
from inquit.records import Article, Problem, Reading


def put(store: Store, reading: Reading) -> bool:
    """Within a transaction: store one reading as it is; False, and nothing is stored, when its article is held.

    Raises UsageError when a statement is in it twice or belongs to another article.
    """
    article = reading.article
    number = _article(store, article)
    if number is None:
        return False
    try:
        for position, statement in enumerate(reading.statements):
            put_statement(store, number, position, statement, article.text)
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
    """Store a problem once, in one transaction; it goes with its article where that is held."""
    with store.transaction():
        put_problem(store, problem)


def put_problem(store: Store, problem: Problem) -> None:
    """Within a transaction: store a problem as ``note`` does."""
    held = store.row("SELECT number FROM article WHERE id = ?", stored(problem.article or ""))
    _problem(store, held[0] if held else None, problem)


def _article(store: Store, article: Article) -> int | None:
    row = store.row(
        "INSERT INTO article (id, external_id, url, outlet, title, published, instant, authors, text, links)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING number",
        article.id,
        or_null(article.external_id),
        or_null(article.url),
        or_null(article.outlet),
        or_null(article.title),
        or_null(article.published),
        instant(article.published),
        packed(article.authors),
        stored(article.text),
        packed(article.links) if article.links else None,
    )
    return None if row is None else int(row[0])


def _problem(store: Store, article: int | None, problem: Problem) -> None:
    store.rows(
        "INSERT INTO problem (article, body) VALUES (?, ?)"
        " ON CONFLICT (body) DO UPDATE SET article = coalesce(excluded.article, article)",
        article,
        packed(problem),
    )
