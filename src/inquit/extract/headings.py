"""Headings: lines in which capitals tell nothing."""

from __future__ import annotations

from inquit.text import WORD

_CAPITAL_SHARE = 0.6  # of the longer words: from here on a line is a heading or a caption
_LONG = 3  # letters; words up to that length keep their small letters in headings


def is_heading(line: str) -> bool:
    """Whether most of a line's longer words, two at least, begin with a capital."""
    longer = [w for w in WORD.findall(line) if len(w) > _LONG]
    return len(longer) > 1 and sum(w[0].isupper() for w in longer) >= _CAPITAL_SHARE * len(longer)
