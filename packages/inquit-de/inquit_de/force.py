"""Stance and framing of a German attribution, from its cue, the words around it and the start of its content.

The labels are those of docs/scheme.md. The subjunctive of reported speech is grammar: it leaves framing neutral.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from inquit.extract.decode import without
from inquit.extract.force import Force
from inquit.extract.quotes import INSIDE, states
from inquit.extract.why import Ground, Why
from inquit.records import Framing, Span, Spans, Stance
from inquit_de.cues import WORDS, Met, cue_data, find

_CLAUSE = 12  # words in which a main clause shows its finite verb
_BESIDE = 40  # code points around a cue in which a negation or an adverb belongs to it
_AROUND = 80
_PARTS = ".!?\n:;"  # what ends the clause around a cue


class _Told(NamedTuple):
    """One attribution in its text, with the entry of its cue."""

    text: str
    source: Spans
    cue: Spans
    content: Spans
    met: Met | None

    @property
    def lemma(self) -> str:
        return self.met.entry.lemma if self.met else ""

    @property
    def plain(self) -> Why:
        ground = Ground.WORD if self.met else Ground.UNKNOWN if self.cue else Ground.NO_WORD
        return Why(ground, self.met.words if self.met else self.cue)


def force(text: str, *, source: Spans, cue: Spans, content: Spans, quoted: bool) -> Force:
    """Stance and framing of the statement with these spans of ``text``.

    ``quoted``: it stands inside a direct quotation, whose words are not the outlet's: framing is neutral.
    """
    met = find(text, cue) if cue else _reporting(text, source, content)
    told = _Told(text, source, cue, content, met)
    stance, why = _stance(told)
    if quoted:
        return Force(stance, "neutral", met is not None, why, Why(Ground.QUOTED, cue))
    framing, framed = _framing(told)
    return Force(stance, framing, met is not None, why, framed)


def _reporting(text: str, source: Spans, content: Spans) -> Met | None:
    """The verb of a report without a cue, which begins its content: "Die Stadt | weist die Vorwürfe zurück"."""
    words = [match.span() for match in _words(text, content)]
    if not source or not words or text[source[-1][1] : words[0][0]].strip() or not text[words[0][0]].islower():
        return None
    met = (find(text, spans) for spans in ((words[0], words[-1]), words[:1]))
    found = next((one for one in met if one is not None and words[0] in one.words), None)
    return None if found is None or found.entry.lemma in cue_data().modality.unsaid else found


def _stance(told: _Told) -> tuple[Stance, Why]:
    modality, negation = cue_data().modality, cue_data().negation
    own: Stance = told.met.entry.kind.stance if told.met else "affirms"
    if told.cue and (no := _negated(told)):
        return ("denies" if told.lemma in modality.opinion else negation.becomes[own]), Why(Ground.NEGATED, no)
    if own != "affirms":
        return own, told.plain
    words = [(m.group().lower(), m.span()) for m in _words(told.text, told.content)]
    # "Ob das stimme, lasse sich laut X nicht sagen" asserts; what asks hangs on its cue and has no capital
    asks = bool(told.cue and words) and words[0][0] in modality.asking and told.text[words[0][1][0]].islower()
    if asks or told.text[told.content[-1][1] - 1] == "?":
        return "questions", Why(Ground.ASKED, (words[0][1],) if asks else ())
    return _modal(_unheard(told, words)) or (own, told.plain)


def _unheard(told: _Told, words: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The words without a ``sollen`` that says once more that somebody told it: "sollen laut Polizei im Mai enden"."""
    grammar = cue_data().grammar
    thinks = any(match.group().lower() in grammar.thinking for match in _words(told.text, told.source))
    if thinks or told.lemma not in grammar.naming | grammar.pointing:
        return words
    return [one for one in words if one[0] != "sollen"]


def _modal(words: list[tuple[str, Span]]) -> tuple[Stance, Why] | None:
    """What the finite verb of the main clause makes of an assertion; in a clause with ``dass`` it stands last."""
    modality = cue_data().modality
    late = bool(words) and words[0][0] == "dass"
    clause = words[:_CLAUSE] + (words[-1:] if late else [])
    for i, (word, place) in enumerate(clause):
        beside = {w for w, _ in (*clause[max(0, i - 1) : i], *clause[i + 1 : i + 2], *(clause[1:2] if late else ()))}
        if word in modality.speculates:
            return "speculates", Why(Ground.MODAL, (place,))
        if word in modality.urges and "ich" not in beside:
            return "urges", Why(Ground.MODAL, (place,))
        if word in modality.will and beside & modality.own:
            return "intends", Why(Ground.MODAL, (place,))
    return None


def _framing(told: _Told) -> tuple[Framing, Why]:
    modality = cue_data().modality
    if not told.cue:
        return _hearsay(told)
    if unproven := _unproven(told):
        return "distancing", Why(Ground.UNPROVEN, (unproven,))
    for word, place in _beside(told):
        if word in modality.distancing:
            return "distancing", Why(Ground.BESIDE, (place,))
        if word in modality.endorsing:
            return "endorsing", Why(Ground.BESIDE, (place,))
    framing: Framing = told.met.entry.kind.framing if told.met else "neutral"
    if framing == "endorsing" and told.lemma not in modality.factive and (no := _negated(told)):
        return "neutral", Why(Ground.NEGATED, no)
    return framing, told.plain


def _hearsay(told: _Told) -> tuple[Framing, Why]:
    """Without a cue, ``soll`` and ``angeblich`` in the outlet's words vouch for nothing; else a report's verb tells."""
    marks = states(told.text)
    heard = (*cue_data().grammar.hearsay, "angeblich")
    for match in [*_words(told.text, told.content)][:_CLAUSE]:
        if match.group().lower() in heard and marks[match.start()] != INSIDE:
            return "distancing", Why(Ground.CLAIM, (match.span(),))
    return (told.met.entry.kind.framing if told.met else "neutral"), told.plain


def _unproven(told: _Told) -> Span | None:
    start = max(0, told.cue[0][0] - _AROUND)
    around = told.text[start : told.cue[-1][1] + _AROUND].lower()
    places = ((around.find(phrase), len(phrase)) for phrase in cue_data().modality.lacking)
    return next(((start + at, start + at + size) for at, size in places if at >= 0), None)


def _negated(told: _Told) -> Spans:
    """The word that negates a cue: in it, beside it, or a source that is nobody."""
    negation = cue_data().negation
    inside = ((match.group().lower(), match.span()) for match in _words(told.text, told.cue))
    head = next(_words(told.text, told.source), None)
    if head is not None and head.group().lower() in negation.nobody:
        return (head.span(),)
    return next(((place,) for word, place in (*inside, *_beside(told)) if word in negation.words), ())


def _beside(told: _Told) -> Iterator[tuple[str, Span]]:
    """Words next to a cue in its clause that are neither source nor content."""
    first, last = told.cue[0][0], told.cue[-1][1]
    start = max(told.text.rfind(mark, 0, first) + 1 for mark in _PARTS)
    end = min((at for mark in _PARTS if (at := told.text.find(mark, last)) >= 0), default=len(told.text))
    near: Spans = ((max(start, first - _BESIDE), min(end, last + _BESIDE)),)
    for match in _words(told.text, without(near, (*told.source, *told.cue, *told.content))):
        yield match.group().lower(), match.span()


def _words(text: str, spans: Spans) -> Iterator[re.Match[str]]:
    for start, end in spans:
        yield from WORDS.finditer(text, start, end)
