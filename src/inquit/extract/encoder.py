"""The reader's encoder at inference: windows of word pieces through ONNX Runtime, one thread.

A window is WINDOW pieces; neighbours overlap by WINDOW - STRIDE, and every piece is later read in the window where it
is most central, so that no cue is judged at an edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from inquit.errors import WorkError
from inquit.extract.features import Pieces

Floats = npt.NDArray[np.float32]

WINDOW = 256
STRIDE = 160
BATCH = 8  # windows; larger batches leave the processor's cache
CLS, SEP, PAD = 101, 102, 0
TAGS, PAIR = 3, 192
INPUTS = ("ids", "case", "quote", "breaks", "mask")


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``[start, end)`` as the encoder saw them; ``n = end - start``."""

    start: int
    end: int
    tags: Floats  # (n, 3) logits: no cue, begins one, inside one
    token: Floats  # (n, 192) each piece as the bearer of a role
    anchor: Floats  # (n, 192) each piece as part of a cue


class Encoder:
    """One ONNX file, loaded once. Raises WorkError when the file is missing or damaged."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises classes that it does not export
            raise WorkError(f"the reader's model {path} could not be loaded ({error}); reinstall inquit") from error

    def windows(self, pieces: Pieces) -> list[Window]:
        """Every window of a text, in order."""
        edges = spans(len(pieces))
        found: dict[int, Window] = {}
        for batch in _batches(edges):
            for (start, end), joint in zip(batch, self._run(pieces, batch), strict=True):
                inner = joint[1 : end - start + 1]
                found[start] = Window(
                    start, end, inner[:, :TAGS], inner[:, TAGS : TAGS + PAIR], inner[:, TAGS + PAIR :]
                )
        return [found[start] for start, _ in edges]

    def _run(self, pieces: Pieces, batch: list[tuple[int, int]]) -> Floats:
        length = max(end - start for start, end in batch) + 2
        feed: dict[str, Any] = {name: np.zeros((len(batch), length), np.int64) for name in INPUTS}
        for row, (start, end) in enumerate(batch):
            n = end - start
            for name in INPUTS[:-1]:
                feed[name][row, 1 : n + 1] = getattr(pieces, name)[start:end]
            feed["ids"][row, 0], feed["ids"][row, n + 1] = CLS, SEP
            feed["mask"][row, : n + 2] = 1
        (joint,) = self._session.run(None, feed)
        return np.asarray(joint, np.float32)


def spans(n: int) -> list[tuple[int, int]]:
    """Windows over ``n`` pieces; the last is shifted back to full length."""
    if n <= WINDOW:
        return [(0, n)] if n else []
    starts = [*range(0, n - WINDOW, STRIDE), n - WINDOW]
    return [(start, start + WINDOW) for start in starts]


def most_central(windows: list[Window], n: int) -> npt.NDArray[np.int64]:
    """For each piece the index of the window in which it is farthest from an edge; a text's own ends are no edges."""
    best = np.zeros(n, np.int64)
    room = np.full(n, -1, np.int64)
    for i, w in enumerate(windows):
        place = np.arange(w.start, w.end)
        left = place - w.start if w.start else np.full(w.end - w.start, n)
        right = w.end - 1 - place if w.end < n else np.full(w.end - w.start, n)
        here = np.minimum(left, right)
        better = here > room[w.start : w.end]
        best[w.start : w.end][better] = i
        room[w.start : w.end][better] = here[better]
    return best


def _batches(edges: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    by_length = sorted(edges, key=lambda w: w[1] - w[0])
    for i in range(0, len(by_length), BATCH):
        yield by_length[i : i + BATCH]
