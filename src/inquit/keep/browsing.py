"""What pages for people show: counts and lists, a page at a time, of the narrow tables beside the records."""

# ruff: noqa: S608 - conditions are put together of our own pieces; what is asked for goes in as values

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from inquit.keep.lines import (
    NEWNESS,
    ArticleLine,
    ClaimLine,
    CopyLine,
    Kind,
    Lines,
    NameLine,
    News,
    SaidLine,
    or_none,
)
from inquit.keep.search import Hit, current_articles
from inquit.keep.sieve import Sieve, spellings
from inquit.keep.store import Store, Value
from inquit.keep.stored import stored, unpacked, words
from inquit.records import Claim, Copy

Column: TypeAlias = Literal["entity", "party", "standing", "stance", "framing", "cue"]

_ORDERS = {
    "outlets": "outlets DESC, sources, last DESC",
    # Many outlets on one source come before few on many: that is what a reader cannot see.
    "independence": "sources, outlets DESC, last DESC",
    "losses": "losses DESC, outlets DESC, last DESC",
    "denials": "denials DESC, outlets DESC, last DESC",
    "newest": "last DESC NULLS LAST, outlets DESC",
    "oldest": "first NULLS LAST, outlets DESC",
}
ORDERS = tuple(_ORDERS)
GRID = (8, 5)
"""The most outlets, and the most independent sources, that are told apart."""


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """What a ledger holds, and the instants of its oldest and newest article; ``old`` are superseded versions.

    ``came_first`` and ``came_last`` are when its first and its last article came into it: 0 where it is not known of
    all, as of those that came before that was noted.
    """

    articles: int
    statements: int
    own_voice: int
    claims: int
    copies: int
    outlets: int
    problems: int
    old: int
    first: float | None
    last: float | None
    came_first: float | None
    came_last: float | None


class WantedClaims(msgspec.Struct, frozen=True, kw_only=True):
    """Claims with a statement that the sieve lets through, in one of the ``ORDERS``.

    ``new`` tells which articles count as new, ``only_new`` leaves claims without any out; ``cell`` is one of the
    grid's, so many outlets and so many independent sources.
    """

    sieve: Sieve = Sieve()
    order: str = ORDERS[0]
    new: News | None = None
    only_new: bool = False
    cell: tuple[int, int] | None = None

    def where(self) -> tuple[str, tuple[Value, ...]]:
        """A condition on a row of ``tally``, and the values of its question marks."""
        conditions, values = ["1"], tuple[Value, ...]()
        if not self.sieve.whole:
            told, values = self.sieve.where()
            conditions.append(f"claim IN (SELECT claim FROM occurrence JOIN told USING (statement) WHERE {told})")
        if self.only_new and self.new is not None:
            conditions.append(
                "claim IN (SELECT claim FROM occurrence JOIN told USING (statement) WHERE told.article IN"
                " (SELECT number FROM article LEFT JOIN arrival ON arrival.article = number"
                f" WHERE {NEWNESS[self.new.by]} >= ?))"
            )
            values = (*values, self.new.since)
        if self.cell is not None:
            conditions.append(f"min(outlets, {GRID[0]}) = ? AND min(sources, {GRID[1]}) = ?")
            values = (*values, *self.cell)
        return " AND ".join(conditions), values


