"""A large file on a server, read in blocks (RFC 9110 §14): what waits in between keeps no connection open.

A block that fails is asked for again. One file is named by its caller, as it is to a program that downloads, so its
site's robots.txt, which is for programs that find addresses by themselves, is not asked.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from http.client import responses
from typing import BinaryIO, NamedTuple, TypeAlias, cast

from inquit.read.address import joined, normal
from inquit.read.fetch_exchange import Answer, Line, Unfetched, Validators, Wanted, exchange
from inquit.read.trouble import Trouble

BLOCK = 8 * 2**20
"""Bytes that are asked for at once."""

Ask: TypeAlias = Callable[[int, int], Answer]
"""Asks for the bytes from a place to another, exclusive; raises Trouble."""

_AGENT = "inquit (reads web archives)"
_SIZE = re.compile(r"bytes (?:\d+-\d+|\*)/(\d+)")
_PAUSES = (1.0, 5.0, 20.0)
_BUSY = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_REDIRECTS = 5
_SILENCE, _BLOCK_SECONDS = 30.0, 600.0
_NOT_SATISFIABLE = 416  # of an empty file no byte can be had


class Extent(NamedTuple):
    """A file's size in bytes, and what the server marks its present state by."""

    size: int
    mark: str | None


class Ranged(io.RawIOBase):
    """The file as a stream that can be read from any place; raises Trouble."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self._at = self._start = 0
        self._block = b""
        answer = ask(0, BLOCK)
        self.extent = _extent(answer)
        self._block = answer.body

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.extent.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed has the private WriteableBuffer
        """Fill the buffer with what is at hand of a block; raises Trouble."""
        if self._at >= self.extent.size:
            return 0
        if not self._start <= self._at < self._start + len(self._block):
            self._load()
        offset = self._at - self._start
        part = self._block[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _load(self) -> None:
        past = min(self._at + BLOCK, self.extent.size)
        answer = self._ask(self._at, past)
        if _extent(answer) != self.extent:
            raise Trouble("fetch-failed", "the file was changed on the server while it was read: run it again")
        if len(answer.body) != past - self._at:
            raise Trouble("fetch-failed", f"the server gave {len(answer.body)} bytes of {past - self._at}")
        self._block, self._start = answer.body, self._at


def ranged(ask: Ask) -> tuple[BinaryIO, Extent]:
    """The file that is asked for, buffered, and its extent; raises Trouble."""
    raw = Ranged(ask)
    return cast("BinaryIO", io.BufferedReader(raw, 1 << 16)), raw.extent


def asking(address: str, line: Line) -> Ask:
    """How to ask a web server for parts of the file at an address; redirects are followed once. Raises Trouble."""
    at = [normal(address)]

    def ask(start: int, past: int) -> Answer:
        for _ in range(_REDIRECTS + 1):
            answer = patient(lambda: request(at[0], line, {"range": f"bytes={start}-{past - 1}"}))
            if answer.status not in _MOVED or "location" not in answer.headers:
                return answer
            at[0] = normal(joined(at[0], answer.headers["location"]))
        raise Trouble("redirects", f"it leads on more than {_REDIRECTS} times")

    return ask


def patient(ask: Callable[[], Answer]) -> Answer:
    """The answer, asked for again where there was none or the server was busy; raises Trouble."""
    for pause in _PAUSES:
        try:
            answer = ask()
        except Unfetched:
            time.sleep(pause)
            continue
        if answer.status not in _BUSY:
            return answer
        time.sleep(pause)
    return ask()


def request(address: str, line: Line, headers: dict[str, str], max_bytes: int = BLOCK) -> Answer:
    """One request; raises Trouble as ``exchange`` does."""
    wanted = Wanted(Validators(address), max_bytes, cut=True, headers={"accept-encoding": "identity"} | headers)
    return exchange(address, wanted, line, user_agent=_AGENT, silence=_SILENCE, left=_BLOCK_SECONDS, log=lambda _: None)


def _extent(answer: Answer) -> Extent:
    """How large the whole is; raises Trouble where the server does not give a part of it."""
    mark = answer.headers.get("etag") or answer.headers.get("last-modified")
    stated = _SIZE.fullmatch(answer.headers.get("content-range", ""))
    if answer.status == _NOT_SATISFIABLE:
        return Extent(0, mark)
    if answer.status == 206 and stated is not None:
        return Extent(int(stated[1]), mark)
    if answer.status == 200 and len(answer.body) < BLOCK:
        return Extent(len(answer.body), mark)
    if answer.status == 200:
        raise Trouble("fetch-failed", "the server gives no parts of files: download it, and name the file")
    told = responses.get(answer.status, "unknown")
    raise Unfetched("fetch-status", f"the server answers {answer.status} ({told})", status=answer.status)
