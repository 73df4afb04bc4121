"""inquit from text to statements, its encoder's part, and a bare ONNX Runtime loop over the windows that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import process_time
from typing import ClassVar, TypeAlias

import numpy as np
import numpy.typing as npt
import onnxruntime

from bench.systems import Run, peak_mb

Feed: TypeAlias = dict[str, npt.NDArray[np.int64]]
Bare: TypeAlias = onnxruntime.InferenceSession


class _Recording(onnxruntime.InferenceSession):  # type: ignore[misc]
    """A session that keeps what it is fed: a few bytes a word, copied in no time that shows."""

    paths: ClassVar[list[str]] = []
    feeds: ClassVar[list[Feed]] = []

    def __init__(self, path: str, options: object, *, providers: list[str]) -> None:
        super().__init__(path, options, providers=providers)
        self.paths.append(path)

    def run(self, names: list[str] | None, feed: Feed) -> list[npt.NDArray[np.float32]]:
        self.feeds.append({name: array.copy() for name, array in feed.items()})
        found: list[npt.NDArray[np.float32]] = super().run(names, feed)
        return found


# The encoder takes its session from here, so this stands before it is imported.
onnxruntime.InferenceSession = _Recording

from inquit.extract.encoder import Encoder, Window  # noqa: E402
from inquit.extract.features import Pieces  # noqa: E402
from inquit.pipeline import reading  # noqa: E402
from inquit.read import Options  # noqa: E402
from inquit.read.making import made  # noqa: E402


def measure(texts: Sequence[str]) -> Run:
    """Read the first text, then measure the reading of all; after that the bare loops."""
    articles = [made(text, Options(), external_id=str(i)) for i, text in enumerate(texts)]
    reading(articles[0])
    _Recording.feeds.clear()
    spent = _encoder_seconds()
    start = process_time()
    found = [reading(article) for article in articles]
    seconds, encoder, peak = process_time() - start, sum(spent), peak_mb()
    failed = [problem.message for read in found for problem in read.problems if problem.code == "extraction"]
    assert not failed, failed[0]  # what fails early is fast
    feeds = _Recording.feeds
    session = Bare(_Recording.paths[0], _one_thread(), providers=["CPUExecutionProvider"])
    return Run(
        seconds=seconds,
        peak_mb=peak,
        encoder=encoder,
        pieces=sum(int(feed["mask"].sum()) for feed in feeds),
        bare=(_loop(session, feeds), _loop(session, list(_windows(feeds)))),
    )


def _encoder_seconds() -> list[float]:
    """CPU seconds of every call of the encoder from now on."""
    spent: list[float] = []
    whole = Encoder.windows

    def windows(self: Encoder, pieces: Pieces) -> list[Window]:
        start = process_time()
        found = whole(self, pieces)
        spent.append(process_time() - start)
        return found

    Encoder.windows = windows  # type: ignore[method-assign]
    return spent


def _windows(feeds: Sequence[Feed]) -> Iterator[Feed]:
    """Every window by itself, without padding."""
    for feed in feeds:
        for row, length in enumerate(feed["mask"].sum(1)):
            yield {name: np.ascontiguousarray(array[row : row + 1, :length]) for name, array in feed.items()}


def _loop(session: Bare, feeds: Sequence[Feed]) -> float:
    session.run(None, feeds[0])
    start = process_time()
    for feed in feeds:
        session.run(None, feed)
    return process_time() - start


def _one_thread() -> object:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return options
