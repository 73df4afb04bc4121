"""One request and its answer: within a deadline, within a size, told to a log whatever becomes of it."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import httpcore2
import httpx2

from inquit.read.fetch_address import Allowed, Backend, Deadline, public, resolved
from inquit.read.fetch_body import body
from inquit.read.trouble import Trouble

_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,text/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1"
)
_NO_TEXT = re.compile(r"(?:image|audio|video|font|model)/|text/css$|(?:text|application)/(?:java|ecma)script$")
_FAILURES = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
)


class Validators(NamedTuple):
    """What a server said of its answer under ``address``, to ask whether that has changed (RFC 9110 §13)."""

    address: str
    etag: str | None = None
    modified: str | None = None


class Exchange(NamedTuple):
    """One request and what came of it; ``size`` in bytes as they came, ``outcome`` a word or the code of a Problem."""

    address: str
    seconds: float
    status: int | None
    size: int
    outcome: str


class Answer(NamedTuple):
    """What a server answered; names of headers in lower case, the body without its content encoding."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Wanted(NamedTuple):
    """What a request is for. ``cut``: a body of any type is taken, and a longer one cut off rather than refused.

    ``headers``, in lower case, go before those that are usual.
    """

    validators: Validators
    max_bytes: int
    cut: bool = False
    headers: Mapping[str, str] = MappingProxyType({})


class Unfetched(Trouble):
    """Nothing was fetched; ``status`` is that of the answer, ``again`` in how many seconds the host may be asked."""

    def __init__(self, code: str, message: str, *, status: int | None = None, again: float | None = None) -> None:
        super().__init__(code, message)
        self.status = status
        self.again = again


class Line(NamedTuple):
    """How connections are made: to ``allowed`` addresses, names looked up by ``resolve``, certificates by ``trust``."""

    allowed: Allowed = public
    resolve: Callable[[str, int], list[str]] = resolved
    trust: ssl.SSLContext | None = None


def exchange(
    address: str,
    wanted: Wanted,
    line: Line,
    *,
    user_agent: str,
    silence: float,
    left: float,
    log: Callable[[Exchange], None],
) -> Answer:
    """Ask once; nothing may take longer than ``left`` seconds altogether, no byte longer than ``silence``.

    Raises Trouble of code address, content-type, too-large or archive-broken, and Unfetched of code fetch-timeout or
    fetch-failed.
    """
    begun = time.monotonic()
    status: int | None = None
    outcome, size = "interrupted", 0
    headers = _request_headers(address, wanted.validators, user_agent) | dict(wanted.headers)
    pool = httpcore2.ConnectionPool(
        line.trust or _trust(), network_backend=Backend(line.allowed, Deadline(left), line.resolve)
    )
    waits = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), silence)}
    try:
        with _told(), pool, pool.stream("GET", address, headers=headers, extensions=waits) as answer:
            status, found = answer.status, _answer_headers(answer.headers)
            data = b""
            if status in range(200, 300):
                _see(found, wanted)
                data, size = body(
                    answer.iter_stream(), found.get("content-encoding", ""), wanted.max_bytes, cut=wanted.cut
                )
        outcome = _outcome(status)
        return Answer(status, found, data, time.monotonic() - begun)
    except Trouble as trouble:
        outcome = trouble.code
        raise
    finally:
        log(Exchange(address, time.monotonic() - begun, status, size, outcome))


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that the system trusts."""
    return httpx2.create_ssl_context()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise Unfetched("fetch-timeout", f"the site took too long to answer{_because(error)}") from error
    except _FAILURES as error:
        raise Unfetched("fetch-failed", f"the site gave no sound answer{_because(error)}") from error


def _because(error: Exception) -> str:
    return f": {error}" if str(error) else ""


def _request_headers(address: str, validators: Validators, user_agent: str) -> dict[bytes | str, bytes | str]:
    headers: dict[bytes | str, bytes | str] = {
        "user-agent": user_agent,
        "accept": _ACCEPT,
        "accept-encoding": "gzip, deflate",
        "connection": "close",
    }
    if validators.address == address and validators.etag:
        headers["if-none-match"] = validators.etag
    if validators.address == address and validators.modified:
        headers["if-modified-since"] = validators.modified
    return headers


def _answer_headers(given: list[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in given:
        headers.setdefault(name.decode("ascii", "replace").lower(), value.decode("latin-1").strip())
    return headers


def _see(headers: dict[str, str], wanted: Wanted) -> None:
    """Raise Trouble where the headers tell that the body is not worth its bytes."""
    if wanted.cut:
        return
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if _NO_TEXT.match(media):
        raise Trouble("content-type", f"the site answers with {media}, which holds no article")
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > wanted.max_bytes:
        raise Trouble("too-large", f"it is {length[:20]} bytes, more than {wanted.max_bytes}")


def _outcome(status: int) -> str:
    if status in range(200, 300):
        return "fetched"
    return {304: "unchanged", 429: "busy", 503: "busy"}.get(status, "moved" if status in range(300, 400) else "refused")
