"""Words of a quotation found again in other words: the nearest place, and the difference shown.

The nearest stretch of the same length is found by ``rapidfuzz``'s partial ratio over words; then its ends are moved so
that the weighted Levenshtein distance in words (Levenshtein 1966) is the smallest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from inquit.check.quoting import Word

_SLACK = 8  # words by which either end of the nearest stretch may move
_COSTS = (1, 3, 3)  # of a word left out by the quotation, one put in, one exchanged: leaving out is commonest
_AROUND = 3  # equal words shown on either side of a change


@dataclass(frozen=True, slots=True)
class Match:
    """Where words stand in a text: ``[start, end)`` of its words, ``likeness`` 0 to 1: the words in common."""

    start: int
    end: int
    likeness: float


def nearest(wanted: Sequence[Word], text: Sequence[Word], least: float) -> Match | None:
    """The stretch of ``text`` nearest to ``wanted``; None where none is as like as ``least``, 0 to 1."""
    one, other = [w.form for w in wanted], [w.form for w in text]
    # Less than is asked for in the end: the ends still move.
    rough = fuzz.partial_ratio_alignment(one, other, score_cutoff=max(0.0, 100 * least - 20))
    if rough is None or not one or not other:
        return None
    start, end = (rough.dest_start, rough.dest_end) if len(one) <= len(other) else (0, len(other))
    _, _, begin, stop = min(
        (Levenshtein.distance(one, other[a:b], weights=_COSTS), abs(b - a - len(one)), a, b)
        for a in range(max(0, start - _SLACK), min(end, start + _SLACK) + 1)
        for b in range(max(a + 1, end - _SLACK), min(len(other), end + _SLACK) + 1)
    )
    likeness = Indel.normalized_similarity(one, other[begin:stop])
    return Match(begin, stop, likeness) if likeness >= least else None


@dataclass(frozen=True, slots=True)
class Difference:
    """``shown``: the words with ``[–gone +new]``; ``[start, end)``: the words of the new version that changed."""

    shown: str
    start: int
    end: int


def difference(old: Sequence[Word], old_text: str, new: Sequence[Word], new_text: str) -> Difference:
    """How the words ``new`` differ from ``old``; neither is empty, and they do differ."""
    steps = Levenshtein.opcodes([w.form for w in old], [w.form for w in new])
    shown: list[str] = []
    changed: list[int] = []
    for i, step in enumerate(steps):
        if step.tag == "equal":
            shown += _equal(new[step.dest_start : step.dest_end], new_text, first=i == 0, last=i == len(steps) - 1)
            continue
        gone = _written(old[step.src_start : step.src_end], old_text)
        come = _written(new[step.dest_start : step.dest_end], new_text)
        shown.append("[" + " ".join([f"–{gone}"] * bool(gone) + [f"+{come}"] * bool(come)) + "]")
        changed += [step.dest_start, step.dest_end]
    start, end = min(changed), max(changed)
    # Of words left out, those beside the gap are pointed to.
    return Difference(" ".join(shown), *((start, end) if start < end else (max(0, start - 1), min(len(new), end + 1))))


def _equal(words: Sequence[Word], text: str, *, first: bool, last: bool) -> list[str]:
    if len(words) <= _AROUND * (1 if first or last else 2):
        return [_written(words, text)]
    before = [] if first else [_written(words[:_AROUND], text)]
    after = [] if last else [_written(words[-_AROUND:], text)]
    return [*before, "…", *after]


def _written(words: Sequence[Word], text: str) -> str:
    return " ".join(text[words[0].start : words[-1].end].split()) if words else ""
