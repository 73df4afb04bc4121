"""Headings: lines, and what stands in brackets, in which capitals tell nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inquit.records import Span
from inquit.text import WORD

_CAPITAL_SHARE = 0.6  # of the longer words: from here on a line is a heading or a caption
_LONG = 3  # letters; words up to that length keep their small letters in headings
_FEW = 5  # words from which they are no name, if all of them begin with a capital
_ENDS = ".!?…"
_MARKS = "”\"’')"
_POINTS_TO = re.compile(r"\([A-Z]{3,}:\s*([^()\n]+)\)")  # "(RELATED: Mayor Wants Dam Closed)"


def is_heading(line: str) -> bool:
    """Whether most of a line's longer words, two at least, begin with a capital."""
    longer = [w for w in WORD.findall(line) if len(w) > _LONG]
    return len(longer) > 1 and sum(w[0].isupper() for w in longer) >= _CAPITAL_SHARE * len(longer)


def headings(text: str) -> Iterator[Span]:
    """Where the headings stand, in order of their lines; with a full stop only those that have no small word."""
    start = 0
    for line in text.split("\n"):
        ends = line.rstrip().rstrip(_MARKS)[-1:]
        if is_heading(line) and (ends not in _ENDS or _all_capital(line)):
            yield start, start + len(line)
        else:
            yield from ((start + m.start(1), start + m.end(1)) for m in _POINTS_TO.finditer(line) if is_heading(m[1]))
        start += len(line) + 1


def _all_capital(line: str) -> bool:
    """Whether each of several words begins with a capital, the small ones too: "The Dam Is In Need Of Repair."."""
    told = [w for w in WORD.findall(line) if w[0].isalpha() and len(w) > 1]
    return len(told) >= _FEW and all(w[0].isupper() for w in told)
