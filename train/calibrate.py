"""Calibration of the score: how likely a relation is right, fitted on dev (Platt 1999, two features).

Right means what the field's lenient match means: the cues share a character, and the words of source and content
overlap by half (Jaccard) with those of one attribution of the first annotator. Only statements that stand in no other
count: the corpus marks no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inquit.extract.decode import Draft
from inquit.extract.reader import Reader, Reading
from inquit.extract.roles import log_odds
from inquit.records import Spans
from inquit.text import WORD
from train.polnear import Attribution, Labelled

Floats = npt.NDArray[np.float64]
Drafted = Callable[[str, Reading], list[Draft]]
BINS, FOLDS, STEPS = 10, 5, 50


def calibrate(
    folder: Path, articles: list[Labelled], reader: Reader, drafted: Drafted, sure: float
) -> dict[str, float]:
    """Fit the three weights, write them into ``heads.npz`` and return the cross-fitted expected calibration error.

    ``reader`` is the one of ``folder``, ``drafted`` and ``sure`` what its language makes of a reading, and the
    probability from which a cue stands by itself there.
    """
    found = [row for article in articles for row in _rows(reader, drafted, sure, article)]
    features, right = np.array([x for x, _, _ in found]), np.array([y for _, y, _ in found], float)
    fold = np.array([sum(ident.encode()) % FOLDS for _, _, ident in found])
    guess = np.zeros(len(right))
    for k in range(FOLDS):
        guess[fold == k] = _sigmoid(features[fold == k] @ fit(features[fold != k], right[fold != k]))
    with np.load(folder / "heads.npz") as old:
        arrays = dict(old)
    arrays["calibration"] = fit(features, right).astype(np.float32)
    np.savez(folder / "heads.npz", **arrays)
    return {"expected_calibration_error": round(error(guess, right), 4), "relations": len(right)}


def fit(features: Floats, right: Floats) -> Floats:
    """Logistic regression by Newton's method with a little ridge: ``(n, 3)`` and ``(n,)`` -> ``(3,)``."""
    weights = np.zeros(features.shape[1])
    for _ in range(STEPS):
        p = _sigmoid(features @ weights)
        slope = features.T @ (right - p) - 1e-3 * weights
        curve = (features * (p * (1 - p))[:, None]).T @ features + 1e-3 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def error(guess: Floats, right: Floats) -> float:
    """Expected calibration error over BINS bins of equal mass (Naeini, Cooper and Hauskrecht 2015)."""
    bins = np.array_split(np.argsort(guess), BINS)
    return float(sum(len(b) * abs(guess[b].mean() - right[b].mean()) for b in bins if len(b)) / len(guess))


def _rows(reader: Reader, drafted: Drafted, sure: float, article: Labelled) -> Iterator[tuple[list[float], bool, str]]:
    """Features of every statement that stands by itself, whether it is right, and the article."""
    reading = reader.read(article.text)
    gold = article.readings[0]
    parts = {r.score: (r.sure, r.roles) for r in reading.relations if r.sure > sure}
    for draft in drafted(article.text, reading):
        if draft.outer is None and draft.score in parts:
            right = any(_matches(article.text, draft.source, draft.cue, draft.content, one) for one in gold)
            yield [*log_odds(*parts[draft.score]), 1.0], right, article.ident


def _matches(text: str, source: Spans, cue: Spans, content: Spans, gold: Attribution) -> bool:
    # Where an attribution has no cue, a piece of its content stands in for one.
    told = [s for s in gold.cue if not any(a <= s[0] and s[1] <= b for a, b in gold.content)]
    cues = any(a < d and c < b for a, b in cue for c, d in told) or not (cue or told)
    return cues and _jaccard(text, source, gold.source) >= 0.5 and _jaccard(text, content, gold.content) >= 0.5


def _jaccard(text: str, one: Spans, other: list[tuple[int, int]]) -> float:
    ours = {m.start() for a, b in one for m in WORD.finditer(text, a, b)}
    theirs = {m.start() for a, b in other for m in WORD.finditer(text, a, b)}
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)))
