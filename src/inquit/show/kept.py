"""What is shown of a ledger as it is kept: a claim with all that it rests on, pictures of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from inquit.keep import Ledger
from inquit.records import Claim
from inquit.show.chain import Chain, chain
from inquit.show.matrix_svg import MOST as MOST_SOURCES
from inquit.show.matrix_svg import matrix_svg
from inquit.show.outlets_svg import outlets_svg

T = TypeVar("T")


def by_id(one: Callable[[str], T | None], idents: Iterable[str]) -> dict[str, T]:
    """The records of these ids that the ledger holds; ``one`` looks one up."""
    found = ((ident, one(ident)) for ident in dict.fromkeys(idents))
    return {ident: record for ident, record in found if record is not None}


def chain_in(ledger: Ledger, claim: Claim) -> Chain:
    """A claim with what it rests on."""
    articles = by_id(ledger.article, (one.article for one in claim.occurrences))
    statements = by_id(ledger.statement, (one.statement for one in claim.occurrences))
    statements |= by_id(ledger.statement, [one.inside for one in statements.values() if one.inside])
    return chain(claim, statements, articles, ledger.browsing().copies_among(claim))


def outlets_in(ledger: Ledger, claim: Claim | None, *, width: int) -> str:
    """SVG, ``width`` pixels wide: when each outlet wrote, or took up a claim."""
    if claim is None:
        return outlets_svg(list(ledger.articles()), "When each outlet wrote", width=width)
    articles = by_id(ledger.article, (one.article for one in claim.occurrences))
    return outlets_svg(list(articles.values()), f"When each outlet took up “{claim.text}”", width=width)


def matrix_in(ledger: Ledger, *, width: int) -> str:
    """SVG, ``width`` pixels wide: who is quoted by whom, and how that is framed."""
    sources = list(ledger.sources())
    statements = by_id(ledger.statement, (ident for one in sources[:MOST_SOURCES] for ident in one.statements))
    outlets = {article.id: article.outlet for article in ledger.articles()}
    return matrix_svg(sources, statements, outlets, width=width)
