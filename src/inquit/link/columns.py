"""Columns of arrays that grow: one value a row, and rows of different lengths."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]


class Column:
    """One value, or one row of ``width``, for each of many things."""

    def __init__(self, kind: npt.DTypeLike, width: int | None = None) -> None:
        self._held: Array = np.empty(0 if width is None else (0, width), kind)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def values(self) -> Array:
        """All of them; to be used before the next ``extend``."""
        return self._held[: self._count]

    def extend(self, more: Sequence[Any] | Array) -> None:
        """Add at the end."""
        new = np.asarray(more, self._held.dtype)
        after = self._count + len(new)
        if after > len(self._held):
            larger = np.empty((max(1024, 2 * len(self._held), after), *self._held.shape[1:]), self._held.dtype)
            larger[: self._count] = self._held[: self._count]
            self._held = larger
        if len(new):
            self._held[self._count : after] = new
        self._count = after


class Ragged:
    """Rows of different lengths, one after the other."""

    def __init__(self, kind: npt.DTypeLike) -> None:
        self._values = Column(kind)
        self._starts = Column(np.int64)
        self._starts.extend([0])

    def extend(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows at the end."""
        self.add(np.fromiter(map(len, rows), np.int64, len(rows)), list(chain.from_iterable(rows)))

    def add(self, sizes: Array, values: Sequence[Any] | Array) -> None:
        """Add rows of ``sizes`` at the end, whose ``values`` come one after the other."""
        self._starts.extend(self._starts.values[-1] + np.cumsum(sizes))
        self._values.extend(values)

    def sizes(self, rows: Array) -> Array:
        """Lengths of ``rows``."""
        starts = self._starts.values
        return np.asarray(starts[rows + 1] - starts[rows])

    def row(self, row: int) -> Array:
        """One of them."""
        starts = self._starts.values
        return self._values.values[starts[row] : starts[row + 1]]

    def shared(self, one: Array, other: Array) -> Array:
        """How many values rows have in common, two by two: of rows of numbers from 0, in order and each once."""
        (mine, own), (theirs, held) = self._flat(one), self._flat(other)
        codes, known = own << 32 | mine, held << 32 | theirs
        at = np.minimum(np.searchsorted(known, codes), max(0, len(known) - 1))
        return np.bincount(own[known[at] == codes] if len(known) else own[:0], minlength=len(one))

    def _flat(self, rows: Array) -> tuple[Array, Array]:
        """The values of rows one after the other, and for each at which place of ``rows`` it is."""
        sizes = self.sizes(rows)
        owner = np.repeat(np.arange(len(rows)), sizes)
        at = np.arange(len(owner)) + np.repeat(self._starts.values[rows] - (np.cumsum(sizes) - sizes), sizes)
        return self._values.values[at].astype(np.int64), owner

    def padded(self, rows: Array, width: int, empty: int) -> Array:
        """``(len(rows), width)``: the first ``width`` values of each, and ``empty`` after them."""
        values = self._values.values
        if not len(values):
            return np.full((len(rows), width), empty, values.dtype)
        at = self._starts.values[rows][:, None] + np.arange(width)
        beyond = at >= self._starts.values[rows + 1][:, None]
        found = values.take(at, mode="clip")
        np.copyto(found, np.asarray(empty, values.dtype), where=beyond)
        return np.asarray(found)
