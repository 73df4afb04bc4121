"""Steps of laundering: where a claim went on and its source was lost, or a doubt about it.

A step runs forward in time along a copy or from a medium that is named, else from the nearest earlier mention. It is
judged by articles: a text's second mention of what it has sourced elsewhere loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inquit.link.carriage import outlet_key
from inquit.link.mentions import Mention, by_article
from inquit.link.origins import Trace
from inquit.records import Framing, Step

_RANK: dict[Framing, int] = {"distancing": 0, "neutral": 1, "endorsing": 2}


def steps(mentions: Sequence[Mention], trace: Trace) -> list[Step]:
    """Steps in order of the mention where something was lost; ``mentions`` put the claim forward, in order of time."""
    articles = by_article(mentions)
    firsts = sorted((found[0] for found in articles.values()), key=lambda m: m.order)
    lost: list[Step] = []
    for mention in firsts:
        source = _source_lost(mention, firsts, trace)
        framing = _framing_lost(mention, articles[mention.article.id], firsts, trace)
        lost += [Step(from_=f.statement.id, to=mention.statement.id, lost="source") for f in source]
        lost += [Step(from_=f.statement.id, to=mention.statement.id, lost="framing") for f in framing]
    return lost


def _source_lost(mention: Mention, firsts: Sequence[Mention], trace: Trace) -> Iterator[Mention]:
    """The stronger mention that this one falls short of, at most one."""
    if not mention.carried.certain:
        return
    linked = trace.copied_from(mention) or (trace.carried_by(mention) if mention.carried.carriage == "relay" else None)
    if linked is not None:
        if linked.strength > mention.strength and not _points_back(mention, linked):
            yield linked
        return
    if mention.sourced:
        return
    stronger = [m for m in firsts if m.before(mention) and m.strength > mention.strength and m.sourced]
    yield from stronger[-1:]


def _points_back(mention: Mention, linked: Mention) -> bool:
    """Whether a relay names the very outlet that has the source: the reader can go and look."""
    return mention.carried.carriage == "relay" and outlet_key(mention.carried.medium or "") == linked.outlet


def _framing_lost(
    mention: Mention, here: Sequence[Mention], firsts: Sequence[Mention], trace: Trace
) -> Iterator[Mention]:
    """The more distant mention with the same origin that this one was taken from, at most one."""
    ranks = [_RANK[m.framing] for m in here if m.framing is not None]
    if not ranks:
        return
    linked = trace.copied_from(mention) or (trace.carried_by(mention) if mention.carried.carriage == "relay" else None)
    if linked is None:
        earlier = [m for m in firsts if m.before(mention)]
        # Without a link only the loss of an outright doubt is told from a mere change of words.
        linked = earlier[-1] if earlier and earlier[-1].framing == "distancing" else None
    if linked is None or linked.framing is None or trace.root(linked) != trace.root(mention):
        return
    if min(ranks) > _RANK[linked.framing]:
        yield linked
