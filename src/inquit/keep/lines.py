"""Lines of the lists that pages show: a record in few words, with what belongs to it."""

# ruff: noqa: S608 - names of columns are our own

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import msgspec

from inquit.keep.sources import agreed
from inquit.keep.store import Row, Store
from inquit.keep.stored import Words, unpacked, words
from inquit.records import Copy, Statement

Kind: TypeAlias = Literal["entity", "party", "outlet"]
By: TypeAlias = Literal["came", "published"]

NEWNESS: dict[By, str] = {"came": "coalesce(at, instant)", "published": "coalesce(instant, at)"}
"""By when an article came into the ledger, or was published; by the other where that is not known."""


class News(NamedTuple):
    """Articles are new that came into the ledger, or were published, since an instant (seconds since 1970)."""

    since: float
    by: By


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in a list; ``new`` counts articles that are, ``first`` and ``last`` are dates as published.

    ``corrections`` and ``circular`` count statements: with which an outlet takes it back, with which it comes back.
    """

    id: str
    text: str
    articles: int
    outlets: int
    sources: int
    losses: int
    denials: int
    corrections: int
    circular: int
    copies: int
    new: int
    first: str | None
    last: str | None
    names: tuple[str, ...]


class ArticleLine(msgspec.Struct, frozen=True, kw_only=True):
    """An article in a list."""

    id: str
    outlet: str | None
    title: str
    published: str | None
    statements: int
    own_voice: int


class SaidLine(msgspec.Struct, frozen=True, kw_only=True):
    """A statement in a list, with its article and the claim that it is an occurrence of."""

    statement: Statement
    content: str
    cue: str | None
    article: ArticleLine
    claim: str | None


class NameLine(msgspec.Struct, frozen=True, kw_only=True):
    """A name in a list: how many statements it has, in how many outlets, how many of them framed otherwise."""

    name: str
    statements: int
    outlets: int
    framed: int
    standing: str | None
    party: str | None


class CopyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A copy with both of its articles."""

    copy: Copy
    giver: ArticleLine
    taker: ArticleLine


class _Brief(msgspec.Struct):
    """Of a claim what its line has."""

    text: str
    corrected_by: tuple[str, ...] = ()
    circular: tuple[str, ...] = ()


class Lines:
    """Makes lines of the numbers of records."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def claim(self, row: Row, new: News | None) -> ClaimLine | None:
        """A claim, of a row of ``tally`` without its times; None when it is gone."""
        claim, articles, outlets, sources, losses, denials = row
        body = self._store.row("SELECT id, body FROM claim WHERE number = ?", claim)
        rows = self._store.rows(
            "SELECT a.number, a.outlet, a.published, a.instant IS NOT NULL,"
            f" coalesce({NEWNESS[new.by if new else 'came']} >= ?, 0) FROM occurrence o JOIN statement s"
            " ON s.number = o.statement JOIN article a ON a.number = s.article"
            " LEFT JOIN arrival ON arrival.article = a.number WHERE claim = ?"
            " GROUP BY a.number ORDER BY min(o.position)",
            new.since if new else None,
            claim,
        )
        if body is None or not rows:
            return None
        copies = self._store.rows(
            # By one end, "+" keeping the other out of the index: looking each two ends up costs their number squared.
            "SELECT count(*) FROM copy WHERE to_article IN (SELECT value FROM json_each(?1))"
            " AND +from_article IN (SELECT value FROM json_each(?1))",
            msgspec.json.encode([number for number, *_ in rows]).decode(),
        )
        brief = unpacked(body[1], _Brief)
        dates = [or_none(published) for _, _, published, dated, _ in rows if dated]
        return ClaimLine(
            id=words(body[0]),
            text=brief.text,
            articles=articles,
            outlets=outlets,
            sources=sources,
            losses=losses,
            denials=denials,
            corrections=len(brief.corrected_by),
            circular=len(brief.circular),
            copies=copies[0][0],
            new=sum(new for *_, new in rows),
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            names=tuple(dict.fromkeys(words(outlet) for _, outlet, *_ in rows if outlet is not None)),
        )

    def article(self, number: int) -> ArticleLine:
        """An article."""
        [row] = self._store.rows(
            "SELECT id, outlet, title, external_id, published,"
            " (SELECT count(*) FROM told WHERE article = number),"
            " (SELECT count(*) FROM told WHERE article = number AND standing IS NULL) FROM article WHERE number = ?",
            number,
        )
        ident, outlet, title, external_id, published, statements, own = row
        return ArticleLine(
            id=words(ident),
            outlet=or_none(outlet),
            title=(or_none(title) or "").strip() or or_none(external_id) or "Untitled article",
            published=or_none(published),
            statements=statements,
            own_voice=own,
        )

    def copy(self, row: Row) -> CopyLine:
        """A copy, of its body and the numbers of its articles."""
        body, giver, taker = row
        return CopyLine(copy=unpacked(body, Copy), giver=self.article(giver), taker=self.article(taker))

    def said(self, statement: int, article: int, cue: Words | None) -> SaidLine:
        """A statement, of the numbers of it and of its article."""
        [(body, content, claim)] = self._store.rows(
            "SELECT body, content, (SELECT claim.id FROM occurrence JOIN claim ON claim.number = occurrence.claim"
            " WHERE occurrence.statement = statement.number) FROM statement WHERE number = ?",
            statement,
        )
        return SaidLine(
            statement=unpacked(body, Statement),
            content=words(content),
            cue=or_none(cue),
            article=self.article(article),
            claim=or_none(claim),
        )

    def name(self, kind: Kind, key: Words, statements: int) -> NameLine:
        """A name, of its key."""
        [(outlets, framed, first)] = self._store.rows(
            "SELECT count(DISTINCT outlet), count(iif(framing <> 'neutral', 1, NULL)), min(statement)"
            f" FROM told WHERE {kind} = ?",
            key,
        )
        party, standing = (self._most(key, "party"), self._most(key, "standing")) if kind == "entity" else (None, None)
        return NameLine(
            name=self.spelt(kind, first),
            statements=statements,
            outlets=outlets,
            framed=framed,
            standing=None if standing is None else words(standing[0]),
            party=None if party is None else self.spelt("party", party[1]),
        )

    def _most(self, key: Words, column: str) -> tuple[Words, int] | None:
        """What most statements of an entity have in a column, but for its own name, and one of these statements.

        A party is one that two in three of those that tell one agree on, as for ``sources``.
        """
        row = self._store.row(
            f"SELECT {column}, min(statement), count(*), sum(count(*)) OVER () FROM told WHERE entity = ?1"
            f" AND {column} <> ?1 GROUP BY {column} ORDER BY count(*) DESC, 2 LIMIT 1",
            key,
        )
        if row is None or (column == "party" and not agreed(row[2], row[3])):
            return None
        return row[0], row[1]

    def spelt(self, kind: str, statement: int) -> str:
        """The name as the records have it."""
        [(entity, party, outlet)] = self._store.rows(
            "SELECT entity, party, outlet FROM statement JOIN article ON article.number = statement.article"
            " WHERE statement.number = ?",
            statement,
        )
        return or_none({"entity": entity, "party": party, "outlet": outlet}[kind]) or ""


def or_none(value: Words | None) -> str | None:
    """Words as they were before they were stored."""
    return None if value is None else words(value)
