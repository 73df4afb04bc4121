"""Logging in and out, and whose session it is: people.py's file behind a lock, for all threads of the server."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable

from inquit.errors import UsageError
from inquit.keep.people import People, Person, Role
from inquit.web.passwords import fits, hashed
from inquit.web.throttle import Throttle

IDLE_SECONDS = 8 * 3600.0
"""A session ends so long after it was last used,"""
LONGEST_SECONDS = 7 * 86400.0
"""and so long after it began."""
_SEEN_EVERY = 60.0  # seconds: how exactly it is noted when a session was used
_AT_ONCE = 2  # passwords checked: each takes 64 MiB


class TooSoonError(UsageError):
    """Too many failures: ``wait`` seconds until the next try."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"too many tries: wait {max(1, round(wait))} seconds, then try again")
        self.wait = max(1, round(wait))


class Accounts:
    """The accounts of one ledger; ``clock`` gives seconds since 1970."""

    def __init__(self, people: People, clock: Callable[[], float] = time.time) -> None:
        self._people = people
        self._clock = clock
        self._lock = threading.Lock()
        self._checking = threading.BoundedSemaphore(_AT_ONCE)
        # Who guesses at one name; who tries many names; many who guess at one name.
        self._pairs, self._addresses, self._names = self._throttles = Throttle(5), Throttle(20), Throttle(50)

    def login(self, name: str, password: str, address: str) -> str | None:
        """A new session's token; None when name and password do not fit.

        Raises TooSoonError when there were too many failures from the address or with the name, whether or not
        anybody has it; the password is not looked at then.
        """
        keys = (name.casefold(), address), address, name.casefold()
        with self._lock:
            now = self._clock()
            wait = max(t.wait(key, now) for t, key in zip(self._throttles, keys, strict=True))
            if wait:
                raise TooSoonError(wait)
            # Counted before the password is checked, so that many tries at once are no way round.
            for throttle, key in zip(self._throttles, keys, strict=True):
                throttle.failed(key, now)
            stored = self._people.password(name)
        with self._checking:
            right = fits(password, stored)
        with self._lock:
            if not right or self._people.password(name) != stored:
                return None
            self._pairs.clear(keys[0])
            self._names.clear(keys[2])
            # An account of one's own must not make guessing at another's free.
            self._addresses.take_back(keys[1])
            now = self._clock()
            self._people.sweep(begun=now - LONGEST_SECONDS, seen=now - IDLE_SECONDS)
            return self._begun(name, lasting=False)

    def whose(self, token: str, *, lasting: bool = False) -> Person | None:
        """Who has the session, or with ``lasting`` the key; None when it has ended, expired, or never was."""
        digest = _digest(token)
        with self._lock:
            session = self._people.session(digest)
            if session is None or session.lasting != lasting:
                return None
            now = self._clock()
            if not lasting and (now >= session.seen + IDLE_SECONDS or now >= session.begun + LONGEST_SECONDS):
                self._people.end(digest)
                return None
            if now >= session.seen + _SEEN_EVERY:
                self._people.see(digest, now)
            return session.person

    def logout(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._people.end(_digest(token))

    def key(self, name: str) -> str:
        """A new key with which a program may act for a person. Raises UsageError when there is no such person."""
        with self._lock:
            return self._begun(name, lasting=True)

    def person(self, name: str) -> Person | None:
        """Who has that name."""
        with self._lock:
            return self._people.person(name)

    def people(self) -> list[Person]:
        """Everybody, by name."""
        with self._lock:
            return self._people.people()

    def add(self, name: str, role: Role, password: str | None) -> None:
        """Add somebody; without a password a proxy has to name them. Raises UsageError as ``People`` does."""
        digest = None if password is None else hashed(password)
        with self._lock:
            self._people.add(name, role, digest)

    def remove(self, name: str) -> None:
        """Remove somebody. Raises UsageError as ``People`` does."""
        with self._lock:
            self._people.remove(name)

    def set_role(self, name: str, role: Role) -> None:
        """Give somebody another role. Raises UsageError as ``People`` does."""
        with self._lock:
            self._people.set_role(name, role)

    def set_password(self, name: str, password: str) -> None:
        """Give somebody another password, which ends their sessions and keys. Raises UsageError as ``People`` does."""
        digest = hashed(password)
        with self._lock:
            self._people.set_password(name, digest)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._people.close()

    def _begun(self, name: str, *, lasting: bool) -> str:
        token = secrets.token_urlsafe(32)
        self._people.begin(_digest(token), name, self._clock(), lasting=lasting)
        return token


def _digest(token: str) -> bytes:
    """What is stored of a token: it is random, so that a plain hash tells nothing of it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
