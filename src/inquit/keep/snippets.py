"""The piece of a text that shows best what was found in it."""

from __future__ import annotations

from bisect import bisect_right

from inquit.records import Spans

WIDTH = 240
"""Code points of a piece, without the ellipses where it is cut."""


def snippet(text: str, matches: Spans) -> tuple[str, Spans]:
    """The piece with most matches, whole words with ``…`` where the text goes on, and the matches' spans in it."""
    if len(text) <= WIDTH:
        return text, matches
    start, end = _window(text, matches)
    shown = tuple((a, b) for a, b in matches if start <= a and b <= end)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    return before + text[start:end] + after, tuple((a + shift, b + shift) for a, b in shown)


def _window(text: str, matches: Spans) -> tuple[int, int]:
    """Where the piece begins and ends: as much before its matches as after them."""
    ends = [end for _, end in matches]
    reach = [bisect_right(ends, start + WIDTH) for start, _ in matches]
    best = max(range(len(matches)), key=lambda i: reach[i] - i, default=None)
    first, last = (0, 0) if best is None else (matches[best][0], max(ends[best], ends[reach[best] - 1]))
    start = min(max(first - max(WIDTH - (last - first), 0) // 2, 0), max(len(text) - WIDTH, 0))
    end = max(min(start + WIDTH, len(text)), last)
    # A word that is cut is left out, but never one that matches.
    while 0 < start < first and not text[start - 1].isspace():
        start += 1
    while last < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end
