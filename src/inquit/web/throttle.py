"""Slowing down whoever guesses passwords: after some failures each further one doubles the wait."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

_LONGEST = 900.0  # seconds of the longest wait; so long after its end failures are forgotten
_MOST_KEYS = 10_000


class Throttle:
    """Counts failures by keys (a name, an address); not for several threads at once.

    ``free``: failures of a key before it has to wait.
    """

    def __init__(self, free: int) -> None:
        self._free = free
        self._failures: OrderedDict[Hashable, tuple[int, float]] = OrderedDict()

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds until the key may be tried."""
        count, at = self._failures.get(key, (0, now))
        if now >= at + 2 * _LONGEST:
            return 0.0
        return max(0.0, at + self._pause(count) - now)

    def failed(self, key: Hashable, now: float) -> None:
        """Count a failure."""
        count, at = self._failures.pop(key, (0, now))
        self._failures[key] = (1 if now >= at + 2 * _LONGEST else count + 1), now
        while len(self._failures) > _MOST_KEYS:
            self._failures.popitem(last=False)

    def take_back(self, key: Hashable) -> None:
        """Count one failure less."""
        if key in self._failures:
            count, at = self._failures[key]
            self._failures[key] = max(0, count - 1), at

    def clear(self, key: Hashable) -> None:
        """Forget the failures of a key."""
        self._failures.pop(key, None)

    def _pause(self, count: int) -> float:
        over = count - self._free
        return 0.0 if over < 0 else min(_LONGEST, 2.0 ** min(over, 20))
