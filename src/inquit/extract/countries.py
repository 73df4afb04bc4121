"""Countries by name, adjective and seat of government, from ``data/countries.en.toml``."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec

_STATE_BODY = re.compile(r"\w (?:Ministry|Directorate|Service|Army|Navy|Government|Parliament|Embassy|Armed Forces)$")

_MINISTRY = re.compile(r"(\w[\w-]+) Ministry$")
_PORTFOLIOS = frozenset(
    [
        "Agriculture",
        "Culture",
        "Defence",
        "Defense",
        "Economy",
        "Education",
        "Energy",
        "Environment",
        "Finance",
        "Foreign",
        "Health",
        "Industry",
        "Interior",
        "Internal",
        "Justice",
        "Labor",
        "Labour",
        "Public",
        "Tourism",
        "Trade",
        "Transport",
    ]
)
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


def country(name: str) -> str | None:
    """The country that a name means as a whole: "Russian", "the U.S.", "Kremlin"."""
    return _known().get(_key(name))


def is_seat(name: str) -> bool:
    """Whether a name is a seat or an arm of a government that stands for its state: "Kremlin"."""
    return _key(name) in _seats()


def country_in(name: str) -> str | None:
    """The state that a body's name begins with ("Russian Ministry of Defence") or ends with ("Bank of France").

    One that no list knows is the end of a name of three parts: "Ministry of Health of Norland".
    """
    held = name.split()
    if _PRIVATE.search(name) or _JOINT.search(name):
        return country(name)
    for size in (3, 2, 1):
        ends = (" ".join(held[:size]), " ".join(held[-size:]) if held[-size - 1 :][:1] in (["of"], ["the"]) else "")
        if len(held) > size and (found := next((c for c in map(country, ends) if c), None)):
            return found
    parts = name.split(" of ")
    owned = _MINISTRY.match(parts[0]) if len(parts) == 2 else None
    if owned and parts[-1].split(maxsplit=1)[0] in _PORTFOLIOS:
        return owned[1]  # "Norland Ministry of Finance"; not "Foreign Ministry of Norland"
    whose = len(parts) > 2 or (len(parts) == 2 and _STATE_BODY.search(parts[0]))
    return country(name) or (parts[-1] if whose else None)


def _key(name: str) -> str:
    return " ".join(name.split()).lower().removeprefix("the ")


@cache
def _listed() -> tuple[_Country, ...]:
    data = resources.files("inquit").joinpath("data/countries.en.toml").read_bytes()
    return msgspec.toml.decode(data, type=_File).country


@cache
def _known() -> dict[str, str]:
    return {_key(name): c.name for c in _listed() for name in (c.name, *c.names, *c.adjectives, *c.seats)}


@cache
def _seats() -> frozenset[str]:
    return frozenset(_key(name) for c in _listed() for name in c.seats)
