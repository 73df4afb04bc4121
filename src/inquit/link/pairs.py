"""Whether two statements put the same claim forward: named features, and a trained weight for each.

A match must agree on actors, numbers, negation and time; agreement on the topic alone is none. The score of a pair is
a function of the two statements and of tables that ship: whatever else a ledger holds makes no difference to it. The
weights come from ``train/pairs``, a logistic regression in which no feature may speak against its sense.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from inquit.link.contents import Content
from inquit.link.propositions import Proposition
from inquit.link.terms import Terms, soft
from inquit.link.words import nations
from inquit.records import Stance

FEATURES = (
    "cosine",  # of the contents' vectors
    "meaning",  # cosine of the terms' vectors, the rarer the heavier
    "covered",  # part of the shorter one's weight whose terms the longer one has
    "likened",  # the same with words of nearly the same meaning
    "longer_likened",  # the same of the longer one
    "shared",  # weight in common: a rare word or several common ones
    "sequence",  # two terms in a row that both have
    "order",  # terms in common that come in another order: who does what to whom
    "other_names",  # each names somebody whom the other does not
    "no_name",  # both name somebody, and nobody in common
    "lone_name",  # only one of them names somebody
    "numbers",  # a number in common
    "lone_number",  # only one of them holds numbers
    "other_numbers",  # numbers of the same thing that differ
    "other_time",  # years or weekdays that differ
    "opposed",  # one negates what the other says
    "mode",  # what is against what will be, may be, should be
    "speaker",  # somebody of the same name says both
    "other_speaker",  # two who name their speakers have none in common
    "length",  # how much heavier the one is than the other, in logarithms
    "slight",  # the lighter one has few terms
    "surroundings",  # what stands beside a short one has what the other says beyond it
    "framed",  # source and verb of saying are compared as a part of it
)

SAME_WORDS = 0.99  # score of the same words
_COPIED = 0.97  # score of nearly the same words in articles that hang together by copies
_QUOTED = 0.95  # score of a content most of which stands in the other in runs of words
_MOSTLY = 0.7  # part of the shorter one's runs
_NEARLY = 0.8  # part of the words in common
_LONG = 6  # stems and names from which the same words are no chance
_MUCH = 4.0  # weight in common from which more of it says nothing more, in tens
_FEW = 5  # terms from which a proposition is no fragment
_FRAMED = 0.02  # by so much a framed clause must be nearer than the content to be compared in its stead


@dataclass(frozen=True, slots=True)
class Unit:
    """A wording by one entity with one stance.

    ``speaker`` holds the forms of the entity's name, ``chains`` the copied articles it stands in (``Copying.chain``);
    ``propositions`` and ``around`` are those of ``link.propositions``.
    """

    content: Content
    entity: str
    speaker: frozenset[str]
    stance: Stance | None
    chains: frozenset[str] = frozenset()
    propositions: tuple[Proposition, ...] = ()
    around: frozenset[str] = frozenset()


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The trained weights: ``data/pairs.en.toml``."""

    bias: float
    weights: dict[str, float]
    reasons: dict[str, tuple[str, str]]


@cache
def model() -> Model:
    """Read once."""
    raw = files("inquit.data").joinpath("pairs.en.toml").read_bytes()
    return msgspec.toml.decode(raw, type=Model)


class Prepared:
    """A unit with its propositions as arrays, to be scored against many."""

    __slots__ = ("propositions", "unit")

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.propositions = [Terms(one) for one in unit.propositions if one.terms]


def score(a: Prepared, b: Prepared, cosine: float) -> float:
    """How likely two units are one claim, 0 to 1; ``cosine`` is that of their contents' vectors."""
    if (certain := _verbatim(a.unit, b.unit)) is not None:
        return certain
    values = features(a, b, cosine)
    if values is None or (values["other_numbers"] and values["covered"] > _NEARLY):
        # The same words about another number are the surest sign of another claim.
        return 0.0
    trained = model()
    total = trained.bias + sum(w * values[name] for name, w in trained.weights.items())
    # Products of vectors differ in their last digits from machine to machine.
    return round(1.0 / (1.0 + math.exp(-total)), 4)


def reasons(a: Prepared, b: Prepared, cosine: float, *, most: int = 3) -> list[str]:
    """In words what spoke for a bond and, after it, what against it: the heaviest first."""
    if _verbatim(a.unit, b.unit) is not None:
        return ["the same words"]
    trained, values = model(), features(a, b, cosine) or {}
    parts = sorted(((trained.weights.get(n, 0.0) * v, n) for n, v in values.items()), key=lambda p: (-abs(p[0]), p[1]))
    named = [
        (part, trained.reasons[name][part < 0]) for part, name in parts if abs(part) > 0.1 and name in trained.reasons
    ]
    return [text for part, text in sorted(named[:most], key=lambda p: p[0] < 0) if text]


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
    if shorter > 2 and len(one.runs & other.runs) >= _MOSTLY * shorter and not _differ(one, other):
        return _QUOTED
    return None


def features(a: Prepared, b: Prepared, cosine: float) -> dict[str, float] | None:
    """Values by name for the two nearest propositions; None where there are none or each speaks of himself."""
    nearest = _nearest(a, b)
    if nearest is None:
        return None
    one, other = nearest
    if _selves(one.said, other.said, a.unit, b.unit):
        return None
    if other.total < one.total or (other.total == one.total and other.terms < one.terms):
        one, other, a, b = other, one, b, a
    return {
        "cosine": cosine,
        **_words(one, other),
        **_particulars(one, other, a.unit, b.unit),
        **_beside(one, other, a.unit),
    }


