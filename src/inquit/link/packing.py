"""What of a unit is compared with others, as bytes that arrays are read from: those of thousands at once.

Words and names are numbers, the same in every process; so is all else but the words that are needed seldom, of which
the text is kept. A unit's bytes are a head with the lengths of what follows, then each of ``SECTIONS``.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

import msgspec
import numpy as np

from inquit.link import rarity
from inquit.link.columns import Array
from inquit.link.contents import RUN, Content, Mode, Number
from inquit.link.matched import pieces
from inquit.link.meanings import BYTE, Bytes, meanings
from inquit.link.propositions import Proposition, Unit, key
from inquit.link.vectors import vectors
from inquit.link.words import nations

TERMS = 64
"""Of a proposition that are compared."""
LONG = 6
"""Stems and names from which the same words are no chance."""
NO_WORDS = -1
"""In place of what stands for a content's words, where these are too few."""
MODES: Mapping[Mode, int] = {"fact": 0, "coming": 1, "possible": 2, "owed": 3}
THIRD, HIMSELF, FRAMED, COUNTED = 1, 2, 4, 8  # flags of a proposition
DENIES = 1  # flag of a unit

Numbers: TypeAlias = tuple[Number, ...]
Values: TypeAlias = Mapping[str, Sequence[Any] | Array]

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PROPOSITION = np.dtype(
    [("keys", "u1"), ("names", "<u4"), ("years", "<u4"), ("mode", "u1"), ("flags", "u1"), ("days", "u1")]
)
SECTIONS: Final[Mapping[str, np.dtype[Any]]] = {
    "speaker": np.dtype("<i8"),
    "person": np.dtype("<i8"),  # the speaker without nations, which may be another's
    "around": np.dtype("<i8"),
    "keys": np.dtype("<i8"),  # of all propositions one after the other, as what follows by term and by name
    "names": np.dtype("<i8"),
    "runs": np.dtype("<i4"),
    "pieces": np.dtype("<u2"),
    "weights": np.dtype("<u2"),  # in thousandths
    "years": np.dtype("<u2"),  # of the content
    "said_years": np.dtype("<u2"),
    "said": _PROPOSITION,
    "meaning": np.dtype("i1"),  # a vector for each proposition
    "negated": np.dtype("?"),
    "terms": np.dtype("u1"),  # text
    "numbers": np.dtype("u1"),  # encoded
}
_HEAD = np.dtype(
    [("lengths", "<u4", (len(SECTIONS),)), ("same", "<i8"), ("flags", "u1"), ("days", "u1")]  # of the content
)

_Written: TypeAlias = tuple[float, tuple[int, ...], bool]
_numbers = msgspec.msgpack.Encoder()
_written = msgspec.msgpack.Decoder(tuple[tuple[_Written, ...], ...])


def packed_arrays(unit: Unit) -> bytes:
    """The bytes of a unit. Of its propositions only those with terms are in it."""
    said = [one for one in unit.propositions if one.terms]
    terms = [_distinct(one.terms) for one in said]
    weights = [[round(1000 * rarity.weight(k)) for k in found] for found in terms]
    actors = [one.names | (unit.speaker if _himself(one) else set()) for one in said]
    values: Values = {
        "speaker": [number(name) for name in sorted(unit.speaker)],
        "person": [number(name) for name in sorted(unit.speaker - nations())],
        "around": [number(word) for word in sorted(unit.around)],
        "keys": [number(k) for found in terms for k in found],
        "names": [number(name) for names in actors for name in sorted(names)],
        "runs": _runs(unit.content.words),
        "pieces": pieces(unit.content.words),
        "weights": [weight for row in weights for weight in row],
        "years": sorted(unit.content.years),
        "said_years": [year for one in said for year in sorted(one.years)],
        "said": _propositions(said, terms, actors),
        "meaning": _meaning(terms, weights),
        "negated": [k in one.negated for one, found in zip(said, terms, strict=True) for k in found],
        "terms": np.frombuffer(_text([one.terms for one in said]), np.uint8),
        "numbers": np.frombuffer(_encoded([unit.content.numbers, *(one.numbers for one in said)]), np.uint8),
    }
    sections = [np.asarray(values[name], kind) for name, kind in SECTIONS.items()]
    flags = DENIES if unit.stance == "denies" else 0
    head = np.array(([len(one) for one in sections], _same(unit.content), flags, _days(unit.content.days)), _HEAD)
    return b"".join((head.tobytes(), *(one.tobytes() for one in sections)))


