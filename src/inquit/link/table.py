"""Units as arrays, so that thousands of pairs are compared at once.

All that is summed is a whole number (weights in thousandths, vectors in bytes): what comes out is the same on every
machine, and in whatever company a pair is compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inquit.link.columns import Array, Column, Ragged
from inquit.link.meanings import meanings
from inquit.link.packing import COUNTED, FRAMED, HIMSELF, THIRD, Arrays, Numbers, compared, numbers_of, terms_of
from inquit.link.vectors import vectors


class Table:
    """Units by place, in the order in which they were added, and their propositions by place."""

    def __init__(self) -> None:
        self.units = Units()
        self.propositions = Propositions(self.units)
        self._numbers: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.units.vector)

    def add(self, arrays: Sequence[bytes], rows: Sequence[bytes]) -> None:
        """Add units (``link.packing``) with their vectors, one byte a dimension."""
        found = Arrays(arrays)
        names = ("speaker", "person", "around", "keys", "names")
        sizes = [len(found.values[name]) for name in names]
        short = self._shortened(np.concatenate([found.values[name] for name in names]))
        found.values.update(zip(names, np.split(short, np.cumsum(sizes)[:-1]), strict=True))
        first = len(self)
        self.units.add(found, rows)
        self.propositions.add(found, first)

    def _shortened(self, words: Array) -> Array:
        """A number of 31 bits for each of 63: within this table."""
        distinct, places = np.unique(words, return_inverse=True)
        short = [self._numbers.setdefault(word, len(self._numbers)) for word in distinct.tolist()]
        return np.asarray(np.array(short, np.int32)[places])


class Units:
    """``first[u]:first[u + 1]`` are the propositions of unit ``u``; ``same``: equal for those of the same words."""

    def __init__(self) -> None:
        self.first = Column(np.int64)
        self.first.extend([0])
        self.vector = Column(np.int8, vectors().width)
        self.square = Column(np.int64)  # of the vector
        self.same = Column(np.int64)
        self.denies = Column(np.bool_)
        self.speaker = Ragged(np.int32)
        self.person = Ragged(np.int32)  # the speaker without nations, which may be another's
        self.around = Ragged(np.int32)
        self.pieces = Ragged(np.int32)  # as ``link.matched`` compares them
        self.runs = Ragged(np.int32)  # of words of the content
        self.days = Column(np.uint8)
        self.years = Ragged(np.int32)
        self._terms = Ragged(np.uint8)
        self._numbers = Ragged(np.uint8)
        self._read: dict[int, list[Numbers]] = {}

    def add(self, found: Arrays, rows: Sequence[bytes]) -> None:
        """Add all but the propositions themselves."""
        self.first.extend(self.first.values[-1] + np.cumsum(found.lengths["said"]))
        vector = np.frombuffer(b"".join(rows), np.int8).reshape(-1, vectors().width)
        self.vector.extend(vector)
        self.square.extend(_squares(vector))
        self.same.extend(found.same)
        self.denies.extend(found.denies)
        self.days.extend(found.days)
        own = {"speaker": self.speaker, "person": self.person, "around": self.around, "pieces": self.pieces}
        own |= {"runs": self.runs, "years": self.years, "terms": self._terms, "numbers": self._numbers}
        for name, column in own.items():
            column.add(found.lengths[name], found.values[name])

    def terms(self, unit: int) -> list[tuple[str, ...]]:
        """Those of each of its propositions, in order."""
        return terms_of(self._terms.row(unit).tobytes())

    def numbers(self, unit: int) -> list[Numbers]:
        """Those of its content, then of each proposition; of one that holds none the first is empty and the last."""
        found = self._read.get(unit)
        if found is None:
            encoded = self._numbers.row(unit).tobytes()
            found = self._read[unit] = numbers_of(encoded) if encoded else [()]
        return found


class Propositions:
    """Of each what ``link.propositions.Proposition`` has, with weights, in thousandths, and vectors of its terms."""

    def __init__(self, units: Units) -> None:
        self.unit = Column(np.int64)
        self.keys = Ragged(np.int32)
        self.weights = Ragged(np.int32)
        self.negated = Ragged(np.bool_)
        self.total = Column(np.int64)
        self.vector = Column(np.int8, vectors().width)
        self.square = Column(np.int64)  # of the vector
        self.names = Ragged(np.int32)  # with the speaker, where he is an actor
        self.third = Column(np.bool_)
        self.himself = Column(np.bool_)  # speaks of the speaker
        self.framed = Column(np.bool_)
        self.mode = Column(np.int8)
        self.days = Column(np.uint8)
        self.years = Ragged(np.int32)
        self.counted = Column(np.bool_)  # holds numbers
        self._units = units
        self._words = Ragged(np.int32)  # places of vectors of words, once ``_learnt``
        self._learnt = Column(np.bool_)
        self.counts: list[Numbers] = []
        self._known: dict[Numbers, int] = {}
        self._numbers = Column(np.int32)  # places in ``counts``, once ``_read``
        self._read = Column(np.bool_)

    def add(self, found: Arrays, first: int) -> None:
        """Add those of units, of which the first has the place ``first``."""
        counts, said = found.lengths["said"], found.values["said"]
        self.unit.extend(np.repeat(np.arange(first, first + len(counts)), counts))
        sizes, weights = said["keys"].astype(np.int64), found.values["weights"]
        self.keys.add(sizes, found.values["keys"])
        self.weights.add(sizes, weights)
        self.negated.add(sizes, found.values["negated"])
        self.total.extend(np.diff(np.concatenate([[0], np.cumsum(weights, dtype=np.int64)])[_ends(sizes)]))
        vector = found.values["meaning"].reshape(-1, vectors().width)
        self.vector.extend(vector)
        self.square.extend(_squares(vector))
        self.names.add(said["names"].astype(np.int64), found.values["names"])
        self.years.add(said["years"].astype(np.int64), found.values["said_years"])
        self.mode.extend(said["mode"])
        self.days.extend(said["days"])
        flags = {THIRD: self.third, HIMSELF: self.himself, FRAMED: self.framed, COUNTED: self.counted}
        for flag, column in flags.items():
            column.extend(said["flags"] & flag > 0)
        self._words.add(sizes, np.zeros(len(weights), np.int32))
        self._learnt.extend(np.zeros(len(sizes), np.bool_))
        self._numbers.extend(np.zeros(len(sizes), np.int32))
        self._read.extend(np.zeros(len(sizes), np.bool_))

    def terms(self, place: int) -> tuple[str, ...]:
        """All terms of a proposition, in order."""
        unit = int(self.unit.values[place])
        return self._units.terms(unit)[place - int(self._units.first.values[unit])]

    def numbers(self, *places: Array) -> Array:
        """A number for what each of the propositions at ``places`` counts, equal for equals: a place in ``counts``."""
        waiting = self._waiting(self._read, places)
        for place in waiting.tolist():
            unit = int(self.unit.values[place])
            own = self._units.numbers(unit)[1:]
            found = own[place - int(self._units.first.values[unit])] if own else ()
            self._numbers.values[place] = self._known.setdefault(found, len(self._known))
            if len(self._known) > len(self.counts):
                self.counts.append(found)
        self._read.values[waiting] = True
        return self._numbers.values

    @staticmethod
    def _waiting(done: Column, places: Sequence[Array]) -> Array:
        """Those of the places that are not done, each once."""
        asked = np.zeros(len(done), np.bool_)
        for some in places:
            asked[some] = True
        return np.flatnonzero(asked & ~done.values)

    def words(self, *places: Array) -> Ragged:
        """Places in ``link.meanings`` of the words that each of the propositions at ``places`` is compared by."""
        waiting = self._waiting(self._learnt, places)
        if len(waiting):
            told = [compared(self.terms(place)) for place in waiting.tolist()]
            meanings().learn({term for words in told for term in words})
            for place, words in zip(waiting.tolist(), told, strict=True):
                self._words.row(place)[:] = meanings().places(words)
            self._learnt.values[waiting] = True
        return self._words


def _squares(rows: Array) -> Array:
    found = rows.astype(np.int32)
    return np.asarray((found * found).sum(1))


def _ends(sizes: Array) -> Array:
    return np.concatenate([[0], np.cumsum(sizes)])
