"""German statements that no cue reached: speech that runs on in the subjunctive, hearsay, bare quotations.

*Der Hafen sei zu, sagte Duarte. Niemand wisse, warum.* The subjunctive of the second sentence says that somebody is
made to say it: whoever spoke right before (Zifonun, Hoffmann and Strecker 1997, on reported speech without a reporting
word). *Er soll das Boot gestohlen haben* hands on what somebody told. A sentence in quotation marks belongs to whoever
speaks beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from inquit.extract.decode import Draft, nested
from inquit.extract.grid import Grid
from inquit.extract.quotes import INSIDE, OUTSIDE, quotations, states, unmarked
from inquit.records import Span, Spans
from inquit.text import WORD, trimmed
from inquit_de.clauses import whole
from inquit_de.cues import cue_data

Marks = npt.NDArray[np.int8]

SCORE = 0.7
_FEW = 4  # words; fewer in marks may be anything
_PERFECT = re.compile(r"\b(?:haben|sein)[.!…]?$")
END = re.compile(
    r"(?<!\b\d)(?<!\b\d\d)(?<!\b[A-Za-zÄÖÜ])(?<!\bDr)(?<!\bProf)(?<!\bSt)(?<!\bbzw)(?<!\bca)[.!?…][“”\"«’)]*\s+|\n"
)


def sentence_start(text: str, at: int) -> int:
    """Where the sentence that holds ``at`` begins, white space left out; inside a quotation none ends."""
    line = text.rfind("\n", 0, at) + 1
    ends = [match.end() for match in END.finditer(text, line, at) if states(text)[match.start()] != INSIDE]
    begin = ends[-1] if ends else line
    return begin + len(text[begin:at]) - len(text[begin:at].lstrip())


def completed(text: str, found: Sequence[Draft]) -> list[Draft]:
    """The drafts with what stands without a cue, outer before inner, else in order of their first word."""
    marks = states(text)
    drafts = [_owned(text, found, draft) for draft in found]
    for content in (*_running_on(text, marks, drafts), *_quoted(text, marks, drafts)):
        draft = whole(text, Draft((), (), (content,), SCORE))
        drafts.append(draft if draft.source else replace(draft, source=_speaker(text, drafts, content)))
    return nested(drafts)


def _owned(text: str, found: Sequence[Draft], draft: Draft) -> Draft:
    """A draft that has neither cue nor source is whoever's it would be had the model not found it."""
    if draft.cue or draft.source or draft.outer is not None:
        return draft
    return replace(draft, source=_speaker(text, found, draft.content[0]))


def _running_on(text: str, marks: Marks, found: Sequence[Draft]) -> list[Span]:
    """Sentences that nobody says yet and whose first finite verb says that somebody does; neighbours are one."""
    taken = Grid()
    for i, draft in enumerate(found):
        taken.add(i, (*draft.cue, *draft.content))
    runs: list[Span] = []
    for sentence in _sentences(text):
        near = (found[i] for i in taken.near((sentence,)))
        if any(_meet(sentence, (*draft.cue, *draft.content)) for draft in near) or not _is_said(text, marks, sentence):
            continue
        if runs and not text[runs[-1][1] : sentence[0]].strip(" ") and marks[sentence[0]] == OUTSIDE:
            runs[-1] = (runs[-1][0], sentence[1])
        else:
            runs.append(sentence)
    return [unmarked(text, marks, run) for run in runs]


def _is_said(text: str, marks: Marks, sentence: Span) -> bool:
    clause = _hanging().match(text, *sentence)  # the main clause comes behind it
    for match in _finite().finditer(text, clause.end() if clause else sentence[0], sentence[1]):
        if marks[match.start()] != INSIDE:
            heard = match["heard"] is not None and _PERFECT.search(text, match.end(), sentence[1]) is not None
            return match["said"] is not None or heard
    return False


@cache
def _finite() -> re.Pattern[str]:
    words = cue_data().grammar
    said, heard, told = ("|".join(some) for some in (words.subjunctive, words.hearsay, words.indicative))
    return re.compile(rf"\b(?:(?P<said>{said})|(?P<heard>{heard})|(?:{told}))\b(?! denn)")


@cache
def _hanging() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(word.capitalize() for word in cue_data().grammar.hanging)})\b[^,]*,")


def _quoted(text: str, marks: Marks, found: Sequence[Draft]) -> list[Span]:
    """Quotations of whole sentences that are in no statement."""
    taken = Grid()
    for i, draft in enumerate(found):
        taken.add(i, draft.content)
    whole = (q for q in quotations(text) if q.closed and text[q.end - 1] in ".!?…" and _opens(text, q.opened))
    spans = (unmarked(text, marks, (q.start, q.end)) for q in whole)
    return [
        span
        for span in spans
        if len(WORD.findall(text, *span)) >= _FEW
        and not any(_meet(span, found[i].content) for i in taken.near((span,)))
    ]


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins at a quotation mark."""
    before = text[max(0, at - 4) : at].rstrip(" \u00a0")
    return not before or before[-1] in ".!?:\n“"


def _speaker(text: str, found: Sequence[Draft], content: Span) -> Spans:
    """The source of the statement right before a content, or right after it in its paragraph; else nobody's.

    Right before: in its sentence or the one before; where another stands between, as often as not that one tells who
    speaks.
    """
    named = [(max(e for _, e in (*d.source, *d.cue, *d.content)), d) for d in found if d.source and d.outer is None]
    before = [(end, d) for end, d in named if end <= content[0] and _follows(text, end, content[0])]
    if before:
        return max(before, key=lambda one: one[0])[1].source
    after = [d for _, d in named if d.start >= content[1] and "\n" not in text[content[1] : d.start]]
    near = [d for d in after if not WORD.search(text, content[1], d.start)]
    return near[0].source if near else ()


def _follows(text: str, end: int, start: int) -> bool:
    """Whether nothing stands between two places, or the rest of a sentence that is said to somebody or somewhere."""
    if not WORD.search(text, end, start):
        return True
    ends = [match.end() for match in END.finditer(text, end, start)]
    return "\n" not in text[end:start] and len(ends) == 1 and not WORD.search(text, ends[0], start)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for match in END.finditer(text):
        span = trimmed(text, start, match.end())
        start = match.end()
        if span[0] < span[1]:
            yield span
    span = trimmed(text, start, len(text))
    if span[0] < span[1]:
        yield span


def _meet(span: Span, spans: Spans) -> bool:
    return any(s < span[1] and span[0] < e for s, e in spans)
