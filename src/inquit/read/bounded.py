"""Parts of archives as streams: what they unpack to is bounded, and every failure is Trouble."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO
from zipfile import BadZipFile

from inquit.read.trouble import Trouble

# Pages unpack to 3 to 20 times their size; what goes beyond both is made to fill memory and time.
_FREE = 256 * 2**20
_MOST_TIMES = 200


class Budget:
    """How much an archive may unpack to, all its parts together: ``packed`` tells the size it had so far."""

    def __init__(self, packed: Callable[[], int]) -> None:
        self._packed = packed
        self._spent = 0

    def spend(self, size: int) -> None:
        """Take so many bytes; raises Trouble of code too-large when there are no more."""
        self._spent += size
        if self._spent > _FREE + _MOST_TIMES * self._packed():
            raise Trouble("too-large", f"the archive unpacks to more than {_MOST_TIMES} times its size")


class Counted(io.RawIOBase):
    """A stream that knows how much was read of it; with a budget what is read is taken from it."""

    def __init__(self, stream: BinaryIO, budget: Budget | None = None) -> None:
        super().__init__()
        self.size = 0
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed has the private WriteableBuffer
        """Fill the buffer; raises Trouble."""
        try:
            part = self._stream.read(len(buffer))
        except (EOFError, OSError, zlib.error, lzma.LZMAError, BadZipFile, gzip.BadGzipFile, ValueError) as error:
            raise Trouble("archive-broken", f"it could not be unpacked: {error}") from error
        self.size += len(part)
        if self._budget is not None:
            self._budget.spend(len(part))
        buffer[: len(part)] = part
        return len(part)
