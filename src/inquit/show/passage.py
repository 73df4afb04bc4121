"""The sentence, or sentences, around a statement: what people read first of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec
from sentencex import segment

from inquit.records import Attribution, Evidence, Span, Spans, Statement
from inquit.show.account import ELLIPSIS
from inquit.show.runs import roles
from inquit.text import paragraphed

_SPACE = re.compile(r"[^\S\n]|[\ud800-\udfff]")
_MOST = 600
_AROUND = 1000
"""Code points on either side in which a sentence's ends are looked for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text with the statement that stands in it, its spans counted from the stretch's start.

    ``before`` and ``after`` tell whether the sentence goes on beyond the stretch.
    """

    text: str
    statement: Statement
    before: bool = False
    after: bool = False

    @property
    def words(self) -> str:
        """The stretch as people read it, an ellipsis where the sentence goes on."""
        return (ELLIPSIS.lstrip() if self.before else "") + self.text + (ELLIPSIS.rstrip() if self.after else "")


def passage(text: str, statement: Statement) -> Passage:
    """The sentences from the first word of a statement to its last, 600 code points at most."""
    text = paragraphed(text)
    spans = [
        s for role, found in roles(statement) if role != "evidence" for s in found if 0 <= s[0] < s[1] <= len(text)
    ]
    start, end = min((s[0] for s in spans), default=0), max((s[1] for s in spans), default=0)
    begin, close = _sentences(text, start, end)
    first, last = max(begin, start - _MOST // 3), close
    if first > begin:
        first = text.find(" ", first, start) + 1 or first
    if last - first > _MOST:
        last = max(text.rfind(" ", first + _MOST // 2, first + _MOST), first + _MOST // 2)
    return Passage(
        text=text[first:last], statement=_shifted(statement, first, last), before=first > begin, after=last < close
    )


def _sentences(text: str, start: int, end: int) -> Span:
    """From the start of the sentence that holds ``start`` to the end of the one that holds ``end``, ends trimmed."""
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    right = text.find("\n", end)
    right = min(len(text) if right < 0 else right, end + _AROUND)
    begin, close, at = left, right, left
    # The segmenter breaks off at white space of more than one byte and at lone surrogates; a space is as long.
    plain = _SPACE.sub(" ", text[left:right])
    for sentence in segment("en", plain):
        place = left + plain.find(sentence, at - left)
        if place < left:
            continue
        at = place + len(sentence)
        if place <= start:
            begin = place
        if at >= end:
            close = at
            break
    words = text[begin:close]
    return begin + len(words) - len(words.lstrip()), close - len(words) + len(words.rstrip())


def _shifted(statement: Statement, first: int, last: int) -> Statement:
    said, ground = statement.attribution, statement.evidence
    return msgspec.structs.replace(
        statement,
        content=_within(statement.content, first, last),
        attribution=None if said is None else _said(said, first, last),
        evidence=None if ground is None else _ground(ground, first, last),
    )


def _said(said: Attribution, first: int, last: int) -> Attribution:
    return msgspec.structs.replace(said, source=_within(said.source, first, last), cue=_within(said.cue, first, last))


def _ground(ground: Evidence, first: int, last: int) -> Evidence | None:
    held = _within((ground.span,), first, last)
    return msgspec.structs.replace(ground, span=held[0]) if held else None


def _within(spans: Spans, first: int, last: int) -> Spans:
    held = ((max(start, first) - first, min(end, last) - first) for start, end in spans)
    return tuple((start, end) for start, end in held if start < end)
