"""Words that show a claim to be taken back, witnessed or turned round (``data/accounts.en.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec


class Tokens(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``data/accounts.en.toml``; each is explained there."""

    correcting: tuple[str, ...]
    own_text: tuple[str, ...]
    retracting: tuple[str, ...]
    witness: tuple[str, ...]
    denying: tuple[str, ...]
    hedging: tuple[str, ...]
    rejecting: tuple[str, ...]
    rejected: tuple[str, ...]
    failing: frozenset[str]
    clauses: frozenset[str]
    prepositions: frozenset[str]
    auxiliaries: frozenset[str]
    opposites: tuple[tuple[str, str], ...]
    prefixes: dict[str, int]


@cache
def tokens() -> Tokens:
    """Read once."""
    return msgspec.toml.decode(files("inquit.data").joinpath("accounts.en.toml").read_bytes(), type=Tokens)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, in whatever case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)", re.IGNORECASE)


def straight(text: str) -> str:
    """The text with straight apostrophes and as many code points."""
    return text.replace("’", "'")
