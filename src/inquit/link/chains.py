"""Which of the copies found become lines: few to read, and enough to join all that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from inquit.link.align import Flags
from inquit.link.descent import Direction

# So many words of an article that its other parents do not have make a further parent: two sentences.
PART = 40


@dataclass(frozen=True)
class Found:
    """A copy, by the places of its articles.

    ``share``: the part of the target's words that stand in the source, 0 to 1; ``taken``: which these are, furniture
    and captions left out, shape (words of the target,); ``strength``: how sure it is that text was taken, 0 to 1.
    """

    source: int
    target: int
    share: float
    taken: Flags
    strength: float
    direction: Direction


def lines(found: Iterable[Found]) -> list[Found]:
    """The copies that are worth a line, in order of their targets, the largest share first.

    For each article the one that covers most of it (of equals the first), then those that cover two sentences more;
    where that leaves apart the two articles of a copy, the largest that joins them. None that would close a circle.
    """
    chains = _Chains()
    parents, others = _parents(found)
    for one in sorted(parents, key=_preferred):
        if not chains.closed_by(one):
            chains.add(one)
    for one in sorted(others, key=_preferred):
        if not chains.joined(one):
            chains.add(one)
    return sorted(chains.lines, key=lambda f: (f.target, -f.share, f.source))


def _preferred(one: Found) -> tuple[bool, float, int, int]:
    return not one.direction.by_credit, -one.share, one.target, one.source


def _parents(found: Iterable[Found]) -> tuple[list[Found], list[Found]]:
    """The best parents of each article, and the other copies."""
    of: defaultdict[int, list[Found]] = defaultdict(list)
    for one in found:
        of[one.target].append(one)
    parents: list[Found] = []
    others: list[Found] = []
    for target in sorted(of):
        # Shares that differ by less than a word in a hundred are equal: then the earliest article is the parent.
        candidates = sorted(of[target], key=lambda f: (-round(f.share, 2), f.source))
        seen = np.zeros_like(candidates[0].taken)
        for one in candidates:
            is_parent = one is candidates[0] or np.count_nonzero(one.taken & ~seen) >= PART
            (parents if is_parent else others).append(one)
            if is_parent:
                seen |= one.taken
    return parents, others


class _Chains:
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
