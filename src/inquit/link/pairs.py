"""Whether two statements put the same claim forward: named features, and a trained weight for each.

A match must agree on actors, numbers, negation and time; agreement on the topic alone is none. The score of a pair is
a function of the two statements and of tables that ship: whatever else a ledger holds makes no difference to it. The
weights come from ``train/pairs``, a logistic regression in which no feature may speak against its sense.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np

from inquit.link import likeness
from inquit.link.columns import Column, Ragged
from inquit.link.likeness import Bools, Floats, Ints
from inquit.link.matched import LIMIT, matched
from inquit.link.packing import Numbers
from inquit.link.table import Table

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
    "matched",  # what words say that answer each other, as learnt
    "framed",  # source and verb of saying are compared as a part of it
)

SAME_WORDS = 0.99  # score of the same words
_QUOTED = 0.95  # score of a content most of which stands in the other in runs of words
_MOSTLY = 0.7  # part of the shorter one's runs
_RUNS = 3  # runs from which a content may be said to stand in another
_TERMS = 3  # from which two propositions of the same terms are one
_SAYING_THE_SAME = frozenset(
    {"order", "opposed", "mode", "other_numbers", "other_time"}
)  # by which they may differ yet
_NEARLY = 0.8  # part of the words in common
_HALF = 0.5  # part of the shorter proposition's weight from which the whole contents are held against each other
_MUCH = 4.0  # weight in common from which more of it says nothing more, in tens
_FEW = 5  # terms from which a proposition is no fragment
_AT_ONCE = 4096  # pairs whose runs, or vectors, are held against each other at once
_ALL: Final = frozenset(FEATURES)


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


def cosines(table: Table, one: Ints, other: Ints) -> Floats:
    """Of the vectors of units, two by two."""
    return _cosines(table.units.vector, table.units.square, one, other)


def scores(table: Table, one: Ints, other: Ints, least: float = 0.0) -> Floats:
    """How likely units are one claim, 0 to 1, two by two: the places ``one`` and ``other`` of ``table``.

    A score under ``least`` is not worked out: what stands in its place is under ``least`` too. Where two propositions
    are equally near the order of the two units decides between them, so it must be fixed.
    """
    found = np.zeros(len(one))
    p, q = likeness.nearest(table, one, other)
    there = np.flatnonzero((p >= 0) & ~_selves(table, p, q))
    p, q = _lighter_first(table, p[there], q[there])
    trained = model()
    values = _values(table, p, q, trained.weights.keys() | _SAYING_THE_SAME, least)
    ruled_out = (values["other_numbers"] > 0) & (values["covered"] > _NEARLY)
    found[there] = np.where(ruled_out, 0.0, _logistic(_total(trained, values, len(p))))
    found[there[_same_terms(table, p, q, values)]] = _QUOTED
    same = table.units.same.values
    little = np.zeros(len(one), np.bool_)
    little[there] = values["covered"] < _HALF
    much = np.flatnonzero(~little)
    found[much[_quoted(table, one[much], other[much])]] = _QUOTED
    found[(same[one] == same[other]) & (same[one] >= 0)] = SAME_WORDS
    return found


def features(table: Table, one: Ints, other: Ints) -> tuple[Ints, Floats]:
    """Which pairs have features at all, and these: ``(pairs, len(FEATURES))``.

    Without any are units without propositions, and two who speak each of himself.
    """
    p, q = likeness.nearest(table, one, other)
    there = np.flatnonzero((p >= 0) & ~_selves(table, p, q))
    values = _values(table, *_lighter_first(table, p[there], q[there]), _ALL, 0.0)
    return there, np.stack([values[name] for name in FEATURES], 1)


def reasons(table: Table, one: Ints, other: Ints, *, most: int = 3) -> list[list[str]]:
    """In words what spoke for each bond and, after it, what against it: the heaviest first."""
    same = table.units.same.values
    verbatim = ((same[one] == same[other]) & (same[one] >= 0)) | (scores(table, one, other) == _QUOTED)
    values = np.zeros((len(one), len(FEATURES)))
    there, values_there = features(table, one, other)
    values[there] = values_there
    return [
        ["the same words"] if certain else _in_words(row, most)
        for certain, row in zip(verbatim.tolist(), values, strict=True)
    ]


def _in_words(values: Floats, most: int) -> list[str]:
    trained = model()
    weighed = [(trained.weights.get(n, 0.0) * float(v), n) for n, v in zip(FEATURES, values, strict=True)]
    parts = sorted(weighed, key=lambda p: (-abs(p[0]), p[1]))
    named = [(p, trained.reasons[name][p < 0]) for p, name in parts if abs(p) > 0.1 and name in trained.reasons]
    return [text for part, text in sorted(named[:most], key=lambda p: p[0] < 0) if text]


def _total(trained: Model, values: dict[str, Floats], pairs: int) -> Floats:
    total = np.full(pairs, trained.bias)
    for name, weight in trained.weights.items():
        total += weight * values[name]
    return total


def _logistic(total: Floats) -> Floats:
    # The last digits of an exponential differ from machine to machine.
    return np.asarray(np.round(1.0 / (1.0 + np.exp(-total)), 4))


def _lighter_first(table: Table, p: Ints, q: Ints) -> tuple[Ints, Ints]:
    said, total = table.propositions, table.propositions.total.values
    turned = total[q] < total[p]
    for i in np.flatnonzero(total[q] == total[p]):
        turned[i] = said.terms(int(q[i])) < said.terms(int(p[i]))
    return np.where(turned, q, p), np.where(turned, p, q)


def _values(table: Table, p: Ints, q: Ints, wanted: AbstractSet[str], least: float) -> dict[str, Floats]:
    """Features of pairs of propositions by name, of which ``p`` are the lighter ones.

    What is dear is worked out one after the other, for the pairs that may still come to a score of ``least``.
    """
    said, units = table.propositions, table.units
    u, v = said.unit.values[p], said.unit.values[q]
    total = said.total.values
    found = likeness.words(table, p, q, wanted)
    weight = found.pop("weight")
    found |= {
        "meaning": _cosines(said.vector, said.square, p, q),
        "covered": weight / total[p],
        "shared": np.minimum(weight / 10_000, _MUCH),
        "length": np.log(total[q] / total[p]),
        "slight": np.maximum(0, _FEW - said.keys.sizes(p)) / _FEW,
        "mode": (said.mode.values[p] != said.mode.values[q]).astype(np.float64),
        "framed": (said.framed.values[p] | said.framed.values[q]).astype(np.float64),
        **_actors(table, p, q),
        **_speakers(table, u, v),
        "other_time": _other_time(said.days, said.years, p, q).astype(np.float64),
    }
    if "cosine" in wanted:
        found["cosine"] = _cosines(units.vector, units.square, u, v)
    found |= _at_most(len(p), found["covered"], total[p] / total[q])
    some = _hopeful(found, least)
    found["matched"][some] = matched(units.pieces, u[some], v[some])
    # Of those with all terms in common it is asked whether they are the same, likely or not.
    _count(table, p, q, found, np.union1d(_hopeful(found, least), np.flatnonzero(found["covered"] >= 1)))
    some = _hopeful(found, least)
    found["likened"][some], found["longer_likened"][some] = likeness.likened(table, p[some], q[some])
    return found


def _at_most(pairs: int, covered: Floats, size: Floats) -> dict[str, Floats]:
    """Of the features that are dear the most that speaks for a pair; ``size``: of the lighter one to the heavier."""
    return {
        "matched": np.full(pairs, LIMIT),
        "numbers": np.ones(pairs),
        "lone_number": np.zeros(pairs),
        "other_numbers": np.zeros(pairs),
        "likened": likeness.at_most(covered),
        "longer_likened": likeness.at_most(covered * size),
    }


def _hopeful(found: dict[str, Floats], least: float) -> Ints:
    """The pairs that may come to a score of ``least`` yet: no feature speaks against its sense."""
    return np.flatnonzero(_logistic(_total(model(), found, len(found["covered"]))) >= least)


def _actors(table: Table, p: Ints, q: Ints) -> dict[str, Floats]:
    """Who is named; a pronoun beside a name may stand for whom the other one names, the speaker above all."""
    said, units = table.propositions, table.units
    mine, theirs = said.names, said.names
    u, v = said.unit.values[p], said.unit.values[q]
    third, their_third = said.third.values[p][:, None], said.third.values[q][:, None]
    both = _held(mine, p, theirs, q) | (_held(mine, p, units.speaker, v) & their_third)
    hers = _held(theirs, q, mine, p) | (_held(theirs, q, units.speaker, u) & third)
    left, their_left = mine.sizes(p) - both.sum(1), theirs.sizes(q) - hers.sum(1)
    one, other = mine.sizes(p) > 0, theirs.sizes(q) > 0
    none = one & other & ~both.any(1) & ~hers.any(1)
    return {
        "other_names": ((left > 0) & (their_left > 0)).astype(np.float64),
        "no_name": none.astype(np.float64),
        "lone_name": (one != other).astype(np.float64),
    }


def _held(one: Ragged, rows: Ints, other: Ragged, their_rows: Ints) -> Bools:
    """Which values of the rows of ``one`` stand in those of ``other``, two by two."""
    mine = one.padded(rows, int(one.sizes(rows).max(initial=0)), -1)
    theirs = other.padded(their_rows, int(other.sizes(their_rows).max(initial=0)), -2)
    found = np.zeros(mine.shape, np.bool_)
    for column in range(theirs.shape[1]):
        found |= mine == theirs[:, column : column + 1]
    return found


def _speakers(table: Table, u: Ints, v: Ints) -> dict[str, Floats]:
    speaker = table.units.speaker
    known = (speaker.sizes(u) > 0) & (speaker.sizes(v) > 0)
    met = _held(speaker, u, speaker, v).any(1)
    return {"speaker": (known & met).astype(np.float64), "other_speaker": (known & ~met).astype(np.float64)}


def _selves(table: Table, p: Ints, q: Ints) -> Bools:
    """Whether two speakers speak each of himself; a nation for a name may be the other one's."""
    said, person = table.propositions, table.units.person
    found: Bools = np.zeros(len(p), np.bool_)
    some: Ints = np.flatnonzero(p >= 0)
    some = some[said.himself.values[p[some]] & said.himself.values[q[some]]]
    u, v = said.unit.values[p[some]], said.unit.values[q[some]]
    known = (person.sizes(u) > 0) & (person.sizes(v) > 0)
    found[some] = known & ~_held(person, u, person, v).any(1)
    return found


