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

_TEXTS = 1024  # in memory at once: claims come in no order of articles
_OUTLET = "{outlet}"  # stands for the name in the phrases
_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"])")


def takes_back(article: Article, statement: Statement) -> bool:
    """Whether the outlet's own earlier report is what the statement speaks of, in order to correct it.

    In a passage of corrections that is so for the outlet's own words and for what its earlier text is made to say;
    elsewhere a source has to retract it.
    """
    text = _straight(article.text)
    said = statement.attribution
    start = min(statement.content)[0]
    if said is None:
        return _in_corrections(text, start)
    source = " ".join(text[a:b] for a, b in said.source)
    cue = " ".join(text[a:b] for a, b in said.cue)
    own = said.standing in ("outlet", "document") or _own_text().search(source) is not None
    return own and (_in_corrections(text, start) or _retracting().search(cue) is not None)


def witnessed(article: Article, statement: Statement) -> bool:
    """Whether words in the paragraph show that the outlet of an own-voice statement was there, or had the evidence."""
    start = min(statement.content)[0]
    begin, end = _paragraph(article.text, start)
    paragraph = straight(article.text[begin:end])
    name = (article.outlet or "").strip().removeprefix("The ").removeprefix("the ")
    if name:
        paragraph = re.sub(rf"(?<!\w)(?:the )?{re.escape(name)}(?!\w)", _OUTLET, paragraph, flags=re.IGNORECASE)
    return _witness(named=bool(name)).search(paragraph) is not None


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


@lru_cache(maxsize=_TEXTS)
def _paragraphs(text: str) -> list[Span]:
    return list(paragraphs(text))


@lru_cache(maxsize=_TEXTS)
def _straight(text: str) -> str:
    return straight(text)


@cache
def _own_text() -> re.Pattern[str]:
    return any_of(tokens().own_text)


@cache
def _correcting() -> re.Pattern[str]:
    return any_of(tokens().correcting)


@cache
def _retracting() -> re.Pattern[str]:
    return any_of(tokens().retracting)


@cache
def _witness(*, named: bool) -> re.Pattern[str]:
    """The phrases of own reporting; those with the outlet's name in them only where it has one."""
    return any_of(phrase for phrase in tokens().witness if named or _OUTLET not in phrase)
