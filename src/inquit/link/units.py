"""Units: the wordings that are compared, each once however many statements have it.

A unit is made from one statement and its article alone, and its number is the hash of all that is compared of it. So
it is the same whatever else a ledger holds, and in whatever order that came.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Set
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import msgspec
import numpy as np

from inquit.clock import instant
from inquit.link.compared import Said, says_something
from inquit.link.contents import RUN, Capitals, Content, content, text_of
from inquit.link.meanings import BYTE
from inquit.link.packing import packed_arrays
from inquit.link.propositions import Proposition, Unit, Wording, around, key, propositions
from inquit.link.rarity import weight
from inquit.link.sources import Names, Sources, name_parts
from inquit.link.stating import Stating, Whole
from inquit.link.vectors import encode
from inquit.records import Reading, Statement

RAREST = 8  # words of a proposition, the rarest first, that it is filed under in pairs; 2 fewer of several

_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(Wording)


class Worded(NamedTuple):
    """A statement with its unit: the number; what is told and what is compared of it, packed; by what it is found."""

    statement: str
    unit: int
    packed: bytes
    arrays: bytes
    keys: tuple[int, ...]
    text: str


def worded(reading: Reading, ruled: Set[str] = frozenset(), apart: Set[str] = frozenset()) -> list[Worded]:
    """The statements of one article that may put a claim forward, each with its unit.

    ``ruled`` are statements that people have compared with others, so that they count whatever they say; those
    ``apart`` have units of their own.
    """
    text, capitals = reading.article.text, Capitals([reading.article])
    sources = Sources([names_of(Whole(reading))])
    found = []
    for statement in reading.statements:
        words = text_of(text, statement.content)
        own = content(words, statement, capitals)
        if statement.id in ruled or says_something(own, statement):
            made = propositions(text, statement, capitals)
            beside = around(text, statement, made, capitals)
            unit = _unit(own, statement, sources, made, beside)
            packed = _encoder.encode(unit)
            number = _number(packed + statement.id.encode() if statement.id in apart else packed)
            told = _encoder.encode(Wording(unit.content, unit.entity))
            found.append(Worded(statement.id, number, told, packed_arrays(unit), _keys(made), " ".join(own.words)))
    return found


def names_of(given: Stating) -> Names:
    """What an article's statements say of names."""
    return Names(given.named(), given.article.outlet)


def packed_vectors(texts: list[str]) -> list[bytes]:
    """The vector of each text in bytes, one a dimension."""
    rows = encode(texts)
    most = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-6) if len(rows) else rows
    return [row.tobytes() for row in np.rint(rows * (BYTE / most)).astype(np.int8)]


class Told:
    """An article whose statements are told of: each as an account needs it."""

    def __init__(self, given: Stating) -> None:
        self._given = given
        self._article = given.article
        self._names = names_of(given)
        time = instant(self._article.published)
        self._time = math.inf if time is None else time

    def said(self, statement_id: str, unit: Wording) -> Said:
        """The statement of that id, which has the words of the unit. Raises KeyError where it is not there."""
        statement = self._given.statement(statement_id)
        if statement is None:
            raise KeyError(statement_id)
        return Said(
            statement=statement,
            article=self._article,
            time=self._time,
            text=text_of(self._article.text, statement.content),
            content=unit.content,
            entity=unit.entity,
            outer=self._given.statement(statement.inside) if statement.inside else None,
            names=self._names,
        )

    def order(self, statement_id: str) -> tuple[float, str, int]:
        """Place of a statement: by time, the unknown last, then by article and in it."""
        return self._time, self._article.id, self._given.place(statement_id)


def _unit(
    own: Content,
    statement: Statement,
    sources: Sources,
    made: tuple[Proposition, ...],
    beside: frozenset[str],
) -> Unit:
    who = statement.attribution
    return Unit(
        content=replace(own, runs=frozenset()),
        entity=sources.entity(who) if who else "",
        speaker=frozenset(name_parts(who.entity or "")) if who else frozenset(),
        stance=who.stance if who else None,
        propositions=made,
        around=beside,
    )


def _number(packed: bytes) -> int:
    """63 bits, so that SQLite can hold it: among a million units two are alike once in 10 million ledgers."""
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little") >> 1


def unpacked(packed: bytes) -> Wording:
    """What is told of a unit, from ``Worded.packed``."""
    unit = _decoder.decode(packed)
    words = unit.content.words
    runs = frozenset(hash(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return replace(unit, content=replace(unit.content, runs=runs))


def _keys(made: tuple[Proposition, ...]) -> tuple[int, ...]:
    """One for each two of a proposition's rarest words."""
    most = RAREST if len(made) == 1 else RAREST - 2
    found: set[int] = set()
    for one in made:
        words = sorted({key(term) for term in one.terms}, key=lambda word: (-weight(word), word))[:most]
        found.update(_key(first, second) for first, second in combinations(sorted(words), 2))
    return tuple(sorted(found))


@lru_cache(maxsize=1 << 17)
def _key(one: str, other: str) -> int:
    words = f"{one} {other}".encode("utf-8", "backslashreplace")
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "little") >> 1
