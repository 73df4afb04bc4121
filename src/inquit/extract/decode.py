"""Scores to spans: from the reader's relations to drafts of statements, with their nesting and form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from inquit.extract.appositions import whole
from inquit.extract.grid import Grid
from inquit.extract.grounding import data, group
from inquit.extract.names import ABBREVIATED
from inquit.extract.quotes import INSIDE, OUTSIDE, states
from inquit.extract.reader import Reading
from inquit.records import Form, Span, Spans
from inquit.text import WORD, trimmed

Ints = npt.NDArray[np.int64]

SURE = 0.7  # probability of a cue from which it stands by itself; chosen on PolNeAR dev (docs/design/reader.md)
_SMALL_WORDS = {"about", "as", "at", "by", "for", "from", "in", "of", "on", "that", "to", "with"}
_AUXILIARIES = {"be", "been", "being", "is", "are", "was", "were", "has", "have", "had", "not", "no"}
_EDGES = ' \t\n\r\u00a0“”„«»"‘‚`'  # a content span never includes the marks around it
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*\s+(?=[“\"‘(\[]*[A-Z0-9])|\n")
_HEAD = re.compile(r"According to|ACCORDING TO")
_OPENS = re.compile(r"(?:^|[.!?][”\"’')\]]*\s|\n)\s*$")
_GAP = re.compile(r"[^\w\n]*")
_CUE_GAP = re.compile(r"[^\w\n]*|\s+(?:not|never)\s+")  # "pleaded not guilty"


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement in code points, before it is known who the source is; ``outer`` indexes the list it stands in."""

    source: Spans
    cue: Spans
    content: Spans
    score: float
    outer: int | None = None

    @property
    def start(self) -> int:
        """Offset of the draft's first word."""
        return min(s[0] for s in (*self.source, *self.cue, *self.content))


def drafts(text: str, reading: Reading) -> list[Draft]:
    """Drafts of all statements with a content, outer before inner, else in order of their first word.

    The corpus marks outermost attributions only, so the model is too shy inside contents: a doubtful cue counts there.
    """
    spans = reading.pieces.spans
    sure: list[Draft] = []
    doubtful: list[Draft] = []
    for relation in reading.relations:
        cue = joined(text, relation.cue, spans, _CUE_GAP)
        content = stripped(text, joined(text, relation.content, spans))
        source = whole(text, _nearest(joined(text, relation.source, spans), cue), cue)
        content = following(text, cue, content)
        # A cue of punctuation alone (the colon before a quotation) is none; a lone "to" is what is left of one.
        if content and (source or not (_left_over(text, cue) or _unverified(text, cue))):
            (sure if relation.sure > SURE else doubtful).append(Draft(source, cue, content, relation.score))
    kept = parted(text, single(sure))
    outers = _by_content(kept)
    inner = [d for d in doubtful if any(_holds(kept[i], d) for i in outers.near(d.content))]
    return nested(single([*kept, *inner]))


def following(text: str, cue: Spans, content: Spans) -> Spans:
    """The content less what stands before "According to" at the head of a sentence, which speaks of what follows."""
    if not cue or not _HEAD.match(text, *cue[0]) or not _OPENS.search(text, max(0, cue[0][0] - 8), cue[0][0]):
        return content
    return tuple(s for s in content if s[0] > cue[0][0]) or content


def _left_over(text: str, cue: Spans) -> bool:
    """Whether the cue is a preposition, conjunction or auxiliary and nothing else."""
    return bool(cue) and {w.lower() for s, e in cue for w in WORD.findall(text[s:e])} <= _SMALL_WORDS | _AUXILIARIES


def _unverified(text: str, cue: Spans) -> bool:
    """Whether the cue says that nothing was verified, which without a source is the outlet's own word."""
    return bool(cue) and _nothing_verified().fullmatch(text, cue[0][0], cue[-1][1]) is not None


@cache
def _nothing_verified() -> re.Pattern[str]:
    verified = group(data().words["verified"])
    return re.compile(rf"[^.\n]*(?:\bnot\b|n[’']t\b|cannot\b)[^.\n]*\b{verified}\b[^.\n]*", re.IGNORECASE)


