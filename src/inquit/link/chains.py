"""Which of the copies found become lines: few to read, and enough to join all that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from inquit.link.stores import Alike
from inquit.link.taken import PART

Rank: TypeAlias = tuple[bool, float, str]
"""The place of an article among others: agencies first, then by time, then by id."""


class Found(NamedTuple):
    """A copy, by the numbers of its articles.

    ``share``: the part of the target's words that stand in the source, 0 to 1; ``certainty`` of the direction, 1 where
    a credit tells it; ``parent``: the source covers most of the target, or two sentences more than those that do.
    """

    source: int
    target: int
    share: float
    certainty: float
    parent: bool


def parents(candidates: Iterable[Alike], rank: Callable[[int], Rank]) -> set[int]:
    """Of those that an article took text from the one that covers most of it, and each that covers ``PART`` more."""
    # Shares that differ by less than a word in a hundred are equal: then the earliest article is the parent.
    found: set[int] = set()
    seen = None
    for one in sorted(candidates, key=lambda row: (-round(row.share, 2), rank(row.other))):
        covered = np.frombuffer(one.taken, np.uint8)
        if seen is None or np.unpackbits(covered & ~seen).sum() >= PART:
            found.add(one.other)
            seen = covered if seen is None else seen | covered
    return found


def lines(found: Sequence[Found], rank: Callable[[int], Rank]) -> list[Found]:
    """The copies that are worth a line, in order of their targets, the largest share first.

    The parents of each article; where that leaves apart the two articles of a copy, the largest that joins them. None
    that would close a circle.
    """

    def preferred(one: Found) -> tuple[bool, float, Rank, Rank]:
        return one.certainty < 1, -one.share, rank(one.target), rank(one.source)

    hanging = _Hanging()
    for one in sorted((f for f in found if f.parent), key=preferred):
        if not hanging.closed_by(one):
            hanging.add(one)
    for one in sorted((f for f in found if not f.parent), key=preferred):
        if not hanging.joined(one):
            hanging.add(one)
    return sorted(hanging.lines, key=lambda f: (rank(f.target), -f.share, rank(f.source)))


def chains(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """What hangs together by the pairs."""
    of: dict[str, set[str]] = {}
    for pair in pairs:
        less, more = sorted((of.get(end) or {end} for end in pair), key=len)
        if less is not more:
            more |= less
            of.update(dict.fromkeys(less, more))
        of.update(dict.fromkeys(pair, more))
    return list({id(chain): chain for chain in of.values()}.values())


class _Hanging:
    """Lines as they are added: what they join, and what each article goes back to."""

    def __init__(self) -> None:
        self.lines: list[Found] = []
        self._top: dict[int, int] = {}
        self._sources: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, one: Found) -> None:
        self.lines.append(one)
        self._sources[one.target].append(one.source)
        self._top[self._root(one.target)] = self._root(one.source)

    def joined(self, one: Found) -> bool:
        """Whether lines already lead from one article to the other, in whatever direction."""
        return self._root(one.source) == self._root(one.target)

    def closed_by(self, one: Found) -> bool:
        """Whether the line would lead back to where its chain began."""
        seen, left = {one.source}, [one.source]
        while left:
            fresh = [s for s in self._sources[left.pop()] if s not in seen]
            seen.update(fresh)
            left += fresh
        return one.target in seen

    def _root(self, place: int) -> int:
        while (up := self._top.setdefault(place, place)) != place:
            self._top[place] = self._top[up]
            place = up
        return place
