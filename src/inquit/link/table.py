"""Units as arrays, so that thousands of pairs are compared at once.

All that is summed is a whole number (weights in thousandths, vectors in bytes): what comes out is the same on every
machine, and in whatever company a pair is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.link import rarity
from inquit.link.columns import Column, Ragged
from inquit.link.contents import Content, Mode
from inquit.link.matched import pieces
from inquit.link.propositions import NAME, Proposition, Unit, key
from inquit.link.vectors import vectors
from inquit.link.words import nations

Bytes: TypeAlias = npt.NDArray[np.int8]
Numbering: TypeAlias = Callable[[Iterable[str]], list[int]]

BYTE = 127
"""Largest value in a vector of bytes."""
TERMS = 64
"""Of a proposition that are compared."""
LONG = 6
"""Stems and names from which the same words are no chance."""

_MODES: Mapping[Mode, int] = {"fact": 0, "coming": 1, "possible": 2, "owed": 3}
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NO_WORDS = -1


class Table:
    """Units by place, in the order in which they were added, and their propositions by place."""

    def __init__(self) -> None:
        self.units = Units()
        self.propositions = Propositions()
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.units.vector)

    def add(self, units: Sequence[Unit], rows: Sequence[bytes]) -> None:
        """Add units with their vectors, one byte a dimension."""
        self.units.add(units, rows, self._number)
        self.propositions.add(units, len(self) - len(units), self._number)

    def _number(self, words: Iterable[str]) -> list[int]:
        """A number for each stem, or name in its one form: within this table."""
        return [self._numbers.setdefault(word, len(self._numbers)) for word in words]


class Units:
    """``first[u]:first[u + 1]`` are the propositions of unit ``u``; ``same``: equal for those of the same words."""

    def __init__(self) -> None:
        self.first = Column(np.int64)
        self.first.extend([0])
        self.vector = Column(np.int8, vectors().width)
        self.same = Column(np.int64)
        self.denies = Column(np.bool_)
        self.speaker = Ragged(np.int32)
        self.person = Ragged(np.int32)  # the speaker without nations, which may be another's
        self.around = Ragged(np.int32)
        self.pieces = Ragged(np.int32)  # as ``link.matched`` compares them
        self.content: list[Content] = []
        self._words: dict[tuple[str, ...], int] = {}

    def add(self, units: Sequence[Unit], rows: Sequence[bytes], number: Numbering) -> None:
        """Add all but the propositions themselves."""
        counts = [len([one for one in u.propositions if one.terms]) for u in units]
        self.first.extend(self.first.values[-1] + np.cumsum(counts, dtype=np.int64))
        self.vector.extend(np.frombuffer(b"".join(rows), np.int8).reshape(-1, vectors().width))
        self.same.extend([self._same(u.content) for u in units])
        self.denies.extend([u.stance == "denies" for u in units])
        self.speaker.extend([number(sorted(u.speaker)) for u in units])
        self.person.extend([number(sorted(u.speaker - nations())) for u in units])
        self.around.extend([number(sorted(u.around)) for u in units])
        self.pieces.extend([pieces(u.content.words) for u in units])
        self.content += [u.content for u in units]

    def _same(self, content: Content) -> int:
        if len(content.stems) + len(content.names) < LONG:
            return _NO_WORDS
        return self._words.setdefault(content.words, len(self._words))


class Propositions:
    """Of each what ``link.propositions.Proposition`` has, with weights, in thousandths, and vectors of its terms."""

    def __init__(self) -> None:
        self.unit = Column(np.int64)
        self.keys = Ragged(np.int32)
        self.weights = Ragged(np.int32)
        self.words = Ragged(np.int32)  # places in ``rows``
        self.negated = Ragged(np.bool_)
        self.total = Column(np.int64)
        self.vector = Column(np.int8, vectors().width)
        self.names = Ragged(np.int32)  # with the speaker, where he is an actor
        self.third = Column(np.bool_)
        self.himself = Column(np.bool_)  # speaks of the speaker
        self.framed = Column(np.bool_)
        self.mode = Column(np.int8)
        self.days = Column(np.uint8)
        self.years = Ragged(np.int32)
        self.counted = Column(np.bool_)  # holds numbers
        self.said: list[Proposition] = []

    @property
    def rows(self) -> Bytes:
        """Vectors of words; of length BYTE, or of zeros."""
        return _words().rows

    def add(self, units: Sequence[Unit], first: int, number: Numbering) -> None:
        """Add those of units, of which the first has the place ``first``."""
        told = [(u, unit, one) for u, unit in enumerate(units, first) for one in unit.propositions if one.terms]
        terms = [_terms(one) for _, _, one in told]
        _words().learn({term for found in terms for term in found.values()})
        himself = [one.first or (one.third and not one.names) for _, _, one in told]
        weights = [[round(1000 * rarity.weight(k)) for k in found] for found in terms]
        words = [_words().places(found.values()) for found in terms]
        self.unit.extend([u for u, _, _ in told])
        self.keys.extend([number(found) for found in terms])
        self.weights.extend(weights)
        self.words.extend(words)
        self.negated.extend([[k in one.negated for k in found] for (_, _, one), found in zip(told, terms, strict=True)])
        self.total.extend([sum(row) for row in weights])
        self.vector.extend([self._vector(row, places) for row, places in zip(weights, words, strict=True)])
        speaks = zip(told, himself, strict=True)
        self.names.extend(
            [number(sorted(one.names | (unit.speaker if own else set()))) for (_, unit, one), own in speaks]
        )
        self.himself.extend(himself)
        self._particulars([one for _, _, one in told])

    def _particulars(self, said: Sequence[Proposition]) -> None:
        self.third.extend([one.third for one in said])
        self.framed.extend([one.framed for one in said])
        self.mode.extend([_MODES[one.mode] for one in said])
        self.days.extend([sum(1 << _WEEK.index(day) for day in one.days) for one in said])
        self.years.extend([sorted(one.years) for one in said])
        self.counted.extend([bool(one.numbers) for one in said])
        self.said += said

    def _vector(self, weights: Sequence[int], places: Sequence[int]) -> Bytes:
        """The weighted sum of the terms' vectors, in bytes."""
        total = np.array(weights) @ self.rows[places].astype(np.int64)
        most = max(1, int(np.abs(total).max()))
        return np.rint(total * (BYTE / most)).astype(np.int8)


class _Words:
    """Vectors of words, each made once and kept; that of a name, which has no meaning to compare, is of zeros."""

    def __init__(self) -> None:
        self._rows = Column(np.int8, vectors().width)
        self._rows.extend(np.zeros((1, vectors().width)))
        self._places: dict[str, int] = {}

    @property
    def rows(self) -> Bytes:
        """By place."""
        return self._rows.values

    def learn(self, terms: AbstractSet[str]) -> None:
        """Make the vectors of those that are new."""
        new = sorted(term for term in terms - self._places.keys() if not term.startswith(NAME))
        self._places.update(zip(new, range(len(self._rows), len(self._rows) + len(new)), strict=True))
        self._rows.extend(np.rint(vectors().encode(new) * BYTE))

    def places(self, terms: Iterable[str]) -> list[int]:
        """Places of terms that were learnt."""
        return [self._places.get(term, 0) for term in terms]


@cache
def _words() -> _Words:
    return _Words()


def _terms(said: Proposition) -> dict[str, str]:
    """The terms by their keys, in order."""
    found: dict[str, str] = {}
    for term in said.terms[:TERMS]:
        found.setdefault(key(term), term)
    return found
