"""The words from which force is read: those of a cue and beside it, and the first sentence of what is said.

Each word is known with where it stands, so that what decides is also what is shown as the reason.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TypeAlias

from inquit.extract.lexicon import Cue, cue_data, find, places_of, words_of
from inquit.extract.why import Ground, Why
from inquit.records import Span, Spans

REACH = 70  # code points around a cue in which a negation or a modifier is looked for
_READ = 240  # code points of a content that are read
_SENTENCE_END = re.compile(r"[.!?][\"”'’)]*\s+(?=[\"“‘(]?[A-Z])|\n")
_DIRECT = re.compile(r"""(?:["“„«‘]|``|(?:^|[\s(,:])')\s?$""")
_MONTH = re.compile(r"(?<=\s)May\b|\bMay(?=['’]s\b)")
_PLAIN = Cue(lemma="", stance="affirms", framing="neutral")
_LEADS_UP = frozenset({"to", "yet", "be", "been", "have", "even", "ever", "also"})
_FIRST_PERSON = frozenset({"i", "we"})
_THIRD_PERSON = frozenset({"he", "she", "they", "it"})


class Wording:
    """Stretches of a text read as one: its words in small letters, and where in the text each of them stands."""

    def __init__(self, spans: Spans, joined: str) -> None:
        """``joined``: the text of the spans with one space between any two, as far as it is read."""
        self.spans = spans
        self.joined = joined
        self.words = words_of(joined)

    @staticmethod
    def of(text: str, spans: Spans) -> Wording:
        """All that the spans of a text say."""
        return Wording(spans, " ".join([text[a:b] for a, b in spans]))

    def at(self, first: int, last: int) -> Spans:
        """Where the words from ``first`` to before ``last`` stand."""
        places = places_of(self.joined)[first:last]
        return self.within(places[0][0], places[-1][1]) if places else ()

    def within(self, start: int, end: int) -> Spans:
        """Where the characters from ``start`` to before ``end`` stand."""
        found: list[Span] = []
        at = 0
        for a, b in self.spans:
            left, right = max(start, at), min(end, at + b - a)
            if left < right:
                found.append((a + left - at, a + right - at))
            at += b - a + 1
        return tuple(found)


Place: TypeAlias = tuple[str, Wording, int]  # a word, and which it is of which wording

_NOTHING = Wording((), "")


class CueWords:
    """The words of a cue with what stands beside them: their entry, its head, what negates it."""

    def __init__(self, text: str, source: Spans, cue: Spans, content: Spans) -> None:
        self.wording = Wording.of(text, _with_to(text, cue))
        self.words = self.wording.words
        found = find(self.words)
        self.known = found is not None
        self.entry = found.cue if found else _PLAIN
        self.start, self.end = (found.start, found.end) if found else (0, len(self.words))
        self.rest = self.words[self.end :]
        ground = Ground.WORD if found else Ground.UNKNOWN if self.words else Ground.NO_WORD
        self.head = Why(ground, self.wording.at(self.start, self.end) or content[:1])
        self.before, self.after = _beside(text, cue, source + content)
        self.negation = _nobody(text, source) or (self._negation() if found else ())

    def near(self) -> list[Place]:
        """The words right before the cue, of it, and right after it."""
        before, after = self.before.words, self.after.words
        first = max(0, len(before) - 3)
        places: list[Place] = [(w, self.before, i) for i, w in enumerate(before[first:], first)]
        places += [(w, self.wording, i) for i, w in enumerate(self.words)]
        return places + [(w, self.after, i) for i, w in enumerate(after[:2])]

    def _negation(self) -> Spans:
        """The negation that stands in the cue before its head, or right before the cue."""
        rules = cue_data().negation
        if self.words[self.start] in rules.refusals:
            return ()
        lead = [*self._leading_up(), *((w, self.wording, i) for i, w in enumerate(self.words[: self.start]))]
        words = [word for word, _, _ in lead]
        for i, (word, part, at) in enumerate(lead):
            spared = not rules.spared_by.isdisjoint(words[i + 1 : i + 2])
            spared |= not rules.spared_behind.isdisjoint(part.words[at - 1 : at] if at else self.before.words[-1:])
            if word in rules.refusals or (word in rules.words and not spared) or words[i : i + 2] == ["yet", "to"]:
                return part.at(max(0, at - (word == "not")), at + 1)
        return ()

    def _leading_up(self) -> list[Place]:
        """What leads up to the cue, and no more: "urged him not to go, saying" negates nothing."""
        words = self.before.words
        first = last = len(words)
        while first > max(0, last - 4):
            first -= 1
            if not (words[first] in _LEADS_UP or words[first].endswith("ly")):
                break
        return [(words[i], self.before, i) for i in range(first, last)]


def _with_to(text: str, cue: Spans) -> Spans:
    """The spans of a cue, with the "to" that parts them: "wanted" / "know"."""
    joined: list[Span] = []
    for start, end in cue:
        if joined and text[joined[-1][1] : start] == " to ":
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return tuple(joined)


def _nobody(text: str, source: Spans) -> Spans:
    """The word by which a source is nobody: "neither engineer"."""
    first = Wording.of(text, source[:1])
    numbered = first.words[1:2] and first.words[1].isdigit()  # "No 10"
    return () if numbered else first.at(0, 1) if not cue_data().negation.nobody.isdisjoint(first.words[:1]) else ()


def _own(source: str, *, direct: bool) -> frozenset[str]:
    """The words by which a source speaks of itself: its last one, and the pronouns that can mean it."""
    last = words_of(source)[-1:]
    name = frozenset(last)
    if direct or not name or name <= _FIRST_PERSON:
        return (name - _THIRD_PERSON) | _FIRST_PERSON
    if name & _THIRD_PERSON:
        return name
    many = last[0].endswith("s") and source[-len(last[0]) :].islower()  # "experts"
    return name | (frozenset({"they"}) if many else _THIRD_PERSON)


class SaidWords:
    """The first sentence of a content: its words, where its main clause starts, whose words it gives."""

    def __init__(self, text: str, source: Spans, content: Spans, bare: bool) -> None:
        joined = " ".join(text[a:b] for a, b in content)[:_READ]
        end = _SENTENCE_END.search(joined)
        self.start = joined[: end.start() + 1].rstrip() if end else joined
        self.wording = Wording(content, _MONTH.sub("   ", self.start))
        self.words = self.wording.words
        first, last = (content[0][0], content[-1][1]) if content else (0, 0)
        self.asks: Spans = ()  # the mark of a question
        if self.start.endswith("?"):
            self.asks = self.wording.within(len(self.start) - 1, len(self.start))
        elif end is None and text[last : last + 1] == "?":
            self.asks = ((last, last + 1),)
        self.direct = bare or _DIRECT.search(text[max(0, first - 3) : first]) is not None
        self.own = _own(text[slice(*source[-1])] if source else "", direct=self.direct)
        self.main = self._main_clause()

    def why(self, ground: Ground, first: int, last: int) -> Why:
        """A ground in the words from ``first`` to before ``last``."""
        return Why(ground, self.wording.at(first, last))

    def after_comma(self, i: int) -> bool:
        """Whether a comma stands right before the word of that index."""
        joined = self.wording.joined
        return joined[: places_of(joined)[i][0]].rstrip().endswith(",")

    def _main_clause(self) -> int:
        """Index of the word the main clause starts with: after ``that``, after ``If it rains,``."""
        opened = 1 if self.words[:1] == ["that"] else 0
        if self.words[opened : opened + 1] and self.words[opened] in cue_data().modality.clause_openers:
            comma = self.start.find(",")
            return len(words_of(self.start[:comma])) if comma > 0 else len(self.words)
        return opened


def outside(text: str, *roles: Spans) -> list[Span]:
    """Give where the sentence goes on between the spans, before the first and after the last, a little of each."""
    spans = sorted(span for spans in roles for span in spans)
    gaps = [(a, min(b, a + REACH)) for (_, a), (b, _) in pairwise(spans) if b > a]
    first, last = spans[0][0], max(b for _, b in spans)
    return [_lead(text, max(0, first - REACH), first), *gaps, _tail(text, last, last + REACH)]


def _lead(text: str, left: int, start: int) -> Span:
    """Give where the sentence goes on from ``left`` to ``start``, whose capital shows that another ended before it."""
    return start + 1 - len(_SENTENCE_END.split(text[left : start + 1])[-1]), start


def _tail(text: str, end: int, right: int) -> Span:
    """Give where the sentence goes on from ``end``, to ``right`` at most."""
    return end, end + len(_SENTENCE_END.split(text[end:right])[0])


def _beside(text: str, cue: Spans, others: Spans) -> tuple[Wording, Wording]:
    """Give the words before and after the cue in its sentence, none of them of another span."""
    if not cue:
        return _NOTHING, _NOTHING
    start, end = cue[0][0], cue[-1][1]
    left = max([0, start - REACH, *(b for _, b in others if b <= start)])
    right = min([end + REACH, *(a for a, _ in others if a >= end)])
    return Wording.of(text, (_lead(text, left, start),)), Wording.of(text, (_tail(text, end, right),))
