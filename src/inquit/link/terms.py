"""Terms of propositions with their weights and vectors, as the scoring of pairs needs them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from inquit.link import rarity
from inquit.link.propositions import NAME, Proposition, key
from inquit.link.vectors import vectors

Floats = npt.NDArray[np.float32]

_UNLIKE, _ALIKE = 0.3, 0.8  # cosine of two words up to which they have nothing in common, from which they are as one
_MOST = 0.9  # so much as the same word is a word of the same meaning


class Terms:
    """A proposition ``said`` with what is read off its terms.

    ``weight_of``: the weight of each key, in order; ``rows_of``: pairs of keys in a row; ``places``: of the terms in
    the table of words; ``vector``, ``norm``: the weighted sum of their vectors.
    """

    __slots__ = ("norm", "places", "rows_of", "said", "terms", "total", "vector", "weight_of", "weights")

    def __init__(self, said: Proposition) -> None:
        found: dict[str, str] = {}
        for term in said.terms:
            found.setdefault(key(term), term)
        self.said = said
        self.terms = tuple(found.values())
        self.weight_of = {k: rarity.weight(k) for k in found}
        self.total = sum(self.weight_of.values())
        self.rows_of = frozenset(zip(found, list(found)[1:], strict=False))
        self.weights = np.array(list(self.weight_of.values()), np.float32)
        self.places = np.array([_words.place(term) for term in self.terms], np.intp)
        self.vector: Floats = self.weights @ _words.rows(self.places)
        self.norm = float(np.sqrt(self.vector @ self.vector))


def soft(one: Terms, other: Terms) -> tuple[float, float]:
    """The part of each one's weight that the other has too, a word of nearly the same meaning counting in part."""
    alike = _words.rows(one.places) @ _words.rows(other.places).T
    alike -= _UNLIKE
    alike *= 1 / (_ALIKE - _UNLIKE)
    np.clip(alike, 0.0, _MOST, out=alike)
    mine, theirs = alike.max(1), alike.max(0)
    places = {k: i for i, k in enumerate(other.weight_of)}
    for i, k in enumerate(one.weight_of):
        at = places.get(k)
        if at is not None:
            mine[i] = theirs[at] = 1.0
    return float(mine @ one.weights) / one.total, float(theirs @ other.weights) / other.total


class _Words:
    """Unit vectors of words, each made once and kept; that of a name, which has no meaning to compare, is of zeros."""

    def __init__(self) -> None:
        self._rows: Floats = np.empty((0, 0), np.float32)
        self._places: dict[str, int] = {}

    def place(self, term: str) -> int:
        """Row of a term."""
        if term.startswith(NAME):
            term = NAME
        found = self._places.get(term)
        if found is None:
            found = self._places[term] = len(self._places)
            if found >= len(self._rows):
                larger = np.zeros((max(1024, 2 * len(self._rows)), vectors().width), np.float32)
                if len(self._rows):
                    larger[: len(self._rows)] = self._rows
                self._rows = larger
            if term != NAME:
                self._rows[found] = vectors().encode([term])[0]
        return found

    def rows(self, places: npt.NDArray[np.intp]) -> Floats:
        """Rows of several terms, one or more."""
        return self._rows[places]


_words = _Words()
