"""A worker that is a process of its own: whatever a piece does to it costs that piece only."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from typing import BinaryIO, cast

import msgspec

from inquit.corpus.outcome import Outcome
from inquit.corpus.worker import STOPPED, Settings
from inquit.errors import WorkError
from inquit.processes import begun, received, send
from inquit.read.pieces import Piece
from inquit.records import Problem

TRIES = 3
"""A piece whose worker ends so many times is left out: once may be somebody's kill, or the machine's want of memory."""

_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(Outcome)
_BEGINNINGS = 6
_TOLD_MOST = 2000  # bytes of what a dying worker says last


class Guarded:
    """One worker process, begun when it is needed and again when it dies; ``deaths`` counts how often it did."""

    def __init__(self, settings: Settings) -> None:
        self.deaths = 0
        self._settings = settings
        self._stopped = False
        self._process: subprocess.Popen[bytes] | None = None
        self._told = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - lives as long as this

    def work(self, pieces: Sequence[Piece | Problem]) -> list[Outcome]:
        """The outcome of each piece; a Problem goes through as it is.

        Raises WorkError where no worker can be begun, or one says that the machine is at fault.
        """
        return [Outcome(problems=(one,)) if isinstance(one, Problem) else self._one(one) for one in pieces]

    def stop(self) -> None:
        """End the process, also while another thread waits for its answer: that ends with WorkError."""
        self._stopped = True
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> None:
        """End the process and take leave of it; nobody waits for its answer."""
        self.stop()
        process, self._process = self._process, None
        if process is not None:
            process.communicate()
        self._told.close()

    def _one(self, piece: Piece) -> Outcome:
        data = _encode(piece)
        why = ""
        for _ in range(TRIES):
            process = self._process or self._begun()
            self._told.seek(0)
            self._told.truncate()
            began = time.monotonic()
            if (answer := _answer(process, data)) is not None:
                return _decoder.decode(answer)
            why = self._ended(process, time.monotonic() - began)
        message = f"the process that read it {why}, {TRIES} times: it was left out"
        return Outcome(problems=(Problem(code="worker", message=message, input=piece.shown),))

    def _begun(self) -> subprocess.Popen[bytes]:
        """A new process that is ready. Raises WorkError where it does not become so."""
        for _ in range(_BEGINNINGS):
            if self._stopped:
                raise WorkError("the run was stopped")
            self._process = process = begun("inquit.corpus.worker", self._told)
            if _answer(process, _encode(self._settings)) is not None:
                return process
            why = self._ended(process, 0)
        raise WorkError(f"no worker could be begun: it {why}; see that there is memory for as many workers")

    def _ended(self, process: subprocess.Popen[bytes], seconds: float) -> str:
        """Take leave of a process that gave no answer: in what way it ended. Raises WorkError for STOPPED."""
        self._process = None
        process.communicate()
        self.deaths += 1
        self._told.seek(max(0, self._told.seek(0, os.SEEK_END) - _TOLD_MOST))
        told = self._told.read().decode("utf-8", "replace").strip()
        if process.returncode == STOPPED:
            raise WorkError(told)
        if seconds >= self._settings.seconds:
            return f"took longer than {self._settings.seconds:g} s"
        if process.returncode < 0:
            return f"was ended by signal {-process.returncode}"
        last = told.rsplit("\n", 1)[-1][:200]
        return f"ended with code {process.returncode}" + (f" ({last})" if last else "")


def _answer(process: subprocess.Popen[bytes], data: bytes) -> bytes | None:
    """What the process answers; None where it ends instead."""
    assert process.stdin is not None  # noqa: S101 - as it was begun
    assert process.stdout is not None  # noqa: S101
    try:
        send(cast("BinaryIO", process.stdin), data)
    except OSError:
        return None
    return received(cast("BinaryIO", process.stdout))
