"""Countries by name, adjective and seat of government, from ``data/countries.en.toml``."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec

_STATE_BODY = re.compile(r"\w (?:Ministry|Directorate|Service|Army|Navy|Government|Parliament|Embassy|Armed Forces)$")

_PRIVATE = re.compile(
    r"\b(?:Union|Association|Society|Foundation|Institute|Institution|University|College|School|Church|Federation|League|Club"
    r"|Party|Company|Corporation|Group|Airlines|Airways|Express|Motors|Times|Post|News|Press|Inc|Ltd|Hospital|Museum)\b"
)
_JOINT = re.compile(r"^[\w.]+ and ")


class _Country(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    seats: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    country: tuple[_Country, ...]


def country(words: str) -> str | None:
    """The country that these words name, as a whole: "Russian", "the U.S.", "Kremlin"."""
    return _known().get(_key(words))


def country_in(name: str) -> str | None:
    """The state that a body's name begins with ("Russian Ministry of Defence") or ends with ("Bank of France").

    One that no list knows is the end of a name of three parts: "Ministry of Health of Norland".
    """
    words = name.split()
    if _PRIVATE.search(name) or _JOINT.search(name):
        return country(name)
    for size in (3, 2, 1):
        ends = (" ".join(words[:size]), " ".join(words[-size:]) if words[-size - 1 :][:1] in (["of"], ["the"]) else "")
        if len(words) > size and (found := next((c for c in map(country, ends) if c), None)):
            return found
    parts = name.split(" of ")
    whose = len(parts) > 2 or (len(parts) == 2 and _STATE_BODY.search(parts[0]))
    return country(name) or (parts[-1] if whose else None)


def _key(words: str) -> str:
    return " ".join(words.split()).lower().removeprefix("the ")


@cache
def _known() -> dict[str, str]:
    data = resources.files("inquit").joinpath("data/countries.en.toml").read_bytes()
    listed = msgspec.toml.decode(data, type=_File).country
    return {_key(words): c.name for c in listed for words in (c.name, *c.names, *c.adjectives, *c.seats)}
