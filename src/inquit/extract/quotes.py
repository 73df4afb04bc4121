"""Quotations of a text: where quotation marks open, where they close, which never close.

One odd mark costs its own paragraph at most: the state is reset at every line break, because a quotation that runs
over several paragraphs opens again at the head of each of them (the convention of English-language newspapers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from inquit.records import Span

OUTSIDE, INSIDE, MARK = 0, 1, 2

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’"}
_MARKS = re.compile(r"``|''|[“”„«»‹›\"‘’']")
_SPACE_OR_MARK = ' \t\n\r\u00a0“”„«»‹›"`'
_STOPS = ",.;:"
_NUMBER = re.compile(r"(?<!\d)\d{1,3}$")
_STOP_AND_SINGLE = re.compile(r"[,.!?…][’'](?!\w)")
_SINGLES, _STRAIGHT_SINGLES = re.compile("[’']"), re.compile("'")
_SINGLE_OPENS = re.compile(r"(?<!\w)[‘'](?=\w)")


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


@lru_cache(maxsize=2)  # every stage of one article asks for them
def quotations(text: str) -> tuple[Quotation, ...]:
    """Outermost quotations of ``text`` in order of their start, in code points."""
    found: list[Quotation] = []
    begin = 0
    while begin <= len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        found.extend(_in_paragraph(text, begin, end))
        begin = end + 1
    return tuple(found)


@lru_cache(maxsize=2)
def states(text: str) -> npt.NDArray[np.int8]:
    """For each code point OUTSIDE, INSIDE or MARK: an array of shape ``(len(text),)``, not to be written to."""
    out = np.zeros(len(text), np.int8)
    for q in quotations(text):
        out[q.start : q.end] = INSIDE
        out[q.opened : q.start] = MARK
        if q.closed:
            width = 2 if text.startswith("''", q.end) else 1
            out[q.end : q.end + width] = MARK
    out.flags.writeable = False
    return out


def unmarked(text: str, marks: npt.NDArray[np.int8], span: Span) -> Span:
    """The span without white space, marks and stops (comma, full stop, colon) at its ends; ``marks`` from ``states``.

    A single mark goes where it is a quotation's; as an apostrophe it stays.
    """
    start, end = span
    while start < end and (text[start] in _SPACE_OR_MARK or marks[start] == MARK):
        start += 1
    while start < end and (text[end - 1] in _SPACE_OR_MARK + _STOPS or marks[end - 1] == MARK):
        end -= 1
    return start, end


def _in_paragraph(text: str, begin: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opener: tuple[str, int, int] | None = None  # mark, its start, its end
    for match in _MARKS.finditer(text, begin, end):
        mark, at, after = match.group(), match.start(), match.end()
        if opener is None:
            if _opens(text, match, begin, end):
                opener = ("“" if mark == "”" else mark, at, after)
        elif _closes(text, opener[0], match, begin, end):
            found.append(Quotation(opener[2], at, opener[1], True))
            opener = None
    if opener is not None:
        runs_on = _next_opens_alike(text, end, opener[0])
        found.append(Quotation(opener[2], end, opener[1], False, runs_on))
    return found


def _opens(text: str, match: re.Match[str], begin: int, end: int) -> bool:
    """Whether a mark met outside a quotation opens one."""
    mark, at, after = match.group(), match.start(), match.end()
    if mark in ("“", "„", "«", "‹", "``"):
        return True
    if after >= end or text[after].isspace():
        return False
    if mark == "”":  # a slip, where nothing else can be meant
        return not text[begin:at].strip() and text[after].isalnum()
    before = text[at - 1] if at > begin else " "
    if mark in ('"', "''"):
        return not before.isalnum()
    if mark in ("‘", "'"):
        # A single mark opens only where it cannot be an apostrophe, and a partner closes it or the next line opens too.
        runs_on = not text[begin:at].strip() and _next_opens_alike(text, end, mark)
        partner = runs_on or _has_single_partner(text, mark, after, end)
        return not before.isalnum() and not _elided(text, after) and partner
    return False


def _closes(text: str, opener: str, match: re.Match[str], begin: int, end: int) -> bool:
    mark = match.group()
    if mark == '"' and (_opens_only(text, match, begin, end) or _inches(text, match, end)):
        return False
    if opener in ("‘", "'"):
        at, after = match.span()
        return mark in ("’", "'") and _is_single_close(text, at, after, end) and not _plural(text, at, after, end)
    if opener in ("``", "''"):
        return mark in ("''", '"')
    if opener == '"':
        return mark in ('"', "”")
    if mark == opener == "“":  # where a closing one belongs
        return not text[match.start() - 1].isspace() and not text[match.end() : match.end() + 1].isalnum()
    return mark in _PAIRS[opener] or (opener == "“" and mark == '"')


def _opens_only(text: str, match: re.Match[str], begin: int, end: int) -> bool:
    """Whether a straight mark stands between a space and a word: one that opens again, where a break was lost."""
    at, after = match.span()
    return at > begin and text[at - 1].isspace() and after < end and text[after].isalnum()


def _inches(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a straight mark measures: it follows a digit, and the next mark closes before any opens."""
    at, after = match.span()
    if not _NUMBER.search(text, max(0, at - 4), at) or (after < end and text[after] in ",.;:?!"):
        return False
    following = text.find('"', after, end)
    return following > 0 and not text[following - 1].isspace() and not text[following + 1 : following + 2].isalnum()


def _is_single_close(text: str, at: int, after: int, end: int) -> bool:
    """A single mark closes after punctuation, or before a break that is no plural possessive's."""
    if after < end and text[after].isalnum():
        return False
    before = text[at - 1]
    return before in ",.!?;:…)" or (before.isalnum() and (after >= end or text[after] in ",.;:!?)—– \t"))


def _plural(text: str, at: int, after: int, end: int) -> bool:
    """Whether a single mark after an s is a possessive's: the quotation closes later, after a stop."""
    if text[at - 1] != "s" or text[after : after + 1] != " ":
        return False
    following = _STOP_AND_SINGLE.search(text, after, end)
    return following is not None and _SINGLE_OPENS.search(text, after, following.start()) is None


def _has_single_partner(text: str, mark: str, after: int, end: int) -> bool:
    closing = _SINGLES if mark == "‘" else _STRAIGHT_SINGLES
    return any(_is_single_close(text, *found.span(), end) for found in closing.finditer(text, after, end))


def _elided(text: str, after: int) -> bool:
    """Whether the mark stands for dropped letters or digits: ’90s, ’em, ’til."""
    return re.match(r"\d0s|(em|til|cause|round|bout|tis|twas|n)\b", text[after : after + 6], re.IGNORECASE) is not None


def _next_opens_alike(text: str, end: int, opener: str) -> bool:
    rest = text[end : end + 400].lstrip()
    return rest.startswith(opener)
