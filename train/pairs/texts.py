"""Contents as rows of word pieces, padded batch by batch, for what learns to match them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor

from train.pairs.data import words_of

LONGEST = 48  # pieces of a content
UNKNOWN = 100
_TOGETHER = 16  # batches whose pairs are sorted by length, so that little is padding

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Texts:
    """Distinct contents: ``pieces`` of all, one after the other; content ``i`` has those from ``first[i]`` on."""

    def __init__(self, texts: Sequence[str], tokenizer: Tokenizer) -> None:
        self.place = {text: i for i, text in enumerate(dict.fromkeys(map(words_of, texts)))}
        rows = [tokenizer.encode(text, add_special_tokens=False).ids[:LONGEST] or [UNKNOWN] for text in self.place]
        self.first: Ints = np.cumsum([0, *map(len, rows)])
        self.pieces: Ints = np.concatenate([np.array(row, np.int64) for row in rows])

    def places(self, texts: Sequence[str]) -> Ints:
        """Where texts that are here stand."""
        return np.array([self.place[words_of(text)] for text in texts], np.int64)

    def sizes(self, rows: Ints) -> Ints:
        """Pieces of contents."""
        return np.asarray(self.first[rows + 1] - self.first[rows])

    def padded(self, rows: Ints) -> tuple[Ints, Tensor]:
        """Places in ``pieces``, ``(len(rows), width)``, and which of them are of the content."""
        sizes = self.sizes(rows)
        columns = np.arange(int(sizes.max()))
        at = np.minimum(self.first[rows][:, None] + columns, len(self.pieces) - 1)
        return at, torch.from_numpy(columns < sizes[:, None])


class Pairs(NamedTuple):
    """Pairs of contents by place, and the log odds that are to be learnt."""

    one: Ints
    other: Ints
    odds: Floats


def joined(parts: Sequence[Pairs]) -> Pairs:
    """One after the other."""
    one, other, odds = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Pairs(one, other, odds)


def batches(texts: Texts, pairs: Pairs, size: int, chance: np.random.Generator) -> Iterator[Ints]:
    """All pairs in batches of about one length, by chance."""
    order = chance.permutation(len(pairs.one))
    lengths = texts.sizes(pairs.one) + texts.sizes(pairs.other)
    found = []
    for first in range(0, len(order), size * _TOGETHER):
        some = order[first : first + size * _TOGETHER]
        some = some[np.argsort(lengths[some], kind="stable")]
        found += [some[at : at + size] for at in range(0, len(some), size)]
    for place in chance.permutation(len(found)):
        yield found[place]
