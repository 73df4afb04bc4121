"""Where rulings are taken: one at a time, on disk when they are acknowledged; the links follow behind."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inquit import pipeline
from inquit.errors import InquitError
from inquit.keep import Draft, Ledger
from inquit.keep.store import GaveWayError
from inquit.link.owners import Outlets
from inquit.records import Ruling

QUIET_SECONDS = 0.3
"""Links are brought up when nobody has ruled for so long; twice as long after each time they had to give way."""
_QUIETEST_SECONDS = 5.0
_AGAIN_SECONDS = 60.0  # after trouble
_log = logging.getLogger("inquit.web")


class Desk:
    """Writes to a ledger for all threads of the server: rulings at once, then, in a thread of its own, the links.

    A ruling changes what statements say as soon as it is kept; what claims say follows, and ``linking`` tells until
    then. Links that were due when the desk was made, as after a kill, are brought up too.
    """

    def __init__(self, path: Path, outlets: Outlets | None = None) -> None:
        self._path = path
        self._outlets = outlets
        self._ledger: Ledger | None = None
        self._writing = threading.Lock()
        self._waiting = 0  # those who rule at this moment: links give way to them
        self._quiet = QUIET_SECONDS
        self._news = threading.Condition()
        # Since when there is something that is not linked.
        self._since: float | None = time.monotonic() if self._due() else None
        self._last = 0.0
        self._ended = False
        self._linker = threading.Thread(target=self._link, name="linker", daemon=True)
        self._linker.start()

    @property
    def linking(self) -> bool:
        """Whether there are rulings that the claims do not show yet."""
        return self._since is not None

    def rule(self, draft: Draft, *, seen: str | None = None) -> Ruling:
        """Keep a ruling; raises as ``Ledger.rule`` does."""
        with self._before_links():
            ruling = self._open().rule(draft, seen=seen)
        self._ruled()
        return ruling

    def withdraw(self, ruling: str, *, who: str, seen: str | None = None) -> Ruling:
        """Take a ruling back; raises as ``Ledger.withdraw`` does."""
        with self._before_links():
            withdrawn = self._open().withdraw(ruling, who=who, seen=seen)
        self._ruled()
        return withdrawn

    def close(self) -> None:
        """Take no more rulings; links that are being made break off, and are made when a desk is made again."""
        with self._news:
            self._ended = True
            self._news.notify()
        self._linker.join()
        with self._writing:
            if self._ledger is not None:
                self._ledger.close()

    @contextmanager
    def _before_links(self) -> Iterator[None]:
        """One at a time; links that are being made break off."""
        with self._news:
            self._waiting += 1
        try:
            with self._writing:
                yield
        finally:
            with self._news:
                self._waiting -= 1

    def _open(self) -> Ledger:
        if self._ledger is None:
            self._ledger = Ledger.open(self._path, write=True)
        return self._ledger

    def _ruled(self) -> None:
        with self._news:
            self._last = time.monotonic()
            self._since = self._since or self._last
            self._news.notify()

    # -- the thread of links

    def _link(self) -> None:
        while self._pause():
            self._bring_up()

    def _due(self) -> bool:
        """Whether links were due before anybody ruled; it may be a ledger that nobody may write to."""
        try:
            with Ledger.open(self._path) as ledger:
                return pipeline.links_due(ledger, self._outlets)
        except InquitError:
            return False

    def _pause(self) -> bool:
        """Wait until links are due; False when there is an end."""
        with self._news:
            while not self._ended:
                now = time.monotonic()
                if self._since is None:
                    self._news.wait()
                    continue
                due = self._last + self._quiet
                if now >= due:
                    return True
                self._news.wait(due - now)
        return False

    def _bring_up(self) -> None:
        # A ruling that comes after this is not in these links.
        started = time.monotonic()
        try:
            with Ledger.open(self._path, write=True) as ledger:
                ledger.give_way(lambda: self._waiting > 0 or self._ended)
                pipeline.link(ledger, self._outlets)
        except GaveWayError:
            self._quiet = min(2 * self._quiet, _QUIETEST_SECONDS)
        except Exception:  # noqa: BLE001 - the thread has to live on
            _log.warning("the links could not be brought up", exc_info=True)
            self._later()
        else:
            self._quiet = QUIET_SECONDS
            with self._news:
                if self._last < started:
                    self._since = None

    def _later(self) -> None:
        with self._news:
            self._since = self._since or time.monotonic()
            if not self._ended:
                self._news.wait(_AGAIN_SECONDS)
