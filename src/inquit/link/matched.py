"""Two contents set against each other word by word, by a small net that was trained on pairs.

Each word piece has a vector and a weight in a table that ships. A piece answers to that of the other content whose
vector is nearest; one layer compares the two vectors, and what comes out is summed by weight (decomposable attention,
Parikh et al. 2016). All that is summed over pieces is whole numbers, so that a value is the same in any company and on
any machine. The table and the net are made by ``train/pairs/matching.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from inquit.errors import WorkError
from inquit.link.columns import Array, Ragged
from inquit.link.vectors import vectors

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

MOST = 32  # pieces of a content that are compared, the heaviest
LIMIT = 6.0  # largest value

_WIDTHS = np.array([4, 8, 12, 16, 20, 24, 28, 32])
_CELLS = 1 << 19  # numbers of the vectors of one block
_NONE = -1  # where a row has ended
_SHIFT = 1 / 64  # so that a product of two bytes is a byte again


class Net(msgspec.Struct, frozen=True):
    """``d`` columns of a vector, ``k`` units of the layer that compares; the last row of ``rows`` is of zeros."""

    rows: npt.NDArray[np.float32]  # (pieces + 1, d), whole numbers up to 127
    weights: npt.NDArray[np.float64]  # (pieces + 1,), whole numbers up to 255
    compare: npt.NDArray[np.float32]  # (2 d + 1, k), whole numbers: distances, products, the cosine
    bias: npt.NDArray[np.float32]  # (k,), whole numbers
    scale: Floats  # (k,)
    enter: Floats  # (2 (1 + k) + 1, h)
    enter_bias: Floats
    leave: Floats  # (h,)
    direct: Floats  # (2 (1 + k) + 1,)
    last: float


def pieces(words: Sequence[str], trained: Net | None = None) -> list[int]:
    """The heaviest pieces of a content, in its order, by ``trained`` or the net that ships."""
    found = [piece for word in words for piece in _pieces(word)]
    if len(found) <= MOST:
        return found
    weights = (trained or net()).weights[found]
    return [found[i] for i in sorted(np.argsort(-weights, kind="stable")[:MOST].tolist())]


def matched(held: Ragged, one: Ints, other: Ints, trained: Net | None = None) -> Floats:
    """Log odds that contents are one claim, two by two, within LIMIT; ``held`` has the pieces of each.

    By ``trained``, which must have chosen the pieces too, or by the net that ships.
    """
    by = trained or net()
    found = np.zeros(len(one))
    for pairs, width, their_width in _blocks(held.sizes(one), held.sizes(other), by.rows.shape[1]):
        mine, theirs = (held.padded(rows[pairs], size, _NONE) for rows, size in ((one, width), (other, their_width)))
        found[pairs] = _compared(by, mine, theirs)
    return np.asarray(np.round(np.clip(found, -LIMIT, LIMIT), 4), np.float64)


def _blocks(sizes: Array, their_sizes: Array, columns: int) -> Iterator[tuple[Ints, int, int]]:
    kinds = np.searchsorted(_WIDTHS, sizes) * len(_WIDTHS) + np.searchsorted(_WIDTHS, their_sizes)
    order = np.argsort(kinds, kind="stable")
    for some in np.split(order, np.flatnonzero(np.diff(kinds[order])) + 1):
        if len(some):
            width, their_width = (int(_WIDTHS[k]) for k in divmod(int(kinds[some[0]]), len(_WIDTHS)))
            step = max(1, _CELLS // ((width + their_width) * columns))
            for part in range(0, len(some), step):
                yield some[part : part + step], width, their_width


def _compared(trained: Net, mine: Array, theirs: Array) -> Floats:
    """Of pieces ``(n, w)`` and ``(n, v)``, padded with _NONE."""
    ours, others = trained.rows[mine], trained.rows[theirs]
    weights, their_weights = trained.weights[mine], trained.weights[theirs]
    # Products of bytes are whole numbers that float32 holds exactly, and so are sums of fewer than 1,000 of them.
    near = ours @ others.transpose(0, 2, 1)
    near[(mine == _NONE)[:, :, None] | (theirs == _NONE)[:, None, :]] = -np.inf
    sides = (
        _side(trained, ours, weights, others, near),
        _side(trained, others, their_weights, ours, near.transpose(0, 2, 1)),
    )
    total, their_total = np.maximum(weights.sum(1), 1), np.maximum(their_weights.sum(1), 1)
    turned = (total > their_total)[:, None]
    size = np.log(np.maximum(total, their_total) / np.minimum(total, their_total))[:, None]
    told = np.concatenate([np.where(turned, sides[1], sides[0]), np.where(turned, sides[0], sides[1]), size], 1)
    inner = np.maximum(told @ trained.enter + trained.enter_bias, 0)
    return np.asarray(inner @ trained.leave + told @ trained.direct + trained.last)


def _side(trained: Net, ours: Array, weights: Floats, others: Array, near: Array) -> Floats:
    """What the pieces of one content find in the other, the heavier the more: ``(n, 1 + k)``."""
    at = near.argmax(2)
    cosine = np.rint(np.maximum(np.take_along_axis(near, at[:, :, None], 2), -(127**2)) * _SHIFT)
    answer = np.take_along_axis(others, at[:, :, None], 1)
    seen = np.concatenate([np.abs(ours - answer), np.rint(ours * answer * _SHIFT), cosine], 2)
    layer = np.maximum(seen.reshape(-1, seen.shape[2]) @ trained.compare + trained.bias, 0)
    layer = layer.reshape(*seen.shape[:2], -1).astype(np.float64)
    total = np.maximum(weights.sum(1), 1)[:, None]
    summed = (weights[:, None, :] @ np.concatenate([cosine, layer], 2, dtype=np.float64))[:, 0] / total
    return np.asarray(summed * np.concatenate([[1 / (_SHIFT * 127**2)], trained.scale]))


@lru_cache(maxsize=1 << 17)
def _pieces(word: str) -> tuple[int, ...]:
    return tuple(vectors().pieces(word))


@cache
def net() -> Net:
    """The one that ships, loaded once. Raises WorkError when its file is missing or damaged."""
    try:
        with as_file(files("inquit.data") / "pairs-en" / "matching.npz") as path:
            return load(path)
    except Exception as error:  # numpy raises classes of many kinds
        raise WorkError(f"what compares contents could not be loaded ({error}); reinstall inquit") from error


def load(path: Path) -> Net:
    """One that ``train/pairs/matching.py`` wrote. Raises what ``numpy.load`` raises, and KeyError."""
    with np.load(path) as held:
        rows, weights = held["rows"], held["weights"]
        return Net(
            rows=np.vstack([rows, np.zeros((1, rows.shape[1]))]).astype(np.float32),
            weights=np.append(weights, 0).astype(np.float64),
            compare=held["compare"].astype(np.float32),
            bias=held["bias"].astype(np.float32),
            last=float(held["last"]),
            **{name: held[name].astype(np.float64) for name in ("scale", "enter", "enter_bias", "leave", "direct")},
        )
