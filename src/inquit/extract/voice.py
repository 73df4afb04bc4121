"""What remains: sentences that assert something checkable and that nobody is made to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sentencex import segment

from inquit.extract.decode import Draft
from inquit.records import Span
from inquit.text import WORD, trimmed

_FURNITURE = re.compile(
    r"(?:leave a (?:reply|comment)|read (?:more|also|next)|(?:sign|log) (?:up|in)|subscribe|share this|follow us|"
    r"advertisement|related(?: articles| stories)?:|photo(?:graph)?s?\b|image\b|picture\b|file photo|getty|credit:|"
    r"click here|copyright|all rights reserved|©|reporting by|editing by|additional reporting|this (?:story|article) "
    r"(?:was|has been)|correction|e-?mail|contact us|by [A-Z])",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!…][\"”’')\]]*$")
_FEW = 4  # words; fewer assert nothing by themselves
_CAPITAL_SHARE = 0.6  # of the longer words: from here on a line is a heading or a caption


def own_voice(text: str, title: str | None, drafts: Sequence[Draft]) -> list[Span]:
    """Spans of the outlet's own assertions in order, each a sentence."""
    taken = sorted(s for d in drafts for s in (*d.source, *d.cue, *d.content))
    found = []
    for start, end in sentences(text):
        if title is not None and text[start:end].rstrip(".") in title:
            continue
        if checkable(text[start:end]) and not any(a < end and start < b for a, b in taken):
            found.append((start, end))
    return found


def sentences(text: str) -> Iterator[Span]:
    """Trimmed sentences of every line, in order; they cover all words."""
    line = 0
    for words in text.split("\n"):
        at = line
        for sentence in segment("en", words) if words.strip() else ():
            begin = text.find(sentence, at, line + len(words))
            if begin < 0:
                continue
            at = begin + len(sentence)
            start, end = trimmed(text, begin, at)
            if start < end:
                yield start, end
        line += len(words) + 1


def checkable(sentence: str) -> bool:
    """Whether a sentence asserts something: no question, heading, caption, credit or invitation."""
    if not _ENDS.search(sentence) or _FURNITURE.match(sentence):
        return False
    words = WORD.findall(sentence)
    if len(words) < _FEW:
        return False
    longer = [w for w in words if len(w) > 3]
    return not longer or sum(w[0].isupper() for w in longer) < _CAPITAL_SHARE * len(longer)
