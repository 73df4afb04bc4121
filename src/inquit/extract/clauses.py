"""What the grammar of a clause settles where the model is unsure: whose a second verb is, what one parts.

A verb joined to another shares its subject ("called for X and promptly voted against Y"), a participle takes it
("…, promising Z"); a parenthesis ("X, she said, Y") parts one content in two.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from inquit.extract.cuts import mended
from inquit.extract.decode import Draft, nested, same_sentence, sentence_start, stripped, without
from inquit.extract.evidence import phrases
from inquit.extract.lexicon import find, words_of
from inquit.extract.quotes import OUTSIDE, states
from inquit.records import Span, Spans
from inquit.text import WORD, trimmed

Marks = npt.NDArray[np.int8]

_STRANGE = 0.5  # score from which a cue that the lexicon does not know is one; chosen on PolNeAR dev
_NEAR = 12  # drafts to each side, in order of their first word; more do not stand in one sentence
_ADVERB = r"(?: (?:then|also|later|even|instead|\w+ly))?\s+$"
_JOINED = re.compile(rf"\b(?:and|but|or|then){_ADVERB}")
_PARTICIPLE = re.compile(r"(?:,[”\"’']*\s+(?:\w+ly |and |while |by |before |after |even )?|\bby )$")
_SAYS = re.compile(r"(?:said|says?|suggest(?:s|ed)|added|argued|noted|told)\b")
_AND = re.compile(r"(?:,\s*)?\band(?: (?:also|later))?\s+$")
_AND_BUT = re.compile(r"(?:,\s*)?\b(?:and|but)(?: (?:also|later|then|still|\w+ly))?\s+$")
_COMMA = re.compile(r",[”\"’']*\s+(?:and |but |while )?$")
_ING = re.compile(r"[\w’'-]*ing(?![\w’'-])")
_PARENTHESIS = re.compile(r",\s+(?:(?P<joined>and|but|or)\s+)?[\"“'‘`]*")
_OPENING = re.compile(r"[\"“'‘`]*(?:(?:But|And|Yet|So|Nor) )?")
_BROKEN_OFF = re.compile(r",[\"”’']*\s+$")
_OPENING_NAMED = re.compile(r"(?P<cue>According to) (?P<who>[^.\n,;:]{2,120}),\s(?=(?P<what>[^.\n”\"]+))")
_ACCORDING = re.compile(r"\baccording to$", re.IGNORECASE)
_NAMED = re.compile(r"\s+([^.\n,;:]{2,120}?)(?=[,.;\n])")
_AGENT = re.compile(r"\s+by\s+([^.\n;,]{2,80}?)[\s,]*(?:about|on|over|that|as|for|to|of)?[\s\"“]*")
_DOING = re.compile(r",\s+\w+ing\s")
_OF_GIVERS = ("clause", "giver")  # phrases that say of somebody that he offers no ground
_THAT = re.compile(r"\bthat\b")
_AFTER_COMMA = re.compile(r",\s?$")
_RELATIVE = re.compile(r"[,-]\s+(?=(?:who|which)$)")


def settled(text: str, found: list[Draft]) -> list[Draft]:
    """The drafts in the order of ``nested`` with the sources and contents that the clauses around their cues give."""
    marks = states(text)
    known = [draft for draft in mended(text, marks, found) if draft.score > _STRANGE or _is_known(text, marks, draft)]
    found = nested([_apart(text, marks, draft) for draft in _grounded(text, marks, known)])
    found = _subjects(text, marks, nested(_second_verbs(text, marks, found)))
    found = [_rejoined(text, marks, draft, _around(found, i)) for i, draft in enumerate(found)]
    return nested([_source_cut(text, _agent(text, _according(text, draft))) for draft in found])


def _is_known(text: str, marks: Marks, draft: Draft) -> bool:
    """Whether the lexicon has a word of the cue, or what is said is quoted: else it may be any act."""
    words = words_of(" ".join(text[a:b] for a, b in draft.cue))
    return not words or find(words) is not None or any(marks[s] != OUTSIDE for s, _ in draft.content)


def _grounded(text: str, marks: Marks, found: list[Draft]) -> list[Draft]:
    """The drafts less what says that a ground is lacking ("claimed, without offering evidence, that"): no statement.

    Nor does the evidence say anything that is lacking ("offered no documents to back that claim").
    """
    lacking = [
        p.span for p in phrases(text) if p.kind == "lacking" and p.bears in _OF_GIVERS and marks[p.span[0]] == OUTSIDE
    ]
    if not lacking:
        return found
    out = []
    for draft in found:
        if draft.source and not without(draft.source, tuple(lacking)):
            continue
        cue = _less_stops(text, without(draft.cue, tuple(lacking)))
        content = stripped(
            text, without(draft.content, tuple(s for s in lacking if _AFTER_COMMA.search(text, s[0] - 2, s[0])))
        )
        if not cue and draft.cue and any(_THAT.search(text, *span) for span in draft.content):
            out.append(draft)  # "offered no proof that he lied" tells what he lacks proof of
        elif (cue or not draft.cue) and content:
            out.append(replace(draft, cue=cue, content=content))
    return out


def _less_stops(text: str, spans: Spans) -> Spans:
    """The spans without white space and commas at their ends; those without words go."""
    kept = (trimmed(text, *span) for span in spans if WORD.search(text, *span))
    return tuple((s, e - (text[e - 1] == ",")) for s, e in kept)


def _apart(text: str, marks: Marks, draft: Draft) -> Draft:
    """The draft without a source that stands in a later sentence than its cue."""
    if not draft.source or not draft.cue or draft.source[0][0] < draft.cue[-1][1]:
        return draft
    begins = draft.source[0][0] + 1  # a sentence that begins with the source has begun there
    near = marks[draft.cue[-1][0]] != OUTSIDE or same_sentence(text, marks, draft.cue[-1], (begins, begins))
    return draft if near else replace(draft, source=())


def _around(found: list[Draft], i: int) -> list[Draft]:
    return [*found[max(0, i - _NEAR) : i], *found[i + 1 : i + 1 + _NEAR]]


def _second_verbs(text: str, marks: Marks, found: list[Draft]) -> list[Draft]:
    """A verb of the same subject inside a content ("said X and suggested Y") ends it and stands beside the first."""
    found = list(found)
    for i, inner in enumerate(found):
        if inner.outer is None or not inner.cue:
            continue
        outer, at = found[inner.outer], inner.cue[0][0]
        # Its source stands before the content: the reader has seen that it is not inside, but not where the other ends.
        own = (
            not _is_participle(text, at)
            and inner.source
            and max(e for _, e in inner.source) <= min(s for s, _ in outer.content)
        )
        if not outer.source or not outer.cue or (outer.outer is not None and not own) or outer.cue[0][0] > at:
            continue
        if (inner.source and not own) or marks[at] != OUTSIDE:
            continue
        content = _before(text, outer.content, at, own=bool(own) and _asserts(text, inner))
        if content and same_sentence(text, marks, outer.cue[0], inner.cue[0]):
            found[inner.outer] = replace(outer, content=content)
            found[i] = inner if own else replace(inner, source=outer.source)
    return found


def _asserts(text: str, draft: Draft) -> bool:
    """Whether the cue is a verb of assertion or denial: "denied", not "meant" or "unwillingness"."""
    entry = find(words_of(" ".join(text[a:b] for a, b in draft.cue)))
    to_do = any(text.startswith("to ", spans[0][0]) for spans in (draft.cue, draft.content))
    return entry is not None and not to_do and entry.cue.kind == "verb" and entry.cue.stance in ("affirms", "denies")


def _before(text: str, content: Spans, verb: int, *, own: bool) -> Spans:
    """The content up to what joins the verb within it to the verb before; none where nothing does.

    ``own``: it is no part of the content, so that "but" will do and any verb.
    """
    start = next((s for s, e in content if s < verb < e), verb)
    joint = (_COMMA if _is_participle(text, verb) else _AND_BUT if own else _AND).search(text, start, verb)
    if not joint or joint.start() < start + 2 or not (own or _is_participle(text, verb) or _SAYS.match(text, verb)):
        return ()
    return stripped(text, without(content, ((joint.start(), len(text)),)))


def _subjects(text: str, marks: Marks, found: list[Draft]) -> list[Draft]:
    """The drafts, where a cue without a source shares the subject of another in its sentence with that one's source."""
    found = list(found)
    for i in sorted(range(len(found)), key=lambda i: found[i].cue[0][0] if found[i].cue else -1):
        draft = found[i]
        if not draft.cue or draft.source:
            continue
        at = draft.cue[0][0]
        beside = [d for d in _around(found, i) if d.source and d.cue and d.outer == draft.outer]
        beside = [d for d in beside if same_sentence(text, marks, d.cue[0], draft.cue[0])]
        before = [d for d in beside if max(d.cue[-1][1], d.source[-1][1]) <= at]
        after = [d for d in beside if min(d.cue[0][0], d.source[0][0]) > at]
        if before and _shares_subject(text, at):
            found[i] = replace(draft, source=max(before, key=lambda d: d.cue[0][0]).source)
        elif after and _opens_sentence(text, marks, at):
            found[i] = replace(draft, source=min(after, key=lambda d: d.cue[0][0]).source)
    return found


