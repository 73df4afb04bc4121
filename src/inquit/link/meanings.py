"""Vectors of words in bytes, each made once in a process and kept."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.link.columns import Column
from inquit.link.propositions import NAME
from inquit.link.vectors import vectors

Bytes: TypeAlias = npt.NDArray[np.int8]

BYTE = 127
"""Largest value in a vector of bytes."""


class Meanings:
    """Vectors of words by place, of length BYTE; that of a name, which has no meaning to compare, is of zeros."""

    def __init__(self) -> None:
        self._rows = Column(np.int8, vectors().width)
        self._rows.extend(np.zeros((1, vectors().width)))
        self._places: dict[str, int] = {}

    @property
    def rows(self) -> Bytes:
        """By place; the first is of zeros."""
        return self._rows.values

    def learn(self, terms: AbstractSet[str]) -> None:
        """Make the vectors of those that are new."""
        new = sorted(term for term in terms if term not in self._places and not term.startswith(NAME))
        self._places.update(zip(new, range(len(self._rows), len(self._rows) + len(new)), strict=True))
        self._rows.extend(np.rint(vectors().encode(new) * BYTE))

    def places(self, terms: Iterable[str]) -> list[int]:
        """Places of terms that were learnt."""
        return [self._places.get(term, 0) for term in terms]


@cache
def meanings() -> Meanings:
    """Those of this process."""
    return Meanings()
