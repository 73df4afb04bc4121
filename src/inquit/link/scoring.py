"""Scores of many pairs of units: here, and in processes beside this one that are told what they need.

A score is a function of two units, so it makes no difference which process works it out. A process that cannot be
begun, or that ends, is done without. What goes between are frames (``inquit.processes``): a ``Task`` in MessagePack
there, the scores back.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import BinaryIO, Protocol, Self, cast

import msgspec
import numpy as np

from inquit.link.likeness import Floats, Ints
from inquit.link.pairs import cosines, scores
from inquit.link.table import Table
from inquit.processes import answers, begun, received, send

NEAR = 0.35  # cosine from which two units are scored
BOND = 0.3  # score from which a pair is kept; one that is not counts as 0 when clusters are made

_LOADED = 1_000_000  # units in memory at once, some 1,100 bytes each
_READ = 4096  # that are taken up at once
_SCORED = 1 << 16  # pairs that are scored at once
_WORTH = 1 << 19  # pairs from which other processes are begun

_encode = msgspec.msgpack.Encoder().encode


class Store(Protocol):
    """What holds the units."""

    def arrays(self, numbers: Sequence[int]) -> Sequence[tuple[bytes, bytes]]:
        """What is compared of units, each packed (``link.packing``), and their vectors; in the order of ``numbers``."""


class Task(msgspec.Struct, frozen=True, array_like=True):
    """Pairs by the places of their units, 8 bytes each; the units that come to the others first, or begin anew."""

    anew: bool
    arrays: list[bytes]
    vectors: list[bytes]
    one: bytes
    other: bytes


class Scoring:
    """Scores of pairs of units, by ``workers`` processes at most; to be used as a context, which ends the others."""

    def __init__(self, store: Store, workers: int = 1) -> None:
        self._own = _Told(store)
        self._here = Here()
        self._others: list[_Other] = []
        self._store, self._workers = store, workers
        self._ending = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._ending.close()

    def bonds(self, pairs: Ints) -> Iterator[tuple[Ints, Floats]]:
        """Those of the pairs ``(n, 2)`` that score BOND or more, some at a time and in their order."""
        if len(pairs) >= _WORTH:
            self._begin()
        parts = [pairs[first : first + _SCORED] for first in range(0, len(pairs), _SCORED)]
        while parts:
            some, parts = parts[: 1 + len(self._others)], parts[1 + len(self._others) :]
            for other, part in zip(self._others, some[1:], strict=False):
                other.ask(part)
            for found, part in zip([self._scored(some[0]), *self._answers(some[1:])], some, strict=True):
                bound = np.flatnonzero(found >= BOND)
                yield part[bound], found[bound]

    def _scored(self, pairs: Ints) -> Floats:
        return self._here.scores(self._own.task(pairs))

    def _answers(self, parts: Sequence[Ints]) -> Iterator[Floats]:
        for other, part in zip(list(self._others), parts, strict=False):
            found = other.answer()
            if found is None:
                self._others.remove(other)
            yield self._scored(part) if found is None else found

    def _begin(self) -> None:
        while len(self._others) < self._workers - 1:
            other = _Other.begun(_Told(self._store))
            if other is None:
                self._workers = 1 + len(self._others)
                return
            self._ending.callback(other.end)
            self._others.append(other)


class Here:
    """Scores what it is told, with the units that it was told before."""

    def __init__(self) -> None:
        self._table = Table()

    def scores(self, task: Task) -> Floats:
        """Scores of the pairs of a task, or less than BOND; 0 where the vectors of two are apart."""
        if task.anew:
            self._table = Table()
        for first in range(0, len(task.arrays), _READ):
            some = slice(first, first + _READ)
            self._table.add(task.arrays[some], task.vectors[some])
        one, other = np.frombuffer(task.one, np.int64), np.frombuffer(task.other, np.int64)
        found = np.zeros(len(one))
        near = np.flatnonzero(cosines(self._table, one, other) >= NEAR)
        found[near] = scores(self._table, one[near], other[near], BOND)
        return found


class _Told:
    """What somebody who scores was told: the places of the units in his table."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._places: dict[int, int] = {}

    def task(self, units: Ints) -> Task:
        """The pairs ``(n, 2)``, the lesser unit of each first, with the units that he does not know yet."""
        wanted = np.unique(units)
        missing = [unit for unit in wanted.tolist() if unit not in self._places]
        anew = bool(self._places) and len(self._places) + len(missing) > _LOADED
        if anew:
            self._places, missing = {}, wanted.tolist()
        self._places.update(zip(missing, range(len(self._places), len(self._places) + len(missing)), strict=True))
        places = np.fromiter((self._places[unit] for unit in wanted.tolist()), np.int64, len(wanted))
        one, other = places[np.searchsorted(wanted, np.sort(units, axis=1))].T
        held = self._store.arrays(missing)
        return Task(anew, [arrays for arrays, _ in held], [row for _, row in held], one.tobytes(), other.tobytes())


class _Other:
    """A process that scores: ``python -m inquit.link.scoring``."""

    def __init__(self, told: _Told, process: subprocess.Popen[bytes]) -> None:
        self._told, self._process = told, process

    @classmethod
    def begun(cls, told: _Told) -> Self | None:
        """A new one; None where the machine has no more."""
        try:
            return cls(told, begun("inquit.link.scoring", subprocess.DEVNULL))
        except OSError:
            return None

    def ask(self, pairs: Ints) -> None:
        """Ask for scores: whether it could be asked shows when it is to answer."""
        try:
            send(cast("BinaryIO", self._process.stdin), _encode(self._told.task(pairs)))
        except OSError:
            self.end()

    def answer(self) -> Floats | None:
        """The scores that were asked for; None where the process has ended."""
        data = None if self._process.poll() is not None else received(cast("BinaryIO", self._process.stdout))
        return None if data is None else np.frombuffer(data, np.float64)

    def end(self) -> None:
        """End the process, whatever it does, and take leave of it."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                cast("BinaryIO", stream).close()
        self._process.wait()


def main() -> None:
    """Answer tasks until there are no more."""
    told, here, decoder = answers(), Here(), msgspec.msgpack.Decoder(Task)
    while (data := received(sys.stdin.buffer)) is not None:
        send(told, here.scores(decoder.decode(data)).tobytes())


if __name__ == "__main__":
    main()