def _is_participle(text: str, verb: int) -> bool:
    return _ING.match(text, verb) is not None


def _shares_subject(text: str, verb: int) -> bool:
    before = (_PARTICIPLE if _is_participle(text, verb) else _JOINED).search(text, max(0, verb - 40), verb)
    return bool(before) and (_is_participle(text, verb) or text[verb].islower())


def _opens_sentence(text: str, marks: Marks, verb: int) -> bool:
    return _is_participle(text, verb) and text[verb].isupper() and sentence_start(text, marks, verb) >= verb - 2


def _rejoined(text: str, marks: Marks, draft: Draft, around: list[Draft]) -> Draft:
    """The draft with what stands before a parenthesis ("X, she said, Y") as part of its content."""
    if not draft.cue or not draft.source or draft.outer is not None:
        return draft
    start, end = min(draft.cue[0][0], draft.source[0][0]), max(draft.cue[-1][1], draft.source[-1][1])
    goes_on = _PARENTHESIS.match(text, end)
    first = min(s for s, _ in draft.content)
    if not goes_on or not end <= first <= goes_on.end() or marks[start] != OUTSIDE:
        return draft
    if not goes_on["joined"] and marks[goes_on.end()] != OUTSIDE:  # "In May, she said, “…”": the time is the outlet's
        return draft
    head = _head(text, marks, start)
    others = ((*d.source, *d.cue, *d.content) for d in around)
    touching = (spans for spans in others if any(s < start and head[0] < e for s, e in spans))
    if head[0] == head[1] or not all(head[0] <= s and e <= head[1] for spans in touching for s, e in spans):
        return draft
    return replace(draft, content=tuple(sorted((head, *draft.content))))


