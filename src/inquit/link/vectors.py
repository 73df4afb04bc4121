"""Vectors of contents: the static vectors of their word pieces, summed. The order of words does not count.

The table is distilled from a sentence encoder by ``train/vectors.py``; the word pieces are those of the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from itertools import chain

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from inquit.errors import WorkError

Floats = npt.NDArray[np.float32]

NAME = "vectors-en/1"
"""Names the table: vectors kept under another name are to be computed anew."""

_CHUNK = 4096  # texts whose pieces are held at once


class Vectors:
    """A table of int8 rows with a scale each, ``(pieces, width)``, and the tokenizer whose ids index it."""

    def __init__(self, rows: npt.NDArray[np.int8], scale: npt.NDArray[np.float16], tokenizer: Tokenizer) -> None:
        self._rows, self._scale, self._tokenizer = rows, scale.astype(np.float32), tokenizer

    @property
    def width(self) -> int:
        """Columns of what ``encode`` returns."""
        return int(self._rows.shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit rows ``(len(texts), width)``; a text without a known word has a row of zeros. One thread."""
        found = np.zeros((len(texts), self.width), np.float32)
        for first in range(0, len(texts), _CHUNK):
            found[first : first + _CHUNK] = self._encoded(texts[first : first + _CHUNK])
        return found

    def pieces(self, text: str) -> list[int]:
        """Numbers of the word pieces of a text."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _encoded(self, texts: Sequence[str]) -> Floats:
        # encode_batch would start threads of its own
        ids = [self._tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        lengths = np.fromiter(map(len, ids), np.int64, len(ids))
        flat = np.fromiter(chain.from_iterable(ids), np.int64, int(lengths.sum()))
        sums = np.zeros((len(texts), self.width), np.float32)
        filled = lengths > 0
        if len(flat):
            pieces = self._rows[flat] * self._scale[flat, None]
            starts = np.cumsum(lengths) - lengths
            sums[filled] = np.add.reduceat(pieces, starts[filled])
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        unit: Floats = np.divide(sums, norms, out=sums, where=norms > 1e-6)
        return unit


def encode(texts: Sequence[str]) -> Floats:
    """``Vectors.encode`` with the table that ships. Raises WorkError when its files are missing or damaged."""
    return vectors().encode(texts)


@cache
def vectors() -> Vectors:
    """The table that ships, loaded once. Raises WorkError when its files are missing or damaged."""
    data = files("inquit.data")
    try:
        with as_file(data / "vectors-en" / "vectors.npz") as path, np.load(path) as table:
            rows, scale = table["rows"], table["scale"]
        tokenizer = Tokenizer.from_str((data / "reader-en" / "tokenizer.json").read_text(encoding="utf-8"))
    except Exception as error:  # numpy and tokenizers raise classes of many kinds
        raise WorkError(f"the vectors of contents could not be loaded ({error}); reinstall inquit") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Vectors(rows, scale, tokenizer)
