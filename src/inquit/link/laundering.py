"""Steps of laundering: where a claim went on and its source was lost, or a doubt about it.

A step runs forward in time along a copy or from a medium that is named, else from the nearest earlier mention. It is
judged by articles: a text's second mention of what it has sourced elsewhere loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import TypeAlias

from inquit.link.mentions import Mention, by_article
from inquit.link.origins import Trace
from inquit.link.restated import accuses, doubts, quotes
from inquit.records import Framing, Step

Alike: TypeAlias = Callable[[Mention, Mention], float]
"""How likely two mentions say the same, 0 to 1; 0 where the later one names the earlier one's source after all."""

# From where on they do: where a copy or a name leads from one to the other, and where nothing but time does.
_LINKED, _UNLINKED = 0.5, 0.8
LEAST = min(_LINKED, _UNLINKED)
"""Below it two mentions are not alike."""

_RANK: dict[Framing, int] = {"distancing": 0, "neutral": 1, "endorsing": 2}


def steps(mentions: Sequence[Mention], trace: Trace, alike: Alike) -> list[Step]:
    """Steps in order of the mention where something was lost; ``mentions`` put the claim forward, in order of time.

    Nothing is lost between articles whose strongest mentions are not alike: the later one says something else. A source
    is lost between the two that are most alike.
    """
    articles = by_article(mentions)
    firsts = sorted((found[0] for found in articles.values()), key=lambda m: m.order)
    strongest = {article: [m for m in found if m.strength == found[0].strength] for article, found in articles.items()}

    def near(one: Mention, other: Mention, least: float) -> bool:
        return any(alike(m, o) >= least for m in strongest[one.article.id] for o in strongest[other.article.id])

    def told(one: Mention, other: Mention) -> tuple[Mention, Mention]:
        return max(product(strongest[one.article.id], strongest[other.article.id]), key=lambda two: alike(*two))

    lost: list[Step] = []
    for place, mention in enumerate(firsts):
        linked = _linked(mention, trace)
        if linked is not None:
            before = [linked] if near(linked, mention, _LINKED) else []
            stronger = _stronger(mention, before, trace)
            milder = _milder(mention, articles[mention.article.id], before, trace)
        else:
            # The nearest first; whether they are alike is asked last, of few.
            earlier = [m for m in reversed(firsts[:place]) if m.before(mention)]
            fits = partial(near, other=mention, least=_UNLINKED)
            stronger = _stronger_by_time(mention, earlier, firsts[0], trace, fits)
            milder = _milder_by_time(mention, articles[mention.article.id], earlier, trace, fits)
        if stronger is not None:
            source, weaker = told(stronger, mention)
            lost.append(Step(from_=source.statement.id, to=weaker.statement.id, lost="source"))
        if milder is not None:
            lost.append(Step(from_=milder.statement.id, to=mention.statement.id, lost="framing"))
    return lost


def _stronger(mention: Mention, linked: Sequence[Mention], trace: Trace) -> Mention | None:
    """The stronger mention that a copy, a link or a name leads to, and that this one falls short of."""
    if not mention.carried.certain or mention.witnessed:
        return None
    return next((m for m in linked if m.strength > mention.strength and not _points_back(mention, m, trace)), None)


def _stronger_by_time(
    mention: Mention, earlier: Sequence[Mention], first: Mention, trace: Trace, fits: Callable[[Mention], bool]
) -> Mention | None:
    """The nearest ``earlier`` one with a source that this one falls short of, without anything that leads there."""
    if not mention.carried.certain or mention.witnessed:
        return None
    if mention.sourced or (mention.strength == 0 and first.strength == 0):
        # Where it was in some outlet's own voice before anybody was quoted, reporters could see it for themselves.
        return None
    if any(m.strength <= mention.strength and 2 * len(m.runs & mention.runs) > len(mention.runs) for m in earlier):
        # The words are those of somebody who had no source either: it was lost there.
        return None
    return next(
        (
            m
            for m in earlier
            if m.strength > mention.strength and m.sourced and not trace.ended(m, mention.time) and fits(m)
        ),
        None,
    )


def _linked(mention: Mention, trace: Trace) -> Mention | None:
    """The mention that a copy, a link or the name of a medium leads to."""
    named = trace.carried_by(mention) if mention.carried.carriage == "relay" else None
    return trace.copied_from(mention) or trace.linked_to(mention) or named


def _points_back(mention: Mention, linked: Mention, trace: Trace) -> bool:
    """Whether a link leads to the source, or a relay names the very outlet that has it: the reader can go and look."""
    return trace.linked_to(mention) == linked or (
        mention.carried.carriage == "relay" and mention.medium == linked.outlet
    )


def _milder(mention: Mention, here: Sequence[Mention], before: Sequence[Mention], trace: Trace) -> Mention | None:
    """The more distant mention with the same origin that this one, with all of its article ``here``, was taken from."""
    ranks = [_RANK[m.framing] for m in here if m.framing is not None]
    source = before[0] if before else None
    if not ranks or source is None or source.framing is None or trace.root(source) != trace.root(mention):
        return None
    vague = mention.carried.carriage == "vague"
    if doubts(mention.statement, mention.article) or (vague and accuses(mention.statement, mention.article)):
        # "Is accused of" doubts as much as "allegedly" does.
        return None
    return source if min(ranks) > _RANK[source.framing] else None


def _milder_by_time(
    mention: Mention,
    here: Sequence[Mention],
    earlier: Sequence[Mention],
    trace: Trace,
    fits: Callable[[Mention], bool],
) -> Mention | None:
    """The same without anything that leads there: only the loss of an outright doubt is told from a change of words.

    And not of one who has the source's own words.
    """
    if quotes(mention.statement, mention.article) or all(m.framing is None for m in here):
        return None
    nearest = next((m for m in earlier if fits(m)), None)
    if nearest is None or nearest.framing != "distancing":
        return None
    return _milder(mention, here, [nearest], trace)
