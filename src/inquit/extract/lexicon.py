"""The lexicon of cues: which stance and framing the words carry that make a text an attribution.

The words are data (``data/cues.en.toml``, whose head names the literature they rest on). Here they are inflected and
looked up: at each place the longest entry first; the leftmost entry that says something by itself is the head,
adverbs come after it, light verbs ("made", "issued") and lone prepositions ("for") last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

import msgspec

from inquit.records import Framing, Stance

Kind: TypeAlias = Literal["verb", "noun", "adjective", "adverb", "phrase", "preposition", "light"]

WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*|'(?:s|re|ve|d|ll|m)\b")
BE = ("be", "is", "are", "was", "were", "am", "been", "being", "'s", "'re", "'m")
_SHORT_NOT = {"ca not": "can not", "wo not": "will not", "sha not": "shall not", "cannot": "can not"}
_NOT = re.compile(r"n't\b")
_LONG = re.compile(r"\b(?:ca not|wo not|sha not|cannot)\b")
# One vowel group before a single last consonant: the consonant doubles (plan, planned), always in one syllable,
# by the stress in more (admitted, edited; British labelled), which spelling does not show: both are made.
_DOUBLES = re.compile(r"(?:[^aeiou]|qu)[aeiou][bdfgklmnprtv]$")
_SYLLABLE = re.compile(r"[aeiouy]+")


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry. ``lemma`` may be several words, of which a verb inflects the first.

    ``forms``: what the regular inflection gets wrong. ``negated``: the stance under a negation, where it is not the
    one ``negation.becomes`` gives. ``to``: the stance before "to do"; ``object_to``: before "somebody to do".
    ``factive``: the framing outlives a negation ("did not admit").
    """

    lemma: str
    stance: Stance
    framing: Framing
    kind: Kind = "verb"
    forms: tuple[str, ...] = ()
    negated: Stance | None = None
    to: Stance | None = None
    object_to: Stance | None = None
    factive: bool = False


class Negation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that negate a cue, and what a negation makes of each stance."""

    words: frozenset[str]
    refusals: frozenset[str]
    spared_by: frozenset[str]
    becomes: dict[Stance, Stance]


class Modifiers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a cue by which the outlet distances itself from or endorses what is said."""

    distancing: frozenset[str]
    endorsing: frozenset[str]
    lacking: tuple[str, ...]
    untrue: tuple[str, ...]
    assertions: tuple[str, ...]


class Modality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in the main clause of a content that change the stance of a plain assertion."""

    speculates: frozenset[str]
    urges: frozenset[str]
    future: frozenset[str]
    unwilled: frozenset[str]
    finite: frozenset[str]
    clause_openers: frozenset[str]
    object_openers: frozenset[str]
    imperative: tuple[str, ...]


class CueData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    fillers: frozenset[str]
    negation: Negation
    modifiers: Modifiers
    modality: Modality
    cue: tuple[Cue, ...]


class Found(msgspec.Struct, frozen=True):
    """An entry met in a cue: ``start`` and ``end`` index the words that were looked up."""

    cue: Cue
    start: int
    end: int


def words_of(text: str) -> list[str]:
    """Lower-case words of ``text``; "didn't" is two, ``did not``."""
    plain = text.lower().replace("’", "'").replace("‘", "'")
    if "n't" in plain or "cannot" in plain:
        plain = _LONG.sub(lambda m: _SHORT_NOT[m.group()], _NOT.sub(" not", plain))
    return WORDS.findall(plain)


@cache
def cue_data() -> CueData:
    """The data file, read once. Raises ``msgspec.ValidationError`` if it does not keep to the types above."""
    raw = files("inquit.data").joinpath("cues.en.toml").read_bytes()
    return msgspec.toml.decode(raw, type=CueData)


def find(words: list[str]) -> Found | None:
    """The entry that gives the cue ``words`` their force, or None when no word is known."""
    best: Found | None = None
    for found in _entries(words):
        if _RANK[found.cue.kind] == 0:
            return found
        if best is None or _RANK[found.cue.kind] < _RANK[best.cue.kind]:
            best = found
    return best


_RANK: dict[Kind, int] = {"verb": 0, "noun": 0, "adjective": 0, "phrase": 0, "adverb": 1, "light": 2, "preposition": 3}


def _entries(words: list[str]) -> Iterator[Found]:
    table, longest = _table()
    fillers = cue_data().fillers
    kept = [i for i, w in enumerate(words) if not _filler(w, fillers, table)]
    at = 0
    while at < len(kept):
        for size in range(min(longest, len(kept) - at), 0, -1):
            cue = table.get(" ".join(words[i] for i in kept[at : at + size]))
            if cue is not None and (cue.kind != "preposition" or size == len(kept)):
                yield Found(cue, kept[at], kept[at + size - 1] + 1)
                at += size - 1
                break
        at += 1


def _filler(word: str, fillers: frozenset[str], table: dict[str, Cue]) -> bool:
    return word in fillers or (word.endswith("ly") and word not in table)


@cache
def _table() -> tuple[dict[str, Cue], int]:
    """Every form with its entry, and the words in the longest form. A lemma goes before another's inflected form."""
    cues = cue_data().cue
    table = {" ".join(words_of(c.lemma)): c for c in reversed(cues)}
    for cue in cues:
        for form in inflected(cue):
            table.setdefault(" ".join(words_of(form)), cue)
    return table, max(form.count(" ") + 1 for form in table)


def inflected(cue: Cue) -> tuple[str, ...]:
    """All forms of an entry, its lemma first; spellings that no one uses do no harm and are not kept out."""
    forms = [cue.lemma, *cue.forms]
    head, _, rest = cue.lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    if cue.kind in ("verb", "light"):
        if head == "be":
            forms += [b + tail for b in BE]
        else:
            past = () if cue.forms else _pasts(head)
            forms += [f + tail for f in (_with_s(head), *_ings(head), *past)]
    elif cue.kind == "noun":
        forms.append(_with_s(cue.lemma))
    forms += [british for f in forms if (british := _british(f)) != f]
    return tuple(dict.fromkeys(forms))


def _with_s(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) or re.search(r"[^aeiou]o$", word) else "s")


def _pasts(word: str) -> tuple[str, ...]:
    if word.endswith("e"):
        return (word + "d",)
    if re.search(r"[^aeiou]y$", word):
        return (word[:-1] + "ied",)
    return tuple(stem + "ed" for stem in _stems(word))


def _ings(word: str) -> tuple[str, ...]:
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return (word[:-1] + "ing",)
    return tuple(stem + "ing" for stem in _stems(word))


def _stems(word: str) -> tuple[str, ...]:
    if not _DOUBLES.search(word):
        return (word,)
    doubled = word + word[-1]
    return (doubled,) if len(_SYLLABLE.findall(word)) == 1 else (doubled, word)


def _british(form: str) -> str:
    return re.sub(r"(?<=[a-z]{3})iz(e|es|ed|ing)\b", r"is\1", form)
