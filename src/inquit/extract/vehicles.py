"""What carries a statement: "in a statement", "in an interview with …" beside its source and cue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from inquit.extract.names import words
from inquit.extract.standing import outlet_nouns
from inquit.records import Span, Spans

SENTENCE = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘(]*[A-Z])|\n")
LEAD = 160  # code points before a cue in which its vehicle may stand
_TAIL = 120  # and behind it
_NAME = r"(?:[Aa]l-)?[A-Z][\w’'-]*(?:\s(?:[Aa]l-)?[A-Z][\w’'-]*)*"
# "Ellin’s daily, the Harbour Post", "the daily al-Noor", "a local newspaper"
_MEDIUM = (
    rf"(?:(?!(?:the|an?|his|her|its|their|this|that)\s)[a-z][\w-]*\s){{0,2}}(?:OUTLETS)\b(?:,?\s(?:the\s)?{_NAME})?"
)
_THROUGH = (
    r"\b(?:[Ii]n|[Aa]t|[Dd]uring|[Vv]ia|[Tt]hrough|[Oo]n)\s+"
    r"((?:(?:an?|the|his|her|its|their|another|the same)\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:VEHICLES|spokes(?:man|woman|person))(?:\s(?:VEHICLES))?\b"
    rf"(?:\s+with\s+(?:(?:the|an?)\s+)?(?:{_NAME}(?:\s{_MEDIUM})?|{_MEDIUM}))?)"
)


def vehicle(text: str, source: Spans, cue: Spans) -> Span | None:
    """Where the sentence of a source and cue names what carries the statement, near to them."""
    first, last = min(s for s, _ in (*source, *cue)), max(e for _, e in (*source, *cue))
    start = max((m.end() for m in SENTENCE.finditer(text, max(0, first - LEAD), first + 1)), default=None)
    end = SENTENCE.search(text, last, last + _TAIL)
    begin = max(0, first - LEAD) if start is None else start
    match = _through_pattern().search(text, begin, end.start() if end else last + _TAIL)
    return match.span(1) if match else None


@cache
def _through_pattern() -> re.Pattern[str]:
    pattern = _THROUGH.replace("VEHICLES", _any_of(words().vehicles))
    return re.compile(pattern.replace("OUTLETS", _any_of(outlet_nouns())))


def _any_of(found: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(one) for one in found), key=lambda one: (-len(one), one)))