def _count(table: Table, p: Ints, q: Ints, found: dict[str, Floats], some: Ints) -> None:
    """Hold the numbers of ``some`` of the pairs against each other."""
    said = table.propositions
    one, other = said.counted.values[p[some]], said.counted.values[q[some]]
    same, lone, differ = np.zeros(len(some)), (one != other).astype(np.float64), np.zeros(len(some))
    both = np.flatnonzero(one & other)
    numbers = said.numbers(p[some[both]], q[some[both]])
    distinct, places = np.unique(
        numbers[p[some[both]]].astype(np.int64) << 32 | numbers[q[some[both]]], return_inverse=True
    )
    agree = [_numbers(said.counts[code >> 32], said.counts[code & 0xFFFFFFFF]) for code in distinct.tolist()]
    told = np.array([(a == 1, a == -1, a is None) for a in agree], np.float64).reshape(-1, 3)[places]
    same[both], lone[both], differ[both] = told.T
    found["numbers"][some], found["lone_number"][some], found["other_numbers"][some] = same, lone, differ


def _other_time(days: Column, years: Ragged, one: Ints, other: Ints) -> Bools:
    """Whether rows hold other days or years, two by two."""
    mine, theirs = days.values[one], days.values[other]
    found: Bools = (mine > 0) & (theirs > 0) & (mine & theirs == 0)
    some = np.flatnonzero((years.sizes(one) > 0) & (years.sizes(other) > 0))
    found[some] |= ~_held(years, one[some], years, other[some]).any(1)
    return found