def _head(text: str, marks: Marks, end: int) -> Span:
    """The part of the sentence before ``end`` if a comma breaks it off; else empty."""
    start = sentence_start(text, marks, end)
    opening = _OPENING.match(text, start, end)
    start = opening.end() if opening else start
    head = stripped(text, ((start, end),)) if _BROKEN_OFF.search(text, start, end) else ()
    return head[0] if head else (end, end)


def _according(text: str, draft: Draft) -> Draft:
    """A draft of the "According to X," that opens a sentence, with X as its source and the rest as its content."""
    named = _OPENING_NAMED.match(text, draft.cue[0][0]) if draft.cue else None
    if not named or any(s < named.end("who") and named.start("who") < e for s, e in draft.source):
        return draft
    content = stripped(text, without(draft.content, ((0, named.end()),))) or stripped(text, (named.span("what"),))
    return replace(draft, source=(named.span("who"),), cue=(named.span("cue"),), content=content) if content else draft


def _agent(text: str, draft: Draft) -> Draft:
    """The draft with a source that stands right after its cue: "according to X", "was pressed by X about"."""
    if not draft.cue or draft.source:
        return draft
    (start, _), (_, end) = draft.cue[0], draft.cue[-1]
    following = min((s for s, _ in draft.content if s >= end), default=end)
    according = _ACCORDING.search(text, start, end)
    named = _NAMED.match(text, end) if according else _AGENT.fullmatch(text, end, following)
    if not named or any(s < named.end(1) and named.start(1) < e for s, e in draft.content):
        return draft
    return replace(draft, source=(named.span(1),))


def _source_cut(text: str, draft: Draft) -> Draft:
    """The draft, its source less a participle after it ("said X, speaking of …") or what its pronoun stands for."""
    if len(draft.source) != 1 or not draft.cue:
        return draft
    start, end = draft.source[0]
    if start >= draft.cue[-1][1]:
        doing = _DOING.search(text, start, end)
        end = doing.start() if doing else end
    else:
        relative = _RELATIVE.search(text[start:end])
        start += relative.end() if relative else 0
    return replace(draft, source=((start, end),))
