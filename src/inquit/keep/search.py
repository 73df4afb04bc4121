"""Searching the words of articles and statements."""

from __future__ import annotations

import heapq
import re
from typing import Literal

import msgspec

from inquit.errors import UsageError
from inquit.keep.snippets import snippet
from inquit.keep.store import Row, Store
from inquit.keep.stored import words
from inquit.records import Span, Spans

_PARTS = re.compile(r'"([^"]*)"|([^\s"]+)')
_MARKS = str.maketrans(dict.fromkeys("“”„«»", '"') | {"\0": " "})
_MOST_PARTS = 100


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An article, or a statement of one, in which words were found.

    ``text`` is a piece of it around the matches, ``matches`` their spans in code points of that piece.
    """

    kind: Literal["article", "statement"]
    id: str
    article: str
    outlet: str | None = None
    published: str | None = None
    text: str
    matches: Spans


_ARTICLES = (
    "SELECT rank, 'article', id, number FROM article_words JOIN article ON number = article_words.rowid"
    " WHERE article_words MATCH ? ORDER BY rank, id LIMIT ?"
)
_STATEMENTS = (
    "SELECT rank, 'statement', id, number FROM statement_words JOIN statement ON number = statement_words.rowid"
    " WHERE statement_words MATCH ? ORDER BY rank, id LIMIT ?"
)
_PLACES = {
    "article": (
        "SELECT a.id, a.outlet, a.published, a.text, matches(article_words, 1), a.title, matches(article_words, 0)"
        " FROM article_words JOIN article a ON a.number = article_words.rowid"
        " WHERE article_words MATCH ? AND article_words.rowid = ?"
    ),
    "statement": (
        "SELECT a.id, a.outlet, a.published, s.content, matches(statement_words, 0), s.entity,"
        " matches(statement_words, 1)"
        " FROM statement_words JOIN statement s ON s.number = statement_words.rowid"
        " JOIN article a ON a.number = s.article"
        " WHERE statement_words MATCH ? AND statement_words.rowid = ?"
    ),
}


def search(store: Store, asked: str, limit: int) -> list[Hit]:
    """Articles and statements that hold all the words, in any of their forms, best first (BM25), then by id.

    ``"…"`` holds an exact phrase together; words after the hundredth are left out. Nothing where no word is asked for.
    Raises UsageError for a limit under 1.
    """
    if limit < 1:
        raise UsageError(f"the limit of a search is {limit}: ask for one hit or more")
    asked_for = query(asked)
    if not asked_for:
        return []
    found = [row for sql in (_ARTICLES, _STATEMENTS) for row in store.rows(sql, asked_for, limit)]
    return [_hit(store, asked_for, row) for row in heapq.nsmallest(limit, found)]


def current_articles(store: Store, asked: str, limit: int) -> list[Hit]:
    """Articles that hold all the words, as ``search`` finds them, without the old versions of any."""
    words_ = query(asked)
    sql = _ARTICLES.replace("ORDER BY", "AND number NOT IN (SELECT article FROM superseded) ORDER BY")
    return [_hit(store, words_, row) for row in store.rows(sql, words_, limit)] if words_ else []


def query(asked: str) -> str:
    """What to MATCH: every word and phrase as a quoted string, never read as syntax; empty where there is no word."""
    sound = asked.translate(_MARKS).encode("utf-8", "replace").decode()
    parts = [phrase or word for phrase, word in _PARTS.findall(sound)]
    return " ".join(f'"{part}"' for part in parts[:_MOST_PARTS] if any(c.isalnum() for c in part))


def _hit(store: Store, asked: str, found: Row) -> Hit:
    _, kind, ident, number = found
    [(article, outlet, published, *columns)] = store.rows(_PLACES[kind], asked, number)
    first, second = columns[:2], columns[2:]
    # Where only the headline or the entity matches, that is what is shown.
    text, spans = first if first[1] != "[]" else second
    piece, matches = snippet(words(text), msgspec.json.decode(spans, type=tuple[Span, ...]))
    return Hit(
        kind=kind,
        id=ident,
        article=article,
        outlet=None if outlet is None else words(outlet),
        published=None if published is None else words(published),
        text=piece,
        matches=matches,
    )
