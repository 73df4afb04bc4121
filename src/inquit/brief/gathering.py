"""What a brief needs of a ledger, looked up once for all of its claims."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from inquit.keep import Ledger
from inquit.keep.sieve import Sieve
from inquit.records import Article, Claim, Copy, Statement
from inquit.show.chain import Chain, chain


@dataclass(frozen=True, slots=True)
class Story:
    """The chains of the claims that are told, and the records around them by id.

    ``elsewhere`` tells of a source how many statements of how many outlets the whole ledger has.
    """

    chains: tuple[Chain, ...]
    articles: Mapping[str, Article]
    statements: Mapping[str, Statement]
    elsewhere: Callable[[str], tuple[int, int]]


def gathered(ledger: Ledger, claims: Sequence[Claim]) -> Story:
    """The claims with all that belongs to them."""
    articles: dict[str, Article] = {}
    statements: dict[str, Statement] = {}
    for ident in dict.fromkeys(o.article for claim in claims for o in claim.occurrences):
        if article := ledger.article(ident):
            articles[ident] = article
            statements |= {statement.id: statement for statement in ledger.statements(ident)}
    copies = _copies(ledger, articles)
    chains = tuple(chain(claim, statements, articles, _of(claim, copies)) for claim in claims)
    browsing = ledger.browsing()

    def elsewhere(name: str) -> tuple[int, int]:
        framings = browsing.framings(Sieve(entity=name))
        return sum(count for *_, count in framings), len({outlet.casefold() for outlet, *_ in framings})

    return Story(chains=chains, articles=articles, statements=statements, elsewhere=elsewhere)


def key(name: str) -> str:
    """A name to find a source by."""
    return unicodedata.normalize("NFC", name).casefold()


def _copies(ledger: Ledger, articles: Mapping[str, Article]) -> dict[str, list[Copy]]:
    found: dict[str, list[Copy]] = defaultdict(list)
    for copy in ledger.copies():
        if copy.to in articles and copy.from_ in articles:
            found[copy.to].append(copy)
    return found


def _of(claim: Claim, copies: Mapping[str, Iterable[Copy]]) -> list[Copy]:
    held = dict.fromkeys(o.article for o in claim.occurrences)
    return [copy for ident in held for copy in copies.get(ident, ()) if copy.from_ in held]
