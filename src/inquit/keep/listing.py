"""Some of the records of a kind, in their order: a page of them, without going through those before it one by one."""

# ruff: noqa: S608 - conditions are put together of our own pieces; what is asked for goes in as values

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, TypeAlias, TypeVar

import msgspec

from inquit.keep import reading
from inquit.keep.choosing import Wanted, part
from inquit.keep.search import query
from inquit.keep.sieve import Sieve
from inquit.keep.store import Row, Store
from inquit.keep.stored import stored, unpacked, words
from inquit.records import Article, Claim, Copy, Problem, Stance, Standing, Statement

T = TypeVar("T")
Order: TypeAlias = Literal["outlets", "independence", "laundering", "time"]

_ORDERS: dict[Order, str] = {
    "outlets": "outlets DESC, ",
    "independence": "sources, outlets DESC, ",
    "laundering": "losses DESC, outlets DESC, ",
    "time": "",
}


class Stretch(NamedTuple):
    """Which of the records are wanted: ``most`` of them after the first ``start``."""

    start: int
    most: int


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement has to have: parts of names in whatever case, words, labels; None is not asked for."""

    words: str | None = None
    article: str | None = None
    source: str | None = None
    party: str | None = None
    outlet: str | None = None
    standing: Standing | None = None
    stance: Stance | None = None
    own_voice: bool | None = None


class Listing:
    """Asks a ledger for pages of records; its methods raise as those of ``Ledger`` do."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def articles(self, stretch: Stretch, *, outlet: str | None = None) -> list[Article]:
        """Articles in order of time; of outlets whose name has the part."""
        rows = self._store.rows(
            "SELECT id FROM article WHERE ?1 IS NULL OR outlet LIKE ?1 ESCAPE '\\'"
            " ORDER BY instant NULLS LAST, id LIMIT ?2 OFFSET ?3",
            part(outlet),
            stretch.most,
            stretch.start,
        )
        return self._records(rows, reading.article)

    def statements(self, stretch: Stretch, sought: Sought) -> list[Statement]:
        """Statements in the order of ``articles``, then in that of the text."""
        holding = None if sought.words is None else query(sought.words)
        if holding == "":
            return []
        rows = self._store.rows(
            "SELECT s.id FROM statement s JOIN article a ON a.number = s.article"
            " WHERE (?1 IS NULL OR a.id = ?1) AND (?2 IS NULL OR entity LIKE ?2 ESCAPE '\\')"
            " AND (?3 IS NULL OR party LIKE ?3 ESCAPE '\\') AND (?4 IS NULL OR outlet LIKE ?4 ESCAPE '\\')"
            " AND (?5 IS NULL OR standing = ?5) AND (?6 IS NULL OR CAST(body AS TEXT) ->> '$.attribution.stance' = ?6)"
            " AND (?7 IS NULL OR (standing IS NULL) = ?7)"
            " AND (?8 IS NULL OR s.number IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?8))"
            " ORDER BY instant NULLS LAST, a.id, position LIMIT ?9 OFFSET ?10",
            None if sought.article is None else stored(sought.article),
            part(sought.source),
            part(sought.party),
            part(sought.outlet),
            sought.standing,
            sought.stance,
            sought.own_voice,
            holding,
            stretch.most,
            stretch.start,
        )
        return self._records(rows, reading.statement)

    def claims(self, stretch: Stretch, wanted: Wanted, *, words: str | None = None, order: Order) -> list[Claim]:
        """Claims with a statement that has all that is wanted, and one that holds all the words.

        Most outlets first; fewest independent sources; most steps of laundering; or in order of time, by which the
        other orders go too where claims are alike.
        """
        if words is not None and not query(words):
            return []
        fitting = Sieve(
            like_entity=wanted.source,
            like_party=wanted.party,
            like_outlet=wanted.outlet,
            since=wanted.since,
            until=wanted.until,
        )
        sieves = [sieve.where() for sieve in (fitting, Sieve(words=words)) if not sieve.whole]
        chosen = "".join(
            f" AND claim IN (SELECT claim FROM occurrence JOIN told USING (statement) WHERE {where})"
            for where, _ in sieves
        )
        rows = self._store.rows(
            f"SELECT id FROM tally JOIN claim ON number = claim WHERE true{chosen}"
            f" ORDER BY {_ORDERS[order]}first NULLS LAST, id LIMIT ? OFFSET ?",
            *(value for _, values in sieves for value in values),
            stretch.most,
            stretch.start,
        )
        return self._records(rows, reading.claim)

    def copies(self, stretch: Stretch, *, article: str | None = None) -> list[Copy]:
        """Copies in order of time of the article that takes over; those from or to an article."""
        rows = self._store.rows(
            "SELECT body FROM copy JOIN article taker ON taker.number = to_article"
            " JOIN article giver ON giver.number = from_article WHERE ?1 IS NULL OR ?1 IN (taker.id, giver.id)"
            " ORDER BY taker.instant NULLS LAST, taker.id, giver.instant NULLS LAST, giver.id LIMIT ?2 OFFSET ?3",
            None if article is None else stored(article),
            stretch.most,
            stretch.start,
        )
        return [unpacked(body, Copy) for (body,) in rows]

    def problems(self, stretch: Stretch, *, article: str | None = None) -> list[Problem]:
        """Problems: those of articles in order of time, then those of inputs that gave none."""
        rows = self._store.rows(
            "SELECT body FROM problem LEFT JOIN article ON article.number = problem.article"
            " WHERE ?1 IS NULL OR article.id = ?1 ORDER BY article.id IS NULL, instant NULLS LAST, article.id,"
            " CASE WHEN article.id IS NOT NULL THEN problem.number END, body LIMIT ?2 OFFSET ?3",
            None if article is None else stored(article),
            stretch.most,
            stretch.start,
        )
        return [unpacked(body, Problem) for (body,) in rows]

    def _records(self, rows: Iterable[Row], one: Callable[[Store, str], T | None]) -> list[T]:
        """The records of ids; what was forgotten meanwhile is left out."""
        return [record for (ident,) in rows if (record := one(self._store, words(ident))) is not None]
