"""Which pieces make one cue."""

from __future__ import annotations

import numpy as np
import pytest

from inquit.extract.reader import GAP, find_cues

NONE, BEGINS, INSIDE = (0.9, 0.05, 0.05), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)


def cues(between: int, *, gap: int, ends: bool) -> list[list[int]]:
    """The cues of a piece that begins one and, after so many that do not, one inside it; perhaps a sentence ends."""
    chances = np.array([BEGINS, *[NONE] * between, INSIDE], np.float32)
    sentence = np.zeros(len(chances), np.int64)
    sentence[-1] = ends
    return [cue.tolist() for cue, _ in find_cues(chances, sentence, gap=gap)]


@pytest.mark.parametrize(
    ("between", "gap", "ends", "wanted"),
    [
        (GAP - 1, GAP, False, 1),
        (GAP, GAP, False, 2),
        (20, 24, False, 1),  # "teilte ... mit"
        (20, 24, True, 2),  # "Laut Polizei ... . Nach Angaben ..."
        (24, 24, False, 2),
        (GAP - 1, GAP, True, 1),
        (GAP - 1, 24, True, 1),
    ],
)
def test_parts_of_a_cue_stand_far_apart_within_a_sentence_alone(
    between: int, gap: int, ends: bool, wanted: int
) -> None:
    last = between + 1
    assert cues(between, gap=gap, ends=ends) == ([[0, last]] if wanted == 1 else [[0], [last]])
