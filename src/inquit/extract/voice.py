"""What remains: sentences that assert something checkable and that nobody is made to say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from sentencex import segment

from inquit.extract.decode import Draft
from inquit.extract.headings import is_heading
from inquit.records import Span
from inquit.text import WORD, merged, trimmed

_FURNITURE = re.compile(
    r"(?:leave a (?:reply|comment)|read (?:more|also|next)|(?:sign|log) (?:up|in)|subscribe|share this|follow us|"
    r"advertisement|related(?: articles| stories)?:|photo(?:graph)?s?\b|image\b|picture\b|file photo|getty|credit:|"
    r"click here|copyright|all rights reserved|©|reporting by|editing by|additional reporting|this (?:story|article) "
    r"(?:was|has been)|correction|e-?mail|contact us|by [A-Z])",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[^\S\n]")
_ENDS = re.compile(r"[.!…][\"”’')\]]*$")
_FEW = 4  # words; fewer assert nothing by themselves


def own_voice(text: str, title: str | None, drafts: Sequence[Draft]) -> list[Span]:
    """Spans of the outlet's own assertions in order, each a sentence."""
    taken = merged(s for d in drafts for s in (*d.source, *d.cue, *d.content))
    starts = [start for start, _ in taken]
    found = []
    for start, end in sentences(text):
        if title is not None and text[start:end].rstrip(".") in title:
            continue
        last = bisect_left(starts, end) - 1
        if checkable(text[start:end]) and (last < 0 or taken[last][1] <= start):
            found.append((start, end))
    return found


@lru_cache(maxsize=2)  # several stages of one article ask for them
def sentences(text: str) -> tuple[Span, ...]:
    """Trimmed sentences of every line, in order; they cover all words."""
    found: list[Span] = []
    line = 0
    # The segmenter breaks off at white space of more than one byte; one space is as long in code points.
    for words in _SPACE.sub(" ", text).split("\n"):
        at = line
        for sentence in segment("en", words) if words.strip() else ():
            begin = line + words.find(sentence, at - line)
            if begin < line:
                continue
            at = begin + len(sentence)
            start, end = trimmed(text, begin, at)
            if start < end:
                found.append((start, end))
        line += len(words) + 1
    return tuple(found)


def checkable(sentence: str) -> bool:
    """Whether a sentence asserts something: no question, heading, caption, credit or invitation."""
    if not _ENDS.search(sentence) or _FURNITURE.match(sentence):
        return False
    return len(WORD.findall(sentence)) >= _FEW and not is_heading(sentence)
