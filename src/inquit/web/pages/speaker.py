"""A source or a party: what it is made to say, when, and how each outlet frames it."""

from __future__ import annotations

import msgspec

from inquit.keep import Ledger
from inquit.keep.browsing import Slice
from inquit.keep.lines import Kind, NameLine, SaidLine
from inquit.keep.sieve import Sieve
from inquit.web.addresses import at
from inquit.web.asking import Asked, MovedError, NotThereError, Shown
from inquit.web.history import RulingLine, ruling_lines
from inquit.web.lists import Pager, pager, sieve_of, slice_of
from inquit.web.timeline import Timeline, timeline

_MOST_OUTLETS = 40
_ODD = 10
"""A party that fewer than one in so many statements of a source tell is told of it by mistake more often than not."""
FRAMINGS = ("distancing", "neutral", "endorsing")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet with the number of statements in each of ``FRAMINGS``, and the address of each number's statements."""

    outlet: str
    counts: list[tuple[str, int, str]]
    total: int


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; ``others`` are its parties (of a source), or those who speak for it (of a party).

    ``rows`` has the outlets with most statements, ``outlets`` counts all of them.
    """

    kind: Kind
    name: str
    total: int
    others: list[tuple[str, int]]
    standings: list[tuple[str, int]]
    stances: list[tuple[str, int]]
    cues: list[tuple[str, int]]
    namesakes: list[NameLine]
    rows: list[Row]
    outlets: int
    timeline: Timeline | None
    lines: list[SaidLine]
    pager: Pager
    sifted: bool
    every: str
    rulings: list[RulingLine]
    seen: str
    asked: Asked


def source(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/source?name=…``."""
    return _page(ledger, asked, "entity")


def party(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/party?name=…``."""
    return _page(ledger, asked, "party")


def _page(ledger: Ledger, asked: Asked, kind: Kind) -> Shown:
    browsing, name = ledger.browsing(), asked.needed("name")
    whole = Sieve(entity=name) if kind == "entity" else Sieve(party=name)
    given = sieve_of(asked)
    sieve = msgspec.structs.replace(given, entity=whole.entity, party=whole.party)
    lines, found = browsing.said(sieve, slice_of(asked))
    framings = browsing.framings(whole)
    stances = _told(browsing.counted(whole, "stance"))
    total = sum(count for _, count in stances)
    if not total:
        if kind == "entity" and (known_as := _other_name(ledger, name)):
            raise MovedError(at("/source", name=known_as, ruled=asked.text("ruled")))
        raise NotThereError(f"Nobody of the name “{name}” is made to say anything in this ledger.")
    others = _told(browsing.counted(whole, "party" if kind == "entity" else "entity", 12))
    rows = _matrix(framings, asked)
    shown = Speaker(
        kind=kind,
        name=_spelling(lines, kind, name),
        total=total,
        others=[one for one in others if one[0].casefold() != name.casefold() and _worth(kind, one[1], total)],
        standings=_told(browsing.counted(whole, "standing")),
        stances=stances,
        cues=_told(browsing.counted(whole, "cue", 12)),
        namesakes=_namesakes(ledger, name) if kind == "entity" else [],
        rows=rows[:_MOST_OUTLETS],
        outlets=len(rows),
        timeline=timeline(browsing, whole),
        lines=lines,
        pager=pager(asked, found),
        sifted=not given.whole,
        every=asked.again(**dict.fromkeys(("outlet", "framing", "stance", "since", "until", "q", "cue", "page"))),
        rulings=ruling_lines(ledger, ledger.rulings(about=name)),
        seen=ledger.seen(name),
        asked=asked,
    )
    return Shown("speaker.html", shown)


def _other_name(ledger: Ledger, name: str) -> str | None:
    """The name that people have ruled this one to be."""
    held = (r for r in ledger.rulings(about=name) if r.says == "same-entity" and r.withdrawn is None)
    return next((r.value for r in held if r.value and r.value.casefold() != name.casefold()), None)


def _told(counts: list[tuple[str | None, int]]) -> list[tuple[str, int]]:
    return [(name, count) for name, count in counts if name]


def _worth(kind: Kind, count: int, total: int) -> bool:
    return kind == "party" or count * _ODD >= total


def _spelling(lines: list[SaidLine], kind: Kind, name: str) -> str:
    """The name as a statement has it."""
    said = lines[0].statement.attribution if lines else None
    found = (said.entity if kind == "entity" else said.party) if said else None
    return found or name


def _namesakes(ledger: Ledger, name: str) -> list[NameLine]:
    """Other names with the same last word: the surname alone, above all."""
    last = name.rsplit(maxsplit=1)[-1]
    if not last[:1].isupper() or len(last) < 3:
        return []
    lines, _ = ledger.browsing().names("entity", Slice(0, 8), Sieve(like_entity=last))
    return [line for line in lines if line.name.casefold() != name.casefold()][:6]


def _matrix(framings: list[tuple[str, str, int]], asked: Asked) -> list[Row]:
    """A row for each outlet, the most statements first."""
    outlets: dict[str, dict[str, int]] = {}
    for outlet, framing, count in framings:
        outlets.setdefault(outlet, {})[framing] = count
    rows = [
        Row(
            outlet=outlet,
            counts=[
                (framing, counts.get(framing, 0), asked.again(outlet=outlet, framing=framing, page=None))
                for framing in FRAMINGS
            ],
            total=sum(counts.values()),
        )
        for outlet, counts in outlets.items()
    ]
    return sorted(rows, key=lambda row: (-row.total, row.outlet))
