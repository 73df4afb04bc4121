"""German nouns by which news says who speaks, from ``names.de.toml``: titles, bodies, vehicles."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec

from inquit.records import Standing

_BRACKETS = re.compile(r"\s*\([^()]*\)")
MARKS = '„“”"»«'
_CALLINGS = ("erin", "istin", "orin", "antin", "entin")  # what a woman does; the forms of men end like much else
_ADJECTIVES = re.compile(r"^((?:[a-zäöüß-]+ )*)([^ ]*)(.*)", re.DOTALL)
ACRONYM = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ0-9/-]+$")


class Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    determiners: frozenset[str]
    indefinite: frozenset[str]
    several: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    others: frozenset[str]
    relatives: frozenset[str]
    speakers: frozenset[str]
    nobodies: frozenset[str]
    vehicles: frozenset[str]
    carried: tuple[str, ...]
    either: tuple[str, ...]
    person: tuple[str, ...]
    speaking_for: tuple[str, ...]
    by_mouth: frozenset[str]
    of_acronyms: tuple[str, ...]
    of_bodies: tuple[str, ...]
    no_body: frozenset[str]
    plain_names: frozenset[str]
    spelt: dict[str, str]
    institution: tuple[str, ...]
    group: tuple[str, ...]
    anonymous: tuple[str, ...]
    outlet: tuple[str, ...]
    document: tuple[str, ...]


@cache
def nouns() -> Nouns:
    """Read the data file, once. Raises ``msgspec.ValidationError`` if it does not keep to the type above."""
    return msgspec.toml.decode(files("inquit_de").joinpath("names.de.toml").read_bytes(), type=Nouns)


def undetermined(words: str) -> tuple[str, bool]:
    """The words without determiners before them and without brackets, and whether the first was indefinite."""
    parts = _BRACKETS.sub("", words).strip(" ,;:").split(" ")
    indefinite = parts[0].lower() in nouns().indefinite
    while len(parts) > 1 and parts[0].lower() in nouns().determiners:
        parts.pop(0)
    if len(parts) == 1 and parts[0].lower() in nouns().determiners:
        return "", indefinite
    left = " ".join(parts)
    whole = left[:1] in MARKS and left[-1:] in MARKS
    return (left.strip(MARKS) if whole else left), indefinite


def is_title(word: str) -> bool:
    """Whether a word is a title, an office or a calling, in any case: "Klägerin", "Oberstaatsanwalts"."""
    word = word.rstrip(".")
    if word.endswith(_CALLINGS):
        return word.lower() not in nouns().plain_names
    return any(is_one(form, nouns().person) for form in (word, *(word.removesuffix(end) for end in ("s", "en", "in"))))


def is_vehicle(word: str) -> bool:
    """Whether a word is what carries somebody's words: "Angaben", "Bericht"."""
    return word.lower() in nouns().vehicles


def titled(words: str) -> bool:
    """Whether words hold a title or a body, and so are no name alone."""
    return holds(words, nouns().person) or body_like(words)


def body_like(words: str) -> bool:
    """Whether words hold a noun of a body, a medium or a document, so that they are no person's name."""
    lists = nouns()
    return any(holds(words, some) for some in (lists.institution, lists.outlet, lists.document))


def is_body_named_so(words: str) -> bool:
    """Whether words that a first name begins are a body's all the same: "Jan Velde-Institut", not "Ana Kirchhof"."""
    parts = words.split(" ")
    if len(parts) != 2 or "-" in parts[1]:
        return body_like(words)
    lists = nouns()
    return any(parts[1].lower() in some for some in (lists.institution, lists.outlet, lists.document))


def holds(words: str, listed: tuple[str, ...]) -> bool:
    """Whether one of the words is listed."""
    return any(is_one(word, listed) for word in re.findall(r"[\w-]+", words))


def is_one(word: str, listed: tuple[str, ...]) -> bool:
    """Whether a word is listed, whole or by its ending."""
    word = word.lower()
    if word in nouns().plain_names:
        return False
    return any(word.endswith(one[1:]) if one.startswith("-") else word == one for one in listed)


def kind_of(head: str) -> Standing | None:
    """What kind of source is a body, people or thing of this noun; None where no list has it."""
    lists = nouns()
    kinds: tuple[tuple[tuple[str, ...], Standing], ...] = (
        (lists.outlet, "outlet"),
        (lists.institution, "institution"),
        (lists.group, "group"),
        (lists.document, "document"),
    )
    forms = (head, head.removesuffix("n"), head.removesuffix("e"))
    return next((kind for listed, kind in kinds if any(is_one(form, listed) for form in forms)), None)


def head_of(words: str) -> str:
    """The noun that the rest hangs on: the last capitalised word before a genitive, a preposition or a comma."""
    start = re.split(
        r",| [„“\"]| (?:der|des|von|vom|aus|in|im|bei|für|am|an|beim|zur|zum|mit|auf) ", words, maxsplit=1
    )[0]
    nouns = re.findall(r"[A-ZÄÖÜ][\w/-]*", start)
    return nouns[-1] if nouns else start


def nominative(words: str) -> str:
    """What was in the genitive behind ``des``: "Sprechers der Polizei" -> "Sprecher der Polizei"."""
    adjectives, noun, rest = _ADJECTIVES.findall(words)[0]
    bare = re.sub(r"(?<=[dtbkg])es$|(?<=[^s])s$", "", noun) if len(noun) > 4 else noun
    return f"{adjectives}{bare}{rest}"
