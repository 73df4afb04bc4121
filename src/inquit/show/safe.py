"""Text of strangers made safe to look at.

Nothing here changes the length of a text: every code point is kept or replaced by one other, so spans stay right.
"""

from __future__ import annotations

UNSHOWN = "\ufffd"
"""Stands for a code point that must not reach a screen."""

_LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_OVERRIDES = (*range(0x202A, 0x202F), *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC))
_ISOLATES = tuple(range(0x2066, 0x206A))
_NONCHARACTERS = (
    *range(0xFDD0, 0xFDF0),
    *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
)


def _table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}  # pictures: an escape is seen as ␛
    table[0x7F] = "\u2421"
    table |= dict.fromkeys((*range(0x80, 0xA0), *_OVERRIDES, *range(0xD800, 0xE000), *_NONCHARACTERS), UNSHOWN)
    # Isolates are common around names in right-to-left text; a word joiner is as invisible and turns nothing around.
    table |= dict.fromkeys(_ISOLATES, "\u2060")
    table |= dict.fromkeys(_LINE_ENDS, "\n")
    return table | {0x09: " ", 0x0A: "\n"}


_SHOWN = _table()


def shown(text: str) -> str:
    """``text`` without controls, terminal escapes, bidirectional overrides and lone surrogates; as long as before."""
    # What can be printed is none of these, and most texts can; to ask that is a tenth of the work.
    return text if text.isprintable() else text.translate(_SHOWN)


def one_line(text: str) -> str:
    """``text`` as ``shown``, its white space as single spaces."""
    return " ".join(shown(text).split())
