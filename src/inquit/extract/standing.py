"""Standing of a source: named person, institution, group, anonymous, outlet, document or none.

Decided by the words that name it, all of them in ``data/standing.en.toml``, and by their shape: capitals name, small
letters describe. What docs/scheme.md says of each standing is said there.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec

from inquit.records import Standing

_WORD = re.compile(r"[^\W_](?:[\w.&/’'-]*[\w])?\.?")
# where the head of a description ends: before its first complement, relative clause or apposition
_COMPLEMENT = re.compile(
    r"\s*[,;:(–—]|\s-+\s|\s(?:of|for|at|in|on|from|with|to|by|about|who|whose|that|which|close|familiar|speaking|briefed|"
    r"seen|obtained|authored|written|published|released|near|inside|outside|within|against|under|as|based|called|named|"
    r"titled|involved|aware|present|working|living|after|before|over|between|among|around)\b"
)
_POSSESSIVE = re.compile(r"^.*['’]s?\s+(?=\S)")
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my"})
_SMALL = frozenset({"and", "of", "the", "de", "la", "van", "von", "der", "den", "al", "bin", "ibn", "di", "da", "du", "y", "le"})
_PLURAL_AND = re.compile(r"\s+(?:and|&)\s+")


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


class _Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: frozenset[str]


class _Anonymous(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phrases: tuple[str, ...]
    nouns: frozenset[str]
    officials: frozenset[str]
    held_back: frozenset[str]
    indefinite: frozenset[str]


class _Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: frozenset[str]
    endings: frozenset[str]
    nouns: frozenset[str]


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pronouns: dict[Standing, frozenset[str]]
    person: _Person
    institution: _Institution
    group: _Nouns
    anonymous: _Anonymous
    outlet: _Outlet
    document: _Nouns


@cache
def _lists() -> _Lists:
    raw = files("inquit.data").joinpath("standing.en.toml").read_bytes()
    return msgspec.toml.decode(raw, type=_Lists)


def standing(words: str, entity: str | None) -> Standing:
    """Standing of the source that the text calls ``words`` and whose fullest name is ``entity``.

    Without words or entity there is no source: ``none``. A pronoun without entity has the standing its kind suggests.
    """
    source, name = " ".join(words.split()), " ".join((entity or "").split())
    if not name and not source:
        return "none"
    if _anonymous_phrase().search(source.lower()) and not _names_person(name):
        return "anonymous"
    pronoun = _of_pronoun(source)
    if not name or name.lower() == source.lower():
        return pronoun or _of_name(source, source, None)
    return _of_name(name, source, pronoun)


def _of_pronoun(source: str) -> Standing | None:
    word = source.lower()
    return next((kind for kind, pronouns in _lists().pronouns.items() if word in pronouns), None)


@cache
def _anonymous_phrase() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_lists().anonymous.phrases) + r")\b")


def _of_name(name: str, source: str, pronoun: Standing | None) -> Standing:
    """Standing of a name or description that is no pronoun; ``pronoun``: what a pronoun for it suggested."""
    if _anonymous_phrase().search(name.lower()):
        return "anonymous"
    known = _listed(name)
    if known is not None:
        return known
    tokens = _head_words(name)
    if not tokens:
        return pronoun or "person"
    if tokens[0][:1].isupper() and all(t[:1].isupper() or t in _SMALL for t in tokens) and _bare(name) == name[: len(_bare(name))]:
        return _of_proper(tokens, name, source, pronoun)
    return _of_description(tokens, name)
