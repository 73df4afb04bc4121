"""Tags: the ``she said`` right behind a quotation's comma, which says whose the quotation is and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from inquit.extract.decode import Draft
from inquit.extract.grid import Grid
from inquit.extract.quotes import Quotation, quotations, unmarked
from inquit.records import Span, Spans
from inquit.text import merged

_SCORE = 0.8
_SAYS = (
    r"(?:said|says|added|adds|told|tells|asked|asks|wrote|writes|explained|explains|recalled|recalls|insisted|insists|"
    r"argued|argues|replied|replies|noted|notes|continued|concluded|warned|warns|joked)"
)
_CAPITAL = r"[A-Z][\w.’'-]*"
_NAME = rf"{_CAPITAL}(?: (?:{_CAPITAL}|of|de|van|von|“[^”]+”|\"[^\"]+\"))*"
_LED = rf"(?:(?:the|an?|his|her|their|its|our) )?(?:[a-z][\w’'-]* ){{0,4}}?{_NAME}"
_WHO = (
    rf"(?:he|she|they|it|{_LED}|(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er) (?:[a-z][\w’'-]* ?){{1,3}}?(?:, {_NAME})?|"
    rf"(?:his|her|their) (?:[a-z][\w’'-]* ?){{1,3}}?, {_NAME})"
)
_TAG = re.compile(
    rf"[,\s–—-]*(?:(?P<first>{_SAYS}) (?P<after>{_WHO})(?=[,.;:\s]|$)"
    rf"|(?P<before>{_WHO}(?:, [^;:!?“”\"\n]{{2,200}}?(?=,))?),? (?P<second>{_SAYS})\b)"
)
_SHORT = re.compile(r"(?:\b[A-Z]|Jr|Sr|Inc|Co|Corp|Ltd)\.$")  # whose full stop is its own
_SENTENCE_START = '\n.!?…”"’:)'


def tagged(text: str, marks: npt.NDArray[np.int8], found: Sequence[Draft]) -> list[Draft]:
    """The drafts, each quotation with a tag behind it given to the tag and taken from others."""
    drafts = list(found)
    cues, contents = Grid(), Grid()
    for i, draft in enumerate(drafts):
        cues.add(i, draft.cue)
        contents.add(i, draft.content)
    for quotation, source, cue in _tags(text):
        span = unmarked(text, marks, (quotation.start, quotation.end))
        if span[0] == span[1]:
            continue
        own = next((i for i in cues.near((cue,)) if _meet(cue, drafts[i].cue)), len(drafts))
        if own == len(drafts):
            drafts.append(Draft((source,), (cue,), (span,), _SCORE))
            contents.add(own, (span,))
        elif drafts[own].outer is None:
            drafts[own] = replace(drafts[own], content=merged((*drafts[own].content, span)))
            contents.add(own, (span,))
        for i in contents.near((span,)):
            if i != own:
                drafts[i] = _less(drafts[i], span)
    return [draft for draft in drafts if draft.content]


def _tags(text: str) -> Iterator[tuple[Quotation, Span, Span]]:
    """Quotations that begin a sentence and end with a comma or a mark of feeling: with source and cue of their tag."""
    for quotation in quotations(text):
        lead = text[max(0, quotation.opened - 8) : quotation.opened].rstrip(" \t\u00a0")
        begins = not lead or lead[-1] in _SENTENCE_START
        if not begins or not quotation.closed or text[quotation.end - 1] not in ",?!":
            continue
        match = _TAG.match(text, quotation.end + 1)
        if match is not None:
            who, says = ("after", "first") if match.group("first") else ("before", "second")
            start, end = match.span(who)
            stop = match.group(who).endswith(".") and not _SHORT.search(text, start, end)
            yield quotation, (start, end - stop), match.span(says)


def _less(draft: Draft, span: Span) -> Draft:
    """The draft without a quotation that is the whole of one of its spans; a statement inside it stays."""
    inside = any(span[0] <= s and e <= span[1] for s, e in (*draft.source, *draft.cue))
    left = tuple(s for s in draft.content if not (span[0] - 3 <= s[0] and s[1] <= span[1] + 3))
    return draft if inside else replace(draft, content=left)


def _meet(span: Span, spans: Spans) -> bool:
    return any(s < span[1] and span[0] < e for s, e in spans)