def _nearest(a: Prepared, b: Prepared) -> tuple[Terms, Terms] | None:
    """The propositions of two units that have most in common."""
    pairs = [(one, other) for one in a.propositions for other in b.propositions]
    if len(pairs) < 2:
        return pairs[0] if pairs else None
    return max(pairs, key=lambda pair: (_near(*pair), pair[0].terms, pair[1].terms))


def _near(one: Terms, other: Terms) -> float:
    shorter, longer = sorted((one.total, other.total))
    common = sum(one.weight_of[key] for key in one.weight_of.keys() & other.weight_of.keys())
    sizes = min(1.0, min(len(one.terms), len(other.terms)) / 3)
    likened = common / (0.6 * shorter + 0.4 * longer) * sizes
    return likened - _FRAMED * (one.said.framed or other.said.framed)


def _words(one: Terms, other: Terms) -> dict[str, float]:
    """What the terms of the lighter and of the heavier one have in common."""
    common = one.weight_of.keys() & other.weight_of.keys()
    weight = sum(one.weight_of[key] for key in common)
    lighter, heavier = soft(one, other)
    rows = sum(1 for pair in one.rows_of if pair in other.rows_of)
    return {
        "meaning": _cosine(one, other),
        "covered": weight / one.total,
        "likened": lighter,
        "longer_likened": heavier,
        "shared": min(weight / 10, _MUCH),
        "sequence": rows / max(1, min(len(one.rows_of), len(other.rows_of))),
        "order": _order([key for key in one.weight_of if key in common], other),
        "length": math.log(other.total / one.total),
        "slight": max(0, _FEW - len(one.terms)) / _FEW,
    }


def _cosine(one: Terms, other: Terms) -> float:
    return float(one.vector @ other.vector) / (one.norm * other.norm) if one.norm and other.norm else 0.0


def _order(common: list[str], other: Terms) -> float:
    """The part of the pairs of terms in common that come the other way round."""
    places = {key: i for i, key in enumerate(other.weight_of)}
    found = [places[key] for key in common]
    turned = [x > y for i, x in enumerate(found) for y in found[i + 1 :]]
    return sum(turned) / len(turned) if turned else 0.0


def _particulars(one: Terms, other: Terms, a: Unit, b: Unit) -> dict[str, float]:
    """Actors, numbers, time, negation, force."""
    mine, theirs = one.said, other.said
    numbers = _numbers(mine, theirs)
    stems = one.weight_of.keys() & other.weight_of.keys()
    opposed = "denies" not in (a.stance, b.stance) and not stems.isdisjoint(mine.negated ^ theirs.negated)
    known = bool(a.speaker) and bool(b.speaker)
    return {
        **_actors(mine, theirs, a, b),
        "numbers": float(numbers == 1),
        "lone_number": float(numbers == -1),
        "other_numbers": float(numbers is None),
        "other_time": float(_apart(mine.years, theirs.years) or _apart(mine.days, theirs.days)),
        "opposed": float(opposed),
        "mode": float(mine.mode != theirs.mode),
        "speaker": float(known and not a.speaker.isdisjoint(b.speaker)),
        "other_speaker": float(known and a.speaker.isdisjoint(b.speaker)),
        "framed": float(mine.framed or theirs.framed),
    }


def _actors(one: Proposition, other: Proposition, a: Unit, b: Unit) -> dict[str, float]:
    """Who is named; a pronoun beside a name may stand for whom the other one names, the speaker above all."""
    mine, theirs = one.names | _speaker(one, a), other.names | _speaker(other, b)
    both = (mine & theirs) | (a.speaker & theirs if one.third else frozenset())
    both |= b.speaker & mine if other.third else frozenset()
    return {
        "other_names": float(bool(mine - both) and bool(theirs - both)),
        "no_name": float(bool(mine) and bool(theirs) and not both),
        "lone_name": float(bool(mine) != bool(theirs)),
    }


def _speaker(said: Proposition, unit: Unit) -> frozenset[str]:
    """The speaker, where the content speaks of "I" or, naming nobody, of "he": an actor of it then."""
    return unit.speaker if said.first or (said.third and not said.names) else frozenset()


def _selves(one: Proposition, other: Proposition, a: Unit, b: Unit) -> bool:
    """Whether two speakers speak each of himself; a nation for a name may be the other one's."""
    mine, theirs = a.speaker - nations(), b.speaker - nations()
    if not mine or not theirs or not mine.isdisjoint(theirs):
        return False
    return all(said.first or (said.third and not said.names) for said in (one, other))


def _beside(one: Terms, other: Terms, a: Unit) -> dict[str, float]:
    """How much of what the heavier one says beyond the lighter stands beside that one."""
    beyond = {key: weight for key, weight in other.weight_of.items() if key not in one.weight_of}
    total = sum(beyond.values())
    found = sum(weight for key, weight in beyond.items() if key in a.around)
    return {"surroundings": found / total if total else 0.0}


def _differ(one: Content, other: Content) -> bool:
    """Whether they hold other numbers or days."""
    return _numbers(one, other) is None or _apart(one.days, other.days) or _apart(one.years, other.years)


def _apart(one: frozenset[int] | frozenset[str], other: frozenset[int] | frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _numbers(one: Proposition | Content, other: Proposition | Content) -> int | None:
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
