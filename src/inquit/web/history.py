"""Rulings as people read them: who ruled what about what, and whether it still stands."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from inquit.keep import Ledger
from inquit.keep.comparing import PAIRS
from inquit.records import Ruling
from inquit.show.account import words
from inquit.show.pen import cut
from inquit.show.safe import one_line
from inquit.web.addresses import at
from inquit.web.names import PAGES

_SAYS = {
    "same-claim": "the same claim as",
    "not-same-claim": "not the same claim as",
    "same-entity": "the same as",
    "wrong-span": "other words are meant",
    "wrong-source": "somebody else says it",
    "not-a-statement": "no statement",
    "missed": "a statement was missed",
    "wrong-outlet": "published by",
    "wrong-date": "published on",
    "reliability": "reliability",
    "credibility": "credibility",
    "note": "note",
}
_MOST = 300
_WORDS = 200


class RulingLine(msgspec.Struct, frozen=True, kw_only=True):
    """One ruling: what it says in words, and the address of what it is about; None where that has no page.

    A claim or a statement that is its value is told by its words, and ``towards`` is its address.
    """

    ruling: Ruling
    says: str
    value: str
    towards: str | None
    address: str | None


def ruling_lines(ledger: Ledger, rulings: Iterable[Ruling]) -> list[RulingLine]:
    """Rulings as lines of a history, in the order given."""
    return [_line(ledger, one) for one in rulings]


def _line(ledger: Ledger, ruling: Ruling) -> RulingLine:
    other = (_other(ledger, ruling.value) if ruling.says in PAIRS and ruling.value else None) or (None, None)
    return RulingLine(
        ruling=ruling,
        says=_SAYS.get(ruling.says, ruling.says),
        value=other[0] or _value(ruling),
        towards=other[1],
        address=_address(ruling),
    )


def _other(ledger: Ledger, ident: str) -> tuple[str, str] | None:
    """The words of a claim or a statement, and its address; None where it is no longer there."""
    if ident.startswith("c1:"):
        claim = ledger.claim(ident)
        return None if claim is None else (_quoted(claim.text), at(f"/claim/{claim.id}"))
    statement = ledger.statement(ident)
    article = None if statement is None else ledger.article(statement.article)
    if statement is None or article is None:
        return None
    return _quoted(words(article.text, statement.content)), at(f"/statement/{statement.id}")


def _quoted(text: str) -> str:
    return f"“{cut(one_line(text), _WORDS)}”"


def _value(ruling: Ruling) -> str:
    """The value as it is written, or of an object the names and labels in it; spans are told by the quote."""
    value = ruling.value or ""
    if ruling.says == "wrong-source" and value == "null":
        return "the outlet itself"
    try:
        told = msgspec.json.decode(value, type=dict[str, object])
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return value[:_MOST]
    return ", ".join(f"{key} {one}" for key, one in told.items() if isinstance(one, str))[:_MOST]


def _address(ruling: Ruling) -> str | None:
    about = ruling.about
    if about.startswith("s1:"):
        # What was ruled to be no statement has no page any more; its article has.
        hidden = ruling.says == "not-a-statement" and ruling.withdrawn is None
        return at(f"/article/{ruling.article}") if hidden and ruling.article else at(f"/statement/{about}")
    if about.startswith("a1:"):
        return at(f"/article/{about}")
    return at(f"/claim/{about}") if about.startswith("c1:") else at(PAGES["entity"], name=about)
