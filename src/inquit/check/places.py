"""Lines and columns of a text, as people and editors count them."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Place(NamedTuple):
    """A place in a text: line and column, both from 1, the column in code points."""

    line: int
    column: int


class Lines:
    """The lines of a text; line ends are LF, as ``read`` leaves them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]

    def place(self, offset: int) -> Place:
        """The place of an offset in code points."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def utf16(self, place: Place) -> int:
        """The column of a place in UTF-16 code units, from 1."""
        start = self._starts[place.line - 1]
        before = self._text[start : start + place.column - 1]
        return place.column + sum(ord(sign) > 0xFFFF for sign in before)
