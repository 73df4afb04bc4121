"""Quotations that no reporting word reached: to whom structure gives them.

A quotation goes on after a break ("…," she said, "…"; a mark opened again in the next paragraph), or it stands by
itself, a sentence in marks, and belongs to whom the words before it are about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from inquit.extract.decode import Draft, nested
from inquit.extract.grid import Grid
from inquit.extract.headings import is_heading
from inquit.extract.lexicon import find as find_cue
from inquit.extract.lexicon import words_of
from inquit.extract.names import Directory, directory, find
from inquit.extract.quotes import OUTSIDE, Quotation, quotations, states, unmarked
from inquit.extract.standing import standing
from inquit.extract.tags import tagged
from inquit.extract.told import told
from inquit.extract.turns import Turn, chains, turns
from inquit.records import Span, Spans
from inquit.text import WORD, merged, trimmed

Marks = npt.NDArray[np.int8]

# Scores, after 27 pages of news and PolNeAR dev read by eye: a turn, a speaker in the words before, nobody.
TURN, SPEAKER, NOBODY = 0.9, 0.8, 0.6
_FEW = 4  # words; fewer in marks may be anything
_BACK = 1500  # code points; as much of a paragraph before a quotation is looked at
_FAR = 3000  # code points; nobody goes on speaking so far from where he is named
_SENTENCE = re.compile(r"[.!?…][”\"’')\]]*\s+(?=\S)")
_WHOLE = re.compile(r"[.!?…–—-][)\]’']*$")
_NAMING = re.compile(r"(?:known as|called|named|nicknamed|dubbed|titled|entitled|the name) [“\"‘']$")
_PRONOUN = re.compile(r"(?:[A-Z]\w+,? )?(?P<who>[Hh]e|[Ss]he)\b")
_NO_SPEAKER = {"i", "it", "me", "so", "that", "there", "this", "we", "what", "which", "who"}
_CLAUSE = re.compile(r"(?:When|As|After|While|If|Before|Asked)\b[^“”\"]*?, (?P<who>he|she)\b")
_INTERVIEWER = re.compile(r"\b(?:I|me|we)\b")
_SMALL = re.compile(r"\b[a-z]{4}")
_LEAD = re.compile(r"(?:But|And|Yet|So|Then|Still|For) ")


def completed(text: str, found: Sequence[Draft]) -> list[Draft]:
    """The drafts of the model with all that structure adds: turns, and quotations that had no speaker.

    Outer before inner, else in order of their first word.
    """
    marks = states(text)
    tidy = [_tidied(text, marks, draft) for draft in found if not _names(text, draft)]
    said = tagged(text, marks, _with_turns(text, told(text, marks, tidy)))
    return nested(_Quoted(text, marks, nested(said)).filled())


def _tidied(text: str, marks: Marks, draft: Draft) -> Draft:
    """The draft without single marks around its contents, commas after an apposition, the colon after a cue."""
    content = tuple(s for s in (unmarked(text, marks, s) for s in draft.content) if s[0] < s[1])
    source, cue = (tuple(_less_stops(text, s) for s in spans) for spans in (draft.source, draft.cue))
    return replace(draft, source=source, cue=cue, content=content or draft.content)


def _less_stops(text: str, span: Span) -> Span:
    start, end = span
    while end - 1 > start and text[end - 1] in " ,:;":
        end -= 1
    return start, end


def _names(text: str, draft: Draft) -> bool:
    """Whether the draft, without a source, is but a name in marks: a man known as "Old Barley"."""
    last = draft.content[-1]
    name = len(WORD.findall(text, *last)) <= _FEW
    return name and not draft.source and _NAMING.search(text, max(0, last[0] - 20), last[0]) is not None


def _with_turns(text: str, found: Sequence[Draft]) -> list[Draft]:
    """The drafts, and each turn in place of what the model made of it."""
    kept: dict[int, Draft] = dict(enumerate(found))
    places = Grid()
    for i, draft in kept.items():
        places.add(i, (*draft.source, *draft.content))
    made: list[Draft] = []
    for turn in turns(text):
        own = [i for i in places.near((turn.source, *turn.content)) if i in kept and _touches(kept[i], turn)]
        if not any(_reports(text, kept[i], turn) for i in own):
            for i in own:
                del kept[i]
            made.append(Draft((turn.source,), (), turn.content, TURN))
    return [*kept.values(), *made]


def _touches(draft: Draft, turn: Turn) -> bool:
    """Whether the draft takes words of the turn and is no statement inside it."""
    every = (*draft.source, *draft.cue, *draft.content)
    inside = bool(draft.cue) and all(any(a <= s and e <= b for a, b in turn.content) for s, e in every)
    return not inside and any(s < b and a < e for s, e in every for a, b in (turn.source, *turn.content))


def _reports(text: str, draft: Draft, turn: Turn) -> bool:
    """Whether the draft has a verb of its own for what the turn quotes: it knows better."""
    outside = [text[s:e] for s, e in draft.cue if not any(a < e and s < b for a, b in turn.content)]
    cue = find_cue(words_of(" ".join(outside))) if outside and draft.source else None
    return cue is not None and cue.cue.kind == "verb"


class _Quoted:
    """The quotations of a text, each to be given to a draft."""

    def __init__(self, text: str, marks: Marks, found: list[Draft]) -> None:
        self._text = text
        self._marks = marks
        self._drafts = found
        self._reporting = Grid()  # those with a cue outside quotation marks, by cue
        self._quoting = Grid()  # all, by content
        for i, draft in enumerate(found):
            self._quoting.add(i, draft.content)
            if draft.outer is None and draft.cue and self._marks[draft.cue[0][0]] == OUTSIDE:
                self._reporting.add(i, draft.cue)
        self._last: tuple[int, Spans] | None = None  # where a quotation ended last, and who spoke

    def filled(self) -> list[Draft]:
        """The drafts with every quotation given away that can be."""
        for group in chains(quotations(self._text)):
            covered = [self._owner(q) for q in group]
            owner = next((i for i in covered if i is not None), None)
            left = [q for q, by in zip(group, covered, strict=True) if by is None]
            if left and owner is None:
                owner = self._give(group)
            elif left and owner is not None and self._drafts[owner].cue:
                self._extend(owner, left)
            if speaker := self._named(owner):
                self._last = group[-1].end, speaker
        return self._drafts

    def _owner(self, quotation: Quotation) -> int | None:
        """The draft that has most of the quotation as content and is no statement inside it."""
        span = quotation.start, quotation.end
        for i in self._quoting.near((span,)):
            draft = self._drafts[i]
            inside = bool(draft.cue) and all(span[0] <= s and e <= span[1] for s, e in draft.cue)
            if not inside and 2 * _shared(span, draft.content) >= span[1] - span[0]:
                return i
        return None

    def _extend(self, i: int, more: Sequence[Quotation]) -> int:
        added = self._spans(more)
        self._drafts[i] = replace(self._drafts[i], content=merged((*self._drafts[i].content, *added)))
        self._quoting.add(i, added)
        return i

    def _add(self, source: Spans, group: Sequence[Quotation]) -> int:
        self._drafts.append(Draft(source, (), (), SPEAKER if source else NOBODY))
        return self._extend(len(self._drafts) - 1, group)

    def _spans(self, group: Sequence[Quotation]) -> Spans:
        spans = (unmarked(self._text, self._marks, (q.start, q.end)) for q in group)
        return tuple(s for s in spans if WORD.search(self._text, *s))

    def _give(self, group: list[Quotation]) -> int | None:
        """The draft that a whole chain without one goes to, or that is made for it; None where it quotes nobody."""
        at = group[0].opened
        begin = self._text.rfind("\n", max(0, at - _BACK), at) + 1 or max(0, at - _BACK)
        before = self._reported(begin, at)
        whole = self._whole(group, begin)
        if before is not None and self._goes_on(before, at, whole=whole):
            return self._extend(before, group)
        return self._add(self._speaker(begin, at), group) if whole else None

    def _goes_on(self, i: int, at: int, *, whole: bool) -> bool:
        """Whether a quotation at ``at`` goes on with a draft: in its sentence after a comma, or as the next one."""
        after = self._drafts[i].cue[-1][1]
        ends = sum(1 for _ in _SENTENCE.finditer(self._text, after, at + 1))
        broken = ",–—-" if self._quotes(i, at) else ","
        return (ends == 1 and whole) or (not ends and self._text[after:at].rstrip()[-1:] in broken)

    def _whole(self, group: list[Quotation], begin: int) -> bool:
        """Whether the chain is a sentence in marks: it begins and ends as one, and is no title."""
        text, first, last = self._text, group[0], group[-1]
        words = WORD.findall(text, first.start, first.end)
        closed = last.end + last.closed
        lead = text[max(begin, first.opened - 8) : first.opened].rstrip()
        ends = last.runs_on or _WHOLE.search(text, max(first.start, last.end - 8), last.end) is not None
        titled = is_heading(text[first.start : last.end]) or all(w[0].isupper() for w in words if len(w) > 2)
        return (
            len(words) >= _FEW
            and words[0][0].isupper()
            and (not lead or lead[-1] in '.!?…:”"’')
            and (ends or text[closed : closed + 1] in (".", "!", "?"))
            and not text[closed : closed + 3].lstrip(" ,")[:1].islower()
            and not titled
        )

    def _quotes(self, i: int, at: int) -> bool:
        """Whether a draft has words in quotation marks before ``at``."""
        return any(self._marks[s] != OUTSIDE and e <= at for s, e in self._drafts[i].content)

    def _reported(self, begin: int, end: int) -> int | None:
        """The draft whose cue stands last in a stretch, outside quotation marks; one that quotes goes before others."""
        inside = [
            (self._quotes(i, end), self._drafts[i].cue[-1][1], i)
            for i in self._reporting.near(((begin, end),))
            if begin <= self._drafts[i].cue[0][0] and self._drafts[i].cue[-1][1] <= end
        ]
        return max(inside)[-1] if inside else None

    def _speaker(self, begin: int, at: int) -> Spans:
        """Whom the words before a quotation at ``at`` are about: those of its own line, else of the line before."""
        text = self._text
        start, end = trimmed(text, begin, at)
        if start == end:
            end = next((i for i in range(begin, 0, -1) if not text[i - 1].isspace()), 0)
            start = text.rfind("\n", max(0, end - _BACK), end) + 1 or max(0, end - _BACK)
        last = self._last if self._last is not None and at - self._last[0] < _FAR else None
        if last is not None and start <= last[0] and not WORD.search(text, last[0], end):
            return last[1]
        cuts = [m.end() for m in _SENTENCE.finditer(text, start, end) if self._marks[m.start()] == OUTSIDE]
        sentence = (cuts[-1] if cuts else start), end
        asks = text[end - 1 : end] == "?" or _INTERVIEWER.search(text, *sentence) is not None
        before = last[1] if last is not None and asks else None
        subject = self._subject(sentence)
        said = self._named(self._reported(*sentence)) or (subject and (subject,)) or before
        return said or self._named(self._reported(start, end)) or ()

    def _named(self, i: int | None) -> Spans | None:
        """The source of a draft, unless it is a word that names no speaker."""
        source = self._drafts[i].source if i is not None else ()
        words = " ".join(self._text[s:e] for s, e in source)
        return source if source and words.lower() not in _NO_SPEAKER else None

    def _subject(self, sentence: Span) -> Span | None:
        """The person with whom a sentence begins, by name or as he or she."""
        text, (start, end) = self._text, sentence
        if is_heading(text[start:end]) and not _SMALL.search(text, start, end):
            return None
        lead = _LEAD.match(text, start, end)
        start = lead.end() if lead else start
        pronoun = _PRONOUN.match(text, start, end) or _CLAUSE.match(text, start, end)
        if pronoun:
            return pronoun.span("who")
        name = next(find(text, start, end), None)
        if name is None or name.owns or text[start : name.span[0]].strip() not in ("", name.office):
            return None
        full = self._names.fullest(name.text)
        person = (name.office or " " in full) and standing(text[start : name.span[1]], full) == "person"
        return (start, name.span[1]) if person else None

    @cached_property
    def _names(self) -> Directory:
        return directory(self._text)


def _shared(span: Span, spans: Spans) -> int:
    return sum(max(0, min(span[1], e) - max(span[0], s)) for s, e in spans)