def joined(text: str, chosen: Ints, spans: npt.NDArray[np.int32], gap: re.Pattern[str] = _GAP) -> Spans:
    """Runs of pieces as trimmed spans of whole words; runs with nothing but ``gap``, punctuation, between are one."""
    out: list[Span] = []
    for i in chosen:
        start, end = int(spans[i][0]), int(spans[i][1])
        if out and gap.fullmatch(text, out[-1][1], start):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(s for s in (trimmed(text, *_whole(text, *o)) for o in out) if WORD.search(text, *s))


def _whole(text: str, start: int, end: int) -> Span:
    """The span less what it holds of a word that it cuts."""
    if start and text[start - 1].isalnum():
        while start < end and text[start].isalnum():
            start += 1
    if end < len(text) and text[end].isalnum():
        while start < end and text[end - 1].isalnum():
            end -= 1
    return start, end


def _nearest(source: Spans, cue: Spans) -> Spans:
    """The run nearest to the cue: what names a source stands together, a second run is a pronoun for it."""
    return (min(source, key=lambda run: _distance(run, cue)),) if len(source) > 1 and cue else source


def single(found: list[Draft]) -> list[Draft]:
    """The drafts less those that say again what a better one says: nearly the same content from a cue close by.

    Better is the one with a source, then the one with the higher score.
    """
    kept: list[Draft] = []
    places = Grid()
    for draft in sorted(found, key=lambda d: (not d.source, -d.score)):
        others = (kept[i] for i in places.near(draft.content))
        if not any(_same_content(draft, other) and _close(draft, other) for other in others):
            places.add(len(kept), draft.content)
            kept.append(draft)
    return kept


def _by_content(found: Sequence[Draft]) -> Grid:
    places = Grid()
    for i, draft in enumerate(found):
        places.add(i, draft.content)
    return places


def _same_content(one: Draft, other: Draft) -> bool:
    both = _overlap(one.content, other.content)
    return both >= 0.7 * (_size(one.content) + _size(other.content) - both)


def _close(one: Draft, other: Draft) -> bool:
    """Whether two cues stand together and neither source is somebody else's."""
    if one.source and other.source and not _overlap(one.source, other.source):
        return False
    return not one.cue or not other.cue or abs(one.cue[0][0] - other.cue[0][0]) < 80


def parted(text: str, found: list[Draft], ends: re.Pattern[str] = _SENTENCE_END) -> list[Draft]:
    """The drafts with every content cut back to where the next sentence's own attribution begins.

    Content runs on over sentences only inside a quotation. Words outside quotation marks, in another sentence than the
    cue, that have a cue of their own belong to that one. ``ends`` is what ends a sentence, up to the next one's first
    letter.
    """
    marks = states(text)
    places = Grid()
    for i, draft in enumerate(found):
        places.add(i, (*draft.cue, *draft.content))
    near = ([found[i] for i in places.near(draft.content)] for draft in found)
    return [_cut_back(text, marks, draft, others, ends) for draft, others in zip(found, near, strict=True)]


def _cut_back(
    text: str, marks: npt.NDArray[np.int8], draft: Draft, others: list[Draft], ends: re.Pattern[str]
) -> Draft:
    content = draft.content
    for other in others:
        if other is draft or not other.cue or not draft.cue:
            continue
        if not _overlap(other.cue, content):
            disputed = tuple(s for s in other.content if _overlap((s,), content) and _nearer(s, other, draft))
            if not _overlap(draft.cue, other.content):
                content = without(content, disputed)
        elif marks[other.cue[0][0]] == OUTSIDE and not same_sentence(text, marks, draft.cue[0], other.cue[0], ends):
            content = without(content, (*other.source, *other.cue, *other.content))
    if content == draft.content:
        return draft
    kept = tuple(s for s in stripped(text, content) if WORD.search(text, *s))
    return replace(draft, content=kept or draft.content)


