"""Records out of the ledger: one by its id, or all of a kind in an order that does not depend on how they came in.

Articles come by the instant of publication, those without one last, then by id; everything else follows them.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from inquit.errors import UsageError
from inquit.keep.store import Row, Store
from inquit.keep.stored import Words, stored, unpacked, words
from inquit.records import Article, Claim, Copy, Hyperlink, Occurrence, Problem, Reading, Statement

_MOST_CANDIDATES = 5


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many of each the ledger holds; ``own_voice`` are among ``statements``."""

    articles: int
    statements: int
    own_voice: int
    copies: int
    claims: int
    problems: int
    outlets: int


def counts(store: Store) -> Counts:
    """How many records of each kind there are."""
    row = store.row(
        "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM statement),"
        " (SELECT count(*) FROM statement WHERE standing IS NULL), (SELECT count(*) FROM copy),"
        " (SELECT count(*) FROM claim), (SELECT count(*) FROM problem), (SELECT count(DISTINCT outlet) FROM article)"
    )
    return Counts(**dict(zip(Counts.__struct_fields__, row or (), strict=True)))


def article(store: Store, ident: str) -> Article | None:
    """The article of that id."""
    row = store.row("SELECT number FROM article WHERE id = ?", stored(ident))
    return held(store, row[0]) if row else None


def statement(store: Store, ident: str) -> Statement | None:
    """The statement of that id."""
    row = store.row("SELECT body FROM statement WHERE id = ?", stored(ident))
    return unpacked(row[0], Statement) if row else None


def claim(store: Store, ident: str) -> Claim | None:
    """The claim of that id, or the one that it has become part of."""
    row = store.row(
        "WITH RECURSIVE now (id) AS (SELECT ? UNION SELECT alias_of FROM now JOIN claim_id USING (id))"
        " SELECT number, claim.id, body FROM claim JOIN now USING (id)",
        stored(ident),
    )
    return _claim(store, *row) if row else None


def resolve(store: Store, given: str) -> str:
    """The id that begins so; of a claim the one that it has now. Raises UsageError when there is none, or several."""
    begins = stored(given.strip().lower())
    found = store.rows(
        "SELECT id FROM (SELECT id FROM article UNION ALL SELECT id FROM statement UNION ALL SELECT id FROM claim)"
        " WHERE id BETWEEN ?1 AND ?1 || char(1114111) ORDER BY id LIMIT ?2",
        begins,
        _MOST_CANDIDATES + 1,
    )
    aliases = store.rows(
        "SELECT id FROM claim_id WHERE alias_of IS NOT NULL AND id BETWEEN ?1 AND ?1 || char(1114111)", begins
    )
    merged = {now.id for (alias,) in aliases if (now := claim(store, alias)) is not None}
    candidates = sorted({ident for (ident,) in found} | merged)
    if words(begins) in candidates or len(candidates) == 1:
        return words(begins) if words(begins) in candidates else candidates[0]
    if not candidates:
        raise UsageError(f"nothing in the ledger has an id that begins with {given!r}: `inquit search` finds ids")
    several = ", ".join(candidates[:_MOST_CANDIDATES]) + (" …" if len(candidates) > _MOST_CANDIDATES else "")
    raise UsageError(f"several ids begin with {given!r}: {several}: give more of the one that is meant")


def reading(store: Store, ident: str) -> Reading | None:
    """The article of that id with its statements and problems."""
    row = store.row("SELECT number FROM article WHERE id = ?", stored(ident))
    return numbered(store, row[0]) if row else None


def statements(store: Store, article_id: str) -> list[Statement]:
    """The statements of an article in their order; none when it is not held."""
    row = store.row("SELECT number FROM article WHERE id = ?", stored(article_id))
    return list(_statements(store, row[0])) if row else []


def articles(store: Store) -> Iterator[Article]:
    """Every article in order of time."""
    for number in _articles_in_time(store):
        if found := held(store, number):
            yield found


