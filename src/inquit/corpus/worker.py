"""The process that does the work on pieces: ``python -m inquit.corpus.worker``, spoken to by ``guarded.Guarded``.

What goes between are frames of MessagePack (``inquit.processes``). It is told its settings,
answers when it is ready, and then answers each piece with its outcome. It ends when its input does; a piece that takes
too long ends it, by a thread that no other code can hold up.
"""

from __future__ import annotations

import faulthandler
import sys

import msgspec

from inquit.errors import InquitError
from inquit.processes import answers, received, send
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


def main() -> int:
    """Work until there is no more."""
    told, pieces = answers(), sys.stdin.buffer
    if (given := received(pieces)) is None:
        return 0
    settings = msgspec.msgpack.decode(given, type=Settings)
    _bound_memory()
    try:
        module, _, name = settings.task.partition(":")
        task = getattr(__import__(module, fromlist=[name]), name)
        send(told, b"")
        decoder, encoder = msgspec.msgpack.Decoder(Piece), msgspec.msgpack.Encoder()
        while (data := received(pieces)) is not None:
            faulthandler.dump_traceback_later(settings.seconds, exit=True)
            outcome = encoder.encode(task(decoder.decode(data), settings.options))
            faulthandler.cancel_dump_traceback_later()
            send(told, outcome)
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
