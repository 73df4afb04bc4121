"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

import re

from protego import Protego

MAX_BYTES = 500 * 1024
"""As much of a robots.txt as is read; RFC 9309 asks for no less (§2.5)."""
LIFETIME = 24 * 3600.0
"""Seconds that one is gone by (§2.4)."""

_PRODUCT = re.compile(r"[A-Za-z_-]+")


class Robots:
    """The rules of one origin for one robot; without ``rules`` everything is allowed (§2.3.1.3)."""

    def __init__(self, robot: str, rules: bytes = b"") -> None:
        self._robot = robot
        self._rules = Protego.parse(rules.decode("utf-8-sig", "replace"))

    def allows(self, address: str) -> bool:
        """Whether the robot may fetch the address."""
        return self._rules.can_fetch(address, self._robot)

    @property
    def delay(self) -> float:
        """Seconds that the site asks for between two fetches."""
        return float(self._rules.crawl_delay(self._robot) or 0)


def product(user_agent: str) -> str:
    """The name by which robots.txt speaks to a user agent (§2.2.1)."""
    found = _PRODUCT.match(user_agent)
    return found[0].lower() if found else "*"