def readings(store: Store) -> Iterator[Reading]:
    """Every article with its statements and problems, in order of time."""
    for number in _articles_in_time(store):
        if found := numbered(store, number):
            yield found


def copies(store: Store) -> Iterator[Copy]:
    """Every copy, in order of time of the article that takes over, then of the one that it takes from."""
    rows = store.rows(
        "SELECT body FROM copy JOIN article taker ON taker.number = to_article"
        " JOIN article giver ON giver.number = from_article"
        " ORDER BY taker.instant NULLS LAST, taker.id, giver.instant NULLS LAST, giver.id"
    )
    return (unpacked(body, Copy) for (body,) in rows)


def claims(store: Store) -> Iterator[Claim]:
    """Every claim, in order of time of its earliest occurrence."""
    rows = store.rows(
        "SELECT claim.number, claim.id FROM claim JOIN occurrence ON occurrence.claim = claim.number"
        " JOIN statement ON statement.number = occurrence.statement JOIN article ON article.number = statement.article"
        " GROUP BY claim.number ORDER BY min(article.instant) NULLS LAST, claim.id"
    )
    for number, ident in rows:
        if row := store.row("SELECT body FROM claim WHERE number = ? AND id = ?", number, ident):
            yield _claim(store, number, ident, row[0])


def problems(store: Store) -> Iterator[Problem]:
    """Every problem: those of articles in order of time, then those of inputs that gave none."""
    rows = store.rows(
        "SELECT body FROM problem LEFT JOIN article ON article.number = problem.article"
        " ORDER BY article.id IS NULL, instant NULLS LAST, article.id,"
        " CASE WHEN article.id IS NOT NULL THEN problem.number END, body"
    )
    return (unpacked(body, Problem) for (body,) in rows)


def _articles_in_time(store: Store) -> Iterator[int]:
    return (number for (number,) in store.rows("SELECT number FROM article ORDER BY instant NULLS LAST, id"))


def numbered(store: Store, number: int) -> Reading | None:
    """The article of that row with its statements and problems."""
    found = held(store, number)
    if found is None:
        return None
    return Reading(article=found, statements=_statements(store, number), problems=_problems(store, number))


def held(store: Store, number: int) -> Article | None:
    """The article of that row."""
    row = store.row(
        "SELECT id, external_id, url, outlet, title, published, authors, text, links FROM article WHERE number = ?",
        number,
    )
    if row is None:
        return None
    ident, external_id, url, outlet, title, published, authors, text, links = row
    return Article(
        id=words(ident),
        external_id=_or_none(external_id),
        url=_or_none(url),
        outlet=_or_none(outlet),
        title=_or_none(title),
        published=_or_none(published),
        authors=unpacked(authors, tuple[str, ...]),
        text=words(text),
        links=() if links is None else unpacked(links, tuple[Hyperlink, ...]),
    )


def _statements(store: Store, article_number: int) -> tuple[Statement, ...]:
    rows = store.rows("SELECT body FROM statement WHERE article = ? ORDER BY position", article_number)
    return tuple(unpacked(body, Statement) for (body,) in rows)


def _problems(store: Store, article_number: int) -> tuple[Problem, ...]:
    rows = store.rows("SELECT body FROM problem WHERE article = ? ORDER BY number", article_number)
    return tuple(unpacked(body, Problem) for (body,) in rows)


def _claim(store: Store, number: int, ident: str, body: Words) -> Claim:
    rows: list[Row] = store.rows(
        "SELECT statement.id, article.id, carriage FROM occurrence"
        " JOIN statement ON statement.number = occurrence.statement JOIN article ON article.number = statement.article"
        " WHERE claim = ? ORDER BY occurrence.position",
        number,
    )
    occurrences = tuple(Occurrence(statement=s, article=a, carriage=carriage) for s, a, carriage in rows)
    return msgspec.structs.replace(unpacked(body, Claim), id=ident, occurrences=occurrences)


def _or_none(value: Words | None) -> str | None:
    return None if value is None else words(value)
