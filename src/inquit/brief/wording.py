"""Phrases that every format of a brief has in the same words."""

from __future__ import annotations

from collections.abc import Iterable

from inquit.brief.model import Brief, By, Said
from inquit.show.account import counted
from inquit.show.stamp import full

LABELS: dict[By, str] = {"ledger": "", "machine": "machine", "person": "ruled"}
"""The mark that a remark bears."""

CLAIMS, NOTES, METHOD, SUMMARY = "Claims", "Notes", "How this brief was made", "Summary"
STATEMENTS, SOURCES, SOURCING = "Sourced statements", "Source descriptors", "Source summary statement"
KEY = (
    "Marks: [machine] a suggestion of a machine that no person has ruled on; [ruled] what a person ruled, with the "
    "name and the day; without a mark, counted from the ledger."
)


def line(said: Said) -> str:
    """What the source does with it, how it is framed, how far it shows where it comes from, and what happened."""
    how = [said.stance, said.framing if said.framing and said.framing != "neutral" else None, said.carriage]
    parts = [", ".join(part for part in how if part), *said.happened]
    return "; ".join(parts)


def source(said: Said) -> str:
    """Who is made to say it: the article's words and, where they do not tell it, who that is."""
    if said.own_voice:
        return "the outlet's own voice"
    words = f"“{said.source}”" if said.source else "(no source)"
    who = ", ".join(part for part in (said.entity, f"for {said.party}" if said.party else None) if part)
    return f"{words} ({who})" if who else words


def web(address: str | None) -> str | None:
    """An address that may be a link: one of the web, whatever a feed may have said."""
    return address if address and address.startswith(("https://", "http://")) else None


def dated(brief: Brief) -> str:
    """The line under the title."""
    made = f"{full(brief.made)} {brief.made[-6:].replace('+00:00', 'UTC')}"
    return f"Made {made}" + (f" · articles of {brief.period}" if brief.period else "")


def left_out(brief: Brief) -> str | None:
    """What fits and is not told."""
    return f"And {counted(brief.more, 'claim')} more that fit, not told here." if brief.more else None


def several(names: Iterable[str], most: int = 8) -> str:
    """Names, each once, ``most`` of them and how many more there are."""
    found = list(dict.fromkeys(names))
    rest = len(found) - most
    return ", ".join(found) if rest < 2 else f"{', '.join(found[:most])} and {rest:,} more"


def more(count: int, one: str) -> str:
    """``and 3 claims more``."""
    return f"and {counted(count, one)} more"
