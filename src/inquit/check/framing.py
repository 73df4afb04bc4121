"""``loaded-framing``: words that tell what the outlet thinks of what it reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from inquit.check.draft import Draft, Remark, hull
from inquit.check.lists import lists
from inquit.extract.lexicon import cue_data, entries, words_of
from inquit.records import Attribution, Framing, Statement

_DOES: dict[Framing, str] = {"distancing": "casts doubt on what is said", "endorsing": "takes what is said as true"}

_SHORTENED = re.compile(r"^['’]\w+\s+")  # what is left of "he’s claiming"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``also``: further words of ``cues.en.toml``, by their lemma; ``spare``: words that are let pass."""

    also: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()


def loaded_framing(draft: Draft, options: Options) -> Iterator[Remark]:
    """Every statement whose cue is loaded, at the cue; within another's words the cue is not the outlet's."""
    for statement in draft.outer:
        said = statement.attribution
        if said is None or not said.cue or said.framing == "neutral":
            continue
        if draft.ours(said) or draft.quoted(hull(said.cue)):
            continue
        why = _why(draft, statement, said, options)
        if why is not None:
            word = _SHORTENED.sub("", draft.short(said.cue))
            yield Remark(hull(said.cue), f"“{word}” {why}", statement)


def _why(draft: Draft, statement: Statement, said: Attribution, options: Options) -> str | None:
    """What the cue does; None where it holds no loaded word, or one that is at its place."""
    words = words_of(" ".join(draft.text[start:end] for start, end in said.cue))
    if cue_data().modifiers.distancing.intersection(word for word in words if word not in _reasons()):
        return "tells that what is said is not so, which the draft has to show"
    for lemma in (found.cue.lemma for found in entries(words)):
        if lemma in ("claim", "claimed") and lists().claimed & set(words_of(draft.short(statement.content))[:3]):
            return None
        if lemma in options.also:
            return _DOES[said.framing]
        if lemma in _reasons() and lemma not in options.spare:
            return _reasons()[lemma]
    return None


@cache
def _reasons() -> dict[str, str]:
    return {lemma: one.why for one in lists().loaded for lemma in one.lemmas}
