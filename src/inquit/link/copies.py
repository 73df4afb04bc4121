"""Which articles take over text of which, how much of it, and whether they say so.

``docs/design/copies.md`` has the method, and the thresholds with their reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from graphlib import TopologicalSorter
from math import inf

import numpy as np

from inquit.clock import instant
from inquit.link.agencies import Names
from inquit.link.align import Flags, Overlaps, numbered, text_of
from inquit.link.chains import PART, Found, lines
from inquit.link.descent import Signed, common_credit, direction, signed, verdict
from inquit.link.fingerprints import FINGERPRINT, candidates, grams, winnowed
from inquit.link.prose import Prose, prose
from inquit.records import Article, Copy

# Of a long article a part will do: PART, two sentences of the same own words, are not written twice.
# Of a short article half of its own words is enough, if they are a clause at least.
_SHORT, _HALF = 15, 0.5
# An excerpt may be of little but quotations; who writes apart adds more than a fifth to them.
_EXCERPT, _NEARLY_ALL = 30, 0.8
# A run of 15 words has 8 windows of 4 fingerprints, each of which keeps one: 3 are the least that so many words leave.
_FINGERPRINTS = 3
# Words of own prose that halve the chance of coincidence.
_HALVING = 20


def find_copies(articles: Sequence[Article]) -> list[Copy]:
    """Copies among the articles: for each the articles that cover most of it, as few lines as join all of them.

    Pure, and the same for any order of the articles. Two articles of which one is a copy of the other are joined by a
    chain of lines; no chain of directions leads back to where it began.
    """
    ranked = _ranked(articles)
    if len(ranked) < 2:
        return []
    texts = [text_of(s.article.text) for s in ranked]
    pairs = candidates([winnowed(grams(t.words, FINGERPRINT)) for t in texts], least=_FINGERPRINTS)
    windows = numbered(texts)
    bodies = prose(texts, windows, [s.name for s in ranked], pairs)
    overlaps = Overlaps(windows, [len(t.words) for t in texts])
    judged = (_judged(pair, overlaps, bodies, ranked) for pair in pairs)
    return _copies(lines(found for found in judged if found is not None), ranked)


def _ranked(articles: Sequence[Article]) -> list[Signed]:
    """Each article once: those of outlets that others credit first, then by time, then by id."""
    by_id = {a.id: a for a in articles}
    names = Names(a.outlet for a in articles)
    read = [signed(by_id[i], names) for i in sorted(by_id)]
    credited = {m.name for s in read for m in s.credits}

    def rank(one: Signed) -> tuple[bool, float, str]:
        when = instant(one.article.published)
        return one.name not in credited, inf if when is None else when, one.article.id

    return sorted(read, key=rank)


def _judged(
    pair: tuple[int, int], overlaps: Overlaps, bodies: Sequence[Prose], ranked: Sequence[Signed]
) -> Found | None:
    """The copy that two articles are, or None."""
    first, second = pair
    in_second, in_first = overlaps.covered(first, second), overlaps.covered(second, first)
    # What one article has twice counts once: the smaller of both directions.
    own, own_part = _common(in_first, bodies[first].own, in_second, bodies[second].own)
    body, body_part = _common(in_first, bodies[first].body, in_second, bodies[second].body)
    is_excerpt = body >= _EXCERPT and body_part >= _NEARLY_ALL
    if not (own >= PART or (own >= _SHORT and own_part >= _HALF) or is_excerpt):
        return None
    way = direction(ranked[first], ranked[second])
    source, target, covered = (first, second, in_second) if way.forward else (second, first, in_first)
    strength = max(1 - 0.5 ** (own / _HALVING), body_part)
    return Found(source, target, float(covered.mean()), covered & bodies[target].body, strength, way)


def _common(in_first: Flags, first: Flags, in_second: Flags, second: Flags) -> tuple[int, float]:
    """How many of the words that count both articles have, and the larger part that these are of one of the two."""
    ours, theirs = _count(in_first & first), _count(in_second & second)
    return min(ours, theirs), max(ours / max(1, _count(first)), theirs / max(1, _count(second)))


def _count(flags: Flags) -> int:
    return int(np.count_nonzero(flags))


def _copies(found: Sequence[Found], ranked: Sequence[Signed]) -> list[Copy]:
    """The lines as records; a dropped credit has the origin that the article it was taken from is known to have."""
    origins: dict[int, str | None] = {}
    copies = []
    for one in _parents_first(found):
        source, target = ranked[one.source], ranked[one.target]
        credit, origin, reason = verdict(source, target)
        if credit == "dropped" and origin is None:
            origin = origins.get(one.source)
            if origin is not None and origin == target.name:
                credit, origin, reason = "other", None, "is of the outlet that the text goes back to"
        origins.setdefault(one.target, origin)
        both = common_credit(source, target)
        reasons = [
            f"{100 * one.share:.0f} % of its words stand in the other in runs of 8 or more",
            one.direction.reason,
        ]
        if reason != one.direction.reason:
            reasons.append(reason)
        if both is not None:
            reasons.append(f"both credit {both}: prints of one text")
        copies.append(
            Copy(
                from_=source.article.id,
                to=target.article.id,
                share=round(one.share, 4),
                credit=credit,
                origin=origin,
                score=round(one.strength * one.direction.certainty, 4),
                reasons=tuple(reasons),
            )
        )
    return copies


def _parents_first(found: Sequence[Found]) -> Iterator[Found]:
    """The lines in such an order that an article's own come before those to what was taken from it."""
    sorter = TopologicalSorter({f.target: [] for f in found})
    of: defaultdict[int, list[Found]] = defaultdict(list)
    for one in found:
        sorter.add(one.target, one.source)
        of[one.target].append(one)
    for place in sorter.static_order():
        yield from of[place]
