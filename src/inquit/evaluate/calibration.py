"""Whether scores say how often they are right, and what can be had at which precision.

The event is the lenient match (``counting.count``); intervals are those of resampled articles.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from inquit.evaluate.bootstrap import Floats, Interval, Ints, interval
from inquit.evaluate.counting import Counted

BINS = 10


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """Attributions of neighbouring scores: their mean score, and the share of them that is right."""

    score: float
    right: float
    given: int


class Calibration(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="calibration"):
    """Expected calibration error: the mean distance between score and share right, over bins of equal mass."""

    error: float
    interval: Interval
    bins: tuple[Bin, ...]


class Point(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="precision-at-recall"):
    """Precision where so much recall is first reached by keeping the attributions from ``score`` upwards.

    The interval is that of the resamples that reach it.
    """

    recall: float
    precision: float
    interval: Interval
    score: float


class Scores:
    """All scores of an evaluation, highest first: ``score``, ``right`` and the number of the article, each ``(n,)``."""

    def __init__(self, counted: Sequence[Counted]) -> None:
        found = [(score, right, i) for i, article in enumerate(counted) for score, right in article.scored]
        score, right, article = (np.array(column) for column in (zip(*found, strict=True) if found else ((), (), ())))
        order = np.argsort(-score, kind="stable")
        self.score: Floats = score[order].astype(np.float64)
        self.right: npt.NDArray[np.bool_] = right[order].astype(np.bool_)
        self.article: Ints = article[order].astype(np.int64)
        self.wanted: Ints = np.array([article.counts["relation/lenient"].wanted for article in counted])

    def __len__(self) -> int:
        return len(self.score)


def calibration(scores: Scores, drawn: Ints) -> Calibration:
    """The error with its interval (Naeini, Cooper and Hauskrecht 2015, bins of equal mass), and its bins."""
    every = np.arange(len(scores))
    bins = [
        Bin(score=float(scores.score[b].mean()), right=float(scores.right[b].mean()), given=len(b))
        for b in np.array_split(every[::-1], BINS)
        if len(b)
    ]
    sampled = [_error(scores, np.repeat(every, times[scores.article])) for times in drawn]
    return Calibration(error=_error(scores, every), interval=interval(np.array(sampled)), bins=tuple(bins))


def curve(scores: Scores, drawn: Ints) -> list[Point]:
    """Precision at recall .1, .2 … up to the largest reached."""
    # Equal scores cannot be told apart: only where the score falls does a threshold stand.
    last = np.flatnonzero(np.diff(scores.score, append=-1.0))
    levels = np.arange(1, 11) / 10
    once = np.ones(len(scores.wanted), np.int64)
    reached = _at(scores, once, last, levels)
    sampled = np.array([_precision(scores, times, last, levels) for times in drawn])
    precision = _precision(scores, once, last, levels)
    return [
        Point(
            recall=float(level),
            precision=float(precision[i]),
            interval=interval(sampled[:, i]),
            score=float(scores.score[last[reached[i]]]),
        )
        for i, level in enumerate(levels)
        if reached[i] < len(last)
    ]


def _error(scores: Scores, chosen: Ints) -> float:
    """Error over the attributions ``chosen``, from the highest score down, some of them several times."""
    if not len(chosen):
        return float("nan")
    bins = [b for b in np.array_split(chosen, BINS) if len(b)]
    off = (len(b) * abs(float(scores.score[b].mean()) - float(scores.right[b].mean())) for b in bins)
    return sum(off) / len(chosen)


def _at(scores: Scores, times: Ints, last: Ints, levels: Floats) -> Ints:
    """For each level of recall the first index in ``last`` that reaches it; ``len(last)`` where none does."""
    right = np.cumsum(times[scores.article] * scores.right)[last]
    wanted = int(times @ scores.wanted)
    # A hair less, so that 0.3 of 10 is reached by 3.
    found: Ints = np.searchsorted(right, levels * wanted - 1e-9) if wanted else np.full(len(levels), len(last))
    return found


def _precision(scores: Scores, times: Ints, last: Ints, levels: Floats) -> Floats:
    """Precision at each level, NaN where it is not reached; ``times`` says how often each article counts."""
    weight = times[scores.article]
    right, given = np.cumsum(weight * scores.right)[last], np.cumsum(weight)[last]
    at = _at(scores, times, last, levels)
    there = at < len(last)
    out = np.full(len(levels), np.nan)
    out[there] = right[at[there]] / given[at[there]]
    return out
