"""Fetching addresses: politely, within limits, and nowhere that is not public."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.client import NOT_MODIFIED, responses
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from inquit.errors import UsageError
from inquit.read import fetch_robots
from inquit.read.address import joined, normal, plain
from inquit.read.fetch_exchange import Answer, Exchange, Line, Unfetched, Validators, Wanted, exchange
from inquit.read.fetch_robots import Robots, product
from inquit.read.fetch_waits import Clock, Hosts
from inquit.read.trouble import Trouble

__all__ = ["Clock", "Exchange", "Fetched", "Fetcher", "Line", "Manners", "Unfetched", "Validators", "checked", "plain"]

_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_TRIES = 3
_BUSY = frozenset({429, 503})
_MOVED = frozenset({301, 302, 303, 307, 308})
# Seconds after which a site is asked again for a robots.txt that could not be had.
_CLOSED_FOR = 600.0


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How addresses are fetched.

    ``delay``: seconds between two requests to one host. ``timeout``: seconds that an address may take, its redirects
    included, pauses not; ``silence``: those without a byte. ``max_bytes`` bounds a body, packed and unpacked.
    ``patience``: seconds that are waited for a host that is busy.
    """

    user_agent: str = f"inquit/{version('inquit')} (reads news and feeds)"
    delay: float = 1.0
    timeout: float = 30.0
    silence: float = 10.0
    max_bytes: int = 10 * 2**20
    redirects: int = 5
    patience: float = 60.0


def checked(manners: Manners) -> Manners:
    """The manners; raises UsageError where they cannot be meant."""
    agent = manners.user_agent
    if not agent.strip() or not agent.isascii() or not agent.isprintable():
        raise UsageError("a user agent is a line of ASCII characters, such as 'desk/1.0 (desk@example.org)'")
    if min(manners.delay, manners.timeout, manners.silence, manners.max_bytes, manners.patience) < 0:
        raise UsageError("delays, times and sizes are not negative")
    return manners


class Fetched(NamedTuple):
    """What an address gave; ``address`` is where redirects led, ``body`` None where nothing has changed."""

    asked: str
    address: str
    body: bytes | None
    media: str
    charset: str | None
    validators: Validators


