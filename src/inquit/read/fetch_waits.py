"""One request at a time a host, with a pause between two, longer where the host asks for it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import NamedTuple

MOST_PAUSE = 120.0
"""Seconds between two requests beyond which a site's wish is not followed further."""
MOST_WAIT = 24 * 3600.0
_FIRST_BACKOFF = 5.0


class Clock(NamedTuple):
    """Time, and how to let it pass; ``now`` in seconds since 1970, ``chance`` from 0 to 1."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Hosts:
    """When each host may be asked again."""

    def __init__(self, delay: float, clock: Clock) -> None:
        self._delay = delay
        self._clock = clock
        self._pauses: dict[str, float] = {}
        self._ready: dict[str, float] = {}
        self._refused: dict[str, int] = {}

    def wish(self, host: str, pause: float) -> None:
        """The host asks for so many seconds between two requests."""
        self._pauses[host] = min(pause, MOST_PAUSE)

    def wait(self, host: str) -> None:
        """Let time pass until the host may be asked."""
        if (seconds := self.seconds(host)) > 0:
            self._clock.sleep(seconds)

    def seconds(self, host: str) -> float:
        """How long until the host may be asked."""
        return max(0.0, self._ready.get(host, 0.0) - self._clock.now())

    def is_busy(self, host: str) -> bool:
        """Whether the host has sent us away and that time is not over."""
        return host in self._refused and self.seconds(host) > 0

    def answered(self, host: str) -> None:
        """A request to the host is over: it may be asked again after the pause."""
        self._rest(host, max(self._delay, self._pauses.get(host, 0.0)))

    def welcomed(self, host: str) -> None:
        """The host was not busy."""
        self._refused.pop(host, None)

    def refused(self, host: str, retry_after: str | None) -> None:
        """The host is busy (429, 503), and is left alone for a while.

        As long as it says (Retry-After, RFC 9110 §10.2.3), else twice as long each time; up to half as much again by
        chance, so that not all who were refused come back at once.
        """
        times = self._refused[host] = self._refused.get(host, 0) + 1
        stated = self._stated(retry_after)
        least = _FIRST_BACKOFF * 2 ** (times - 1) if stated is None else stated
        seconds = min(max(least, self._delay) * (1 + self._clock.chance() / 2), MOST_WAIT)
        self._rest(host, seconds)

    def _rest(self, host: str, seconds: float) -> None:
        self._ready[host] = self._clock.now() + seconds

    def _stated(self, retry_after: str | None) -> float | None:
        words = (retry_after or "").strip()
        if words.isascii() and words.isdigit():
            return min(float(words[:9]), MOST_WAIT)
        try:
            return max(0.0, parsedate_to_datetime(words).timestamp() - self._clock.now())
        except (ValueError, OverflowError):
            return None
