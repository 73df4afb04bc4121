"""What is told by a verb of saying or thinking and is said by nobody, which the reader takes for a statement.

An act is done, not said ("signed the bill"); a thing that shows something is the outlet's view of it ("the incident
highlighted how"); whoever reads is told nothing by being asked to think ("if you think").
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt

from inquit.extract.decode import Draft
from inquit.extract.lexicon import cue_data, entries, find, words_of
from inquit.extract.mentions import head
from inquit.extract.names import words
from inquit.extract.quotes import OUTSIDE, states
from inquit.extract.standing import is_role, standing, stands
from inquit.extract.why import Ground

_CLAUSE = re.compile(r"(?:that|whether|how|why|what|when|where|who|if)\b", re.IGNORECASE)
_PHRASE = 8  # words at most of a subject
_NEAR = 6  # words of a content in which it shows that something is said


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: frozenset[str]
    things: frozenset[str]
    nouns: frozenset[str]
    events: frozenset[str]
    said: frozenset[str]
    shows: frozenset[str]
    done_to: dict[str, frozenset[str]]


@cache
def _lists() -> _Lists:
    raw = files("inquit.data").joinpath("acts.en.toml").read_bytes()
    return msgspec.toml.decode(raw, type=_Lists)


def said(text: str, found: list[Draft]) -> list[Draft]:
    """The drafts less those of which nobody says anything; which of them stand in which is to be told anew."""
    marks = states(text)
    none = (_is_act, _is_nobodys, _is_subject)
    return [d for d in found if _opens_quotation(marks, d) or not any(told(text, d) for told in none)]


def _is_subject(text: str, draft: Draft) -> bool:
    """Whether a passive tells of its subject alone and of nothing said ("results will be announced")."""
    if draft.source or not draft.cue or draft.content[-1][1] > draft.cue[0][0]:
        return False
    content = words_of(" ".join(text[a:b] for a, b in draft.content))
    modality = cue_data().modality
    clause = not (modality.finite | modality.future | modality.speculates).isdisjoint(content)
    return not clause and len(content) <= _PHRASE and find(content) is None


def _is_nobodys(text: str, draft: Draft) -> bool:
    """Whether the source is a thing that shows something, or "you" whom the text only asks to think or know."""
    cue = find(words_of(" ".join(text[a:b] for a, b in draft.cue)))
    source = " ".join(" ".join(text[a:b] for a, b in draft.source).split())
    if cue is None or not source:
        return False
    if source.lower() == "you":
        return cue.cue.lemma not in cue_data().saying
    return cue.cue.lemma in _lists().shows and " " in source and _is_thing(source)


def _is_thing(source: str) -> bool:
    """Whether a description is neither of people nor of anything that people write: "the incident"."""
    written = (w for w in words_of(source) if w in words().vehicles or standing(w, w) == "document")
    return stands(source, source).ground is Ground.DESCRIBED and not is_role(head(source)) and not any(written)


def _opens_quotation(marks: npt.NDArray[np.int8], draft: Draft) -> bool:
    """Whether the content is quoted from its first word on, and the cue is not quoted with it."""
    outside = bool(draft.cue) and marks[draft.cue[0][0]] == OUTSIDE
    return outside and bool(marks[draft.content[0][0]] != OUTSIDE)


def _is_act(text: str, draft: Draft) -> bool:
    """Whether every word of the cue that says something is of an act, and so is what it is done to."""
    lists = _lists()
    found = [e.cue for e in entries(words_of(" ".join(text[a:b] for a, b in draft.cue)))]
    lemmas = {cue.lemma for cue in found}
    content = " ".join(text[a:b] for a, b in draft.content)
    opening = words_of(content)[:_NEAR]
    if _CLAUSE.match(content):
        return False
    if any(not lists.done_to[verb].isdisjoint(opening) for verb in lemmas & lists.done_to.keys()):
        return True
    telling = {cue.lemma for cue in found if cue.kind not in ("light", "preposition")}
    done = lemmas & lists.verbs or (lemmas & lists.nouns and lemmas & lists.events)
    return bool(done) and telling <= lists.verbs | lists.things | lists.nouns and lists.said.isdisjoint(opening)
