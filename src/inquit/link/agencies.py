"""Names of agencies and outlets: what a text calls them, what they are called here (``data/agencies.en.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec

# A longer name than this many words is none that bylines give.
LONGEST = 5
# So short a name is an acronym, which must be written as one: PA is no "pa".
_ACRONYM = 4
_MARKS = " \t\"'“”‘’«»().,;:|•·*–—-/"
_SUFFIX = re.compile(r"\.(?:(?:co|com|org|net|gov|ac)\.[a-z]{2}|[a-z]{2,})$")


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who supplies others with text: its name, how bylines write it, its own sites."""

    name: str
    aliases: tuple[str, ...]
    sites: tuple[str, ...] = ()


class Agencies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    openers: tuple[str, ...]
    notes: tuple[str, ...]
    captions: tuple[str, ...]
    agency: tuple[Agency, ...]


@cache
def agencies() -> Agencies:
    """Read the data file, once. Raises ``msgspec.ValidationError`` if it does not keep to the types above."""
    return msgspec.toml.decode(files("inquit.data").joinpath("agencies.en.toml").read_bytes(), type=Agencies)


@cache
def caption() -> re.Pattern[str]:
    """What marks a paragraph as the caption of a picture."""
    aliases = _alternatives(alias for agency in agencies().agency for alias in agency.aliases)
    # Every branch begins with a letter or sign of its own, by which the search skips fast.
    return re.compile(rf"/ ?(?:{aliases})\b|via (?:{aliases})\b|{_alternatives(agencies().captions)}")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


class Names:
    """Agencies and the outlets at hand by the names a text may give them."""

    def __init__(self, outlets: Iterable[str | None]) -> None:
        self._exact, self._sites, self._agencies = _agency_names()
        self._outlets: dict[str, str] = {}
        for outlet in sorted({o for o in outlets if o}):
            self._outlets.setdefault(_key(label(outlet)), self.of_outlet(outlet))

    def of_outlet(self, outlet: str) -> str:
        """What an outlet is called here: an agency's name where it is one, else as it is."""
        return self._sites.get(_host(outlet)) or self._agencies.get(_key(label(outlet))) or outlet

    def known(self, words: Sequence[str], *, apart: bool = True) -> str | None:
        """The name that exactly these words give, or None.

        ``apart`` is false where the words follow others without a mark between: a single word there is an agency's
        name or none, as it may be somebody's surname.
        """
        phrase = " ".join(words).strip(_MARKS)
        phrase = phrase.removesuffix("'s").removesuffix("’s").strip(_MARKS)
        if phrase in self._exact:
            return self._exact[phrase]
        if not phrase[:1].isupper() and "." not in phrase:
            return None
        key = _key(phrase)
        if len(key) <= _ACRONYM and (" " in phrase or not phrase.isupper()):
            return self._sites.get(_host(phrase))
        found = self._agencies.get(key) or self._sites.get(_host(phrase))
        if found is None and (apart or len(words) > 1):
            found = self._outlets.get(key) or (self._outlets.get(_key(label(phrase))) if "." in phrase else None)
        return found

    def first(self, words: Sequence[str]) -> str | None:
        """The name that the words begin with, the longest there is."""
        sizes = range(min(LONGEST, len(words)), 0, -1)
        return next((name for size in sizes if (name := self.known(words[:size]))), None)

    def last(self, words: Sequence[str], *, apart: bool = True) -> str | None:
        """The name that the words end with, the longest there is; ``apart`` as in ``known``."""
        for size in range(min(LONGEST, len(words)), 0, -1):
            if name := self.known(words[-size:], apart=apart or size == len(words)):
                return name
        return None

    def within(self, words: Sequence[str]) -> list[str]:
        """All names in the words, in order, each once."""
        found, at = [], 0
        while at < len(words):
            for size in range(min(LONGEST, len(words) - at), 0, -1):
                if name := self.known(words[at : at + size]):
                    found.append(name)
                    at += size - 1
                    break
            at += 1
        return list(dict.fromkeys(found))


def is_agency(outlet: str) -> bool:
    """Whether an outlet, by its name or address, is an agency of the data file."""
    _, sites, names = _agency_names()
    return _host(outlet) in sites or _key(label(outlet)) in names


@cache
def _agency_names() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The names of agencies by what bylines write exactly, by their sites, and by their letters."""
    known = agencies().agency
    exact = {alias: agency.name for agency in known for alias in agency.aliases}
    sites = {site: agency.name for agency in known for site in agency.sites}
    return exact, sites, {_key(alias): name for alias, name in exact.items()}


def _key(phrase: str) -> str:
    letters = "".join(c for c in phrase.casefold() if c.isalnum())
    return letters[3:] if letters.startswith("the") and len(letters) > 6 else letters


def _host(place: str) -> str:
    """The host of an address or of the like of ``example.org/news``; "" where it is none."""
    address = place.strip().casefold()
    host = urlsplit(address if "://" in address else f"//{address}").netloc if " " not in address else ""
    return host.removeprefix("www.") if "." in host else ""


def label(outlet: str) -> str:
    """The part of an outlet's address by which it is called: ``example`` of ``news.example.co.uk/world``."""
    host = _host(outlet)
    return _SUFFIX.sub("", host).rpartition(".")[2] if host else outlet
