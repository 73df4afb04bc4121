"""The lexicon of cues: which stance and framing the words carry that make a text an attribution.

The words are data (``data/cues.en.toml``, whose head names the literature they rest on). Here they are inflected and
looked up: at each place the longest entry first; the leftmost entry that says something by itself is the head,
adverbs come after it, light verbs ("made", "issued") and lone prepositions ("for") last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias

import msgspec

from inquit.records import Framing, Span, Stance

Kind: TypeAlias = Literal["verb", "noun", "adjective", "adverb", "phrase", "preposition", "light"]

WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*|'(?:s|re|ve|d|ll|m)\b")
BE = ("be", "is", "are", "was", "were", "am", "been", "being", "'s", "'re", "'m")
_SHORT_NOT = {"ca not": "can not", "wo not": "will not", "sha not": "shall not", "cannot": "can not"}
_NOT = re.compile(r"n't\b")
_LONG = re.compile(r"\b(?:ca not|wo not|sha not|cannot)\b")
# One vowel group before a single last consonant: the consonant doubles (plan, planned), always in one syllable,
# by the stress in more (admitted, edited; British labelled), which spelling does not show: both are made.
_DOUBLES = re.compile(r"(?:[^aeiou]|qu)[aeiou][bdfgklmnprtv]$")
_CANNOT = re.compile(r"\bcannot\b")
_SYLLABLE = re.compile(r"[aeiouy]+")


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry. ``lemma`` may be several words, of which a verb inflects the first.

    ``forms``: what the regular inflection gets wrong. ``negated``: the stance under a negation, where it is not the
    one ``negation.becomes`` gives. ``to``: the stance before "to do"; ``object_to``: before "somebody to do".
    ``factive``: the framing outlives a negation ("did not admit"). ``fact``: what follows as "that …" is a fact to the
    outlet, whatever the source feels about it ("was not surprised that").
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
    fact: bool = False


class Negation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that negate a cue, and what a negation makes of each stance."""

    words: frozenset[str]
    refusals: frozenset[str]
    spared_by: frozenset[str]
    spared_behind: frozenset[str]
    nobody: frozenset[str]
    becomes: dict[Stance, Stance]


class Modifiers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a cue by which the outlet distances itself from or endorses what is said."""

    distancing: frozenset[str]
    endorsing: frozenset[str]
    grounds: tuple[str, ...]
    lacking: tuple[str, ...]
    untrue: tuple[str, ...]
    assertions: tuple[str, ...]


class Modality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in the main clause of a content that change the stance of a plain assertion."""

    speculates: frozenset[str]
    predicates: frozenset[str]
    guesses: frozenset[str]
    seems: frozenset[str]
    urges: frozenset[str]
    forecast: frozenset[str]
    future: frozenset[str]
    unwilled: frozenset[str]
    finite: frozenset[str]
    clause_openers: frozenset[str]
    object_openers: frozenset[str]
    imperative: frozenset[str]


class CueData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    fillers: frozenset[str]
    saying: frozenset[str]
    leading: frozenset[str]
    demanding: frozenset[str]
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


def places_of(text: str) -> list[Span]:
    """Where each of the words that ``words_of`` finds stands in ``text``; of "didn't" the second is ``n't``."""
    lower = text.lower()
    if len(lower) != len(text):  # a dotted capital I becomes two
        lower = "".join(small if len(small := one.lower()) == 1 else one for one in text)
    plain = lower.replace("’", "'").replace("‘", "'")
    nots = {m.start() + 1 for m in _NOT.finditer(plain)}
    cans = {m.start() + 2 for m in _CANNOT.finditer(plain)}
    apart = _CANNOT.sub("ca not", _NOT.sub(" nt", plain))  # as long as before
    return [(m.start() - (m.start() in nots), m.end() + (m.end() in cans)) for m in WORDS.finditer(apart)]


@cache
def cue_data() -> CueData:
    """Read the data file, once. Raises ``msgspec.ValidationError`` if it does not keep to the types above."""
    raw = files("inquit.data").joinpath("cues.en.toml").read_bytes()
    return msgspec.toml.decode(raw, type=CueData)


def find(words: list[str]) -> Found | None:
    """Find the entry that gives the cue ``words`` their force; None when no word is known."""
    return _found(" ".join(words))


@lru_cache(maxsize=4096)
def _found(joined: str) -> Found | None:
    best: Found | None = None
    words = joined.split(" ")
    for found in entries(words):
        if found.cue.lemma in cue_data().leading and (led := _led_up_to(words, found.end)):
            return led
        if _RANK[found.cue.kind] == 0:
            return found
        if best is None or _RANK[found.cue.kind] < _RANK[best.cue.kind]:
            best = found
    return best


def _led_up_to(words: list[str], at: int) -> Found | None:
    """The entry of the verb that a leading one which ends at ``at`` leads up to: "to deny", "flatly denying"."""
    while at < len(words) and _filler(words[at], cue_data().fillers, _table()[0]):
        at += 1
    if at == len(words) or not (words[at] == "to" or words[at].endswith("ing")):
        return None
    found = find(words[at:])
    return found and Found(found.cue, found.start + at, found.end + at)


_RANK: dict[Kind, int] = {"verb": 0, "noun": 0, "adjective": 0, "phrase": 0, "adverb": 1, "light": 2, "preposition": 3}


def entries(words: list[str]) -> Iterator[Found]:
    """All entries met in the words, from left to right, none within another."""
    table, longest = _table()
    fillers = cue_data().fillers
    kept = [i for i, w in enumerate(words) if not _filler(w, fillers, table)]
    at = 0
    while at < len(words):
        found = _at(list(range(at, len(words))), words, range(longest, 1, -1)) or (
            _at(kept[kept.index(at) :], words, range(longest, 0, -1)) if at in kept else None
        )
        if found is not None and (found.cue.kind != "preposition" or len(kept) == 1):
            yield found
        at = found.end if found is not None else at + 1


def _at(places: list[int], words: list[str], sizes: range) -> Found | None:
    """Find the longest entry whose words are those at the first of ``places``."""
    table, _ = _table()
    for size in sizes:
        cue = table.get(" ".join(words[i] for i in places[:size])) if size <= len(places) else None
        if cue is not None:
            return Found(cue, places[0], places[size - 1] + 1)
    return None


def _filler(word: str, fillers: frozenset[str], table: dict[str, Cue]) -> bool:
    return word in fillers or (word.endswith("ly") and word not in table)


@cache
def _table() -> tuple[dict[str, Cue], int]:
    """Every form with its entry, and the words in the longest form. A lemma goes before another's inflected form."""
    cues = cue_data().cue
    table = {_key(c.lemma): c for c in reversed(cues)}
    for cue in cues:
        for form in inflected(cue):
            table.setdefault(_key(form), cue)
    return table, max(form.count(" ") + 1 for form in table)


def _key(form: str) -> str:
    return form if form.isalpha() else " ".join(words_of(form))


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
