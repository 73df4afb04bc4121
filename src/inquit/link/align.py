"""How much of one article's words stand in another: runs of 8 words or more, counted exactly.

A word of B stands in A in a run of 8 or more when one of the windows of 8 words around it stands anywhere in A. So
windows are hashed and looked up: unlike an alignment in order (longest common subsequence), this finds paragraphs that
were moved, takes nothing shorter for a run, and costs one look-up a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.link.fingerprints import Hashes, Ints, grams, word_hash
from inquit.link.lines import captions, quotations
from inquit.records import Span
from inquit.text import WORD

Flags: TypeAlias = npt.NDArray[np.bool_]

RUN = 8
BUCKETS = 1 << 16  # of a table of windows: of a thousand few share one
# A headline stands in a page twice; what stands there more often is no prose.
_AGAIN = 3


@dataclass(frozen=True)
class Text:
    """An article's words: their hashes, which stand in quotation marks, which in captions; all of shape (words,)."""

    words: Hashes
    quoted: Flags
    caption: Flags

    @property
    def packed(self) -> bytes:
        """As bytes, for ``text_from``: 8 for a word, then a bit for what is quoted, and one for what is a caption."""
        flags = np.packbits(np.concatenate([self.quoted, self.caption]))
        return len(self.words).to_bytes(8, "little") + self.words.astype("<u8").tobytes() + flags.tobytes()

    @cached_property
    def windows(self) -> Hashes:
        """Hashes of all windows of 8 words, shape (words - 7,)."""
        return grams(self.words, RUN)

    @cached_property
    def index(self) -> Index:
        """Its windows in order of their hashes."""
        distinct, places, counts = np.unique(self.windows, return_inverse=True, return_counts=True)
        places = places.reshape(-1)
        quoted, caption = np.zeros(len(distinct), np.bool_), np.zeros(len(distinct), np.bool_)
        quoted[places[self.quoted_windows]] = True
        caption[places[self.caption_windows]] = True
        return Index(distinct, places, counts, quoted, caption)

    @cached_property
    def buckets(self) -> Ints:
        """Of its windows in a table that has room for ``BUCKETS``."""
        return (self.windows & np.uint64(BUCKETS - 1)).astype(np.int64)

    @cached_property
    def quoted_windows(self) -> Flags:
        """Those in quotation marks."""
        return windows_of(self.quoted)

    @cached_property
    def caption_windows(self) -> Flags:
        """Those in captions."""
        return windows_of(self.caption)

    @cached_property
    def body(self) -> Flags:
        """Its words that are not apart."""
        return ~self.apart

    @cached_property
    def own(self) -> Flags:
        """Of its body the words that are not borrowed."""
        own: Flags = self.body & ~self.borrowed
        return own

    @cached_property
    def recurring(self) -> Flags:
        """The windows that it has again and again, like the credits of a gallery."""
        recurring: Flags = self.index.counts[self.index.places] >= _AGAIN
        return recurring

    @cached_property
    def apart(self) -> Flags:
        """Its words in captions, those of captions elsewhere in it, and what recurs."""
        index = self.index
        return self.caption | words_in(index.caption[index.places] | self.recurring, len(self.words))

    @cached_property
    def borrowed(self) -> Flags:
        """Its words in quotation marks, and the same ones elsewhere in it."""
        return self.quoted | words_in(self.index.quoted[self.index.places], len(self.words))


@dataclass(frozen=True)
class Index:
    """The distinct windows of a text, and for each how often it stands there, and whether in a quotation or caption.

    ``places``: of the text's windows among the distinct ones.
    """

    windows: Hashes
    places: Ints
    counts: Ints
    quoted: Flags
    caption: Flags

    def look_up(self, windows: Hashes) -> tuple[Ints, Flags]:
        """Places of windows among these, and which of them are there."""
        if not len(self.windows):
            return np.zeros(len(windows), np.int64), np.zeros(len(windows), np.bool_)
        places = np.minimum(np.searchsorted(self.windows, windows), len(self.windows) - 1)
        return places, self.windows[places] == windows


class Table:
    """The places of a text's distinct windows by their hashes: for looking up those of many other texts."""

    def __init__(self, text: Text) -> None:
        self._index = text.index
        self._at = np.zeros(BUCKETS, np.int32)
        places = np.arange(len(self._index.windows), dtype=np.int32)
        buckets = (self._index.windows & np.uint64(BUCKETS - 1)).astype(np.int64)
        self._at[buckets] = places
        self._shared = np.zeros(BUCKETS, np.bool_)
        self._shared[buckets[self._at[buckets] != places]] = True

    def look_up(self, text: Text) -> tuple[Ints, Flags]:
        """Places of a text's windows among these, and which of them are there."""
        if not len(self._index.windows):
            return self._index.look_up(text.windows)
        places = self._at[text.buckets].astype(np.int64)
        # Where several have a bucket only one of them is there.
        odd = np.flatnonzero(self._shared[text.buckets])
        if len(odd):
            places[odd] = self._index.look_up(text.windows[odd])[0]
        return places, self._index.windows[places] == text.windows


def text_of(text: str) -> Text:
    """The words of a text, in lower case, for comparing."""
    found = list(WORD.finditer(text))
    # Lower case may change the length of a text, so it is taken word by word.
    words = np.fromiter((word_hash(m[0].lower()) for m in found), np.uint64, len(found))
    starts = np.fromiter((m.start() for m in found), np.int64, len(found))
    return Text(words, _inside(quotations(text), starts, len(text)), _inside(captions(text), starts, len(text)))


def text_from(packed: bytes) -> Text:
    """The text that was packed."""
    count = int.from_bytes(packed[:8], "little")
    words = np.frombuffer(packed, "<u8", count, 8).astype(np.uint64, copy=False)
    flags = np.unpackbits(np.frombuffer(packed, np.uint8, offset=8 + 8 * count), count=2 * count).astype(np.bool_)
    return Text(words, flags[:count], flags[count:])


def _inside(spans: Iterable[Span], starts: Ints, size: int) -> Flags:
    inside = np.zeros(size, np.bool_)
    for start, end in spans:
        inside[start:end] = True
    return inside[starts]


def words_in(windows: Flags, size: int) -> Flags:
    """Which of a text's ``size`` words stand in one of its windows that are set."""
    words = np.zeros(size, np.bool_)
    words[: len(windows)] = windows
    reach = 1
    while reach < RUN:
        words[reach:] |= words[:-reach]
        reach *= 2
    return words


def windows_of(words: Flags) -> Flags:
    """Which windows of a text are set in all their words."""
    if len(words) < RUN:
        return np.zeros(0, np.bool_)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(words, RUN).all(axis=1))
