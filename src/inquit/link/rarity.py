"""How telling a stem or a name is: the logarithm of how few sentences of news hold it, counted once and shipped.

Counted by ``train/pairs/rarity.py``. Nothing of a ledger is in it, so that what two statements have in common weighs
the same whatever else is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import as_file, files

import numpy as np

from inquit.errors import WorkError

_SMOOTH = 20


class Counts:
    """Sentences that hold each stem or name, and how many were counted."""

    def __init__(self, words: Iterable[str], counts: Iterable[int], sentences: int) -> None:
        self._of = dict(zip(words, counts, strict=True))
        self._sentences = sentences + _SMOOTH

    def weight(self, word: str) -> float:
        """1 for a word in a third of the sentences, some 10 for one never seen; in thousandths, for exact sums."""
        return round(math.log(self._sentences / (self._of.get(word, 0) + 1)), 3)


@cache
def counts() -> Counts:
    """The counts that ship. Raises WorkError when their file is missing or damaged."""
    try:
        with as_file(files("inquit.data") / "rarity-en" / "rarity.npz") as path, np.load(path) as table:
            words = bytes(table["words"]).decode().split("\n")
            return Counts(words, table["counts"].tolist(), int(table["sentences"]))
    except Exception as error:  # numpy raises classes of many kinds
        raise WorkError(f"the weights of words could not be loaded ({error}); reinstall inquit") from error


@lru_cache(maxsize=1 << 17)
def weight(word: str) -> float:
    """Weight of a stem or of a name in its one form."""
    return counts().weight(word)


def total(words: Iterable[str]) -> float:
    """Weight of several."""
    return sum(map(weight, words))
