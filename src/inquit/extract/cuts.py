"""Where the reader cuts a cue amiss: in front of its verb, around the object of an accusation, within "I'm"."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from inquit.extract.decode import Draft
from inquit.extract.lexicon import find, words_of
from inquit.extract.quotes import OUTSIDE
from inquit.records import Span

Marks = npt.NDArray[np.int8]

_LOST = re.compile(r"\s+[\w’']+(?:\s+[\w’']+)?\s+")  # "can" / "see" / "why it broke"
_CHARGES = re.compile(r"(?:accus|blam|prais)(?:e|es|ed|ing)(?!\w)", re.IGNORECASE)
_CHARGED = re.compile(r"\s+(?P<whom>[^.,;:\n“”\"]{1,60})\s+(?:of|for)\s+")  # "accused" / "the mayor of" / "theft"
_ENCLITIC = re.compile(r"['’](?:s|re|ve|d|ll|m)\b")


def mended(text: str, marks: Marks, found: list[Draft]) -> list[Draft]:
    """The drafts with the cues that they should have, less those of which no word makes an attribution.

    Inside a quotation all is quoted: that a content is tells nothing of an unknown cue there. What has neither source
    nor cue is said by nobody unless marks stand around it.
    """
    whole = (_charging(text, _with_verb(text, marks, _apart(text, draft))) for draft in found)
    return [draft for draft in whole if _says(text, marks, draft)]


def _says(text: str, marks: Marks, draft: Draft) -> bool:
    quoted = any(marks[s] != OUTSIDE for s, _ in draft.content)
    if not draft.cue:
        return bool(draft.source) or (quoted and draft.outer is None)
    return _known(text, draft) or draft.outer is None or marks[draft.cue[0][0]] == OUTSIDE


def _known(text: str, draft: Draft, *more: Span) -> bool:
    words = words_of(" ".join(text[a:b] for a, b in (*draft.cue, *more)))
    return find(words) is not None or words[:1] == ["according"]  # whose "to" the reader may leave to the content


def _with_verb(text: str, marks: Marks, draft: Draft) -> Draft:
    """The draft with the words between cue and content in the cue, where the cue says nothing without them.

    Only within quotations, where the reader, who was taught outermost attributions, is too unsure to find all of a cue.
    """
    if not draft.cue or marks[draft.cue[0][0]] == OUTSIDE or _known(text, draft):
        return draft
    start, end = draft.cue[-1]
    following = min((s for s, _ in draft.content if s >= end), default=end)
    lost = _LOST.fullmatch(text, end, following)
    if lost is None or any(s < following and end < e for s, e in draft.source):
        return draft
    verb = end, end + len(lost.group().rstrip())
    return replace(draft, cue=(*draft.cue[:-1], (start, verb[1]))) if _known(text, draft, verb) else draft


def _charging(text: str, draft: Draft) -> Draft:
    """The draft with the accused in its content: "accused" / "the mayor of taking bribes"."""
    if not draft.cue:
        return draft
    verb = next((m for m in _CHARGES.finditer(text, draft.cue[0][0], draft.cue[-1][1])), None)
    following = min((s for s, _ in draft.content if verb and s > verb.end()), default=0)
    if verb is None or not following or not (draft.cue[0][0] <= verb.start() and verb.end() <= draft.cue[0][1]):
        return draft
    object_ = _CHARGED.fullmatch(text, verb.end(), following)
    taken = any(s < following and verb.end() < e for s, e in draft.source)
    if object_ is None or taken or draft.cue[-1][1] > following:
        return draft
    cue = (*((s, e) for s, e in draft.cue if e <= verb.start()), (draft.cue[0][0], verb.end()))
    content = tuple((object_.start("whom") if s == following else s, e) for s, e in draft.content)
    return replace(draft, cue=cue, content=content)


def _apart(text: str, draft: Draft) -> Draft:
    """The draft with an apostrophe in the cue whose verb it shortens: "I" / "’m sure", not "I’" / "m sure"."""
    if len(draft.source) != 1 or not draft.cue or text[draft.source[0][1] - 1] not in "'’":
        return draft
    (start, end), (first, last) = draft.source[0], draft.cue[0]
    if first != end or not _ENCLITIC.match(text, end - 1) or end - 1 == start:
        return draft
    return replace(draft, source=((start, end - 1),), cue=((first - 1, last), *draft.cue[1:]))
