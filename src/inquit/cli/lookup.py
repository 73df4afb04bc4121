"""Records that belong together, looked up in a ledger for the reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from inquit.errors import UsageError
from inquit.keep import Ledger
from inquit.records import Article, Claim, Copy, Statement


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a claim rests on: its statements, their articles, and the copies between these."""

    statements: dict[str, Statement]
    articles: dict[str, Article]
    copies: list[Copy]


def articles_of(ledger: Ledger, ids: Iterable[str]) -> dict[str, Article]:
    """The articles of these ids that the ledger holds."""
    found = {ident: ledger.article(ident) for ident in dict.fromkeys(ids)}
    return {ident: article for ident, article in found.items() if article is not None}


def statements_of(ledger: Ledger, ids: Iterable[str]) -> dict[str, Statement]:
    """The statements of these ids that the ledger holds."""
    found = {ident: ledger.statement(ident) for ident in dict.fromkeys(ids)}
    return {ident: statement for ident, statement in found.items() if statement is not None}


def surroundings(ledger: Ledger, claim: Claim) -> Surroundings:
    """All that a report of the claim needs."""
    articles = articles_of(ledger, (o.article for o in claim.occurrences))
    copies = [c for c in ledger.copies() if c.from_ in articles and c.to in articles]
    statements = statements_of(ledger, (o.statement for o in claim.occurrences))
    statements |= statements_of(ledger, (s.inside for s in statements.values() if s.inside))
    return Surroundings(statements, articles, copies)


def claim_of(ledger: Ledger, path: Path, given: str) -> Claim:
    """The claim that an id, or the beginning of one, of a claim or of one of its statements means.

    Raises UsageError when there is none.
    """
    ident = ledger.resolve(given)
    if ident.startswith("s1:"):
        claim = next((c for c in ledger.claims() if any(o.statement == ident for o in c.occurrences)), None)
    else:
        claim = ledger.claim(ident)
    if claim is None:
        raise UsageError(f"{given} stands in no claim; `inquit claims {path}` shows those that there are")
    return claim
