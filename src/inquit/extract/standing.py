"""Standing of a source: named person, institution, group, anonymous, outlet, document or none.

Decided by the words that name it, all of them in ``data/standing.en.toml``, and by their shape: capitals name, small
letters describe. What docs/scheme.md says of each standing is said there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from inquit.extract.why import Ground
from inquit.records import Standing

NO_PRONOUNS = frozenset({"US", "WHO"})
"""Names that but for their capitals would be pronouns."""

_WORD = re.compile(r"[^\W_](?:[\w.&/’'-]*[\w])?\.?")
# where the head of a description ends: before its first complement, relative clause or apposition
_COMPLEMENT = re.compile(
    r"\s*[,;:(–—]|\s-+\s|\s(?:of|for|at|in|on|from|with|to|by|about|who|whose|that|which|close|familiar|speaking|briefed|"
    r"seen|obtained|received|issued|prepared|authored|written|published|conducted|interviewed|adopted|taken|carried|commissioned|across|throughout|released|near|inside|outside|within|against|under|as|based|called|named|"
    r"titled|involved|aware|present|working|living|after|before|over|between|among|around)\b"
)
_ARTICLE = re.compile(r"(?:(?:the|a|an|this|that|these|those|its|their|his|her|our|my)\s+)+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^.*(?:['’]s|s['’])\s+(?=\S)")
_AND = re.compile(r"\s+(?:and|&)\s+")
_QUANTITIES = frozenset({"some", "many", "most", "several", "few"})  # of people, where they begin a source
_CALLING = re.compile(r"(?:ator|itor|ist|tician|gician|demic)$")  # of which the plural is no surname
_SHARE = re.compile(
    r"^(?:about|nearly|almost|some|over|around|roughly|(?:more|less|fewer) than|up to|just|only|at least)? ?"
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten)(?:%| per ?cent| in (?:\d+|three|four|five|ten))\b"
)
_PEOPLES = ("ans", "ese", "crats", "cans", "ists", "ers", "ites")  # Democrats, Lunholmers


class _Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    titles: frozenset[str]
    roles_end: tuple[str, ...]


class _Institution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: frozenset[str]
    suffixes: frozenset[str]
    plurals: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    place_ends: tuple[str, ...]


class _Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: frozenset[str]
    kinds: frozenset[str]


class _Anonymous(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phrases: tuple[str, ...]
    nouns: frozenset[str]
    officials: frozenset[str]
    held_back: frozenset[str]
    indefinite: frozenset[str]


class _Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: frozenset[str]
    pairs: frozenset[str]
    endings: frozenset[str]
    beginnings: frozenset[str]
    nouns: frozenset[str]


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: frozenset[str]


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pronouns: dict[Standing, frozenset[str]]
    person: _Person
    institution: _Institution
    group: _Group
    anonymous: _Anonymous
    outlet: _Outlet
    document: _Document


@cache
def _lists() -> _Lists:
    raw = files("inquit.data").joinpath("standing.en.toml").read_bytes()
    return msgspec.toml.decode(raw, type=_Lists)


class Stands(NamedTuple):
    """A standing, the ground on which it is told, and the words, as they are written, that told it."""

    kind: Standing
    ground: Ground
    words: str


def standing(words: str, entity: str | None) -> Standing:
    """Standing of the source that the text calls ``words`` and whose fullest name is ``entity``.

    Without words or entity there is no source: ``none``. A pronoun without entity has the standing its kind suggests.
    """
    return stands(words, entity).kind


@lru_cache(maxsize=4096)
def stands(words: str, entity: str | None) -> Stands:
    """The standing that ``standing`` gives, with what decides it."""
    source, name = _composed(words), _composed(entity or "")
    if not name and not source:
        return Stands("none", Ground.NO_SOURCE, "")
    pronoun = _of_pronoun(source)
    if pronoun and name.lower() in ("", source.lower()):
        return pronoun
    held = _held_back().search(source.lower())
    if held and _of_name(name or source, source, None).kind != "person":
        return Stands("anonymous", Ground.HELD_BACK, source[slice(*held.span())])
    return _of_name(name or source, source, pronoun or _of_reference(source, name))


def _of_reference(source: str, name: str) -> Stands | None:
    """What a source that is no name (``the company``) tells about the standing of the one it stands for."""
    words = _WORD.findall(_head(source))
    if not words or words[-1][0].isupper() or name in source:
        return None
    told = _of_description(words, source)
    return told if told.kind in ("institution", "person", "group") else None


def _composed(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())


def _of_pronoun(source: str) -> Stands | None:
    if source in NO_PRONOUNS:
        return None
    word = source.lower()
    kind = next((kind for kind, pronouns in _lists().pronouns.items() if word in pronouns), None)
    return Stands(kind, Ground.PRONOUN, source) if kind else None


@cache
def _held_back() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_lists().anonymous.phrases) + r")\b")


def _of_name(name: str, source: str, other: Stands | None) -> Stands:
    """Standing of a name or description; ``other``: what the pronoun or noun used for it suggests."""
    if held := _held_back().search(name.lower()):
        return Stands("anonymous", Ground.HELD_BACK, name[slice(*held.span())])
    share, first_word = _SHARE.match(name.lower()), name.split(maxsplit=1)[0]
    if share or first_word.lower() in _QUANTITIES:
        return Stands("group", Ground.NUMBER, name[: share.end()] if share else first_word)
    head = _head(name)
    words = _WORD.findall(head)
    if not words:
        return other or Stands("person", Ground.PROPER, name)
    listed = _listed(head, words)
    if listed is not None:
        return listed
    if not words[-1][0].isupper() or (len(words) == 1 and _kind_of_people(words[0], name)):
        # the article that the entity has lost tells one that is known from one that is held back
        described = _of_description(words, source if source.lower().endswith(name.lower()) else name)
        return other if other and (described.kind, other.kind) == ("anonymous", "institution") else described
    first, *others = _AND.split(head)
    if others:
        return _of_name(others[-1] if _of_pronoun(first) else first, source, other)
    return _of_proper(words, source, other)


def _kind_of_people(word: str, name: str) -> bool:
    """Whether a single capitalised word is a plural noun at the start of a sentence (``Residents``), not a name."""
    lists = _lists()
    one = _singular(word.lower())
    nouns = lists.group.kinds | lists.person.titles | lists.document.nouns
    many = one != word.lower() and (one in nouns or _CALLING.search(one) is not None)
    return many or (one in nouns and word != name)


def _head(name: str) -> str:
    """Cut to the words up to the noun that says what it is: no article before it, no owner, no complement after it."""
    start = _ARTICLE.match(name)
    bare = name[start.end() :] if start else name
    end = _COMPLEMENT.search(bare, 1)
    return _POSSESSIVE.sub("", bare[: end.start()] if end else bare)


def _listed(head: str, words: list[str]) -> Stands | None:
    """Standing of a name that is in a list, or whose last word says what it is."""
    lists = _lists()
    whole, last = head.lower().replace(".", ""), _singular(words[-1].lower().rstrip("."))
    if whole in lists.outlet.names or " ".join(words[-2:]).lower() in lists.outlet.pairs:
        return Stands("outlet", Ground.KNOWN_NAME, head)
    if whole in lists.institution.names or whole in lists.institution.places:
        return Stands("institution", Ground.KNOWN_NAME, head)
    if not words[-1][0].isupper():
        return None
    if len(words) > 1 and words[-1].lower() in lists.outlet.endings:
        return Stands("outlet", Ground.NOUN, words[-1])
    if len(words) > 1 and (words[0].lower() in lists.outlet.beginnings or _is_medium(words[0])):
        return Stands("outlet", Ground.NOUN, words[0])
    ends = words[-1].lower().rstrip(".")
    bodies = lists.institution
    if last in bodies.nouns or ends in bodies.nouns or ends in bodies.plurals:
        return Stands("institution", Ground.NOUN, words[-1])
    if len(words) > 1 and (ends in bodies.suffixes or ends in bodies.places):
        return Stands("institution", Ground.NOUN, words[-1])
    return None


def _is_medium(word: str) -> bool:
    return word in _lists().outlet.nouns and not is_role(word)


def _of_proper(words: list[str], source: str, other: Stands | None) -> Stands:
    """Standing of a name that no list knows; the last resort is that it is somebody's."""
    lists = _lists()
    lower = [w.lower().rstrip(".") for w in words]
    whole, kind = " ".join(words), other.kind if other else None
    if titled := next((w for w, low in zip(words[:-1], lower, strict=False) if low in lists.person.titles), None):
        return Stands("person", Ground.TITLE, titled)
    if other and kind in ("person", "institution"):
        return other
    if lower[0] in lists.institution.nouns or lower[0] in lists.institution.places:
        return Stands("institution", Ground.NOUN, words[0])
    if len(words) > 1:
        return Stands("person", Ground.PROPER, whole)
    if words[0].replace(".", "").isupper() and len(words[0]) > 1:
        office = lower[0].replace(".", "") in lists.person.titles  # "PM suggests"
        return Stands("person", Ground.TITLE, words[0]) if office else Stands("institution", Ground.CAPITALS, words[0])
    called = (w for w in _WORD.findall(source) if w.lower().rstrip(".") in lists.person.titles)
    if titled := next(called, None):
        return Stands("person", Ground.TITLE, titled)
    if kind == "group" or lower[0].endswith(lists.institution.place_ends):
        return Stands("institution", Ground.NOUN, words[0])
    people = lower[0].endswith(_PEOPLES)
    return Stands("group", Ground.NOUN, whole) if people else Stands("person", Ground.PROPER, whole)