def _nearer(span: Span, one: Draft, other: Draft) -> bool:
    """Whether the span is nearer to the cue of ``one`` than to that of ``other``."""
    return _distance(span, one.cue) < _distance(span, other.cue)


def _distance(span: Span, cue: Spans) -> int:
    return min(max(start - span[1], span[0] - end) for start, end in cue)


def same_sentence(
    text: str, marks: npt.NDArray[np.int8], one: Span, other: Span, ends: re.Pattern[str] = _SENTENCE_END
) -> bool:
    """Whether no sentence ends outside quotation marks between two cues."""
    return not _sentence_ends(text, marks, min(one[1], other[1]), max(one[0], other[0]), ends)


def sentence_start(text: str, marks: npt.NDArray[np.int8], at: int) -> int:
    """Where the sentence that holds ``at`` begins."""
    line = text.rfind("\n", 0, at) + 1
    return max(_sentence_ends(text, marks, line, at), default=line)


def _sentence_ends(
    text: str, marks: npt.NDArray[np.int8], start: int, end: int, ends: re.Pattern[str] = _SENTENCE_END
) -> list[int]:
    """Where sentences after the first begin in a stretch; the full stop of a title or an initial ends none."""
    return [
        m.end()
        for m in ends.finditer(text, start, end)
        if marks[m.start()] != INSIDE and not ABBREVIATED.search(text, max(0, m.start() - 12), m.start() + 1)
    ]


def without(spans: Spans, taken: Spans) -> Spans:
    """The spans less the stretches that are taken."""
    for a, b in taken:
        spans = tuple(piece for s, e in spans for piece in ((s, min(e, a)), (max(s, b), e)) if piece[0] < piece[1])
    return spans


def nested(found: list[Draft]) -> list[Draft]:
    """Each draft with the smallest other draft whose content holds its cue and content as its ``outer``."""
    order = sorted(found, key=lambda d: (d.start, -_size(d.content)))
    places = _by_content(order)
    outers = [_outer(i, order, places.near(draft.content)) for i, draft in enumerate(order)]
    return [replace(d, outer=o) for d, o in zip(order, outers, strict=True)]


def form(content: Spans, text: str, marks: npt.NDArray[np.int8]) -> Form:
    """Whether all, none or some of the content's words stand in quotation marks; ``marks`` from ``quotes.states``."""
    words = [m.start() for s, e in content for m in WORD.finditer(text, s, e)]
    quoted = sum(bool(marks[w] == INSIDE) for w in words)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted == len(words) else "mixed"


def _outer(i: int, order: list[Draft], others: list[int]) -> int | None:
    inner = order[i]
    # Nothing holds what holds it: of two contents of one length neither holds the other.
    holders = (j for j in others if j != i and _holds(order[j], inner))
    return min(holders, key=lambda j: (_size(order[j].content), j), default=None)


def _holds(outer: Draft, inner: Draft) -> bool:
    """Whether the cue and nearly all of the content of ``inner`` lie within the content of ``outer``."""
    size = _size(inner.content)
    if not _within(inner.cue, outer.content) or size >= _size(outer.content):
        return False
    return _overlap(inner.content, outer.content) >= 0.8 * size


def _within(inner: Spans, outer: Spans) -> bool:
    return all(any(s <= a and b <= e for s, e in outer) for a, b in inner)


def _overlap(one: Spans, other: Spans) -> int:
    return sum(max(0, min(b, e) - max(a, s)) for a, b in one for s, e in other)


def _size(spans: Spans) -> int:
    return sum(e - s for s, e in spans)


def stripped(text: str, spans: Spans) -> Spans:
    """Spans of a content without the marks and stops at their ends; what is empty then goes."""
    return tuple(s for s in (_content(text, s) for s in spans) if s[0] < s[1])


def _content(text: str, span: Span) -> Span:
    """The span without marks at its ends, and without the comma or full stop before a closing mark."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and (text[end - 1] in _EDGES or (text[end - 1] in ",.;:")):
        end -= 1
    return start, end
