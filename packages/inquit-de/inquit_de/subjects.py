"""Who speaks where the reader found a cue and no source: the subject before the cue, or before the *und* of its clause.

*Die Ministerin trat zurück und sagte, sie habe Fehler gemacht.* Both verbs have one subject. It is looked for where a
main clause has it (Zifonun, Hoffmann and Strecker 1997): before the finite verb, or else right behind it; and it is one
only if its words are of somebody who can speak, since an object may stand there too (*Die Vorwürfe wies er zurück*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import NamedTuple

from inquit.extract.decode import Draft, without
from inquit.records import Span, Spans
from inquit.text import WORD
from inquit_de.bare import END, sentence_start
from inquit_de.cues import cue_data
from inquit_de.nouns import is_vehicle, kind_of
from inquit_de.who import Resolver, may_speak

_GOES_ON = re.compile(r"\b(?:und|sowie)(?: [a-zäöüß]+){0,2} $")
_ANEW = re.compile(r", (?:doch|aber|denn|und) (?=\S)")  # a main clause with a subject of its own
_WHERE = re.compile(
    r"\b[Ii](?:m|n (?:dem|der|einem|einer|diesem|dieser|seinem|ihrem|seiner|ihrer)) (?P<source>(?:[a-zäöüß-]+ )*"
    r"(?P<noun>[A-ZÄÖÜ][\w-]+)(?: (?:der|des|von|vom) (?:[a-zäöüß-]+ )*[A-ZÄÖÜ][\w-]+)?)"
)
_AHEAD = 12  # words of a clause in which its subject is looked for


class _Sought(NamedTuple):
    """A cue whose subject is looked for, in its text, whose resolver knows who is named there."""

    text: str
    cue: Spans
    resolver: Resolver


def given(text: str, found: Sequence[Draft]) -> list[Draft]:
    """The drafts, those that have a cue and no source with their subject for a source, if the clause shows one."""
    resolver = Resolver(text)
    found = [_not_its_object(text, draft, resolver) for draft in found]
    return [_given(text, draft, found, resolver) for draft in found]


def _given(text: str, draft: Draft, found: Sequence[Draft], resolver: Resolver) -> Draft:
    if draft.source or not draft.cue:
        return draft
    if _impersonal(text, draft):
        return _written(text, draft)
    sought, cue = _Sought(text, draft.cue, resolver), draft.cue[0][0]
    start = sentence_start(text, cue)
    joint = _GOES_ON.search(text, start, cue)
    if joint is None:
        subject = _noun_phrase(sought, (start, cue))
        held = subject is not None and not text[subject[1] : cue].strip()
        return replace(draft, source=(subject,)) if subject and held else draft
    told = [one for one in found if one.source and one.cue and start <= one.cue[0][0] < joint.start()]
    if told:
        last = max(told, key=lambda one: one.cue[0][0])
        return replace(draft, source=last.source) if max(last.source)[1] < cue else draft
    clauses = [start, *(match.end() for match in _ANEW.finditer(text, start, joint.start()))]
    subject = _subject(sought, (clauses[-1], joint.start()))
    return replace(draft, source=(subject,)) if subject else draft


def _not_its_object(text: str, draft: Draft, resolver: Resolver) -> Draft:
    """*Velde nannte sie mutig*: who stands before the verb speaks, and not the pronoun behind it."""
    if not draft.source or not draft.cue:
        return draft
    source, cue = draft.source[0], draft.cue[0]
    if text[slice(*source)] not in ("sie", "es", "ihn") or text[cue[1] : source[0]].strip():
        return draft
    start = sentence_start(text, cue[0])
    subject = _noun_phrase(_Sought(text, draft.cue, resolver), (start, cue[0]))
    held = subject is not None and not text[subject[1] : cue[0]].strip() and not _taken(draft, subject)
    return replace(draft, source=(subject,)) if subject is not None and held else draft


def _taken(draft: Draft, span: Span) -> bool:
    return any(start < span[1] and span[0] < end for start, end in draft.content)


def _impersonal(text: str, draft: Draft) -> bool:
    """Whether a cue has no subject who speaks: a passive, "es heißt", a word that is no verb."""
    words = {match.group().lower() for span in draft.cue for match in WORD.finditer(text, *span)}
    grammar = cue_data().grammar
    return bool(words & (grammar.passive | grammar.naming | grammar.pointing))


def _written(text: str, draft: Draft) -> Draft:
    """*Im Gesetzentwurf heißt es, …*: what is written somewhere says it."""
    cue = draft.cue
    start = sentence_start(text, cue[0][0])
    stop = END.search(text, cue[-1][1])
    clause = (start, stop.start() if stop else len(text))
    for span in without((clause,), draft.content):
        for match in _WHERE.finditer(text, *span):
            if is_vehicle(match["noun"]) or kind_of(match["noun"]) in ("document", "outlet"):
                return replace(draft, source=(match.span("source"),))
    return draft


def _subject(sought: _Sought, clause: Span) -> Span | None:
    """The subject of a main clause: what stands before its finite verb, or else right behind it."""
    first = _noun_phrase(sought, clause)
    if first is not None:
        return first
    words = [*islice(WORD.finditer(sought.text, *clause), _AHEAD)]
    for before, word in pairwise(words):
        verb = word.group()[0].islower() and before.group()[0].isupper() and not _small(word.group())
        goes_on = verb and sought.text[word.end() : word.end() + 2].strip()[:1].isalpha()
        if goes_on and (found := _noun_phrase(sought, (word.end() + 1, clause[1]), behind=True)) is not None:
            return found
    return None


def _noun_phrase(sought: _Sought, clause: Span, *, behind: bool = False) -> Span | None:
    """The words at the head of a clause that name somebody; ``behind`` their verb less hangs on a noun."""
    start, end = clause
    stop = start
    grammar = cue_data().grammar
    for match in _phrase(sought.text, start, end, grammar.belonging if behind else grammar.attaching):
        stop = match.end()
    words = sought.text[start:stop]
    if not words or _small(words.split(" ")[0]):
        return None
    return (start, stop) if may_speak(words) or sought.resolver.is_somebody(words, sought.cue) else None


def _phrase(text: str, start: int, end: int, attaching: frozenset[str]) -> Iterator[re.Match[str]]:
    """Words up to the first in small letters behind a noun that ties no more to it, as "der" does."""
    last: re.Match[str] | None = None
    for match in WORD.finditer(text, start, end):
        word = match.group()
        behind = text[last.end() : match.start()] if last else ""
        if last is not None and (
            behind.strip(' „“"-') or (last.group()[0].isupper() and word[0].islower() and word not in attaching)
        ):
            return
        last = match
        yield match
        if word.lower() in cue_data().grammar.subjects:
            return


def _small(word: str) -> bool:
    """Whether a word may begin a sentence, and no subject."""
    return word.lower() in cue_data().grammar.adverbial
