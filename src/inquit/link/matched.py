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
from threading import Lock
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
_APART = 1 << 22  # more than a product of two rows; sums with it are exact in float32
_KEPT = 1 << 18  # pairs of pieces
_ODD, _UPPER = np.uint32(0x9E3779B1), np.uint32(32 - 18)
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
    by = _Answers(trained) if trained else _answers()
    found = np.zeros(len(one))
    for pairs, width, their_width in _blocks(held.sizes(one), held.sizes(other), by.rows.shape[1]):
        mine, theirs = (held.padded(rows[pairs], size, by.none) for rows, size in ((one, width), (other, their_width)))
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


class _Answers:
    """What each piece finds in the piece that answers to it, by one net: worked out once and kept for a while.

    The same words meet again and again: nine in ten were worked out before.
    """

    def __init__(self, trained: Net) -> None:
        self.net = trained
        self.none = len(trained.rows) - 1
        ends = np.zeros((self.none + 1, 1), np.float32)
        ends[self.none] = -_APART
        # A product of the one's row and the other's is less by far where either is none.
        self.rows = np.hstack([trained.rows, np.ones_like(ends), ends])
        self.their_rows = np.hstack([trained.rows, ends, np.ones_like(ends)])
        self._codes = np.full(_KEPT, self.none * (self.none + 2), np.uint32)  # that none answers to none: of no weight
        self._values = np.zeros((_KEPT, 1 + len(trained.bias)))
        self._lock = Lock()

    def summed(self, pieces: Array, answers: Array) -> Floats:
        """Of pieces ``(n, w)`` and who answers to each: the cosine and the layer, by weight: ``(n, 1 + k)``."""
        codes = (pieces.astype(np.uint32) * np.uint32(self.none + 1) + answers.astype(np.uint32)).reshape(-1)
        with self._lock:
            places = _places(codes)
            values = self._values.take(places, 0)
            new = np.flatnonzero(self._codes[places] != codes)
            if len(new):
                distinct, at = np.unique(codes[new], return_inverse=True)
                made = self._made(*np.divmod(distinct, self.none + 1))
                values[new] = made[at]
                # Of two that come to one place one is kept.
                places, first = np.unique(_places(distinct), return_index=True)
                self._codes[places], self._values[places] = distinct[first], made[first]
        return np.asarray((np.ones((1, pieces.shape[1])) @ values.reshape(*pieces.shape, -1))[:, 0])

    def _made(self, pieces: Array, answers: Array) -> Floats:
        by = self.net
        mine, theirs = by.rows[pieces], by.rows[answers]
        # Products of bytes are whole numbers that float32 holds exactly, and so are sums of fewer than 1,000 of them.
        product = np.where(answers == self.none, -np.inf, (mine * theirs).sum(1))
        cosine = np.rint(np.maximum(product, -(127**2)) * _SHIFT)[:, None]
        seen = np.concatenate([np.abs(mine - theirs), np.rint(mine * theirs * _SHIFT), cosine], 1, dtype=np.float32)
        layer = np.maximum(seen @ by.compare + by.bias, 0)
        return np.asarray(by.weights[pieces][:, None] * np.concatenate([cosine, layer], 1, dtype=np.float64))


def _places(codes: Array) -> Array:
    """Where each is kept: the upper bits of a product (Knuth, The Art of Computer Programming 3, 6.4)."""
    return np.asarray(codes * _ODD >> _UPPER)


@cache
def _answers() -> _Answers:
    return _Answers(net())


def _compared(by: _Answers, mine: Array, theirs: Array) -> Floats:
    """Of pieces ``(n, w)`` and ``(n, v)``, padded with ``by.none``."""
    trained = by.net
    near = by.rows.take(mine, 0) @ by.their_rows.take(theirs, 0).transpose(0, 2, 1)
    totals, sides = [], []
    for ours, others, axis in ((mine, theirs, 2), (theirs, mine, 1)):
        total = np.maximum(trained.weights[ours].sum(1), 1)
        summed = by.summed(ours, np.take_along_axis(others, near.argmax(axis), 1)) / total[:, None]
        totals.append(total)
        sides.append(summed * np.concatenate([[1 / (_SHIFT * 127**2)], trained.scale]))
    apart = sides[0] - sides[1]
    first = np.take_along_axis(apart, np.argmax(apart != 0, 1)[:, None], 1)[:, 0]
    # The lighter content first; of two that weigh the same the one with less, so that no order shows.
    turned = ((totals[0] > totals[1]) | ((totals[0] == totals[1]) & (first > 0)))[:, None]
    size = np.log(np.maximum(*totals) / np.minimum(*totals))[:, None]
    told = np.concatenate([np.where(turned, sides[1], sides[0]), np.where(turned, sides[0], sides[1]), size], 1)
    inner = np.maximum(told @ trained.enter + trained.enter_bias, 0)
    return np.asarray(inner @ trained.leave + told @ trained.direct + trained.last)


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
