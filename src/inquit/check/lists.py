"""The word lists of ``data/check.en.toml``, read once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec


class Loaded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Loaded words and what they do beyond telling that something was said."""

    lemmas: tuple[str, ...]
    why: str


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists; each is explained in the file."""

    loaded: tuple[Loaded, ...]
    claimed: frozenset[str]
    bare: frozenset[str]
    many: frozenset[str]
    informed: str
    roles: frozenset[str]
    faint: frozenset[str]
    held_back: str
    reasons: str
    unauthorised: str


@cache
def lists() -> Lists:
    """Read the data file, once."""
    return msgspec.toml.decode(files("inquit.data").joinpath("check.en.toml").read_bytes(), type=Lists)


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A pattern of the lists, compiled without regard to capitals."""
    return re.compile(source, re.IGNORECASE)
