"""The body of an answer: bounded as it comes and as it is unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from inquit.read.trouble import Trouble

_GZIP = b"\x1f\x8b"
_EITHER = 47  # zlib's number for "gzip or zlib, as the bytes say"
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


def body(chunks: Iterable[bytes], encoding: str, max_bytes: int, *, cut: bool = False) -> tuple[bytes, int]:
    """The bytes without their content encoding, and how many came; with ``cut`` the first ``max_bytes`` of them.

    Raises Trouble: too-large beyond ``max_bytes``, packed or unpacked; archive-broken for damaged or unknown packing.
    """
    named = encoding.strip().lower()
    if named not in _PACKED | {"", "identity"}:
        raise Trouble("archive-broken", f"the answer is packed with {encoding!r}, which was not asked for")
    unpacker = _Unpacker() if named in _PACKED else None
    parts: list[bytes] = []
    size = came = 0
    for chunk in chunks:
        came += len(chunk)
        part = chunk if unpacker is None else unpacker.unpacked(chunk, max_bytes - size + 1)
        size += len(part)
        parts.append(part)
        if max(size, came) > max_bytes:
            if cut:
                return b"".join(parts)[:max_bytes], came
            raise Trouble("too-large", f"it is more than {max_bytes} bytes")
    if unpacker is not None and came and not unpacker.complete:
        raise Trouble("archive-broken", "the packed answer ends early")
    return b"".join(parts), came


class _Unpacker:
    """Unpacks gzip (of several members too) and deflate, never more at once than is asked for."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(_EITHER)
        self._begun = False
        self._over = False

    @property
    def complete(self) -> bool:
        return self._over or self._inner.eof

    def unpacked(self, chunk: bytes, most: int) -> bytes:
        """What the chunk unpacks to, at most ``most`` bytes; what lies behind the packed bytes is passed over."""
        found = b""
        while chunk and not self._over and len(found) < most:
            found += self._part(chunk, most - len(found))
            if not self._inner.eof:
                break
            chunk = self._inner.unused_data
            if chunk.startswith(_GZIP):
                self._inner, self._begun = zlib.decompressobj(_EITHER), False
            else:
                self._over = bool(chunk)
        return found

    def _part(self, chunk: bytes, most: int) -> bytes:
        try:
            part = self._inner.decompress(chunk, most)
        except zlib.error as error:
            if self._begun:
                raise Trouble("archive-broken", f"the packed answer is damaged: {error}") from error
            # What many servers call deflate lacks the two bytes of zlib.
            self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                part = self._inner.decompress(chunk, most)
            except zlib.error:
                raise Trouble("archive-broken", f"the packed answer is damaged: {error}") from error
        self._begun = True
        return part
