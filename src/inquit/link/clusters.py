"""Units that put one claim forward: bonds of pairs first, then clusters that no single bad bond can melt together.

Average linkage (Sokal and Michener 1958) over the bonds from strong to weak: two clusters become one when their units
agree on average, pairs that something rules out counting as 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

_SAMPLE = 12  # units of a cluster that a newcomer is compared with: the first ones

Bond = tuple[int, int, float]


def clusters(
    count: int, bonds: Sequence[Bond], agreement: Callable[[int, int], float], *, least: float
) -> list[list[int]]:
    """Every cluster's units in order, the clusters in order of their first unit; single units too.

    ``agreement(i, j)``, i < j, is the score of any pair; ``least`` the mean over two clusters at which they are one.
    """
    home = list(range(count))
    members = {i: [i] for i in range(count)}
    for i, j, _ in sorted(bonds, key=lambda bond: (-bond[2], bond[0], bond[1])):
        one, other = home[i], home[j]
        if one == other or _mean(members[one], members[other], agreement) < least:
            continue
        kept, gone = min(one, other), max(one, other)
        members[kept] = sorted(members[kept] + members.pop(gone))
        for unit in members[kept]:
            home[unit] = kept
    return [members[key] for key in sorted(members)]


def _mean(one: Sequence[int], other: Sequence[int], agreement: Callable[[int, int], float]) -> float:
    pairs = [(min(i, j), max(i, j)) for i in one[:_SAMPLE] for j in other[:_SAMPLE]]
    return sum(agreement(i, j) for i, j in pairs) / len(pairs)
