"""Which articles take over text of which, how much of it, and whether they say so.

``docs/design/copies.md`` has the method, and the thresholds with their reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from graphlib import TopologicalSorter
from math import inf

import numpy as np

from inquit.clock import instant
from inquit.link.agencies import Names
from inquit.link.align import Flags, Overlaps, Text, numbered, text_of
from inquit.link.chains import PART, Found, lines
from inquit.link.cuts import cuts
from inquit.link.descent import Signed, common_credit, direction, signed, verdict
from inquit.link.fingerprints import FINGERPRINT, Hashes, candidates, grams, winnowed
from inquit.link.owners import Outlets, known_outlets
from inquit.link.prose import Prose, beside, prose
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


def find_copies(articles: Sequence[Article], outlets: Outlets | None = None) -> list[Copy]:
    """Copies among the articles: for each the articles that cover most of it, as few lines as join all of them.

    Pure, and the same for any order of the articles. Two articles of which one is a copy of the other are joined by a
    chain of lines; no chain of directions leads back to where it began. ``outlets``, a desk's own or else those of the
    data, tell which are of one owner.
    """
    ranked = _ranked(articles)
    if len(ranked) < 2:
        return []
    texts = [text_of(s.article.text) for s in ranked]
    pairs = candidates([winnowed(grams(t.words, FINGERPRINT)) for t in texts], least=_FINGERPRINTS)
    return _chosen(ranked, texts, pairs, outlets or known_outlets())


def copies_among(
    articles: Sequence[Article], alike: Iterable[tuple[str, str]], furniture: AbstractSet[int], outlets: Outlets | None
) -> list[Copy]:
    """``find_copies`` of articles of which it is known which pairs, by their ids, may be copies.

    ``furniture`` are fingerprints (``marks``) of what outlets print whatever an article is about.
    """
    ranked = _ranked(articles)
    texts = [without(text_of(s.article.text), furniture) for s in ranked]
    place = {s.article.id: i for i, s in enumerate(ranked)}
    pairs = sorted({(min(place[a], place[b]), max(place[a], place[b])) for a, b in alike})
    return _chosen(ranked, texts, pairs, outlets or known_outlets())


def are_alike(one: Text, other: Text) -> bool:
    """Whether one of two texts may be a copy of the other, by these two alone."""
    in_one, own_of_one = beside(one, other)
    in_other, own_of_other = beside(other, one)
    return _strength(in_one, own_of_one, in_other, own_of_other) is not None


def marks(text: Text) -> Hashes:
    """The fingerprints that a text is found by, distinct and in order."""
    return winnowed(grams(text.words, FINGERPRINT)) >> np.uint64(1)


def without(text: Text, furniture: AbstractSet[int]) -> Text:
    """The text with what the fingerprints of ``furniture`` cover told apart, as captions are."""
    if not furniture:
        return text
    found = grams(text.words, FINGERPRINT) >> np.uint64(1)
    apart = np.isin(found, np.fromiter(furniture, np.uint64, len(furniture)))
    covered = np.zeros(len(text.words), np.bool_)
    for i in range(FINGERPRINT):
        covered[i : i + len(apart)] |= apart
    return Text(text.words, text.quoted, text.caption | covered)


def _chosen(
    ranked: Sequence[Signed], texts: Sequence[Text], pairs: Sequence[tuple[int, int]], outlets: Outlets
) -> list[Copy]:
    windows = numbered(texts)
    bodies = prose(texts, windows, [s.name for s in ranked], pairs)
    overlaps = Overlaps(windows, [len(t.words) for t in texts])
    judged = (_judged(pair, overlaps, bodies, ranked) for pair in pairs)
    return _copies(lines(found for found in judged if found is not None), ranked, overlaps, outlets)


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
    measured = _measured(pair, overlaps, bodies)
    if measured is None:
        return None
    in_first, in_second, strength = measured
    first, second = pair
    way = direction(ranked[first], ranked[second])
    source, target, covered = (first, second, in_second) if way.forward else (second, first, in_first)
    return Found(source, target, float(covered.mean()), covered & bodies[target].body, strength, way)


def _measured(pair: tuple[int, int], overlaps: Overlaps, bodies: Sequence[Prose]) -> tuple[Flags, Flags, float] | None:
    """Which words of the first are in the second, which of the second in the first, and how sure it is; or None."""
    first, second = pair
    in_second, in_first = overlaps.covered(first, second), overlaps.covered(second, first)
    strength = _strength(in_first, bodies[first], in_second, bodies[second])
    return None if strength is None else (in_first, in_second, strength)


def _strength(in_first: Flags, first: Prose, in_second: Flags, second: Prose) -> float | None:
    """How sure it is that one text is a copy of the other; None where it is none."""
    # What one article has twice counts once: the smaller of both directions.
    own, own_part = _common(in_first, first.own, in_second, second.own)
    body, body_part = _common(in_first, first.body, in_second, second.body)
    is_excerpt = body >= _EXCERPT and body_part >= _NEARLY_ALL
    if not (own >= PART or (own >= _SHORT and own_part >= _HALF) or is_excerpt):
        return None
    strength: float = max(1 - 0.5 ** (own / _HALVING), body_part)
    return strength


def _common(in_first: Flags, first: Flags, in_second: Flags, second: Flags) -> tuple[int, float]:
    """How many of the words that count both articles have, and the larger part that these are of one of the two."""
    ours, theirs = _count(in_first & first), _count(in_second & second)
    return min(ours, theirs), max(ours / max(1, _count(first)), theirs / max(1, _count(second)))


def _count(flags: Flags) -> int:
    return int(np.count_nonzero(flags))


def _copies(found: Sequence[Found], ranked: Sequence[Signed], overlaps: Overlaps, outlets: Outlets) -> list[Copy]:
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
        kept = overlaps.covered(one.target, one.source)
        # Once is enough where the credit that tells the direction is the one that was kept.
        told = one.direction.by_credit and credit == "kept" and origin == source.name
        reasons = (
            f"{100 * one.share:.0f} % of its words stand in the other in runs of 8 or more",
            *dict.fromkeys((one.direction.reason, one.direction.reason if told else reason)),
            *_remarks(source, target, outlets),
            *cuts(source.article.text, kept, target.article.text),
        )
        copies.append(
            Copy(
                from_=source.article.id,
                to=target.article.id,
                share=round(one.share, 4),
                taken=round(float(kept.mean()), 4),
                credit=credit,
                origin=origin,
                score=round(one.strength * one.direction.certainty, 4),
                reasons=reasons,
            )
        )
    return copies


def _remarks(source: Signed, target: Signed, outlets: Outlets) -> Iterator[str]:
    """What else ties the two articles together."""
    both = common_credit(source, target)
    if both is not None:
        yield f"both credit {both}: prints of one text"
    keys = [outlets.key(s.name or "") for s in (source, target)]
    if all(keys) and keys[0] != keys[1] and outlets.owner(keys[0]) == outlets.owner(keys[1]):
        yield f"outlets of one owner, {outlets.owner(keys[0])}"


def _parents_first(found: Sequence[Found]) -> Iterator[Found]:
    """The lines in such an order that an article's own come before those to what was taken from it."""
    sorter = TopologicalSorter({f.target: [] for f in found})
    of: defaultdict[int, list[Found]] = defaultdict(list)
    for one in found:
        sorter.add(one.target, one.source)
        of[one.target].append(one)
    for place in sorter.static_order():
        yield from of[place]
