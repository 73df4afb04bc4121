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

    def windows(self, pieces: Pieces) -> Iterator[Window]:
        """Every window of a text, in order, read when it is asked for."""
        return (self._window(pieces, start, end) for start, end in spans(len(pieces)))

    def _window(self, pieces: Pieces, start: int, end: int) -> Window:
        # One by one: int8 scales go by the whole batch, so that a neighbour would change what is read here; and a
        # batch is no faster, it leaves the processor's cache.
        feed: dict[str, Any] = {name: np.zeros((1, end - start + 2), np.int64) for name in INPUTS}
        for name in INPUTS[:-1]:
            feed[name][0, 1:-1] = getattr(pieces, name)[start:end]
        feed["ids"][0, 0], feed["ids"][0, -1] = CLS, SEP
        feed["mask"][:] = 1
        (joint,) = self._session.run(None, feed)
        inner = np.asarray(joint, np.float32)[0, 1:-1]
        return Window(start, end, inner[:, :TAGS], inner[:, TAGS : TAGS + PAIR], inner[:, TAGS + PAIR :])


def spans(n: int) -> list[tuple[int, int]]:
    """Windows over ``n`` pieces; the last is shifted back to full length."""
    if n <= WINDOW:
        return [(0, n)] if n else []
    starts = [*range(0, n - WINDOW, STRIDE), n - WINDOW]
    return [(start, start + WINDOW) for start in starts]


def most_central(edges: list[tuple[int, int]], n: int) -> npt.NDArray[np.int64]:
    """For each piece the index of the window in which it is farthest from an edge; a text's own ends are no edges."""
    best = np.zeros(n, np.int64)
    room = np.full(n, -1, np.int64)
    for i, (start, end) in enumerate(edges):
        place = np.arange(start, end)
        left = place - start if start else np.full(end - start, n)
        right = end - 1 - place if end < n else np.full(end - start, n)
        here = np.minimum(left, right)
        better = here > room[start:end]
        best[start:end][better] = i
        room[start:end][better] = here[better]
    return best
