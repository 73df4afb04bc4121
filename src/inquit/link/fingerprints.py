"""Which articles may share text: 5-word fingerprints, thinned by winnowing, in an index sorted with numpy.

Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every 4 fingerprints in a row the smallest is kept. Two
texts with a run of 8 words in common have 4 fingerprints in a row in common, and so at least one that is kept: 2 in 5
are enough, and no run of 8 words is missed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Hashes: TypeAlias = npt.NDArray[np.uint64]
Ints: TypeAlias = npt.NDArray[np.int64]

FINGERPRINT = 5
_WINDOW = 4
# A fingerprint in more articles than this pairs each of them with the first few and with its few neighbours only, so
# that pairs grow with articles and not with their square. What two articles share alone is in few, and pairs them.
_CROWD = 16
_FIRST = 4
_NEAR = 2
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=1 << 18)
def word_hash(word: str) -> int:
    """64-bit BLAKE2b hash of a word, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "backslashreplace"), digest_size=8).digest(), "little")


def grams(words: Hashes, size: int) -> Hashes:
    """Hash of every ``size`` consecutive words, shape (words - size + 1,); empty where there are fewer words."""
    count = len(words) - size + 1
    if count < 1:
        return np.empty(0, np.uint64)
    rolled = np.zeros(count, np.uint64)
    for i in range(size):
        rolled = rolled * _MULTIPLIER + words[i : i + count]
    # The last steps of splitmix64 spread the polynomial's low bits, which winnowing compares, over all of them.
    rolled ^= rolled >> np.uint64(30)
    rolled *= np.uint64(0xBF58476D1CE4E5B9)
    return rolled ^ (rolled >> np.uint64(27))


def winnowed(fingerprints: Hashes) -> Hashes:
    """The distinct fingerprints that are the smallest of some 4 in a row; all of fewer than 4."""
    if len(fingerprints) <= _WINDOW:
        return np.unique(fingerprints)
    return np.unique(np.lib.stride_tricks.sliding_window_view(fingerprints, _WINDOW).min(axis=1))


def candidates(kept: Sequence[Hashes], *, least: int) -> list[tuple[int, int]]:
    """Pairs ``(i, j)``, i < j, of texts that share ``least`` or more of their kept fingerprints, in order.

    Texts that stand first are preferred where a fingerprint is in very many.
    """
    count = len(kept)
    texts = np.repeat(np.arange(count, dtype=np.int64), [len(k) for k in kept])
    marks = np.concatenate([np.empty(0, np.uint64), *kept])
    order = np.argsort(marks, kind="stable")  # stable: within a fingerprint, texts stay in order
    first, second = _paired(marks[order], texts[order])
    keys, shared = np.unique(first * count + second, return_counts=True)
    return [(int(key) // count, int(key) % count) for key in keys[shared >= least]]


def _paired(marks: Hashes, texts: Ints) -> tuple[Ints, Ints]:
    """Every meeting of two texts in a fingerprint: both texts, the earlier first."""
    starts = np.flatnonzero(np.r_[True, marks[1:] != marks[:-1]]) if len(marks) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(marks)])
    shared = np.repeat(sizes > 1, sizes)
    marks, texts, size = marks[shared], texts[shared], np.repeat(sizes, sizes)[shared]
    start = np.flatnonzero(np.r_[True, marks[1:] != marks[:-1]]) if len(marks) else np.empty(0, np.int64)
    place = np.arange(len(marks)) - np.repeat(start, np.diff(np.r_[start, len(marks)]))
    firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for back in range(1, _CROWD):
        later = np.flatnonzero((place >= back) & ((size <= _CROWD) | (back <= _NEAR)))
        firsts.append(texts[later - back])
        seconds.append(texts[later])
    for ahead in range(_FIRST):
        later = np.flatnonzero((place > ahead + _NEAR) & (size > _CROWD))
        firsts.append(texts[later - place[later] + ahead])
        seconds.append(texts[later])
    return np.concatenate(firsts), np.concatenate(seconds)
