"""The process that does the work on pieces: ``python -m inquit.corpus.worker``, spoken to by ``guarded.Guarded``.

A frame is 4 bytes of length, the least significant first, and that many bytes of MessagePack. It is told its settings,
answers when it is ready, and then answers each piece with its outcome. It ends when its input does; a piece that takes
too long ends it, by a thread that no other code can hold up.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from typing import BinaryIO

import msgspec

from inquit.errors import InquitError
from inquit.read import Options
from inquit.read.pieces import Piece

STOPPED = 3
"""Exit code of a worker that could not begin, or whose work failed for the machine's trouble: no piece is at fault."""

# A page that makes the parser ask for more is an attack or damaged: it ends the worker, not the machine.
_MEMORY_MOST = 6 * 2**30


class Settings(msgspec.Struct, frozen=True):
    """How a worker works: ``seconds`` is how long a piece may take, ``task`` the ``module:function`` that works."""

    options: Options
    seconds: float
    task: str


def framed(data: bytes) -> bytes:
    """A frame that holds the bytes."""
    return len(data).to_bytes(4, "little") + data


def frame(stream: BinaryIO) -> bytes | None:
    """The next frame's bytes; None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "little")
    data = stream.read(size)
    return data if len(data) == size else None


def main() -> int:
    """Work until there is no more."""
    # What a library prints must not get between the frames.
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    pieces = sys.stdin.buffer
    if (given := frame(pieces)) is None:
        return 0
    settings = msgspec.msgpack.decode(given, type=Settings)
    _bound_memory()
    try:
        module, _, name = settings.task.partition(":")
        task = getattr(__import__(module, fromlist=[name]), name)
        answers.write(framed(b""))
        decoder, encoder = msgspec.msgpack.Decoder(Piece), msgspec.msgpack.Encoder()
        while (data := frame(pieces)) is not None:
            faulthandler.dump_traceback_later(settings.seconds, exit=True)
            outcome = encoder.encode(task(decoder.decode(data), settings.options))
            faulthandler.cancel_dump_traceback_later()
            answers.write(framed(outcome))
    except InquitError as error:
        sys.stderr.write(f"{error}\n")
        return STOPPED
    return 0


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_MOST, resource.getrlimit(resource.RLIMIT_DATA)[1]))


if __name__ == "__main__":
    sys.exit(main())
