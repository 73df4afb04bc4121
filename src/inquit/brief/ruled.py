"""What people ruled, as a brief tells it: who, when, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from inquit.brief.gathering import key
from inquit.brief.model import Remark
from inquit.keep import Ledger
from inquit.records import Claim, Ruling
from inquit.show.safe import one_line
from inquit.show.stamp import full

_RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
_CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}
"""Words of the Admiralty scale (NATO AJP-2.1)."""

_WORDS = {
    "wrong-span": "Its words were put right",
    "wrong-source": "Its source or labels were put right",
    "missed": "Added by a person",
    "same-claim": "Ruled to be this claim",
    "not-same-claim": "Ruled not to be one claim with another one",
}
_RATINGS = ("reliability", "credibility")


class Ruled:
    """The rulings in force by what they are about; of ratings of one thing the newest."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        found: dict[str, list[Ruling]] = defaultdict(list)
        for ruling in reversed(ledger.rulings()):
            if ruling.withdrawn is None and ruling.says in {*_RATINGS, *_WORDS, "note"}:
                found[key(ruling.about)].append(ruling)
        self._about = found

    def of_source(self, name: str) -> tuple[Remark, ...]:
        """Ratings of a source or outlet, and notes on it, under any name that people ruled to be one with it."""
        own = reversed(self._ledger.rulings(about=name))
        return _remarks([ruling for ruling in own if ruling.withdrawn is None and ruling.says in {*_RATINGS, "note"}])

    def of_claim(self, claim: Claim) -> tuple[Remark, ...]:
        """Ratings of a claim under any id that it had, and notes on it."""
        own = [
            ruling
            for about, rulings in self._about.items()
            if about.startswith("c1:") and (now := self._ledger.claim(about)) is not None and now.id == claim.id
            for ruling in rulings
            if ruling.says in {*_RATINGS, "note"}
        ]
        return _remarks(own)

    def of_statement(self, ident: str) -> tuple[Remark, ...]:
        """What was put right in a statement, its ratings, and notes on it."""
        return _remarks(self._about.get(ident, ()))


def rates(remarks: Iterable[Remark]) -> bool:
    """Whether credibility is among them."""
    return any(remark.text.startswith("Credibility") for remark in remarks)


def _remarks(rulings: Sequence[Ruling]) -> tuple[Remark, ...]:
    newest = {ruling.says: ruling for ruling in rulings if ruling.says in _RATINGS}
    told = [ruling for ruling in rulings if ruling.says not in _RATINGS or newest[ruling.says] is ruling]
    return tuple(Remark(text=_text(ruling), by="person") for ruling in told)


def _text(ruling: Ruling) -> str:
    value = ruling.value or ""
    what = {
        "reliability": f"Reliability {value} ({_RELIABILITY.get(value, 'no such rating')})",
        "credibility": f"Credibility {value} ({_CREDIBILITY.get(value, 'no such rating')})",
        "note": f"Note: {one_line(value)}",
    }.get(ruling.says, _WORDS.get(ruling.says, ruling.says))
    reason = f": {one_line(ruling.reason)}" if ruling.reason else ""
    return f"{what} – {one_line(ruling.who)}, {full(ruling.at)}{reason}"
