"""Pieces of the inputs that have not been read yet, in batches: what the engines are fed with."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias
from uuid import uuid4

from inquit.corpus.far import Far, FarFile, is_far
from inquit.keep.resuming import Begun, Resume, Stretch
from inquit.pipeline import place as place_of
from inquit.read import Options
from inquit.read.apart import Place, pieces
from inquit.read.inputs import sources
from inquit.read.opening import Source
from inquit.read.pieces import Piece, ReadPiece
from inquit.records import Problem

PIECES_MOST = 16
"""Pieces of a batch at most."""
_BYTES_MOST = 2**20

Given: TypeAlias = Source | FarFile | Problem


class Batch(NamedTuple):
    """Some pieces, ``size`` bytes of them, and where they stand in their inputs: stretches in order."""

    pieces: list[Piece | Problem]
    stretches: list[Stretch]
    size: int


class Progress:
    """How far the reading of the inputs is, in bytes; ``skipped`` are those that an earlier run has read."""

    def __init__(self) -> None:
        self.total = 0
        self.skipped = 0
        self._behind = 0
        self._place = Place()
        self._skipped_here = 0

    @property
    def bytes(self) -> int:
        """Bytes taken apart, those that were skipped included."""
        return self._behind + self._place.bytes

    @property
    def new(self) -> int:
        """Bytes taken apart in this run."""
        return self.bytes - self.skipped - self._skipped_here

    def next(self) -> Place:
        """The place in the next input."""
        self._place = Place()
        return self._place

    def skip(self) -> None:
        """What was taken apart of the present input so far had been read before."""
        self._skipped_here = self._place.bytes

    def passed(self, size: int, *, before: bool = False) -> None:
        """The present input, of so many bytes, is over; ``before``: it was so already in an earlier run."""
        self._behind += size
        self.skipped += size if before else min(self._skipped_here, size)
        self._place, self._skipped_here = Place(), 0


class Supply:
    """The inputs as batches. ``exhausted`` gathers how many pieces inputs turned out to have."""

    def __init__(
        self, inputs: Iterable[str], options: Options, resume: Resume, far: Far, stdin: BinaryIO | None, *, out: Path
    ) -> None:
        self.progress = Progress()
        self.exhausted: dict[int, int] = {}
        self._inputs = [place_of(one) for one in inputs]
        self._options = options
        self._resume = resume
        self._far = far
        self._stdin = stdin
        self._out = out.resolve()
        self._met: set[int] = set()

    def measure(self) -> None:
        """Sum up the sizes of the inputs."""
        self.progress.total = sum(_size(one) for one in self._sources())

    def batches(self) -> Iterator[Batch]:
        """What has not been read yet."""
        some: list[Piece | Problem] = []
        stretches: list[Stretch] = []
        size = 0
        for number, at, piece in self._rest():
            some.append(piece)
            size += _weight(piece)
            if stretches and stretches[-1][0] == number and stretches[-1][2] == at:
                stretches[-1] = (number, stretches[-1][1], at + 1)
            else:
                stretches.append((number, at, at + 1))
            if len(some) >= PIECES_MOST or size >= _BYTES_MOST:
                yield Batch(some, stretches, size)
                some, stretches, size = [], [], 0
        if some:
            yield Batch(some, stretches, size)

    def _sources(self) -> Iterator[Given]:
        for given in self._inputs:
            if is_far(given):
                yield from self._far.files(given)
            elif _holds(given, self._out):
                yield from (one for one in sources(given) if not self._is_own(one))
            else:
                yield from sources(given)

    def _is_own(self, given: Source | Problem) -> bool:
        """Whether a file is one that this run writes."""
        return isinstance(given, Source) and given.path is not None and given.path.resolve().is_relative_to(self._out)

    def _rest(self) -> Iterator[tuple[int, int, Piece | Problem]]:
        """Each piece that was not taken before, with the number of its input and its place there."""
        for given in self._sources():
            begun, size = self._resume.begun(_key(given)), _size(given)
            # What is named twice, or lies in a folder that is named too, is read once.
            if begun.done or begun.number in self._met:
                self.progress.passed(size, before=True)
                continue
            self._met.add(begun.number)
            count, taken, place = 0, _Taken(begun), self.progress.next()
            for piece in self._pieces(given, place):
                if count in taken:
                    self.progress.skip()
                else:
                    yield begun.number, count, piece
                count += 1
            self.exhausted[begun.number] = count
            self.progress.passed(size)

    def _pieces(self, given: Given, place: Place) -> Iterator[Piece | Problem]:
        if isinstance(given, Problem):
            yield given
        elif isinstance(given, FarFile):
            yield from self._far.pieces(given, self._options, place)
        else:
            yield from pieces(given, self._options, place, self._stdin)


def _holds(given: str, folder: Path) -> bool:
    """Whether an input is a folder with that folder in it."""
    try:
        return folder.is_relative_to(Path(given).resolve())
    except (OSError, ValueError):
        return False


class _Taken:
    """The pieces of an input that were read."""

    def __init__(self, begun: Begun) -> None:
        self._firsts: list[int] = []
        self._pasts: list[int] = []
        for first, past in begun.taken:
            if self._pasts and self._pasts[-1] == first:
                self._pasts[-1] = past
            else:
                self._firsts.append(first)
                self._pasts.append(past)

    def __contains__(self, at: int) -> bool:
        which = bisect_right(self._firsts, at) - 1
        return which >= 0 and at < self._pasts[which]


def _key(given: Given) -> str:
    """Names an input and what it holds: a file that has changed is another one, and so is each standard input."""
    if isinstance(given, Problem):
        return f"problem {given.input}"
    if isinstance(given, FarFile):
        return f"{given.address} {given.size} {given.mark}"
    if given.path is None:
        return f"{given.shown} {uuid4().hex}"
    found = _stat(given.path)
    return given.shown if found is None else f"{given.path.resolve()} {found.st_size} {found.st_mtime_ns}"


def _size(given: Given) -> int:
    if isinstance(given, FarFile):
        return given.size
    found = _stat(given.path) if isinstance(given, Source) and given.path is not None else None
    return found.st_size if found else 0


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (OSError, ValueError):
        return None


def _weight(piece: Piece | Problem) -> int:
    if isinstance(piece, Problem):
        return 0
    return len(piece.article.text) if isinstance(piece, ReadPiece) else len(piece.data)
