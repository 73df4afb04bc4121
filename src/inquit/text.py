"""Text as the program sees it: line endings, words, and offsets as browsers count them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

WORD = re.compile(r"\w+")
_PARTED = re.compile(r"(?<!\S)#{3,}(?!\S)")


def normalised(decoded: str) -> str:
    """A decoded file without its byte-order mark, every CRLF as LF; nothing else changes."""
    return decoded.removeprefix("\ufeff").replace("\r\n", "\n")


def paragraphed(text: str) -> str:
    """The text, as long as before, with line ends for the ``###`` by which corpora of scraped news part paragraphs."""
    # Asked of every passage that is shown, and most texts have none.
    return _PARTED.sub(lambda mark: "\n" * len(mark.group()), text) if "###" in text else text


def utf16_offsets(text: str) -> list[int]:
    """Offset in UTF-16 code units of every code point of ``text`` and of its end; length ``len(text) + 1``."""
    return [0, *accumulate(2 if ord(c) > 0xFFFF else 1 for c in text)]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty at ``start`` when nothing else is in it."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    kept = words.strip()
    return (start + left, start + left + len(kept)) if kept else (start, start)


def extent(spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """From the start of the first span to the end of the last, in whatever order; one span at least."""
    starts, ends = zip(*spans, strict=True)
    return min(starts), max(ends)


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that overlap as one; spans that only touch stay apart."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)