def _of_description(words: list[str], name: str) -> Stands:
    """Standing of a common noun with its modifiers: ``two senior diplomats``."""
    lists = _lists()
    lower = [w.lower() for w in words]
    last = _singular(lower[-1])
    nouns = {last, lower[-1], " ".join([*lower[-2:-1], last])}
    plural = (last != lower[-1] and lower[-1] not in lists.institution.nouns) or lower[-1] in lists.group.nouns
    held = next((w for w in words[:-1] if w.lower() in lists.anonymous.held_back), None)
    kind: Standing | None = None
    if nouns & lists.outlet.nouns:
        kind = "outlet"
    elif nouns & lists.document.nouns:
        kind = "document"
    elif nouns & lists.anonymous.nouns or (nouns & lists.anonymous.officials and (not plural or held)):
        kind = "anonymous"
    elif nouns & lists.group.nouns:
        kind = "group"
    elif nouns & lists.institution.plurals or (not plural and nouns & lists.institution.nouns):
        kind = "institution"
    elif plural or lower[0] in lists.pronouns["group"]:
        kind = "group"
    return Stands(kind, Ground.NOUN, words[-1]) if kind else _of_one(words[-1], last, name)


def _of_one(word: str, noun: str, name: str) -> Stands:
    """Standing of one person, or thing, that is described and not named."""
    first = name.split(maxsplit=1)[0].lower()
    if first in _lists().anonymous.indefinite:
        return Stands("anonymous", Ground.DESCRIBED, name)
    if is_role(noun):
        return Stands("person", Ground.NOUN, word)
    return Stands("institution" if first == "the" else "anonymous", Ground.DESCRIBED, name)


