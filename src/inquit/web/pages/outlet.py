"""An outlet: how much it says itself, on whose word the rest stands, in which words, and whom it relays."""

from __future__ import annotations

import msgspec

from inquit.keep import Ledger
from inquit.keep.lines import ArticleLine, Kind
from inquit.keep.sieve import Sieve
from inquit.link.owners import Outlets
from inquit.web.asking import Asked, NotThereError, Shown
from inquit.web.history import RulingLine, ruling_lines
from inquit.web.lists import Pager, pager, slice_of
from inquit.web.timeline import Timeline, timeline

_SIZE = 25
_MOST = 12


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A number of statements, and the share of 0 to 1 of all of them that it is."""

    name: str
    count: int
    share: float


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an outlet beyond its statements: other names, owner, whom it speaks for, sister papers."""

    names: list[str]
    owner: str | None
    party: str | None
    sisters: list[str]


class OutletPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    kind: Kind
    name: str
    statements: int
    own: Share
    anonymous: Share
    standings: list[Share]
    framings: list[Share]
    cues: list[tuple[str, int]]
    sources: list[tuple[str, int]]
    relayed: list[tuple[str, int]]
    known: Known
    timeline: Timeline | None
    lines: list[ArticleLine]
    pager: Pager
    rulings: list[RulingLine]
    seen: str
    asked: Asked


def page(ledger: Ledger, asked: Asked, outlets: Outlets) -> Shown:
    """The page ``/outlet?name=…``; ``outlets`` say who is who, and whose."""
    browsing, name = ledger.browsing(), asked.needed("name")
    whole = Sieve(outlet=name)
    lines, articles = browsing.articles(whole, slice_of(asked, _SIZE))
    if not articles:
        raise NotThereError(f"There is no article of the outlet “{name}” in this ledger.")
    counts = browsing.counted(whole, "standing")
    total = sum(count for _, count in counts)
    attributed = {standing: count for standing, count in counts if standing}
    said = sum(attributed.values())
    relayed = browsing.counted(Sieve(outlet=name, standing="outlet"), "entity", _MOST)
    found = OutletPage(
        name=(lines[0].outlet if lines else None) or name,
        kind="outlet",
        statements=total,
        own=_share("own voice", total - said, total),
        anonymous=_share("anonymous", attributed.get("anonymous", 0), said),
        standings=[_share(standing, count, said) for standing, count in attributed.items()],
        framings=[_share(framing, count, said) for framing, count in browsing.counted(whole, "framing") if framing],
        cues=[(cue, count) for cue, count in browsing.counted(whole, "cue", _MOST + 1) if cue][:_MOST],
        sources=[(one, count) for one, count in browsing.counted(whole, "entity", _MOST + 1) if one][:_MOST],
        relayed=[(one, count) for one, count in relayed if one],
        known=_known(ledger, name, outlets),
        timeline=timeline(browsing, whole),
        lines=lines,
        pager=pager(asked, articles, _SIZE),
        rulings=ruling_lines(ledger, ledger.rulings(about=name)),
        seen=ledger.seen(name),
        asked=asked,
    )
    return Shown("outlet.html", found)


def _share(name: str, count: int, of: int) -> Share:
    return Share(name=name, count=count, share=count / of if of else 0.0)


def _known(ledger: Ledger, name: str, outlets: Outlets) -> Known:
    """What the data say of an outlet, and the other names that the ledger has for it and for its sisters."""
    key = outlets.key(name)
    owner = outlets.owner(key)
    keys = {one: outlets.key(one) for one in ledger.browsing().outlets()}
    return Known(
        names=[one for one, its in keys.items() if its == key and one.casefold() != name.casefold()],
        owner=owner if owner != key else None,
        party=outlets.party(key),
        sisters=[one for one, its in keys.items() if its != key and outlets.owner(its) == owner],
    )