class Arrays:
    """The sections of many units, each read once and in their order: of one unit after the other's."""

    def __init__(self, rows: Sequence[bytes]) -> None:
        self._bytes = np.frombuffer(b"".join(rows), np.uint8)
        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        self._at = np.cumsum(sizes) - sizes
        head = self._taken(_HEAD, np.ones(len(rows), np.int64))
        self.same: Array = head["same"]
        self.denies: Array = head["flags"] & DENIES > 0
        self.days: Array = head["days"]
        lengths = head["lengths"].astype(np.int64)
        self.lengths: dict[str, Array] = {name: lengths[:, i] for i, name in enumerate(SECTIONS)}
        self.values: dict[str, Array] = {name: self._taken(kind, self.lengths[name]) for name, kind in SECTIONS.items()}

    def _taken(self, kind: np.dtype[Any], lengths: Array) -> Array:
        """The next ``lengths`` values of each row, one after the other."""
        sizes = lengths * kind.itemsize
        places = np.repeat(self._at - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
        self._at = self._at + sizes
        return np.asarray(self._bytes[places].view(kind))


@lru_cache(maxsize=1 << 17)
def number(word: str) -> int:
    """63 bits for a stem, or a name in its one form: among a million words two are alike once in 20 million ledgers."""
    return int.from_bytes(hashlib.blake2b(_utf8(word), digest_size=8).digest(), "little") >> 1


def terms_of(text: bytes) -> list[tuple[str, ...]]:
    """The terms of each proposition, from the bytes of the section ``terms``."""
    return [tuple(one.split("\n")) for one in text.decode("utf-8", "surrogatepass").split("\0")] if text else []


def compared(terms: Sequence[str]) -> list[str]:
    """Those of a proposition's terms that are compared: of TERMS the first of each key."""
    return list(_distinct(terms).values())


def numbers_of(encoded: bytes) -> list[Numbers]:
    """The numbers of the content, then of each proposition, from the bytes of the section ``numbers``."""
    return [
        tuple(Number(value, frozenset(map(str, units)), about) for value, units, about in one)
        for one in _written.decode(encoded)
    ]


def _distinct(terms: Sequence[str]) -> dict[str, str]:
    """The terms by their keys, in order."""
    found: dict[str, str] = {}
    for term in terms[:TERMS]:
        found.setdefault(key(term), term)
    return found


def _himself(said: Proposition) -> bool:
    return said.first or (said.third and not said.names)


def _propositions(
    said: Sequence[Proposition], terms: Sequence[Mapping[str, str]], actors: Sequence[frozenset[str] | set[str]]
) -> Array:
    rows = [
        (len(found), len(names), len(one.years), MODES[one.mode], _flags(one), _days(one.days))
        for one, found, names in zip(said, terms, actors, strict=True)
    ]
    return np.array(rows, _PROPOSITION)


def _flags(said: Proposition) -> int:
    return (
        (THIRD if said.third else 0)
        | (HIMSELF if _himself(said) else 0)
        | (FRAMED if said.framed else 0)
        | (COUNTED if said.numbers else 0)
    )


def _days(days: frozenset[str]) -> int:
    return sum(1 << _WEEK.index(day) for day in days)


def _meaning(terms: Sequence[Mapping[str, str]], weights: Sequence[Sequence[int]]) -> Bytes:
    """The weighted sum of the terms' vectors, in bytes, of one proposition after the other."""
    known = meanings()
    known.learn({term for found in terms for term in found.values()})
    found = np.zeros((len(terms), vectors().width), np.int8)
    for i, (row, words) in enumerate(zip(weights, terms, strict=True)):
        total = np.array(row) @ known.rows[known.places(words.values())].astype(np.int64)
        found[i] = np.rint(total * (BYTE / max(1, int(np.abs(total).max()))))
    return found.reshape(-1)


def _same(content: Content) -> int:
    if len(content.stems) + len(content.names) < LONG:
        return NO_WORDS
    return number("\n".join(content.words))


def _runs(words: Sequence[str]) -> list[int]:
    """Hashes of every RUN words in a row: 31 bits, since several of a content's must be another's."""
    runs = ("\n".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return sorted({zlib.crc32(_utf8(run)) >> 1 for run in runs})


def _encoded(numbers: Sequence[Numbers]) -> bytes:
    if not any(numbers):
        return b""
    return _numbers.encode([[(n.value, [number(u) for u in sorted(n.units)], n.about) for n in one] for one in numbers])


def _text(terms: Sequence[Sequence[str]]) -> bytes:
    return _utf8("\0".join("\n".join(one) for one in terms))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
