"""Which cluster was nearest to each, and how near, round by round: it tells whom a change of others can reach.

Of a unit it is that of the clusters whose least unit it is, as bytes: the rounds from which it is another one, a byte
each; then for each how near the nearest is, 0 to 1, and the least unit of that, 8 bytes each. Before the first of these
rounds, and where the unit is no cluster's least, nothing is near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from inquit.link.linkage import Flags, Floats, Ints, beginnings

_EACH = 17  # bytes
_NONE = -1  # no unit


class Near(NamedTuple):
    """Of clusters, or none, by place: how near the nearest is, and its least unit; 0 and -1 where nothing is near."""

    mean: Floats
    other: Ints

    @classmethod
    def none(cls, count: int) -> Near:
        """Nothing is near to any."""
        return cls(np.zeros(count), np.full(count, _NONE))

    def differs(self, than: Near) -> Flags:
        """Where another one is nearest, or is so in another way."""
        found: Flags = (self.mean != than.mean) | (self.other != than.other)
        return found

    def joined(self, more: Near) -> Near:
        """These, then more."""
        return Near(np.concatenate([self.mean, more.mean]), np.concatenate([self.other, more.other]))


class _Turns(NamedTuple):
    """Places, and from which rounds on another one is nearest to the clusters there, or so in another way."""

    place: Ints
    round: Ints
    mean: Floats
    other: Ints

    def at(self, rows: Ints | Flags) -> _Turns:
        """Some of them."""
        return _Turns(self.place[rows], self.round[rows], self.mean[rows], self.other[rows])


class Nearness:
    """What was nearest before anything changed, and what comes to be, round by round."""

    def __init__(self) -> None:
        self._round = 0
        self._old: list[_Turns] = []  # before anything changed; of each place in order of rounds
        self._to_come = _joined([])  # of these, those of later rounds
        self._since = np.empty(0, np.int64)  # the round in which each place came to be known
        self._differs = np.empty(0, np.bool_)
        self._new: list[_Turns] = []  # as it comes to be, since then
        self._now = Near.none(0)
        self.were = Near.none(0)  # in this round, before anything changed
        self.turned = False  # whether that is another one than in the round before, for some

    @property
    def turns(self) -> bool:
        """Whether before anything changed another one came to be nearest to some later."""
        return len(self._to_come.place) > 0

    def learn(self, bodies: Sequence[bytes]) -> None:
        """Know it of units at the next places."""
        first, count = len(self._since), len(bodies)
        counts = np.fromiter((len(body) // _EACH for body in bodies), np.int64, count)
        each = [(body[:n], body[n : 9 * n], body[9 * n :]) for body, n in zip(bodies, counts.tolist(), strict=True)]
        rounds, means, others = (b"".join(parts) for parts in zip(*each, strict=True)) if each else (b"", b"", b"")
        place = np.repeat(np.arange(first, first + count), counts)
        round_ = np.frombuffer(rounds, np.uint8).astype(np.int64)
        found = _Turns(place, round_, np.frombuffer(means, "<f8"), np.frombuffer(others, "<i8"))
        self._old.append(found)
        self.were, self._now = (near.joined(Near.none(count)) for near in (self.were, self._now))
        _set(self._now, found.at(round_ < self._round))
        _set(self.were, found.at(round_ <= self._round))
        self.turned = self.turned or bool((round_ == self._round).any())
        self._to_come = _joined([self._to_come, found.at(round_ > self._round)])
        self._since = np.concatenate([self._since, np.full(count, self._round)])
        self._differs = np.concatenate([self._differs, np.zeros(count, np.bool_)])

    def turn(self, now: Near) -> None:
        """What comes to be nearest in this round."""
        self._differs |= now.differs(self.were)
        places = np.flatnonzero(now.differs(self._now))
        self._new.append(_Turns(places, np.full(len(places), self._round), now.mean[places], now.other[places]))
        self._now = now

    def next(self) -> None:
        """Go on to the next round."""
        self._round += 1
        here = self._to_come.round == self._round
        self.turned = bool(here.any())
        if self.turned:
            self.were = Near(self.were.mean.copy(), self.were.other.copy())
            _set(self.were, self._to_come.at(here))
            self._to_come = self._to_come.at(~here)

    def otherwise(self) -> Iterator[tuple[int, bytes]]:
        """Each place where it is another one in some round than it was, and what it is."""
        old = _joined(self._old)
        found = _joined([old.at(old.round < self._since[old.place]), *self._new])
        found = found.at(self._differs[found.place])
        found = found.at(np.lexsort((found.round, found.place)))
        bodies = {}
        for begin, end in pairwise([*beginnings(found.place).tolist(), len(found.place)]):
            rounds = found.round[begin:end].astype(np.uint8).tobytes()
            values = found.mean[begin:end].astype("<f8").tobytes() + found.other[begin:end].astype("<i8").tobytes()
            bodies[int(found.place[begin])] = rounds + values
        for at in np.flatnonzero(self._differs).tolist():
            yield at, bodies.get(at, b"")


def _joined(turns: Sequence[_Turns]) -> _Turns:
    none = _Turns(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64))
    return _Turns(*(np.concatenate(each) for each in zip(none, *turns, strict=True)))


def _set(near: Near, turns: _Turns) -> None:
    """Of several at one place the last counts."""
    near.mean[turns.place], near.other[turns.place] = turns.mean, turns.other
