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


class Nearness:
    """What was nearest before anything changed, and what comes to be."""

    def __init__(self) -> None:
        # Before anything changed, round by round: after the last column it stays.
        self._mean: Floats = np.zeros((0, 1))
        self._other: Ints = np.full((0, 1), _NONE)
        self._now = Near.none(0)
        self._since = np.empty(0, np.int64)  # the round from which it is followed
        self._differs = np.empty(0, np.bool_)
        self._turns: list[tuple[Ints, Ints, Near]] = []  # places, round, and what is nearest from then on

    def at(self, round_: int) -> Near:
        """What was nearest after as many rounds of merging."""
        column = min(round_, self._mean.shape[1] - 1)
        return Near(self._mean[:, column], self._other[:, column])

    def turned(self, round_: int) -> bool:
        """Whether it was another one than in the round before."""
        return bool(self.at(round_).differs(self.at(round_ - 1)).any())

    def turns_after(self, round_: int) -> bool:
        """Whether it was another one later."""
        return bool(self.at(round_).differs(self.at(self._mean.shape[1])).any())

    def learn(self, bodies: Sequence[bytes], round_: int) -> None:
        """Know it of units at the next places, which are followed from a round on."""
        before, width = self._mean.shape
        count = len(bodies)
        counts = np.fromiter((len(body) // _EACH for body in bodies), np.int64, count)
        each = [(body[:n], body[n : 9 * n], body[9 * n :]) for body, n in zip(bodies, counts.tolist(), strict=True)]
        rounds, means, others = (b"".join(parts) for parts in zip(*each, strict=True)) if each else (b"", b"", b"")
        from_ = np.frombuffer(rounds, np.uint8)
        wider = max(width, 1 + int(from_.max(initial=0)))
        which = np.zeros((count, wider), np.int64)
        which[np.repeat(np.arange(count), counts), from_] = 1
        which = np.cumsum(which, axis=1)
        some = which > 0
        at = ((np.cumsum(counts) - counts)[:, None] + which - 1)[some]
        found = Near(np.zeros((count, wider)), np.full((count, wider), _NONE))
        found.mean[some] = np.frombuffer(means, "<f8")[at]
        found.other[some] = np.frombuffer(others, "<i8")[at]
        stays = ((0, 0), (0, wider - width))
        self._mean = np.concatenate([np.pad(self._mean, stays, "edge"), found.mean])
        self._other = np.concatenate([np.pad(self._other, stays, "edge"), found.other])
        last = self.at(round_ - 1) if round_ else Near.none(before + count)
        self._now = self._now.joined(Near(last.mean[before:], last.other[before:]))
        self._since = np.concatenate([self._since, np.full(count, round_)])
        self._differs = np.concatenate([self._differs, np.zeros(count, np.bool_)])

    def turn(self, round_: int, now: Near) -> None:
        """What comes to be nearest in a round."""
        self._differs |= now.differs(self.at(round_))
        places = np.flatnonzero(now.differs(self._now))
        self._turns.append((places, np.full(len(places), round_), Near(now.mean[places], now.other[places])))
        self._now = now

    def otherwise(self) -> Iterator[tuple[int, bytes]]:
        """Each place where it is another one in some round than it was, and what it is."""
        if not self._turns:
            return
        place, round_, mean, other = (
            np.concatenate(each)
            for each in zip(*((p, r, near.mean, near.other) for p, r, near in (self._earlier(), *self._turns)), strict=True)
        )
        kept = self._differs[place]
        place, round_, mean, other = place[kept], round_[kept], mean[kept], other[kept]
        order = np.lexsort((round_, place))
        place, rounds, mean, other = place[order], round_[order].astype(np.uint8), mean[order], other[order]
        bodies = {}
        for begin, end in pairwise([*beginnings(place).tolist(), len(place)]):
            body = (rounds[begin:end].tobytes(), mean[begin:end].astype("<f8").tobytes())
            bodies[int(place[begin])] = b"".join((*body, other[begin:end].astype("<i8").tobytes()))
        for at in np.flatnonzero(self._differs).tolist():
            yield at, bodies.get(at, b"")

    def _earlier(self) -> tuple[Ints, Ints, Near]:
        """Where it turned before it was followed."""
        mean = np.diff(self._mean, axis=1, prepend=0.0) != 0
        other = np.diff(self._other, axis=1, prepend=_NONE) != 0
        early = np.arange(self._mean.shape[1]) < self._since[:, None]
        place, round_ = np.nonzero((mean | other) & early)
        return place, round_, Near(self._mean[place, round_], self._other[place, round_])
