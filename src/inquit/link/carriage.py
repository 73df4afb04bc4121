"""Carriage of an occurrence, and which medium it names as having carried it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from inquit.link.words import TOKEN, carried_phrases, lists, saying_phrases, vague_phrases
from inquit.records import Attribution, Carriage, Reading

STRENGTH: dict[Carriage, int] = {"origin": 3, "relay": 2, "vague": 1, "bare": 0}

_CAPITALS = re.compile(r"(?:[Tt]he )?((?:[A-Z][\w.’'&-]*)(?: (?:of |de |der )?[A-Z][\w.’'&-]*){0,4})")


@dataclass(frozen=True, slots=True)
class Carried:
    """Carriage of a statement, and the medium it is carried from where it names one.

    Not ``certain`` where the words point to a source that the reader has not found.
    """

    carriage: Carriage
    medium: str | None = None
    certain: bool = True


class Media:
    """Names of news media: those of a list, those that articles appeared in, and those that sources are said to be."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        known = {outlet_key(name) for name in _listed()}
        for reading in readings:
            if reading.article.outlet:
                known.add(outlet_key(reading.article.outlet))
            for statement in reading.statements:
                said = statement.attribution
                if said and said.standing == "outlet" and said.entity and said.entity[0].isupper():
                    known.add(outlet_key(said.entity))
        self._known = known - {""}

    def named(self, name: str) -> bool:
        """Whether a name is that of a medium."""
        return outlet_key(name) in self._known

    def within(self, words: str) -> str | None:
        """The first medium that ``words`` name, as they write it."""
        for found in _CAPITALS.finditer(words):
            name = found.group(1).split(" ")
            for end in range(len(name), 0, -1):
                if self.named(" ".join(name[:end])):
                    return " ".join(name[:end])
        return None


@cache
def _listed() -> Collection[str]:
    """Media that ``data/standing.en.toml`` lists, in small letters."""
    raw: dict[str, Any] = msgspec.toml.decode(files("inquit.data").joinpath("standing.en.toml").read_bytes())
    names: list[str] = raw["outlet"]["names"]
    return names


def outlet_key(name: str) -> str:
    """One form for an outlet's name: ``The Harbour Post``, ``Harbour Post`` and ``harbourpost.com`` are one."""
    plain = re.sub(
        r"^(?:https?://)?(?:www\.)?([\w-]+)\.(?:com|org|net|co\.\w+|info|tv|[a-z]{2})\b.*$", r"\1", name.strip()
    )
    words = [w.lower() for w in TOKEN.findall(plain)]
    return "".join(w for w in words if w not in ("the", "newspaper", "daily", "news", "agency")) or "".join(words)


def carried(said: Attribution | None, cue: str, content: str, media: Media) -> Carried:
    """Carriage of a statement with the words ``cue`` and ``content``."""
    if said is None:
        return _own_voice(content, media)
    words = lists()
    through = said.through or ""
    medium = media.within(through)
    if said.standing == "none" or not said.entity or _is_no_one(said.entity):
        medium = medium or _own_voice(content, media).medium
        if medium:
            return Carried("relay", medium)
        agentless = bool(words.agentless & set(cue.lower().split())) or bool(said.entity)
        return Carried("vague", certain=agentless)
    if said.standing == "outlet":
        return Carried("relay", said.entity if media.named(said.entity) else None)
    # An interview, a column: the medium was the occasion, the first source is named.
    if medium and not words.occasions & set(through.lower().split()):
        return Carried("relay", medium)
    return Carried("origin", medium)


def _own_voice(content: str, media: Media) -> Carried:
    """Carriage of what the reader has left to the outlet, though its words may point elsewhere."""
    small = content.lower()
    medium = media.within(content) if carried_phrases().search(small) else None
    if medium is not None:
        return Carried("relay", medium)
    if vague_phrases().search(small):
        return Carried("vague")
    return Carried("bare", certain=not saying_phrases().search(small))


def _is_no_one(entity: str) -> bool:
    return " ".join(entity.lower().split()).removeprefix("the ") in lists().unnamed_media
