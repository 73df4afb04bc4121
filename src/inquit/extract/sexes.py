"""Words by which people are told apart from the rest, and women from men, from ``data/people.en.toml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    female: frozenset[str]
    male: frozenset[str]
    places: frozenset[str]
    female_names: str
    male_names: str


@cache
def _lexicon() -> _Words:
    return msgspec.toml.decode(files("inquit.data").joinpath("people.en.toml").read_bytes(), type=_Words)


@cache
def callings() -> dict[str, float]:
    """Titles and callings with the weight of what they tell: above 0 "she", below 0 "he"."""
    lexicon = _lexicon()
    return {**dict.fromkeys(lexicon.female, 3.0), **dict.fromkeys(lexicon.male, -3.0)}


@cache
def first_names() -> dict[str, float]:
    """First names in small letters, with the weight of what they tell."""
    lexicon = _lexicon()
    return {**dict.fromkeys(lexicon.female_names.split(), 2.0), **dict.fromkeys(lexicon.male_names.split(), -2.0)}


def is_site(word: str) -> bool:
    """Whether a word in small letters is the last of the names of places: "bay"."""
    return word in _lexicon().places
