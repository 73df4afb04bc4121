"""Intervals by the bootstrap over articles (Efron 1979): percentile, 95 %, seeded.

Articles are drawn and percentiles taken as the field's scorer does it, so that the same seed gives the same interval.
"""

from __future__ import annotations

import random
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Interval: TypeAlias = tuple[float, float]

TIMES = 1000


def draws(articles: int, seed: int) -> Ints:
    """How often each of ``n`` articles was drawn in each resample: ``(TIMES, n)``."""
    chance = random.Random(seed)  # noqa: S311 - resampling, no secret
    numbers = range(articles)
    return np.stack([np.bincount(chance.choices(numbers, k=articles), minlength=articles) for _ in range(TIMES)])


def interval(sampled: Floats) -> Interval:
    """The 95 % of the middle of ``(TIMES,)`` values; those that could not be taken are NaN and are left out."""
    ordered = np.sort(sampled[~np.isnan(sampled)])
    if not len(ordered):
        return 0.0, 0.0
    last = len(ordered) - 1
    return float(ordered[int(0.025 * last)]), float(ordered[round(0.975 * last)])
