"""Statements with which an outlet takes back what it carried, or shows that it saw for itself.

A correction is an occurrence of its own: it puts nothing forward, and what its outlet had carried before ends there.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache, lru_cache

from inquit.link.lines import paragraphs
from inquit.link.tokens import any_of, straight, tokens
from inquit.records import Article, Span, Statement

_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"])")


def takes_back(article: Article, statement: Statement) -> bool:
    """Whether the outlet's own earlier report is what the statement speaks of, in order to correct it.

    In a passage of corrections that is so for the outlet's own words and for what its earlier text is made to say;
    elsewhere a source has to retract it.
    """
    text = straight(article.text)
    said = statement.attribution
    start = min(statement.content)[0]
    if said is None:
        return _in_corrections(text, start)
    source = " ".join(text[a:b] for a, b in said.source)
    cue = " ".join(text[a:b] for a, b in said.cue)
    own = said.standing in ("outlet", "document") or any_of(tokens().own_text).search(source) is not None
    return own and (_in_corrections(text, start) or _retracting().search(cue) is not None)


def witnessed(article: Article, statement: Statement) -> bool:
    """Whether words in the paragraph show that the outlet of an own-voice statement was there, or had the evidence."""
    start = min(statement.content)[0]
    begin, end = _paragraph(article.text, start)
    return _witness(article.outlet or "").search(straight(article.text[begin:end])) is not None


def _in_corrections(text: str, at: int) -> bool:
    """Whether the paragraph begins as a correction, or the sentence speaks of an earlier version."""
    begin, end = _paragraph(text, at)
    if _correcting().match(text, begin):
        return True
    starts = [begin, *(m.end() for m in _SENTENCE_END.finditer(text, begin, end) if m.end() <= at)]
    return _correcting().match(text, starts[-1]) is not None


def _paragraph(text: str, at: int) -> Span:
    spans = _paragraphs(text)
    place = bisect(spans, (at, len(text))) - 1
    return spans[place] if place >= 0 and at < spans[place][1] else (at, len(text))


@lru_cache(maxsize=256)
def _paragraphs(text: str) -> list[Span]:
    return list(paragraphs(text))


@cache
def _correcting() -> re.Pattern[str]:
    return any_of(tokens().correcting)


@cache
def _retracting() -> re.Pattern[str]:
    return any_of(tokens().retracting)


@cache
def _witness(outlet: str) -> re.Pattern[str]:
    """The phrases of own reporting with the outlet's name in them, with or without "the"; those without one alone."""
    known = tokens().witness
    name = outlet.strip().removeprefix("The ").removeprefix("the ")
    named = [p.replace("{outlet}", f"{the}{name}") for p in known for the in ("", "the ")] if name else []
    return any_of(named or [p for p in known if "{outlet}" not in p])
