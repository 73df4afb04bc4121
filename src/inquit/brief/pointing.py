"""The summary at the top of a brief: its figures, and which claims have what a reader must know first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from inquit.brief.model import Entry, Figure, Point
from inquit.brief.sourcing import origin_words
from inquit.brief.wording import several
from inquit.records import Article, Claim
from inquit.show.account import counted
from inquit.show.chain import Chain, Link


def figures(claims: Sequence[Claim], articles: dict[str, Article]) -> tuple[Figure, ...]:
    """What the claims come to; sources that claims lead back to count once a party."""
    held = {o.article for claim in claims for o in claim.occurrences}
    outlets = {(articles[ident].outlet or "").casefold() for ident in held if ident in articles}
    parties = {(origin.party or origin.entity).casefold() for claim in claims for origin in claim.origins}
    return (
        _figure(len(held), "article", "articles"),
        _figure(len(outlets), "outlet", "outlets"),
        _figure(len(claims), "claim", "claims"),
        _figure(len(parties), "source that they lead back to", "sources that they lead back to"),
        _figure(sum(claim.independent_sources == 1 for claim in claims), "claim on one source only", _ONE),
        _figure(sum(bool(claim.denied_by) for claim in claims), "claim that is denied", "claims that are denied"),
        _figure(sum(bool(claim.laundering) for claim in claims), "claim that lost its source or distance", _LOST),
    )


_ONE = "claims on one source only"
_LOST = "claims that lost their source or distance"


def points(chains: Sequence[Chain], text: Callable[[Claim], str], most: int) -> tuple[Point, ...]:
    """The lists of the summary, ``most`` claims in each; claims are numbered from 1 in the order of ``chains``."""
    return tuple(point for point in _points(chains, text, most) if point.entries)


def _points(chains: Sequence[Chain], text: Callable[[Claim], str], most: int) -> Iterator[Point]:
    for heading, detail in _LISTS:
        entries = [
            Entry(claim=number, text=text(chain.claim), detail=told)
            for number, chain in enumerate(chains, 1)
            if (told := detail(chain)) is not None
        ]
        yield Point(heading=heading, entries=tuple(entries[:most]), more=max(0, len(entries) - most))


def _figure(number: int, one: str, many: str) -> Figure:
    return Figure(number=number, words=one if number == 1 else many)


def _one_source(chain: Chain) -> str | None:
    claim = chain.claim
    names = "; ".join(map(origin_words, claim.origins))
    return f"{counted(chain.outlets, 'outlet')}; {names}" if claim.independent_sources == 1 and names else None


def _no_source(chain: Chain) -> str | None:
    return "" if not chain.claim.origins or not chain.claim.independent_sources else None


def _denied(chain: Chain) -> str | None:
    return _who(link for link in chain.links if link.denies)


def _lost(chain: Chain) -> str | None:
    return _where(link for link in chain.links if any(loss.lost == "source" for loss in link.losses))


def _framing(chain: Chain) -> str | None:
    return _where(link for link in chain.links if any(loss.lost == "framing" for loss in link.losses))


def _circular(chain: Chain) -> str | None:
    return _where(link for link in chain.links if link.circular is not None)


def _taken_back(chain: Chain) -> str | None:
    return _where(link for link in chain.links if link.takes_back)


def _where(links: Iterator[Link]) -> str | None:
    return several(link.outlet for link in links) or None


def _who(links: Iterator[Link]) -> str | None:
    return several(link.entity or link.source_words or link.outlet for link in links) or None


_LISTS: tuple[tuple[str, Callable[[Chain], str | None]], ...] = (
    ("Rests on one source only", _one_source),
    ("Leads back to no source that the articles name", _no_source),
    ("Denied", _denied),
    ("Attribution lost or weaker", _lost),
    ("Distance lost", _framing),
    ("Circular: comes back as its own confirmation", _circular),
    ("Taken back by an outlet", _taken_back),
)
