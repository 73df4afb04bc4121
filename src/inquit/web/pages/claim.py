"""A claim: its chain over time, each occurrence in its sentence, and on whose word it stands."""

from __future__ import annotations

import msgspec

from inquit.keep import Ledger
from inquit.keep.browsing import Slice, WantedClaims
from inquit.keep.lines import ClaimLine
from inquit.keep.sieve import Sieve
from inquit.records import Claim, Ruling
from inquit.show.chain import Link
from inquit.show.kept import chain_in
from inquit.show.markup import Markup, element
from inquit.show.story_page import Carried, Ways, account, claim_title, head, title_of
from inquit.web.addresses import at
from inquit.web.asking import Asked, MovedError, Shown, in_full
from inquit.web.history import RulingLine, ruling_lines
from inquit.web.names import named


class ClaimPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; ``more`` occurrences are not told one by one, those that are by number, statement, place.

    ``others`` are claims that hold the words of ``find``, to be joined with this one.
    """

    claim: Claim
    title: str
    head: Markup
    account: Markup
    more: int
    occurrences: list[tuple[int, str, str]]
    rulings: list[RulingLine]
    seen: str
    find: str | None
    others: list[ClaimLine]
    more_others: int
    asked: Asked


MOST = 100
"""Occurrences that are told one by one."""
_MOST_OTHERS = 20


def page(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/claim/ID``; another address leads to it where the claim has become part of another one."""
    claim = ledger.claim(asked.ident)
    if claim is None:
        in_full(ledger, asked, "claim")
    if claim.id != asked.ident:
        raise MovedError(at(f"/claim/{claim.id}"))
    some = msgspec.structs.replace(claim, occurrences=claim.occurrences[:MOST])
    told = chain_in(ledger, some)
    find = asked.text("find")
    others, more_others = _others(ledger, claim, find) if find else ([], 0)
    found = ClaimPage(
        claim=claim,
        title=claim_title(told),
        head=head(told, _carried(ledger, claim.id)),
        account=account(told, Ways(name=named, title=_title, more=_more)),
        more=len(claim.occurrences) - len(some.occurrences),
        occurrences=[(link.number, link.statement, f"{link.outlet}, {link.when}") for link in told.links],
        rulings=ruling_lines(ledger, _rulings(ledger, claim)),
        seen=ledger.seen(claim.id),
        find=find,
        others=others,
        more_others=more_others,
        asked=asked,
    )
    return Shown("claim.html", found)


def _others(ledger: Ledger, claim: Claim, words: str) -> tuple[list[ClaimLine], int]:
    """Other claims with a statement that holds all the words, those of most outlets first; and how many more."""
    wanted = WantedClaims(sieve=Sieve(words=words))
    lines, total = ledger.browsing().claims(wanted, Slice(0, _MOST_OTHERS + 1))
    found = [line for line in lines if line.id != claim.id][:_MOST_OTHERS]
    own = len(found) < len(lines) and any(line.id == claim.id for line in lines)
    return found, max(0, total - len(found) - own)


def _carried(ledger: Ledger, claim: str) -> Carried | None:
    line = ledger.browsing().claim_lines([claim]).get(claim)
    return Carried(line.articles, line.outlets, (line.first, line.last)) if line else None


def _rulings(ledger: Ledger, claim: Claim) -> list[Ruling]:
    """Those on the claim and on what puts it forward, the newest first."""
    about = (claim.id, *(occurrence.statement for occurrence in claim.occurrences[:MOST]))
    return sorted((ruling for one in about for ruling in ledger.rulings(about=one)), key=lambda r: r.at, reverse=True)


def _title(link: Link) -> Markup:
    return element("a", title_of(link), href=at(f"/statement/{link.statement}"), dir="auto")


def _more(link: Link) -> Markup | None:
    about = element("span", "all of ", named("entity", link.entity)) if link.entity else None
    return element("p", about, class_="ties") if about else None
