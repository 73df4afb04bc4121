"""The lexicon of German cues: which stance and framing the words carry that make a text an attribution.

The words are data (``cues.de.toml``). Here verbs are inflected, separable parts joined or apart, and looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from inquit.records import Framing, Span, Stance

WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_UNPREFIXED = re.compile(r"(?:be|emp|ent|er|ge|miss|ver|wider|zer|unter|über|hinter|miß)")


class Class(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one stance and framing."""

    stance: Stance
    framing: Framing
    words: tuple[str, ...]


class Negation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that negate a cue, and what a negation makes of each stance."""

    words: frozenset[str]
    nobody: frozenset[str]
    becomes: dict[Stance, Stance]


class Modality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a content that change the stance of a plain assertion; words beside a cue that change its framing."""

    opinion: frozenset[str]
    factive: frozenset[str]
    urges: frozenset[str]
    speculates: frozenset[str]
    will: frozenset[str]
    own: frozenset[str]
    asking: frozenset[str]
    distancing: frozenset[str]
    endorsing: frozenset[str]
    lacking: tuple[str, ...]
    unsaid: frozenset[str]


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of grammar that tell where reported speech is, and where it ends."""

    subjunctive: tuple[str, ...]
    indicative: tuple[str, ...]
    hearsay: tuple[str, ...]
    hanging: tuple[str, ...]
    prefixes: frozenset[str]
    naming: frozenset[str]
    pointing: frozenset[str]
    passive: frozenset[str]
    subjects: frozenset[str]
    attaching: frozenset[str]
    belonging: frozenset[str]
    adverbial: frozenset[str]
    thinking: frozenset[str]


class CueData(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"classes": "class"}):
    """The whole data file."""

    classes: tuple[Class, ...]
    negation: Negation
    modality: Modality
    grammar: Grammar
    strong: dict[str, str]


class Entry(msgspec.Struct, frozen=True):
    """A word of the lexicon: its infinitive or form, and the class it is in."""

    lemma: str
    kind: Class


class Met(msgspec.Struct, frozen=True):
    """An entry met in a text, and where."""

    entry: Entry
    words: tuple[Span, ...]


@cache
def cue_data() -> CueData:
    """Read the data file, once. Raises ``msgspec.ValidationError`` if it does not keep to the types above."""
    return msgspec.toml.decode(files("inquit_de").joinpath("cues.de.toml").read_bytes(), type=CueData)


def find(text: str, spans: Sequence[Span]) -> Met | None:
    """The entry that gives the cue in these spans its force: that of the earliest class; of one class the first met."""
    return min(met(text, spans), key=lambda one: (_rank(one.entry), one.words), default=None)


def met(text: str, spans: Sequence[Span]) -> list[Met]:
    """Every entry in these spans, but for those that are a part of another: "zu bedenken geben" is no "zugeben"."""
    words = [(m.group().lower(), m.span()) for start, end in spans for m in WORDS.finditer(text, start, end)]
    found = list(_met(words))
    return [one for one in found if not any(set(one.words) < set(other.words) for other in found)]


def _rank(entry: Entry) -> int:
    return cue_data().classes.index(entry.kind)


def _met(words: list[tuple[str, Span]]) -> Iterator[Met]:
    """Every entry whose words are all there: in a German cue they seldom stand together."""
    held = dict(reversed(words))
    for word in held:
        for parts, entry in _table().get(word, ()):
            if all(part in held for part in parts):
                yield Met(entry, tuple(sorted(held[part] for part in parts)))


@cache
def _table() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """By the first of its words, each form of each entry with all of its words."""
    table: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for kind in cue_data().classes:
        for lemma in kind.words:
            entry = Entry(lemma.replace("|", ""), kind)
            for form in inflected(lemma):
                table.setdefault(form[0], []).append((form, entry))
    return table


@lru_cache(maxsize=2048)
def inflected(lemma: str) -> tuple[tuple[str, ...], ...]:
    """All forms of an entry, each as its words; a separable part stands apart, before its verb or around ``zu``."""
    *before, last = lemma.split(" ")
    prefix, bar, base = last.rpartition("|")
    if not base.endswith("n") or (
        not bar and last not in cue_data().strong and not last.endswith(("en", "ern", "eln"))
    ):
        return (tuple(lemma.split(" ")),)
    said = [word for word in before if word != "sich"]
    found: list[tuple[str, ...]] = []
    for form in _verb(base):
        found.append((*said, prefix + form))
        if bar:
            found.append((*said, form, prefix))
    if bar:
        found.append((*said, f"{prefix}zu{base}"))
    return tuple(dict.fromkeys(found))


def _verb(base: str) -> tuple[str, ...]:
    """Finite forms of the third person, infinitive and participle; forms that no one uses do no harm."""
    strong = cue_data().strong.get(base)
    if strong is not None:
        return (base, *strong.split(" "))
    stem = base[:-2] if base.endswith("en") else base[:-1]
    link = "e" if stem.endswith(("t", "d", "chn", "ffn", "gn")) else ""
    plain = stem + link + "t"
    participle = plain if base.endswith("ieren") or _UNPREFIXED.match(base) else f"ge{plain}"
    subjunctive = stem + "e"
    return base, plain, f"{plain}e", f"{plain}en", f"{plain}est", subjunctive, participle
