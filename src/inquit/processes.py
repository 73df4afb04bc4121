"""Processes beside this one that are told what to work on, and answer: how they are begun, and what goes between.

A frame is 8 bytes of length, the least significant first, and that many bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import IO, BinaryIO


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begun(module: str, errors: int | IO[bytes]) -> subprocess.Popen[bytes]:
    """``python -m MODULE`` on one core, spoken to by its input and output. Raises OSError where there is no room."""
    return subprocess.Popen(  # noqa: S603 - modules of our own
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,  # Ctrl-C is for the one that began it
    )


def answers() -> BinaryIO:
    """In such a process, where it answers: what a library prints goes to standard error, not between the frames."""
    found = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return found


def send(stream: BinaryIO, data: bytes) -> None:
    """Write a frame that holds the bytes. Raises OSError where nobody reads any more."""
    stream.write(len(data).to_bytes(8, "little"))
    stream.write(data)
    stream.flush()


def received(stream: BinaryIO) -> bytes | None:
    """The next frame's bytes; None at the end of the stream."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "little")
    data = stream.read(size)
    return data if len(data) == size else None