class Slice(NamedTuple):
    """So many after the first so many."""

    after: int
    most: int


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One of the articles that stood under an address, fetched at that instant; ``current`` while it is the newest."""

    article: str
    address: str
    at: float
    current: bool


class Browsing:
    """Pages of a ledger; its methods raise as those of ``Ledger`` do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lines = Lines(store)

    def extent(self) -> Extent:
        """What the ledger holds."""
        row = self._store.row(
            "SELECT (SELECT count(*) FROM article),"
            " (SELECT coalesce(sum(statements), 0) FROM named WHERE kind = 'outlet'), (SELECT count(*) FROM told"
            " WHERE standing IS NULL), (SELECT count(*) FROM tally),"
            " (SELECT count(*) FROM copy), (SELECT count(*) FROM named WHERE kind = 'outlet' AND key <> ''),"
            " (SELECT count(*) FROM problem), (SELECT count(*) FROM superseded),"
            " (SELECT min(instant) FROM article), (SELECT max(instant) FROM article),"
            " (SELECT iif(count(*) < (SELECT count(*) FROM article), 0.0, min(at)) FROM arrival),"
            " (SELECT max(at) FROM arrival)"
        )
        found = Extent(**dict(zip(Extent.__struct_fields__, row or (), strict=True)))
        return msgspec.structs.replace(found, articles=found.articles - found.old)

    # -- claims

    def claims(self, wanted: WantedClaims, within: Slice) -> tuple[list[ClaimLine], int]:
        """Claims, and how many there are."""
        where, values = wanted.where()
        # Counted as they are found: to look for words that most claims have is the dear part.
        rows = self._store.rows(
            f"SELECT claim, articles, outlets, sources, losses, denials, count(*) OVER () FROM tally WHERE {where}"
            f" ORDER BY {_ORDERS[wanted.order]}, claim LIMIT ? OFFSET ?",
            *values,
            within.most,
            within.after,
        )
        counted = rows[0][-1] if rows else self._store.rows(f"SELECT count(*) FROM tally WHERE {where}", *values)[0][0]
        count = int(counted)
        lines = (self._lines.claim(row[:-1], wanted.new) for row in rows)
        return [line for line in lines if line is not None], count

    def grid(self) -> dict[tuple[int, int], int]:
        """How many claims there are of so many outlets and so many independent sources, each ``GRID`` at most."""
        rows = self._store.rows(
            "SELECT min(outlets, ?), min(sources, ?), count(*) FROM tally WHERE outlets > 0 GROUP BY 1, 2", *GRID
        )
        return {(outlets, sources): count for outlets, sources, count in rows}

    def claim_lines(self, claims: Iterable[str]) -> dict[str, ClaimLine]:
        """Claims as lines of a list, by their ids."""
        sql = (
            "SELECT claim, articles, outlets, sources, losses, denials FROM tally WHERE claim ="
            " (SELECT number FROM claim WHERE id = ?)"
        )
        rows = [(one, self._store.row(sql, stored(one))) for one in dict.fromkeys(claims)]
        lines = ((one, self._lines.claim(row, None)) for one, row in rows if row)
        return {one: line for one, line in lines if line is not None}

    def claims_of(self, article: str) -> dict[str, str]:
        """The claims that an article's statements put forward: statement to claim, by their ids."""
        rows = self._store.rows(
            "SELECT statement.id, claim.id FROM statement JOIN occurrence ON occurrence.statement = statement.number"
            " JOIN claim ON claim.number = occurrence.claim"
            " WHERE article = (SELECT number FROM article WHERE id = ?)",
            stored(article),
        )
        return {words(statement): words(claim) for statement, claim in rows}

    def claim_of(self, statement: str) -> str | None:
        """The id of the claim that a statement puts forward."""
        row = self._store.row(
            "SELECT claim.id FROM claim JOIN occurrence ON occurrence.claim = claim.number"
            " WHERE statement = (SELECT number FROM statement WHERE id = ?)",
            stored(statement),
        )
        return words(row[0]) if row else None

    def rulings_in(self, article: str) -> list[str]:
        """The ids of all rulings on an article and its statements, shown or not, the newest first."""
        rows = self._store.rows(
            "SELECT id FROM ruling WHERE article = (SELECT number FROM article WHERE id = ?) ORDER BY number DESC",
            stored(article),
        )
        return [words(ident) for (ident,) in rows]

    # -- articles and copies

    def articles(self, sieve: Sieve, within: Slice) -> tuple[list[ArticleLine], int]:
        """Articles, the newest first, and how many there are; of the sieve outlet, times and words are heeded."""
        conditions, values = ["number NOT IN (SELECT article FROM superseded)"], list[Value]()
        if sieve.outlet is not None:
            conditions.append("lower(coalesce(outlet, '')) IN (?, ?, ?, ?)")
            values += spellings(sieve.outlet)
        where, told = msgspec.structs.replace(sieve, outlet=None).where()
        if told or where != "1":
            conditions.append(f"number IN (SELECT article FROM told WHERE {where})")
            values += told
        chosen = f" FROM article WHERE {' AND '.join(conditions)}"
        rows = self._store.rows(
            f"SELECT number{chosen} ORDER BY instant DESC NULLS LAST, number LIMIT ? OFFSET ?",
            *values,
            within.most,
            within.after,
        )
        count = self._store.rows(f"SELECT count(*){chosen}", *values)[0][0]
        return [self._lines.article(number) for (number,) in rows], count

    def versions(self, article: str) -> list[Version]:
        """What stood under the addresses of an article, the oldest first; empty where only it did."""
        rows = self._store.rows(
            "SELECT article.id, version.page, at, NOT EXISTS (SELECT 1 FROM version later"
            " WHERE later.page = version.page AND later.position > version.position)"
            " FROM version JOIN article ON article.number = version.article WHERE version.page IN"
            " (SELECT page FROM version WHERE article = (SELECT number FROM article WHERE id = ?))"
            " ORDER BY version.page, version.position",
            stored(article),
        )
        found = [Version(article=words(a), address=words(p), at=at, current=bool(now)) for a, p, at, now in rows]
        return found if len(found) > 1 else []

    def superseded(self, article: str) -> bool:
        """Whether an article is an old version."""
        sql = "SELECT 1 FROM superseded WHERE article = (SELECT number FROM article WHERE id = ?)"
        return self._store.row(sql, stored(article)) is not None

    def copies(self, within: Slice, *, least: float = 0.0) -> tuple[list[CopyLine], int]:
        """Copies of at least that share of words, the largest first, and how many there are."""
        chosen = " FROM copy WHERE CAST(body AS TEXT) ->> '$.share' >= ?"
        rows = self._store.rows(
            f"SELECT body, from_article, to_article{chosen}"
            " ORDER BY CAST(body AS TEXT) ->> '$.share' DESC, to_article, from_article LIMIT ? OFFSET ?",
            least,
            within.most,
            within.after,
        )
        return [self._lines.copy(row) for row in rows], self._store.rows(f"SELECT count(*){chosen}", least)[0][0]

    def copies_of(self, article: str) -> list[CopyLine]:
        """The copies from and to an article, the largest first."""
        rows = self._store.rows(
            "SELECT body, from_article, to_article FROM copy, (SELECT number FROM article WHERE id = ?) own"
            " WHERE to_article = own.number OR from_article = own.number"
            " ORDER BY CAST(body AS TEXT) ->> '$.share' DESC LIMIT 100",
            stored(article),
        )
        return [self._lines.copy(row) for row in rows]

    def copies_among(self, claim: Claim) -> list[Copy]:
        """The copies between the articles of a claim."""
        articles = {occurrence.article for occurrence in claim.occurrences}
        sql = "SELECT body FROM copy WHERE to_article = (SELECT number FROM article WHERE id = ?)"
        found = (unpacked(body, Copy) for one in sorted(articles) for (body,) in self._store.rows(sql, stored(one)))
        return [copy for copy in found if copy.from_ in articles]

    # -- what is said

    def hits(self, asked: str, most: int) -> list[Hit]:
        """Articles that hold all the words, the best first, without the old versions of any."""
        return current_articles(self._store, asked, most)

    def said(self, sieve: Sieve, within: Slice) -> tuple[list[SaidLine], int]:
        """Statements, those of the newest articles first, and how many there are."""
        where, values = sieve.where()
        rows = self._store.rows(
            f"SELECT statement, article, cue FROM told WHERE {where}"
            " ORDER BY instant DESC NULLS LAST, article, statement LIMIT ? OFFSET ?",
            *values,
            within.most,
            within.after,
        )
        count = self._store.rows(f"SELECT count(*) FROM told WHERE {where}", *values)[0][0]
        return [self._lines.said(*row) for row in rows], count

    def counted(self, sieve: Sieve, column: Column, most: int = 100) -> list[tuple[str | None, int]]:
        """How many of the statements have what in a column, the most frequent first; names as one of them has it."""
        where, values = sieve.where()
        rows = self._store.rows(
            f"SELECT {column}, count(*), min(statement) FROM told WHERE {where} GROUP BY {column}"
            f" ORDER BY count(*) DESC, {column} LIMIT ?",
            *values,
            most,
        )
        if column in {"entity", "party"}:
            return [
                (self._lines.spelt(column, first) if key is not None else None, count) for key, count, first in rows
            ]
        return [(or_none(key), count) for key, count, _ in rows]

    def framings(self, sieve: Sieve) -> list[tuple[str, str, int]]:
        """Outlet, framing and how many of the statements."""
        where, values = sieve.where()
        rows = self._store.rows(
            f"SELECT outlet, framing, count(*), min(article) FROM told WHERE {where} AND framing IS NOT NULL"
            " GROUP BY outlet, framing ORDER BY outlet, framing",
            *values,
        )
        return [(self._lines.article(first).outlet or "", framing, count) for _, framing, count, first in rows]

    def over_time(self, sieve: Sieve, form: str) -> list[tuple[str, int]]:
        """How many of the statements are of each stretch of time, which ``form`` of strftime tells apart."""
        where, values = sieve.where()
        return self._store.rows(
            f"SELECT strftime(?, instant, 'unixepoch') AS day, count(*) FROM told WHERE {where}"
            " AND instant IS NOT NULL GROUP BY day ORDER BY day",
            form,
            *values,
        )

    def outlets(self) -> list[str]:
        """The names of all outlets, in no order."""
        rows = self._store.rows(
            "SELECT (SELECT outlet FROM article WHERE lower(coalesce(outlet, '')) = key LIMIT 1) FROM named"
            " WHERE kind = 'outlet' AND typeof(key) = 'text' AND key <> ''"
        )
        return [words(outlet) for (outlet,) in rows if outlet is not None]

    def knows(self, name: str) -> bool:
        """Whether any statement has that very name, in whatever case, as its source, party or outlet."""
        keys = spellings(name)
        return self._store.row(f"SELECT 1 FROM named WHERE key IN ({', '.join('?' * len(keys))})", *keys) is not None

    def names(self, kind: Kind, within: Slice, like: Sieve | None = None) -> tuple[list[NameLine], int]:
        """Names, those with most statements first, and how many there are; those of statements like that."""
        where, given = "kind = ? AND key <> ''", (kind, *tuple[Value, ...]())
        if like is not None and not like.whole:
            told, values = like.where()
            where, given = f"{where} AND key IN (SELECT {kind} FROM told WHERE {told})", (kind, *values)
        rows = self._store.rows(
            f"SELECT key, statements FROM named WHERE {where} ORDER BY statements DESC, key LIMIT ? OFFSET ?",
            *given,
            within.most,
            within.after,
        )
        count = self._store.rows(f"SELECT count(*) FROM named WHERE {where}", *given)[0][0]
        return [self._lines.name(kind, key, statements) for key, statements in rows], count