class Fetcher:
    """Fetches addresses one after another; remembers when hosts may be asked, and their robots.txt.

    ``line`` is how connections are made; ``log`` is told of every request. Raises UsageError for manners that cannot
    be meant.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        *,
        line: Line | None = None,
        clock: Clock | None = None,
        log: Callable[[Exchange], None] | None = None,
    ) -> None:
        self.manners = checked(manners or Manners())
        self._clock = clock or Clock()
        self._line = line or Line()
        self._log = log or (lambda _: None)
        self._hosts = Hosts(self.manners.delay, self._clock)
        self._robot = product(self.manners.user_agent)
        self._robots: dict[str, tuple[Robots | Unfetched, float]] = {}

    def fetch(self, address: str, validators: Validators | None = None) -> Fetched:
        """What the address gives; with ``validators`` only if it has changed since.

        Raises Trouble of code address, robots, redirects, content-type, too-large or archive-broken, and Unfetched of
        code fetch-status, fetch-later, fetch-timeout or fetch-failed.
        """
        asked = plain(address)
        return self._followed(asked, Wanted(validators or Validators(asked), self.manners.max_bytes))

    def seconds(self, address: str) -> float:
        """How long until the address's host may be asked again."""
        return self._hosts.seconds(urlsplit(address).netloc)

    def is_busy(self, address: str) -> bool:
        """Whether the address's host has asked us to come back later, and it is not later yet."""
        return self._hosts.is_busy(urlsplit(address).netloc)

    def _followed(self, asked: str, wanted: Wanted, *, robots: bool = True) -> Fetched:
        at, left, seen = asked, self.manners.timeout, {asked}
        while True:
            if robots:
                self._heed(at)
            answer = self._patient(at, wanted, left)
            left -= answer.seconds
            if answer.status not in _MOVED or "location" not in answer.headers:
                return _fetched(asked, at, answer)
            at = normal(joined(at, answer.headers["location"]))
            if at in seen:
                raise Trouble("redirects", f"it leads in a circle, back to {at}")
            if len(seen) > self.manners.redirects:
                raise Trouble("redirects", f"it leads on more than {self.manners.redirects} times")
            seen.add(at)

    def _heed(self, address: str) -> None:
        """Raise Trouble where the site does not want the address fetched, or does not say (RFC 9309 §2.3.1)."""
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        found, until = self._robots.get(origin, (None, 0.0))
        if found is None or until < self._clock.now():
            found, lifetime = self._robots_of(f"{origin}/robots.txt")
            self._robots[origin] = found, self._clock.now() + lifetime
        if isinstance(found, Unfetched):
            raise Unfetched(found.code, found.message, status=found.status, again=found.again)
        self._hosts.wish(parts.netloc, found.delay)
        if not found.allows(address):
            raise Trouble("robots", "the site's robots.txt asks not to fetch it")

    def _robots_of(self, file: str) -> tuple[Robots | Unfetched, float]:
        """The rules of a site, or why there are none to be had, and for how many seconds that holds.

        Raises Trouble of code address.
        """
        try:
            found = self._followed(file, Wanted(Validators(file), fetch_robots.MAX_BYTES, cut=True), robots=False)
        except Unfetched as trouble:
            if trouble.status in range(400, 500) and trouble.status not in _BUSY:
                return Robots(self._robot), fetch_robots.LIFETIME
            if trouble.code != "fetch-status":
                return trouble, _CLOSED_FOR
            why = trouble.message
        except Trouble as trouble:
            if trouble.code == "address":
                raise
            if trouble.code == "redirects":
                return Robots(self._robot), fetch_robots.LIFETIME
            why = trouble.message
        else:
            return Robots(self._robot, found.body or b""), fetch_robots.LIFETIME
        closed = f"its robots.txt could not be read ({why}), so nothing of the site is fetched for now"
        return Unfetched("robots", closed), _CLOSED_FOR

    def _patient(self, address: str, wanted: Wanted, left: float) -> Answer:
        """The answer of a host that is not busy, waited for as long as patience lasts; raises as ``exchange`` does."""
        host = urlsplit(address).netloc
        status = None
        for _ in range(_TRIES):
            if self._hosts.is_busy(host) and self._hosts.seconds(host) > self.manners.patience:
                break
            self._hosts.wait(host)
            answer = self._asked(host, address, wanted, left)
            if answer.status not in _BUSY:
                self._hosts.welcomed(host)
                return answer
            status = answer.status
            self._hosts.refused(host, answer.headers.get("retry-after"))
        again = self._hosts.seconds(host)
        raise Unfetched(
            "fetch-later", f"the site is busy; it may be asked again in {again:.0f} s", status=status, again=again
        )

    def _asked(self, host: str, address: str, wanted: Wanted, left: float) -> Answer:
        try:
            return exchange(
                address,
                wanted,
                self._line,
                user_agent=self.manners.user_agent,
                silence=self.manners.silence,
                left=left,
                log=self._log,
            )
        finally:
            self._hosts.answered(host)


def _fetched(asked: str, address: str, answer: Answer) -> Fetched:
    """What was fetched; raises Unfetched where the answer is that there is nothing."""
    status, headers = answer.status, answer.headers
    if status != NOT_MODIFIED and status not in range(200, 300):
        raise Unfetched(
            "fetch-status", f"the site answers {status} ({responses.get(status, 'unknown')})", status=status
        )
    kind = headers.get("content-type", "")
    charset = _CHARSET.search(kind)
    return Fetched(
        asked=asked,
        address=plain(address),
        body=None if status == NOT_MODIFIED else answer.body,
        media=kind.partition(";")[0].strip().lower(),
        charset=charset[1] if charset else None,
        validators=Validators(address, headers.get("etag"), headers.get("last-modified")),
    )
