"""A chain with one mark an article, however many of its statements are in it: what a picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inquit.records import Carriage
from inquit.show.chain import Chain, Link, Loss
from inquit.show.edges import Edge

_STRENGTH: tuple[Carriage, ...] = ("origin", "relay", "vague", "bare")
_FIRMNESS = ("copy", "relay", "nearest")


@dataclass(frozen=True, slots=True)
class Mark:
    """One article of a chain: its links, and how far the one of them shows its source that shows most of it."""

    links: tuple[Link, ...]
    carriage: Carriage
    losses: tuple[Loss, ...]
    denies: bool
    circular: bool
    takes_back: bool

    @property
    def first(self) -> Link:
        """The link that the mark has its number and date from."""
        return self.links[0]


def marks(chain: Chain) -> tuple[tuple[Mark, ...], tuple[Edge, ...]]:
    """The articles in order of time, and the edges between them, whose numbers count marks from 1.

    An edge between two statements of one article is none; of several between two articles the firmest bond is told,
    with all that was lost on them.
    """
    articles: dict[str, list[Link]] = {}
    for link in chain.links:
        articles.setdefault(link.article, []).append(link)
    place = {link.number: n for n, links in enumerate(articles.values(), 1) for link in links}
    found: dict[tuple[int, int], Edge] = {}
    for edge in chain.edges:
        one, other = place[edge.from_], place[edge.to]
        if one != other:
            before = found.get((one, other))
            found[one, other] = _merged(replace(edge, from_=one, to=other), before)
    edges = tuple(found[pair] for pair in sorted(found, key=lambda pair: pair[::-1]))
    return tuple(_mark(links) for links in articles.values()), edges


def _mark(links: Sequence[Link]) -> Mark:
    return Mark(
        links=tuple(links),
        carriage=min((link.carriage for link in links), key=_STRENGTH.index),
        losses=tuple(loss for link in links for loss in link.losses),
        denies=any(link.denies for link in links),
        circular=any(link.circular is not None for link in links),
        takes_back=any(link.takes_back for link in links),
    )


def _merged(edge: Edge, before: Edge | None) -> Edge:
    if before is None:
        return edge
    bond = min(edge.bond, before.bond, key=_FIRMNESS.index)
    return replace(edge, bond=bond, lost=tuple(dict.fromkeys((*before.lost, *edge.lost))))
