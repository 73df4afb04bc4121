"""Where the reader cuts a cue amiss: in front of its verb, around the object of an accusation, within "I'm"."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from inquit.extract.decode import Draft, stripped, without
from inquit.extract.lexicon import find, words_of
from inquit.extract.quotes import OUTSIDE
from inquit.records import Span

Marks = npt.NDArray[np.int8]

_LOST = re.compile(r"\s+(?:not\s+)?[\w’']+(?:\s+[\w’']+)?\s+")  # "can" / "see" / "why it broke"
_CHARGES = re.compile(r"(?:accus|blam|prais)(?:e|es|ed|ing)(?!\w)", re.IGNORECASE)
_CHARGED = re.compile(r"\s+(?P<whom>[^.,;:\n“”\"]{1,60})\s+(?:of|for)\s+")  # "accused" / "the mayor of" / "theft"
# "I don" / "’t know why", "everyone will" / "nevertheless see that": how a cue without its verb may end
_AUXILIARY = re.compile(
    r"(?:will|would|can|could|may|might|must|should|do|does|did|has|have|had|is|are|was|were)(?:n['’]t)?", re.IGNORECASE
)
_CUT_NOT = re.compile(r"\b\w+n['’]$")  # before "t"
_NOT = re.compile(r"['’]t\b")
_VERB = re.compile(
    r"\s*(?:(?:not|just|also|still|always|really|\w+ly|nevertheless) )?[a-z]+(?: (?:to|of|about|that))?\b"
)
_ENCLITIC = re.compile(r"['’](?:s|re|ve|d|ll|m)\b")


def mended(text: str, marks: Marks, found: list[Draft]) -> list[Draft]:
    """The drafts with the cues that they should have, less those of which no word makes an attribution.

    Inside a quotation all is quoted: that a content is tells nothing of an unknown cue there. What has neither source
    nor cue is said by nobody unless marks stand around it.
    """
    whole = (_charging(text, _with_whole_cue(text, marks, _apart(text, draft))) for draft in found)
    return [draft for draft in whole if _says(text, marks, draft)]


def _says(text: str, marks: Marks, draft: Draft) -> bool:
    quoted = any(marks[s] != OUTSIDE for s, _ in draft.content)
    if not draft.cue:
        return bool(draft.source) or (quoted and draft.outer is None)
    return _known(text, draft) or draft.outer is None or marks[draft.cue[0][0]] == OUTSIDE


def _known(text: str, draft: Draft) -> bool:
    words = words_of(" ".join(text[a:b] for a, b in draft.cue))
    return find(words) is not None or words[:1] == ["according"]  # whose "to" the reader may leave to the content


def _with_whole_cue(text: str, marks: Marks, draft: Draft) -> Draft:
    whole = _with_verb(text, marks, _negated(text, draft))
    return whole if _tells(text, whole) else draft


def _tells(text: str, draft: Draft, *more: Span) -> bool:
    """Whether the cue has more than an auxiliary, perhaps with the words of further spans."""
    entry = find(words_of(" ".join(text[a:b] for a, b in (*draft.cue, *more))))
    return entry is not None and entry.cue.kind != "light"


def _with_verb(text: str, marks: Marks, draft: Draft) -> Draft:
    """The draft with its verb in the cue, where the cue says nothing without it.

    Only within quotations, where the reader, who was taught outermost attributions, is too unsure to find all of a cue.
    The verb stands between cue and content, or after an auxiliary in the content itself.
    """
    if not draft.cue or marks[draft.cue[0][0]] == OUTSIDE or _tells(text, draft):
        return draft
    start, end = draft.cue[-1]
    following = min((s for s, _ in draft.content if s >= end), default=end)
    lost = _LOST.fullmatch(text, end, following)
    auxiliary = _AUXILIARY.fullmatch(text, start, end) and not text[end:following].strip()
    verb = lost or (_VERB.match(text, end) if auxiliary else None)
    if verb is None or any(s < verb.end() and end < e for s, e in draft.source):
        return draft
    last = end + len(verb.group().rstrip().removesuffix(" that"))
    # "that" belongs to the content
    begun = tuple((last if s == following else s, e) for s, e in draft.content)
    content = stripped(text, without(begun, ((end, last),)))
    if not content or not _tells(text, draft, (end, last)):
        return draft
    return replace(draft, cue=(*draft.cue[:-1], (start, last)), content=content)


def _negated(text: str, draft: Draft) -> Draft:
    """The draft with all of "don’t" in the cue that has a part of it."""
    if not draft.cue:
        return draft
    (first, _), (_, last) = draft.cue[0], draft.cue[-1]
    before = _CUT_NOT.search(text, max(0, first - 12), first) if text[first : first + 1] == "t" else None
    after = _NOT.match(text, last) if text[last - 1] == "n" else None
    if before is None and after is None:
        return draft
    whole = (before.start() if before else first, after.end() if after else last)
    cue = tuple((whole[0] if s == first else s, whole[1] if e == last else e) for s, e in draft.cue)
    content = stripped(text, without(draft.content, cue))
    return replace(draft, source=without(draft.source, cue), cue=cue, content=content or draft.content)


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
