"""Which contents may put one claim forward: the nearest by their vectors, searched block by block."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]

_BLOCK = 512  # rows that are compared with all at once: 200 MB at 100,000


def nearest(vectors: Floats, *, least: float, most: int) -> list[tuple[int, int, float]]:
    """Pairs ``(i, j, cosine)``, i < j, in order: each of the unit rows ``(n, d)`` with its ``most`` nearest.

    None has a cosine below ``least``. Peak memory is 4 KB for each row, beside the pairs.
    """
    found: dict[tuple[int, int], float] = {}
    for first in range(0, len(vectors), _BLOCK):
        cosines = vectors[first : first + _BLOCK] @ vectors.T
        own = np.arange(len(cosines))
        cosines[own, own + first] = -1.0
        rows, columns = _above(cosines, least, most)
        values = cosines[rows, columns]
        for i, j, value in zip((rows + first).tolist(), columns.tolist(), values.tolist(), strict=True):
            found[(i, j) if i < j else (j, i)] = value
    return [(i, j, value) for (i, j), value in sorted(found.items())]


def _above(cosines: Floats, least: float, most: int) -> tuple[Ints, Ints]:
    """Rows and columns of each row's highest values, of those not below ``least``."""
    if cosines.shape[1] > most:
        kth = np.partition(cosines, -most, axis=1)[:, -most]
        rows, columns = np.nonzero(cosines >= np.maximum(kth, least)[:, None])
    else:
        rows, columns = np.nonzero(cosines >= least)
    return rows, columns
