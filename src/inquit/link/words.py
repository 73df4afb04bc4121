"""Words as contents are compared by them: stems, names brought to one form, the lists of ``data/claims.en.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

TOKEN = re.compile(r"[^\W_]+(?:[.’'&-][^\W_]+)*")

_ENDINGS = re.compile(r"(?:ations?|ences?|ances?|ments?|ings?|ions?|ies|ied|ers|est|ed|es|ly|er|s|e|y)$")
_PEOPLES = re.compile(r"(?:ians?|ans|ese|an|ia|is|a|e|i|s)$")
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORTENED = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m|t))$")


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``data/claims.en.toml``; each is explained there."""

    stop: frozenset[str]
    negators: frozenset[str]
    rejecting: frozenset[str]
    first_person: frozenset[str]
    third_person: frozenset[str]
    second_person: frozenset[str]
    coming: frozenset[str]
    owed: frozenset[str]
    possible: frozenset[str]
    weekdays: frozenset[str]
    months: frozenset[str]
    titles: frozenset[str]
    about: frozenset[str]
    vague: tuple[str, ...]
    unnamed_media: frozenset[str]
    anybody: frozenset[str]
    carried: tuple[str, ...]
    saying: tuple[str, ...]
    plain_saying: frozenset[str]
    accusing: frozenset[str]
    doubting: frozenset[str]
    denying: frozenset[str]
    agentless: frozenset[str]
    hearsay: frozenset[str]
    official: frozenset[str]
    occasions: frozenset[str]
    numbers: dict[str, int]
    magnitudes: dict[str, int]
    aliases: dict[str, str]
    pairs: dict[str, str]


@cache
def lists() -> Lists:
    """Read once."""
    raw = files("inquit.data").joinpath("claims.en.toml").read_bytes()
    return msgspec.toml.decode(raw, type=Lists)


@cache
def uncompared() -> frozenset[str]:
    """Words that are no part of what is compared as words: without content, or compared as times, numbers, titles."""
    known = lists()
    return known.stop | known.titles | known.weekdays | known.months | known.numbers.keys() | known.magnitudes.keys()


@cache
def nations() -> frozenset[str]:
    """The one form of each nation and body that the lists have under several names."""
    known = lists()
    return frozenset(known.aliases.values()) | frozenset(known.pairs.values())


@cache
def vague_phrases() -> re.Pattern[str]:
    """A phrase that points to a source without naming one, in small letters."""
    return _any_of(lists().vague)


@cache
def carried_phrases() -> re.Pattern[str]:
    """What a medium does that hands something on, in small letters."""
    return _any_of(lists().carried)


@cache
def saying_phrases() -> re.Pattern[str]:
    """What somebody does who is made to say something, in small letters."""
    return _any_of(lists().saying)


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")


def whole(word: str) -> str:
    """A word in small letters without what is drawn together with it: ``they`` of ``they’re``."""
    return _SHORTENED.sub("", word.lower())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word in small letters without its ending: ``meddling`` and ``meddled`` are one. 3 letters or more remain."""
    word = _POSSESSIVE.sub("", word.replace("’", "'"))
    for _ in range(2):
        cut = _ENDINGS.sub("", word)
        if len(cut) < 3 or cut == word:
            break
        word = cut
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


@lru_cache(maxsize=65536)
def name_form(word: str) -> str:
    """A capitalised word as names are compared: ``Russia``, ``Russian`` and ``Russia’s`` are one."""
    word = _POSSESSIVE.sub("", word.lower().replace("’", "'"))
    alias = lists().aliases.get(word)
    if alias is not None:
        return alias
    cut = _PEOPLES.sub("", word)
    return cut if len(cut) >= 3 else word
