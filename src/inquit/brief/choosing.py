"""Which claims a brief is about, and how that is said in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from math import inf
from typing import NamedTuple

from inquit.clock import instant
from inquit.errors import UsageError
from inquit.keep import Ledger, Wanted
from inquit.records import Article, Claim

_ALL = 2**31


class Chosen(NamedTuple):
    """Claims, most outlets first, then in order of time; and their articles in order of time."""

    claims: list[Claim]
    articles: list[Article]


def chosen(ledger: Ledger, wanted: Wanted, words: str, claims: Sequence[str]) -> Chosen:
    """The claims that have all that is asked for.

    Raises UsageError for an id that means no claim, and when no claim fits.
    """
    named = {claim.id: claim for claim in (_claim(ledger, given) for given in claims)}
    found = list(named.values()) if wanted == Wanted() and named else list(ledger.chosen(wanted))
    if named:
        found = [claim for claim in found if claim.id in named]
    if words:
        met = {hit.id for hit in ledger.search(words, limit=_ALL)}
        found = [claim for claim in found if any(o.statement in met for o in claim.occurrences)]
    if not found:
        raise UsageError(f"no claim of {ledger.path} fits: `inquit claims {ledger.path}` shows those that there are")
    idents = dict.fromkeys(o.article for claim in found for o in claim.occurrences)
    articles = {ident: article for ident in idents if (article := ledger.article(ident)) is not None}
    outlets = {ident: (article.outlet or "").casefold() for ident, article in articles.items()}
    found.sort(key=lambda claim: -len({outlets.get(o.article) for o in claim.occurrences}))
    return Chosen(found, sorted(articles.values(), key=_time))


def asked(wanted: Wanted, words: str, claims: Sequence[str]) -> tuple[str, ...]:
    """What was asked for, a line for each condition."""
    return tuple(_conditions(wanted, words, claims)) or ("Every claim of the ledger.",)


def _time(article: Article) -> tuple[float, str]:
    time = instant(article.published)
    return inf if time is None else time, article.id


def _claim(ledger: Ledger, given: str) -> Claim:
    ident = ledger.resolve(given)
    claim = ledger.claim(ledger.browsing().claim_of(ident) or ident)
    if claim is None:
        raise UsageError(f"{given} stands in no claim: `inquit claims {ledger.path}` shows those that there are")
    return claim


def _conditions(wanted: Wanted, words: str, claims: Sequence[str]) -> Iterator[str]:
    if claims:
        yield f"Claims that were named: {', '.join(claims)}."
    if words:
        yield f"Claims with a statement that holds: {words}."
    for name, part in (("a source", wanted.source), ("a party", wanted.party), ("an outlet", wanted.outlet)):
        if part is not None:
            yield f"Claims with a statement of {name} named: {part}."
    if wanted.since is not None:
        yield f"Claims with a statement published on {_day(wanted.since)} or later."
    if wanted.until is not None:
        yield f"Claims with a statement published on {_day(wanted.until - 1)} or earlier."


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
