"""Whose words an article is made of: shares of its own voice and of each standing, and what each party comes to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import NamedTuple

from inquit.records import Reading
from inquit.show.account import NO_SOURCE, entries, who

OWN, OTHER = "own voice", "other"

_WORD = re.compile(r"\S+")


class Voice(NamedTuple):
    """How many words of an article are said in one voice: its own, that of a standing, or neither (``other``)."""

    name: str
    words: int
    share: float


class PartyLine(NamedTuple):
    """One party of an article with the sources that speak for it, those with the most statements first."""

    party: str
    sources: tuple[str, ...]
    statements: int
    share: float


def voices(reading: Reading) -> tuple[Voice, ...]:
    """Own voice, then each standing by falling share, then the rest: headings, sources and cues, what asserts nothing.

    What is said inside of what another says is that other's; the shares are of 0 to 1 and add up to 1.
    """
    spoken = _spoken(reading)
    found = Counter(_voice(reading, index) for index in spoken)
    own, other = found.pop(OWN, 0), found.pop(OTHER, 0)
    counts = [(OWN, own), *found.most_common(), (OTHER, other)]
    return tuple(Voice(name, words, words / len(spoken)) for name, words in counts) if spoken else ()


def parties(reading: Reading) -> tuple[PartyLine, ...]:
    """The parties of a reading, those with the most statements first."""
    text, spoken = reading.article.text, Counter(_spoken(reading))
    total = spoken.total() or 1
    sources: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    words: Counter[str] = Counter()
    for index, statement in enumerate(reading.statements):
        said = statement.attribution
        if said is not None and said.party:
            key = said.party.casefold()
            names.setdefault(key, said.party)
            sources.setdefault(key, Counter())[who(text, said)] += 1
            words[key] += spoken[index]
    lines = [
        PartyLine(names[key], tuple(name for name, _ in found.most_common()), found.total(), words[key] / total)
        for key, found in sources.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.statements, -line.share)))


def percent(share: float) -> str:
    """A share of 0 to 1 as ``91%``; what is there but less than half a hundredth as ``<1%``."""
    return "<1%" if 0 < share < 0.005 else f"{share * 100:.0f}%"


def _voice(reading: Reading, index: int | None) -> str:
    if index is None:
        return OTHER
    said = reading.statements[index].attribution
    return OWN if said is None else NO_SOURCE if said.standing == "none" else said.standing


def _spoken(reading: Reading) -> list[int | None]:
    """For each word of the text the outermost statement in whose content it stands."""
    words = [match.span() for match in _WORD.finditer(reading.article.text)]
    starts, ends = [start for start, _ in words], [end for _, end in words]
    spoken: list[int | None] = [None] * len(words)
    for entry in entries(reading):
        for start, end in entry.statement.content if entry.depth == 0 else ():
            for place in range(bisect_right(ends, start), bisect_left(starts, end)):
                spoken[place] = entry.index if spoken[place] is None else spoken[place]
    return spoken
