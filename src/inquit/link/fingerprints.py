"""By what articles are found that may share text: fingerprints of 5 words, thinned by winnowing.

Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every 4 fingerprints in a row the smallest is kept. Two
texts with a run of 8 words in common have 4 fingerprints in a row in common, and so at least one that is kept: 2 in 5
are enough, and no run of 8 words is missed.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Hashes: TypeAlias = npt.NDArray[np.uint64]
Ints: TypeAlias = npt.NDArray[np.int64]

FINGERPRINT = 5
_WINDOW = 4
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
