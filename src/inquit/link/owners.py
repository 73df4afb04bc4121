"""Outlets under all their names, and who owns them (``data/outlets.en.toml``, or a desk's own file over it).

Sister papers are not independent of each other, nor is an agency of the government that directs it.
``docs/design/independence.md`` says how this counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec

from inquit.errors import UsageError
from inquit.ids import file_id
from inquit.link.agencies import label
from inquit.link.words import TOKEN

_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_BESIDE = frozenset({"the", "newspaper", "news", "agency"})


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One outlet: its name, what else it is called, its addresses."""

    name: str
    aliases: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


class Owner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom outlets belong to; ``party`` where they speak for somebody who directs them."""

    name: str
    outlets: tuple[str, ...]
    party: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    outlet: tuple[Outlet, ...] = ()
    owner: tuple[Owner, ...] = ()
    replace: bool = False


class Outlets:
    """Outlets by any of their names; ``names`` are the keys of those that the data name, ``owners`` who has which."""

    def __init__(self, outlets: Iterable[Outlet], owners: Iterable[Owner]) -> None:
        self._key: dict[str, str] = {}
        self._site: dict[str, str] = {}
        self._name: dict[str, str] = {}
        self._entries = tuple(outlets)
        self.owners = tuple(owners)
        for one in self._entries:
            key = outlet_key(one.name)
            self._name.setdefault(key, one.name)
            self._key |= {_spelt(alias): key for alias in one.aliases}
            self._site |= dict.fromkeys(one.sites, key)
        self._owner = {self.key(name): owner for owner in self.owners for name in owner.outlets}
        self.names = frozenset({outlet_key(one.name) for one in self._entries} | set(self._owner))

    def key(self, name: str) -> str:
        """One form for all the names of an outlet; empty for the empty name."""
        host, spelt, key = _forms(name)
        return self._site.get(host) or self._key.get(spelt) or key

    def name(self, key: str) -> str | None:
        """The name of the outlet with this key, where the data have one."""
        return self._name.get(key)

    def owner(self, key: str) -> str:
        """Name of the owner of the outlet with this key; the key itself where none is known."""
        found = self._owner.get(key)
        return found.name if found else key

    def party(self, key: str) -> str | None:
        """For whom the outlet with this key speaks, where it is directed by somebody."""
        found = self._owner.get(key)
        return found.party if found else None

    def digest(self) -> str:
        """A short name for all that these outlets say: what was linked with others has to be linked again."""
        return file_id(msgspec.json.encode((self._entries, self.owners)))

    def with_file(self, raw: bytes, where: str) -> Outlets:
        """These outlets with those of a desk's file over them.

        Raises UsageError, which names ``where``, for a file that does not keep to the format.
        """
        try:
            given = msgspec.toml.decode(raw, type=_File)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise UsageError(f"{where} is no list of outlets: {error}: see docs/design/independence.md") from error
        if given.replace:
            return Outlets(given.outlet, given.owner)
        outlets = {_spelt(one.name): one for one in (*self._entries, *given.outlet)}
        named = {_spelt(one.name) for one in given.owner}
        # A paper that the desk gives to one owner is no longer with the one it is listed under here.
        moved = {self.key(name) for owner in given.owner for name in owner.outlets}
        kept = [
            Owner(one.name, tuple(n for n in one.outlets if self.key(n) not in moved), one.party)
            for one in self.owners
            if _spelt(one.name) not in named
        ]
        return Outlets(outlets.values(), (*kept, *given.owner))


@cache
def known_outlets() -> Outlets:
    """Those of ``data/outlets.en.toml``, read once."""
    return Outlets((), ()).with_file(files("inquit.data").joinpath("outlets.en.toml").read_bytes(), "outlets.en.toml")


def outlet_key(name: str) -> str:
    """One form for the spellings of a name: ``The Harbour Post``, ``Harbour Post`` and ``harbourpost.com`` are one."""
    plain = name.strip()
    words = [w.lower() for w in TOKEN.findall(label(plain) if _ADDRESS.fullmatch(plain) else plain)]
    return "".join(w for w in words if w not in _BESIDE) or "".join(words)


@lru_cache(maxsize=4096)
def _forms(name: str) -> tuple[str, str, str]:
    """A name as a host, as an alias and as a key; the same few are asked for again and again."""
    return _host(name), _spelt(name), outlet_key(name)


def _spelt(name: str) -> str:
    """An alias as it is written, but for case, marks and "the": ``AP News`` is not ``AP``."""
    words = [w.lower() for w in TOKEN.findall(name)]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _host(name: str) -> str:
    """The host of an address; empty for what is none."""
    place = name.strip().lower()
    if " " in place or "." not in place:
        return ""
    try:
        return urlsplit(place if "://" in place else f"//{place}").netloc.removeprefix("www.")
    except ValueError:
        return ""
