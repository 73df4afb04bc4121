"""The bytes of a web archive, and its next sound part behind a broken one.

A compressed archive (ISO 28500, annex D) is a file of gzip members, one for each record. Python's own gzip, as warcio,
ends at the first that is broken; here the file is searched for the next one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

OPENING = re.compile(rb"WARC/[01]\.\d|[a-z][a-z0-9+.-]{1,20}:[^\r\n]{1,4000} \S+ \d{8,14} \S.{0,200} \d+\r?\n")
"""How a record begins: WARC's first line, or the only one of ARC 1.0."""

_MAGIC = b"\x1f\x8b\x08"
_GZIP_ONLY = 31  # zlib's number for it
_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 16
_LONGEST_OPENING = 4500
# So many of a member's packed bytes are kept to look for the next one in.
_KEPT = 8 * 2**20
# Pages unpack to 3 to 20 times their size; what goes beyond both is made to fill memory and time.
_FREE = 64 * 2**20
_MOST_TIMES = 200


class Damaged(Exception):  # noqa: N818 - it never leaves the reading of web archives
    """The bytes end or break within a record; the message says how."""


class _Puller(Protocol):
    def __call__(self) -> bytes: ...


class Run:
    """Bytes in which records follow one another: a gzip member, or a whole file that is not compressed.

    ``offset`` is where it begins in the file; reading raises Damaged, and Trouble where the machine fails.
    """

    def __init__(self, pull: _Puller, offset: int, *, packed: bool) -> None:
        self.offset = offset
        self.packed = packed
        self._pull = pull
        self._buffer = b""
        self._at = 0
        self._passed = 0

    @property
    def place(self) -> int:
        """The offset in the file to look at: of the member, or of the next byte."""
        return self.offset if self.packed else self.offset + self._passed + self._at

    def read(self, size: int) -> bytes:
        """So many bytes, fewer at the end only."""
        parts: list[bytes] = []
        while size > 0 and (self._at < len(self._buffer) or self._filled()):
            part = self._buffer[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readline(self, size: int = _LONGEST_LINE) -> bytes:
        """The next line with its end, cut off at ``size`` bytes; raises Damaged where it is no line of a header."""
        self._ahead(_CHUNK, until=b"\n")
        end = self._buffer.find(b"\n", self._at) + 1 or len(self._buffer)
        line = self._buffer[self._at : min(end, self._at + size)]
        if len(line) >= _LONGEST_LINE:
            raise Damaged("a line of its header has no end")
        self._at += len(line)
        return line

    def at_record(self) -> bool | None:
        """Pass over empty lines: True before a record, False before anything else, None at the end."""
        while self._at < len(self._buffer) or self._filled():
            rest = self._buffer[self._at : self._at + _CHUNK]
            kept = rest.lstrip(b"\r\n")
            self._at += len(rest) - len(kept)
            if kept:
                self._ahead(_LONGEST_OPENING, until=b"\n")
                return OPENING.match(self._buffer, self._at) is not None
        return None

    def seek_record(self) -> bool:
        """Go on to the next line with which a record may begin; False where there is none."""
        while True:
            line = self._line_passed()
            if not line:
                return False
            if line.endswith(b"\n"):
                self._ahead(_LONGEST_OPENING, until=b"\n")
                if OPENING.match(self._buffer, self._at):
                    return True

    def _line_passed(self) -> bytes:
        """The next line, or a part of one that is long."""
        self._ahead(_CHUNK, until=b"\n")
        end = self._buffer.find(b"\n", self._at) + 1 or len(self._buffer)
        line = self._buffer[self._at : end]
        self._at = end
        return line

    def _ahead(self, size: int, until: bytes) -> None:
        """Have so many bytes at hand, or all up to a mark."""
        while len(self._buffer) - self._at < size and self._buffer.find(until, self._at) < 0:
            if not self._filled():
                return

    def _filled(self) -> bool:
        more = self._pull()
        self._passed += self._at
        self._buffer = self._buffer[self._at :] + more
        self._at = 0
        return bool(more)


def plain_runs(stream: BinaryIO) -> Iterator[Run]:
    """The one run of a file that is not compressed."""
    yield Run(lambda: stream.read(_CHUNK), 0, packed=False)


def gzip_runs(stream: BinaryIO) -> Iterator[Run]:
    """The members of a compressed file; behind one that is broken, or left before its end, the next that is sound."""
    members = _Members(stream)
    while members.begun():
        yield Run(members.pull, members.offset, packed=True)
        members.end()


class _Members:
    """Where in the file of members the reading is."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._waiting = b""
        self._came = 0
        self._inner = zlib.decompressobj(_GZIP_ONLY)
        self._since = bytearray()
        self._in = self._out = 0
        self._broken: str | None = None
        self.offset = 0

    def begun(self) -> bool:
        """Begin with the next member; False at the end of the file."""
        if not self._has(len(_MAGIC)) or not self._waiting.startswith(_MAGIC):
            # Between members there is nothing, or the zeros with which tapes are filled up.
            self._search()
        if not self._waiting:
            return False
        self.offset = self._came - len(self._waiting)
        self._inner = zlib.decompressobj(_GZIP_ONLY)
        self._since.clear()
        self._in = self._out = 0
        self._broken = None
        return True

    def pull(self) -> bytes:
        """The next bytes of the member unpacked, empty at its end; raises Damaged."""
        while not self._inner.eof:
            if self._broken:
                raise Damaged(self._broken)
            packed = self._inner.unconsumed_tail or self._fed()
            if part := self._part(packed):
                return part
        return b""

    def _part(self, packed: bytes) -> bytes:
        part = b""
        try:
            part = self._inner.decompress(packed, _CHUNK)
        except zlib.error as error:
            self._broken = f"its compressed bytes are damaged ({error})"
        if not packed:
            self._broken = "it ends early"
        self._out += len(part)
        if self._out > _FREE + _MOST_TIMES * self._in:
            self._broken = f"it unpacks to more than {_MOST_TIMES} times its size"
        return b"" if self._broken else part

    def end(self) -> None:
        """Leave the member: what follows it, or the next one that is sound, comes next."""
        if self._inner.eof:
            self._waiting = self._inner.unused_data + self._waiting
        else:
            # Its first byte is passed over, so that the same member is not found again.
            self._waiting = bytes(self._since[1:]) + self._waiting
            self._search()

    def _fed(self) -> bytes:
        packed, self._waiting = self._waiting or self._more(), b""
        self._in += len(packed)
        self._since += packed
        if len(self._since) > _KEPT:
            del self._since[: len(self._since) // 2]
        return packed

    def _more(self) -> bytes:
        data = self._stream.read(_CHUNK)
        self._came += len(data)
        return data

    def _has(self, size: int) -> bool:
        while len(self._waiting) < size and (data := self._more()):
            self._waiting += data
        return len(self._waiting) >= size

    def _search(self) -> None:
        """Pass over what comes before the next member that begins with a record; all of it where there is none."""
        while self._has(_CHUNK) or self._waiting:
            at = self._waiting.find(_MAGIC)
            while at >= 0:
                self._has(at + _LONGEST_OPENING)
                if _is_record(self._waiting[at : at + _LONGEST_OPENING]):
                    self._waiting = self._waiting[at:]
                    return
                at = self._waiting.find(_MAGIC, at + 1)
            # The mark may be cut in two.
            tail = self._waiting[-2:]
            self._waiting = self._more()
            if self._waiting:
                self._waiting = tail + self._waiting


def _is_record(packed: bytes) -> bool:
    try:
        return OPENING.match(zlib.decompressobj(_GZIP_ONLY).decompress(packed, _LONGEST_OPENING)) is not None
    except zlib.error:
        return False
