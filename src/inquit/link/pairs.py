"""Whether two statements put the same claim forward: named features, a weight each, and what rules a match out.

A match must agree on actors, numbers, negation and time; agreement on the topic alone is none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from inquit.link.contents import Content, mentioned
from inquit.records import Stance

FEATURES = (
    "cosine",  # of the vectors
    "shared",  # weight of the stems in common, of the lighter content's
    "common",  # the same, of both together (Jaccard)
    "names",  # weight of the names in common, of both together
    "more_names",  # both name somebody whom the other does not
    "numbers",  # a number in common
    "lone_number",  # only one of them holds numbers
    "opposed",  # one negates what the other says
    "mode",  # what is against what will be, may be, should be
    "speaker",  # the same entity
    "length",  # how much longer the one is than the other, in logarithms
)
WEIGHTS = dict(zip(FEATURES, (4.0, 3.0, 4.0, 1.5, -0.6, 1.2, -0.4, -2.5, -0.8, 0.8, -0.6), strict=True))
BIAS = -4.6


_TOPIC = 3800  # weight in common up to which two contents share no more than a topic: one word in forty contents
SAME_WORDS = 0.99  # score of the same words
_COPIED = 0.97  # score of nearly the same words in articles that hang together by copies
_QUOTED = 0.95  # score of a content most of which stands in the other in runs of words
_MOSTLY = 0.7  # part of the shorter one's runs
_NEARLY = 0.8  # part of the words in common
_LONG = 6  # stems and names from which the same words are no chance


@dataclass(frozen=True, slots=True)
class Unit:
    """A wording by one entity with one stance.

    ``speaker`` holds the forms of the entity's name, ``chains`` the copied articles it stands in (``Copying.chain``).
    """

    content: Content
    entity: str
    speaker: frozenset[str]
    stance: Stance | None
    chains: frozenset[str] = frozenset()


class Weights:
    """How telling a stem or name is: the logarithm of how few contents hold it; smoothed, for small collections.

    In whole thousandths, whose sums do not depend on their order.
    """

    def __init__(self, contents: Sequence[Content]) -> None:
        held = Counter(mentioned(contents))
        total = len(contents) + 20
        self._of = {word: round(1000 * math.log1p(total / (count + 1))) for word, count in held.items()}

    def total(self, words: frozenset[str]) -> int:
        """Weight of several of the contents' stems and names."""
        return sum(map(self._of.__getitem__, words))


def score(a: Unit, b: Unit, cosine: float, weights: Weights) -> float:
    """How likely two units are one claim, 0 to 1; 0 where something rules it out."""
    if (certain := _verbatim(a, b)) is not None:
        return certain
    values = features(a, b, cosine, weights)
    if values is None:
        return 0.0
    total = BIAS + sum(WEIGHTS[name] * value for name, value in zip(FEATURES, values, strict=True))
    return 1.0 / (1.0 + math.exp(-total))


def _verbatim(a: Unit, b: Unit) -> float | None:
    """Score of a pair whose words alone decide."""
    one, other = a.content, b.content
    if one.words == other.words and len(one.stems) + len(one.names) >= _LONG:
        return SAME_WORDS
    if a.chains & b.chains and one.numbers == other.numbers and one.negated == other.negated:
        mine, theirs = set(one.words), set(other.words)
        if len(mine & theirs) >= _NEARLY * len(mine | theirs):
            return _COPIED
    shorter = min(len(one.runs), len(other.runs))
    if shorter > 2 and len(one.runs & other.runs) >= _MOSTLY * shorter:
        return _QUOTED
    return None


def features(a: Unit, b: Unit, cosine: float, weights: Weights) -> tuple[float, ...] | None:
    """Values in order of ``FEATURES``, or None where actors, numbers or times differ or only the topic is shared."""
    shared = weights.total(a.content.stems & b.content.stems)
    if shared < _TOPIC or not _same_time(a.content, b.content):
        return None
    names, numbers = _actors(a, b), _numbers(a.content, b.content)
    if names is None or numbers is None:
        return None
    mine, theirs = weights.total(a.content.stems), weights.total(b.content.stems)
    sizes = sorted((len(a.content.words), len(b.content.words)))
    return (
        cosine,
        shared / min(mine, theirs),
        shared / (mine + theirs - shared),
        names[0],
        names[1],
        float(numbers > 0),
        float(numbers < 0),
        float(_opposed(a.content, b.content) and "denies" not in (a.stance, b.stance)),
        float(a.content.mode != b.content.mode),
        float(bool(a.entity) and a.entity == b.entity),
        math.log(sizes[1] / sizes[0]),
    )


def _actors(a: Unit, b: Unit) -> tuple[float, float] | None:
    """Names in common (0 to 1) and whether each has one of its own; None where nobody can be in both."""
    one, other = a.content, b.content
    named, other_named = one.names | _speaker(a), other.names | _speaker(b)
    # A pronoun beside a name may stand for whom the other one names: the speaker above all.
    both = (named & other_named) | (a.speaker & other_named if one.third else frozenset())
    both |= b.speaker & named if other.third else frozenset()
    if not named or not other_named:
        return (0.5, 0.0) if not named and not other_named else (0.0, 0.0)
    if not both:
        return None
    mine, theirs = named - both, other_named - both
    return len(both) / len(both | mine | theirs), float(bool(mine) and bool(theirs))


def _speaker(unit: Unit) -> frozenset[str]:
    """The speaker, where the content speaks of "I" or, naming nobody, of "he": an actor of it then."""
    own = unit.content
    return unit.speaker if own.first or (own.third and not own.names) else frozenset()


def _opposed(one: Content, other: Content) -> bool:
    """Whether one negates what the other says."""
    return bool((one.negated ^ other.negated) & one.stems & other.stems)


def _same_time(one: Content, other: Content) -> bool:
    if one.years and other.years and not one.years & other.years:
        return False
    return not (one.days and other.days and not one.days & other.days)


def _numbers(one: Content, other: Content) -> int | None:
    """1: a number in common; 0: neither has any; -1: only one has; None: they differ."""
    if not one.numbers or not other.numbers:
        return -1 if one.numbers or other.numbers else 0
    pairs = [(x, y) for x in one.numbers for y in other.numbers]
    alike = [(x, y) for x, y in pairs if x.equals(y)]
    if not alike:
        # Numbers of different things do not contradict each other: an age, a score.
        return -1 if all(x.units and y.units and not x.units & y.units for x, y in pairs) else None
    met = {x for x, _ in alike} | {y for _, y in alike}
    if any(x.units & y.units and not x.equals(y) and not (x in met and y in met) for x, y in pairs):
        return None
    return 1
