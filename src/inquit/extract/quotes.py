"""Quotations of a text: where quotation marks open, where they close, which never close.

One odd mark costs its own paragraph at most: the state is reset at every line break, because a quotation that runs
over several paragraphs opens again at the head of each of them (the convention of English-language newspapers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

OUTSIDE, INSIDE, MARK = 0, 1, 2

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‘": "’"}
_MARKS = re.compile(r"``|''|[“”„«»\"‘’']")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation; ``[start, end)`` spans its words without the marks.

    ``opened`` is the offset of the opening mark. ``closed`` is false when the paragraph ended first; ``runs_on`` is
    true when that is the convention at work: the next paragraph opens with the same mark.
    """

    start: int
    end: int
    opened: int
    closed: bool
    runs_on: bool = False


def quotations(text: str) -> list[Quotation]:
    """Outermost quotations of ``text`` in order of their start, in code points."""
    found: list[Quotation] = []
    begin = 0
    while begin <= len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        found.extend(_in_paragraph(text, begin, end))
        begin = end + 1
    return found


def states(text: str) -> npt.NDArray[np.int8]:
    """For each code point OUTSIDE, INSIDE or MARK: an array of shape ``(len(text),)``."""
    out = np.zeros(len(text), np.int8)
    for q in quotations(text):
        out[q.start : q.end] = INSIDE
        out[q.opened : q.start] = MARK
        if q.closed:
            width = 2 if text.startswith("''", q.end) else 1
            out[q.end : q.end + width] = MARK
    return out


def _in_paragraph(text: str, begin: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opener: tuple[str, int, int] | None = None  # mark, its start, its end
    for match in _MARKS.finditer(text, begin, end):
        mark, at, after = match.group(), match.start(), match.end()
        if opener is None:
            if _opens(text, match, begin, end):
                opener = (mark, at, after)
        elif _closes(text, opener[0], match, end):
            found.append(Quotation(opener[2], at, opener[1], True))
            opener = None
    if opener is not None:
        runs_on = _next_opens_alike(text, end, opener[0])
        found.append(Quotation(opener[2], end, opener[1], False, runs_on))
    return found


def _opens(text: str, match: re.Match[str], begin: int, end: int) -> bool:
    """Whether a mark met outside a quotation opens one."""
    mark, at, after = match.group(), match.start(), match.end()
    if mark in ("“", "„", "«", "``"):
        return True
    if after >= end or text[after].isspace():
        return False
    before = text[at - 1] if at > begin else " "
    if mark in ('"', "''"):
        return not before.isalnum()
    if mark in ("‘", "'"):
        # A single mark opens only where it cannot be an apostrophe and a partner closes it.
        return not before.isalnum() and not _elided(text, after) and _has_single_partner(text, mark, after, end)
    return False


def _closes(text: str, opener: str, match: re.Match[str], end: int) -> bool:
    mark = match.group()
    if opener in ("‘", "'"):
        return mark in ("’", "'") and _is_single_close(text, match.start(), match.end(), end)
    if opener in ("``", "''"):
        return mark in ("''", '"')
    if opener == '"':
        return mark in ('"', "”")
    return mark in _PAIRS[opener] or (opener == "“" and mark == '"')


def _is_single_close(text: str, at: int, after: int, end: int) -> bool:
    """A single mark closes after punctuation, or before a break that is no plural possessive's."""
    if after < end and text[after].isalnum():
        return False
    before = text[at - 1]
    return before in ",.!?;:…)" or (before.isalnum() and (after >= end or text[after] in ",.;:!?)—– \t"))


def _has_single_partner(text: str, mark: str, after: int, end: int) -> bool:
    close = "’'" if mark == "‘" else "'"
    return any(text[i] in close and _is_single_close(text, i, i + 1, end) for i in range(after, end))


def _elided(text: str, after: int) -> bool:
    """Whether the mark stands for dropped letters or digits: ’90s, ’em, ’til."""
    return re.match(r"\d0s|(em|til|cause|round|bout|tis|twas|n)\b", text[after : after + 6], re.IGNORECASE) is not None


def _next_opens_alike(text: str, end: int, opener: str) -> bool:
    rest = text[end : end + 400].lstrip()
    return rest.startswith(opener)
