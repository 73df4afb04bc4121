"""What the encoder sees of a text: word pieces, and for each its case, its place in a quotation, a paragraph's start.

The same code runs in training and at inference, so that the two cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from inquit.extract.quotes import states

Ints = npt.NDArray[np.int32]

LOWER, TITLE, UPPER, LETTER, OTHER = range(5)
CASES, QUOTES, BREAKS = 5, 3, 2

_FAR = 16  # token distances up to here have a bucket each, larger ones share buckets by powers of 2 ** (1/4)
DISTANCES = 65


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text. Every array has shape ``(n,)`` but ``spans``, ``(n, 2)``, in code points."""

    ids: Ints
    spans: Ints
    case: Ints
    quote: Ints
    breaks: Ints

    def __len__(self) -> int:
        return len(self.ids)


def pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut ``text`` into word pieces without special tokens."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    spans = np.array(encoding.offsets, np.int32).reshape(-1, 2)
    marks = states(text)
    line = np.cumsum(np.frombuffer(text.encode("utf-32-le"), np.uint32) == ord("\n"))
    starts = spans[:, 0]
    at_line = line[starts] if len(starts) else np.zeros(0, np.int64)
    breaks = np.ones(len(starts), np.int32)
    breaks[1:] = at_line[1:] != at_line[:-1]
    return Pieces(
        ids=np.array(encoding.ids, np.int32),
        spans=spans,
        case=np.array([case_of(text[a:b]) for a, b in encoding.offsets], np.int32),
        quote=marks[starts].astype(np.int32) if len(starts) else np.zeros(0, np.int32),
        breaks=breaks,
    )


def case_of(word: str) -> int:
    """Shape of a word piece: lower, Title, UPPER, a single capital LETTER, or OTHER."""
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else LETTER
    return TITLE if word[:1].isupper() else OTHER


def distance_buckets(length: int) -> Ints:
    """Bucket of every token distance ``-length .. length``, shape ``(2 * length + 1,)``, values below DISTANCES."""
    d = np.arange(-length, length + 1)
    size = np.abs(d)
    far = _FAR + np.minimum(np.log2(np.maximum(size, 1) / _FAR) * 4, 15)
    bucket = np.where(size < _FAR, size, far).astype(np.int32)
    return (np.sign(d) * bucket + DISTANCES // 2).astype(np.int32)
