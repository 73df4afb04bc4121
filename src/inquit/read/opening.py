"""Opening of inputs: bounded, decompressed, and with every failure as Trouble."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from inquit.read.trouble import Trouble

_GZIP = b"\x1f\x8b"
_GZIP_ONLY = 31  # zlib's number for it
_HEAD = 1 << 16
_CHUNK = 1 << 20


class Source(NamedTuple):
    """One input: ``shown`` names it in Problems, ``name`` is the file's without folders, ``path`` None for stdin.

    ``address`` is that of an input which has to be fetched.
    """

    shown: str
    name: str | None
    path: Path | None
    address: str | None = None


class Opened(NamedTuple):
    """A source's decompressed bytes: the first of them as ``head`` and again, with the rest, in ``stream``.

    ``raw`` has the bytes as they came: who reads it leaves ``stream`` alone. ``charset`` is the encoding that a server
    stated.
    """

    head: bytes
    stream: BinaryIO
    packed: bool
    raw: BinaryIO
    charset: str | None = None


@contextmanager
def opened(
    source: Source, stdin: BinaryIO | None, watched: Callable[[BinaryIO], BinaryIO] | None = None
) -> Iterator[Opened]:
    """The source open for reading, its bytes as they are through ``watched``.

    Raises Trouble of code not-found, unreadable or archive-broken.
    """
    if source.path is None:
        if stdin is None:
            raise Trouble("unreadable", "there is no standard input to read")
        yield _unpacked(watched(stdin) if watched else stdin, source)
        return
    with _file(source.path) as file:
        yield _unpacked(watched(file) if watched else file, source)


def opened_bytes(data: bytes, source: Source, charset: str | None) -> Opened:
    """Bytes that are at hand as if they had been opened; raises Trouble of code archive-broken."""
    return _unpacked(io.BytesIO(data), source)._replace(charset=charset)


def opened_member(stream: BinaryIO, source: Source) -> Opened:
    """A part of an archive, open for reading."""
    return _unpacked(stream, source)


def whole(stream: BinaryIO, max_bytes: int) -> bytes:
    """All of the stream; raises Trouble of code too-large beyond ``max_bytes``."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_CHUNK):
        size += len(part)
        if size > max_bytes:
            raise Trouble("too-large", f"more than {max_bytes} bytes; raise max_bytes, or split the input")
        parts.append(part)
    return b"".join(parts)


class _Guarded(io.RawIOBase):
    """A stream with bytes put back before it, whose failures are Trouble; closing it leaves the stream open."""

    def __init__(self, stream: BinaryIO, head: bytes = b"") -> None:
        super().__init__()
        self._stream = stream
        self._head = head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed has the private WriteableBuffer
        if self._head:
            part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            part = self._read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def _read(self, size: int) -> bytes:
        try:
            return self._stream.read(size) or b""
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise Trouble("archive-broken", f"the compressed file is damaged: {error}") from error
        except OSError as error:
            raise Trouble("unreadable", f"reading failed: {error.strerror or error}") from error


def _file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise Trouble("not-found", "there is no such file or folder") from error
    except (OSError, ValueError) as error:
        raise Trouble(
            "unreadable", f"the file could not be opened: {getattr(error, 'strerror', None) or error}"
        ) from error


def _unpacked(stream: BinaryIO, source: Source) -> Opened:
    head, plain = _peeked(stream)
    if not head.startswith(_GZIP):
        # An address may end so, and what it gives have been unpacked on the way.
        if head and source.path is not None and source.path.name.lower().endswith(".gz"):
            raise Trouble("archive-broken", "the name ends in .gz, the bytes are not compressed with gzip")
        return Opened(head, plain, packed=False, raw=plain)
    # GzipFile reads only from the stream it is handed, so it never closes the caller's; and not before it is read.
    unpacked = io.BufferedReader(_Guarded(cast("BinaryIO", gzip.GzipFile(fileobj=plain, mode="rb"))), _HEAD)
    return Opened(_unpacked_head(head), cast("BinaryIO", unpacked), packed=True, raw=plain)


def _unpacked_head(head: bytes) -> bytes:
    """The first bytes of what gzip has packed, as far as the first packed bytes tell."""
    found = b""
    while head.startswith(_GZIP) and len(found) < _HEAD:
        inner = zlib.decompressobj(_GZIP_ONLY)
        try:
            found += inner.decompress(head, _HEAD - len(found))
        except zlib.error:
            break
        head = inner.unused_data
    return found


def _peeked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    guarded = io.BufferedReader(_Guarded(stream), _HEAD)
    head = guarded.read(_HEAD)
    return head, cast("BinaryIO", io.BufferedReader(_Guarded(cast("BinaryIO", guarded), head), _HEAD))
