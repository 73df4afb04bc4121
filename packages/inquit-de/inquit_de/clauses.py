"""What of a reporting clause the reader left out of a cue: German verbs come apart, with whom they speak to between."""

from __future__ import annotations

import re
from dataclasses import replace

from inquit.extract.decode import Draft, without
from inquit.extract.quotes import INSIDE, states
from inquit.records import Span
from inquit.text import WORD, trimmed
from inquit_de.cues import Met, cue_data, find, met
from inquit_de.who import Resolver, may_speak

_MOST = 10  # words of such a clause
_NOUN = r"(?:[a-zäöüß\d-]+ )*[A-ZÄÖÜ][\w-]*"
_SUBJECT = re.compile(rf"(?:der|die|das|ein|eine|[A-ZÄÖÜ]\w+s) {_NOUN}(?: (?:und|der|des) {_NOUN})?")
_BREAKS = re.compile(r"[,:;.!?…()“”„\"«»\n]")


def whole(text: str, draft: Draft) -> Draft:
    """The draft with all of its reporting clause: the parts of its cue, or the clause that its content took in."""
    return _completed(text, draft) if draft.cue else _told_last(text, _headed(text, draft))


def _completed(text: str, draft: Draft) -> Draft:
    """*„…“, gibt Velde zu bedenken*: its parts, if the clause ends with the last of them."""
    clause = _clause(text, draft.cue[0])
    free = without((clause,), (*draft.source, *draft.content))
    words = [match.span() for span in free for match in WORD.finditer(text, *span)]
    own = {match.span() for span in draft.cue for match in WORD.finditer(text, *span)}
    wider = [one for one in met(text, words) if own < set(one.words) and max(one.words) == words[-1]]
    ending = [one for one in wider if text[slice(*min(one.words))].lower() not in cue_data().grammar.prefixes]
    if not ending:
        return draft
    best = max(ending, key=lambda one: len(one.words))
    return replace(draft, cue=_side_by_side(text, best.words))


def _headed(text: str, draft: Draft) -> Draft:
    """*Geografen warnen: Ostsee steigt*: the verb before the colon of a headline is a cue."""
    start, end = draft.content[0]
    verb = WORD.match(text, start, end)
    if verb is None or not draft.source or not verb.group()[0].islower() or text[verb.end() : verb.end() + 2] != ": ":
        return draft
    if find(text, (verb.span(),)) is None:
        return draft
    return replace(draft, cue=(verb.span(),), content=((verb.end() + 2, end), *draft.content[1:]))


def _told_last(text: str, draft: Draft) -> Draft:
    """*Der Damm sei alt, gab die Stadt zu bedenken*: the last clause of a content without a cue reports it."""
    start, end = draft.content[-1]
    if draft.cue:
        return draft
    comma = text.rfind(",", start, end)
    words = [match.span() for match in WORD.finditer(text, max(comma, start), end)]
    if (
        comma < 0
        or not 2 <= len(words) <= _MOST
        or _BREAKS.search(text, words[0][0], end)
        or states(text)[comma + 1] == INSIDE
    ):
        return draft
    told = find(text, (words[0], *words[-2:]))
    if told is None or told.words[0] != words[0] or not text[words[0][0]].islower() or _is_prefix(text, words[0]):
        return draft
    parts = [word for word in told.words if word != words[0]]
    source = trimmed(text, words[0][1], parts[0][0] if parts else end)
    if not _is_speaker(text, source, told) or (parts and parts[-1] != words[-1]):
        return draft
    content = (*draft.content[:-1], trimmed(text, start, comma))
    return replace(draft, source=(source,), cue=_side_by_side(text, told.words), content=content)


def _is_prefix(text: str, word: Span) -> bool:
    return text[slice(*word)] in cue_data().grammar.prefixes


def _is_speaker(text: str, source: Span, told: Met) -> bool:
    """Whether words behind a verb name its subject: somebody who can speak, or anybody where all it can do is say."""
    words = text[slice(*source)]
    if may_speak(words) or Resolver(text).is_somebody(words, told.words):
        return True
    return _SUBJECT.fullmatch(words) is not None and told.entry.lemma not in cue_data().modality.unsaid


def _clause(text: str, cue: Span) -> Span:
    """What stands around a cue between two marks."""
    line = text.rfind("\n", 0, cue[0]) + 1
    before = [match.end() for match in _BREAKS.finditer(text, line, cue[0])]
    behind = _BREAKS.search(text, cue[1])
    return (before[-1] if before else line), (behind.start() if behind else len(text))


def _side_by_side(text: str, words: tuple[Span, ...]) -> tuple[Span, ...]:
    """The words of a cue; those that stand side by side are one span."""
    spans: list[Span] = []
    for word in sorted(words):
        if spans and not text[spans[-1][1] : word[0]].strip():
            spans[-1] = (spans[-1][0], word[1])
        else:
            spans.append(word)
    return tuple(spans)
