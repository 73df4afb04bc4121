"""Who speaks, for formats that know agents: one agent for one name and party, and one for each held-back source.

Two articles that name Ana Duarte of the Port of Ellin speak of one person; two that say "a port official" may speak of
two, so an anonymous source is an agent of its article only.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import NamedTuple

import msgspec

from inquit.records import Attribution, Origin, Standing


class Agent(NamedTuple):
    """Somebody or something that speaks or is spoken for. ``standing`` is None where only its name is known."""

    id: str
    name: str
    standing: Standing | None = None


class Speaking(NamedTuple):
    """The speaker, the office held, and the bodies spoken for, each acting for the next; the last is the party."""

    speaker: Agent
    office: str | None
    bodies: tuple[Agent, ...]


def speaking(said: Attribution | None, article_id: str) -> Speaking | None:
    """Who speaks in an attribution; None in own voice and where nobody is known."""
    if said is None or said.standing == "none" or not (name := _name(said.entity)):
        return None
    bodies: dict[str, str] = {}
    for body in (*(link.name for link in said.chain if link.kind in {"body", "party"}), said.party):
        if _name(body) and _key(_name(body)) != _key(name):
            bodies.setdefault(_key(_name(body)), _name(body))
    office = next((_name(link.name) for link in said.chain if link.kind == "office"), None)
    # The party tells two people of one name apart; a body's name is its own.
    told = [name, (said.party or "") if bodies and said.standing in {"person", "group", "anonymous"} else ""]
    if said.standing == "anonymous":
        told.append(article_id)
    speaker = Agent(_id(*told), name, said.standing)
    return Speaking(speaker, office or None, tuple(body_named(body) for body in bodies.values()))


def body_named(name: str) -> Agent:
    """A body, an outlet or another agent of which only the name is known."""
    return Agent(_id(_name(name), ""), _name(name))


def origin_agents(origin: Origin) -> tuple[Agent, Agent]:
    """The agents that an origin may be, by its name and party and by its name: the first that was met is meant."""
    name = _name(origin.entity)
    return Agent(_id(name, origin.party or ""), name), body_named(name)


def _id(*told: str) -> str:
    return "g1:" + hashlib.blake2b(msgspec.json.encode([_key(part) for part in told]), digest_size=10).hexdigest()


def _name(name: str | None) -> str:
    return " ".join((name or "").split())


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", _name(name)).casefold()
