"""An article: its text with the statements marked in it, beside the ledger."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from inquit.keep import Ledger
from inquit.keep.browsing import Version
from inquit.keep.lines import ClaimLine, CopyLine
from inquit.records import Reading, Statement
from inquit.show.account import Entry, counted
from inquit.show.kept import by_id
from inquit.show.ledgerpane import Ways
from inquit.show.markup import Markup, element
from inquit.show.page import legend, section
from inquit.web.addresses import at
from inquit.web.asking import Asked, MovedError, Shown, in_full
from inquit.web.history import RulingLine, ruling_lines
from inquit.web.names import named


class ArticlePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; ``old`` while another version of it is the newest, ``ruled`` is the statement to rule on."""

    reading: Reading
    title: str
    section: Markup
    legend: Markup
    versions: list[Version]
    old: bool
    current: str | None
    copies: list[CopyLine]
    ruled: Statement | None
    ruled_words: str
    rulings: list[RulingLine]
    seen: str
    seen_ruled: str
    asked: Asked


def page(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/article/ID``."""
    browsing = ledger.browsing()
    reading = ledger.reading(asked.ident)
    if reading is None:
        in_full(ledger, asked, "article")
    article = reading.article
    claims = browsing.claims_of(article.id)
    lines = browsing.claim_lines(claims.values())
    ways = Ways(name=named, more=lambda entry: _more(ledger, entry, claims, lines))
    versions = browsing.versions(article.id)
    old = browsing.superseded(article.id)
    ruled = next((s for s in reading.statements if s.id == asked.text("rule")), None)
    found = ArticlePage(
        reading=reading,
        title=(article.title or "").strip() or article.external_id or "Untitled article",
        section=section(reading, ways=ways),
        legend=legend(),
        versions=versions,
        old=old,
        current=next((one.article for one in versions if one.current), None) if old else None,
        copies=browsing.copies_of(article.id),
        ruled=ruled,
        ruled_words=" … ".join(article.text[a:b] for a, b in ruled.content) if ruled else "",
        rulings=ruling_lines(ledger, by_id(ledger.ruling, browsing.rulings_in(article.id)).values()),
        seen=ledger.seen(article.id),
        seen_ruled=ledger.seen(ruled.id) if ruled else "",
        asked=asked,
    )
    return Shown("article.html", found)


def statement(ledger: Ledger, asked: Asked) -> Shown:
    """The address ``/statement/ID`` leads to the statement in its article."""
    found = ledger.statement(asked.ident)
    if found is None:
        in_full(ledger, asked, "statement")
    place = [one.id for one in ledger.statements(found.article)].index(found.id)
    raise MovedError(at(f"/article/{found.article}") + f"#a0-t{place}")


def _more(ledger: Ledger, entry: Entry, claims: Mapping[str, str], lines: Mapping[str, ClaimLine]) -> Markup:
    """What else there is on a statement: the claim that it puts forward, and the way to rule on it."""
    ident = entry.statement.id
    line = lines.get(claims.get(ident, ""))
    told = None
    if line is not None:
        words = f"claim: {counted(line.outlets, 'outlet')}, {counted(line.sources, 'independent source')}"
        told = element("a", words, href=at(f"/claim/{line.id}"))
    rule = element(
        "a", "rule on it", href=f"?rule={ident}#rule", class_="ruling", data_about=ident, data_seen=ledger.seen(ident)
    )
    return element("p", told, rule, class_="ties")
