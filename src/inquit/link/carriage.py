"""Carriage of an occurrence, and which medium it names as having carried it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from inquit.link.owners import Outlets, known_outlets, outlet_key
from inquit.link.sources import Names
from inquit.link.words import TOKEN, carried_phrases, lists, saying_phrases, vague_phrases
from inquit.records import Attribution, Carriage

STRENGTH: dict[Carriage, int] = {"origin": 3, "relay": 2, "vague": 1, "bare": 0}

_CAPITALS = re.compile(r"(?:[Tt]he )?((?:[A-Z][\w.’'&-]*)(?: (?:of |de |der )?[A-Z][\w.’'&-]*){0,4})")

_TOLD = re.compile(r"\b(?:told|tells?|telling)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Carried:
    """Carriage of a statement, and the medium it is carried from where it names one.

    Not ``certain`` where the words point to a source that the reader has not found.
    """

    carriage: Carriage
    medium: str | None = None
    certain: bool = True


class Media:
    """Names of news media: those of lists, those that articles appeared in, and those that sources are said to be."""

    def __init__(self, names: Iterable[Names], outlets: Outlets | None = None) -> None:
        self._outlets = outlets or known_outlets()
        called: set[str] = set()
        called.update(*(one.media for one in names))
        self._known = {self._outlets.key(name) for name in called} - {""}

    def named(self, name: str) -> bool:
        """Whether a name is that of a medium."""
        key = self._outlets.key(name)
        return key in self._known or key in self._outlets.names or key in _listed()

    def within(self, words: str) -> str | None:
        """The first medium that ``words`` name, as they write it."""
        for found in _CAPITALS.finditer(words):
            name = found.group(1).split(" ")
            for end in range(len(name), 0, -1):
                if self.named(" ".join(name[:end])):
                    return " ".join(name[:end])
        return None


@cache
def _listed() -> frozenset[str]:
    """Keys of the media that ``data/standing.en.toml`` lists."""
    raw: dict[str, Any] = msgspec.toml.decode(files("inquit.data").joinpath("standing.en.toml").read_bytes())
    names: list[str] = raw["outlet"]["names"]
    return frozenset(map(outlet_key, names))


def carried(said: Attribution | None, cue: str, content: str, media: Media, near: str = "") -> Carried:
    """Carriage of a statement with the words ``cue`` and ``content``; ``near`` are these and those before them."""
    if said is None:
        return _own_voice(content, media, near)
    words = lists()
    through = said.through or ""
    medium = media.within(through)
    if said.standing == "none" or not said.entity or _is_no_one(said.entity):
        medium = medium or _own_voice(content, media).medium
        if medium:
            return Carried("relay", medium)
        told = set(cue.lower().split())
        hearsay = bool(words.hearsay & told)
        agentless = bool(words.agentless & told) or bool(said.entity)
        public = bool(words.official & told) or _names_act(near)
        return Carried("vague", certain=hearsay or (agentless and not public))
    if _plain(said.entity) in words.anybody:
        return Carried("vague", certain=False)
    if said.standing == "outlet":
        return Carried("relay", said.entity if media.named(said.entity) else None)
    # An interview, a column, whom somebody told: the medium was the occasion, the first source is named.
    if medium and not words.occasions & set(through.lower().split()) and not _TOLD.search(cue):
        return Carried("relay", medium)
    return Carried("origin", medium)


def _own_voice(content: str, media: Media, near: str = "") -> Carried:
    """Carriage of what the reader has left to the outlet, though its words may point elsewhere."""
    small = content.lower()
    medium = media.within(content) if carried_phrases().search(small) else None
    if medium is not None:
        return Carried("relay", medium)
    if vague_phrases().search(small):
        return Carried("vague")
    return Carried("bare", certain=not saying_phrases().search(small) and not _names_act(near))


def _names_act(near: str) -> bool:
    """Whether words name a public act of an authority: "were indicted", "the charges"."""
    return not lists().official.isdisjoint(TOKEN.findall(near.lower()))


def _is_no_one(entity: str) -> bool:
    return _plain(entity) in lists().unnamed_media


def _plain(entity: str) -> str:
    return " ".join(entity.lower().split()).removeprefix("the ")