def titles() -> frozenset[str]:
    """Words that stand before or after a person's name: offices, ranks, occupations; in small letters."""
    return _lists().person.titles


def is_role(noun: str) -> bool:
    """Whether a noun in small letters says what a person does: "minister", "goalkeeper"."""
    return noun in titles() or noun.endswith(_lists().person.roles_end)


def is_kind(noun: str) -> bool:
    """Whether a noun in small letters names people by kind, one or many: "residents", "critic", "mayor"."""
    lists, one = _lists(), _singular(noun)
    return noun in lists.group.nouns or not {noun, one}.isdisjoint(lists.group.kinds | lists.person.titles)


def is_place(name: str) -> bool:
    """Whether a name is that of a state, a region or a seat of government."""
    return name.lower().removeprefix("the ") in _lists().institution.places


def outlet_nouns() -> frozenset[str]:
    """Nouns in small letters that mean a news medium: "newspaper"."""
    return _lists().outlet.nouns


def is_outlet(noun: str) -> bool:
    """Whether a noun in small letters means a news medium."""
    return noun in outlet_nouns()


def is_body(noun: str) -> bool:
    """Whether a noun in small letters is a kind of body: "office"."""
    return noun in _lists().institution.nouns


def ends_body(word: str) -> bool:
    """Whether a word in small letters is the last of the names of bodies: "motors"."""
    return is_body(word) or word in _lists().institution.suffixes


def is_crowd(noun: str) -> bool:
    """Whether a noun in small letters is one of several people: "officials", "people", "scientists"."""
    one = _singular(noun)
    lists = _lists()
    return noun in lists.group.nouns | lists.institution.plurals or (one != noun and (is_kind(one) or is_role(one)))


def _singular(noun: str) -> str:
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    if noun.endswith("men"):
        return noun[:-2] + "an"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
