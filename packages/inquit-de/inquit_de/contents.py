"""What the grammar of German settles of a draft that the reader found: its cue, and where its content begins."""

from __future__ import annotations

import re
from dataclasses import replace

from inquit.extract.decode import Draft, without
from inquit.extract.quotes import OUTSIDE, states, unmarked
from inquit.records import Span
from inquit.text import WORD, trimmed
from inquit_de.bare import END, sentence_start
from inquit_de.cues import cue_data, find

_BREAKS = re.compile(r"[,:;()–„“”\"]")
_GOVERNED = re.compile(r"\b((?:(?:dem|der|den) (?:[a-zäöüß-]+ )*)?[A-ZÄÖÜ][\w-]*(?: [A-ZÄÖÜ][\w-]*)*) $")
_DATELINE = re.compile(r"(?:[A-ZÄÖÜ][\w-]*[/ ]){0,3}[A-ZÄÖÜ][\w-]*\.?(?: ?\([\w/ ]+\))?(?: [–—-] |: )(?=[A-ZÄÖÜ„“\"])")
_FAR = 80  # code points that such a source has at most


def mended(text: str, draft: Draft) -> Draft:
    """The draft with a pointing word for its cue, its content from its sentence's start."""
    draft = _pointed(text, _according(text, _between(text, draft)))
    return _placed(text, _prefixed(text, _to_end(text, _from_start(text, draft))))


def _placed(text: str, draft: Draft) -> Draft:
    """A content without the place at the head of its paragraph: "Ellin/Lund (kve) - Der Damm hält"."""
    start, end = draft.content[0]
    line = _DATELINE.match(text, start, end) if not start or text[start - 1] == "\n" else None
    return replace(draft, content=((line.end(), end), *draft.content[1:])) if line and line.end() < end else draft


def _prefixed(text: str, draft: Draft) -> Draft:
    """*Die Stadt wirft der Werft Betrug vor*: the part of the verb at the end of the content belongs to the cue."""
    if len(draft.cue) != 1 or draft.cue[0][0] > draft.content[0][0]:
        return draft
    words = [match.span() for match in WORD.finditer(text, *draft.content[-1])]
    if len(words) < 2:
        return draft
    last = words[-1]
    met = find(text, (*draft.cue, last))
    if (
        met is None
        or last not in met.words
        or draft.cue[0] not in met.words
        or text[slice(*last)] not in cue_data().grammar.prefixes
    ):
        return draft
    rest = trimmed(text, draft.content[-1][0], last[0])
    return replace(draft, cue=(*draft.cue, last), content=(*draft.content[:-1], rest))


def _between(text: str, draft: Draft) -> Draft:
    """*wie Arbeiter der Werft sagten*: what stands between the two words of such a cue is the source."""
    cue = draft.cue
    if draft.source or len(cue) != 2 or text[slice(*cue[0])].lower() != "wie":
        return draft
    source = trimmed(text, cue[0][1], cue[1][0])
    if not text[source[0] : source[1]] or _BREAKS.search(text, *source) or source[1] - source[0] > _FAR:
        return draft
    return replace(draft, source=(source,))


def _according(text: str, draft: Draft) -> Draft:
    """*Die Werft wird dem Hafenblatt zufolge klagen*: the words that ``zufolge`` governs are a source, no content."""
    cue = draft.cue
    if draft.source or len(cue) != 1 or text[slice(*cue[0])].lower() != "zufolge":
        return draft
    governed = _GOVERNED.search(text, max(0, cue[0][0] - _FAR), cue[0][0])
    if governed is None:
        return draft
    content = tuple(s for s in (trimmed(text, *s) for s in without(draft.content, (governed.span(1),))) if s[0] < s[1])
    return replace(draft, source=(governed.span(1),), content=content) if content else draft


def _pointed(text: str, draft: Draft) -> Draft:
    """*Demnach ist die Fähre alt*: the word points to a source and is none."""
    if draft.cue or len(draft.source) != 1 or text[slice(*draft.source[0])].lower() not in cue_data().grammar.pointing:
        return draft
    return replace(draft, source=(), cue=draft.source)


def _from_start(text: str, draft: Draft) -> Draft:
    """A content before its cue that begins within a clause, from the start of the sentence."""
    if not draft.cue:
        return draft
    first = draft.content[0]
    start = sentence_start(text, first[0])
    between: Span = (start, first[0])
    marks = states(text)
    if (
        start < first[0] < draft.cue[0][0]
        and not any(mark in text[start : first[0]] for mark in ',:;()–„“”"')
        and not any(s < between[1] and between[0] < e for s, e in (*draft.source, *draft.cue, *draft.content))
        and marks[start] == OUTSIDE
    ):
        return replace(draft, content=((start, first[1]), *draft.content[1:]))
    return draft


def _to_end(text: str, draft: Draft) -> Draft:
    """*Der Damm soll nach Angaben der Stadt im Mai fertig sein*: the content goes on behind its source."""
    cue, content = draft.cue, draft.content
    if len(cue) != 1 or text[slice(*cue[0])].lower() not in cue_data().grammar.naming or not draft.source:
        return draft
    end = max(e for _, e in (*cue, *draft.source))
    if content[-1][1] > cue[0][0] or "," in text[content[-1][1] : cue[0][0]]:
        return draft
    stop = END.search(text, end)
    rest = trimmed(text, end, stop.start() if stop else len(text))
    if not WORD.search(text, *rest) or _BREAKS.search(text, *rest) or text[end : end + 1] != " ":
        return draft
    return replace(draft, content=(*content, unmarked(text, states(text), rest)))