def _cosines(rows: Column, squares: Column, one: Ints, other: Ints) -> Floats:
    """Of rows of bytes, two by two; ``squares`` are those of their lengths."""
    vector, square = rows.values, squares.values
    product = np.zeros(len(one))
    for first in range(0, len(one), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        # Products of bytes are whole numbers that float32 holds exactly, and so are sums of fewer than 1,000 of them.
        a, b = vector[one[some]].astype(np.float32), vector[other[some]].astype(np.float32)
        product[some] = np.einsum("ij,ij->i", a, b)
    norms = np.sqrt(square[one] * square[other].astype(np.float64))
    found: Floats = np.divide(product, norms, out=np.zeros(len(one)), where=norms > 0)
    return found


def _quoted(table: Table, one: Ints, other: Ints) -> Bools:
    """Whether most of the shorter content stands in the longer in runs of words, with no other number or day."""
    units = table.units
    found = _stand_in(units.runs, one, other)
    some = np.flatnonzero(found)
    found[some] = ~_other_time(units.days, units.years, one[some], other[some])
    for i in np.flatnonzero(found):
        found[i] = _numbers(units.numbers(int(one[i]))[0], units.numbers(int(other[i]))[0]) is not None
    return found


def _same_terms(table: Table, p: Ints, q: Ints, values: dict[str, Floats]) -> Bools:
    """Whether two propositions have the same terms in the same order, and so differ in little words alone."""
    said = table.propositions
    sizes = said.keys.sizes(p)
    found: Bools = (sizes >= _TERMS) & (sizes == said.keys.sizes(q)) & (values["covered"] >= 1)
    for name in _SAYING_THE_SAME:
        found &= values[name] == 0
    return found


def _stand_in(runs: Ragged, one: Ints, other: Ints) -> Bools:
    """Whether most of the shorter one's runs are the other's, two by two."""
    turned = runs.sizes(one) > runs.sizes(other)
    shorter, longer = np.where(turned, other, one), np.where(turned, one, other)
    least = runs.sizes(shorter)
    found: Bools = np.zeros(len(one), np.bool_)
    some = np.flatnonzero(least >= _RUNS)
    for first in range(0, len(some), _AT_ONCE):
        few = some[first : first + _AT_ONCE]
        found[few] = runs.shared(shorter[few], longer[few]) >= _MOSTLY * least[few]
    return found


def _numbers(one: Numbers, other: Numbers) -> int | None:
    """1: a number in common; 0: neither has any; -1: only one has; None: they differ."""
    if not one or not other:
        return -1 if one or other else 0
    pairs = [(x, y) for x in one for y in other]
    alike = [(x, y) for x, y in pairs if x.equals(y)]
    if not alike:
        # Numbers of different things do not contradict each other: an age, a score.
        return -1 if all(x.units and y.units and not x.units & y.units for x, y in pairs) else None
    met = {x for x, _ in alike} | {y for _, y in alike}
    if any(x.units & y.units and not x.equals(y) and not (x in met and y in met) for x, y in pairs):
        return None
    return 1
