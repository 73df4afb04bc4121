"""What a page is asked for, and the ledgers that it is asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, LifoQueue
from typing import NamedTuple, NoReturn, TypeAlias

import msgspec

from inquit.clock import stretch
from inquit.errors import InquitError, UsageError
from inquit.keep import Ledger
from inquit.web.addresses import at

MOST_LETTERS = 2000
"""Of anything that is asked for; the rest is left out."""

MOST_PAGE = 10_000
_NAMES = (
    *("q", "source", "party", "outlet", "since", "until", "voice", "standing", "stance", "framing", "cue", "claim"),
    *("name", "sort", "new", "by", "only", "outlets", "sources", "kind", "least", "who", "outcome", "find", "page"),
)


class NotThereError(InquitError):
    """The ledger has nothing of that name; the message says what."""


class MovedError(Exception):
    """The page has another address, which is the message."""


def in_full(ledger: Ledger, asked: Asked, kind: str) -> NoReturn:
    """Lead to the page of the one id that begins as the address has it, as commands print ids and people pass them on.

    ``kind`` is ``article``, ``statement`` or ``claim``. Raises MovedError, or NotThereError where there is no such id.
    """
    with suppress(UsageError):
        if asked.ident.startswith(f"{kind[0]}1:") and (whole := ledger.resolve(asked.ident)) != asked.ident:
            raise MovedError(at(f"/{kind}/{whole}"))
    raise NotThereError(f"There is no {kind} {asked.ident} in this ledger, or several begin so.")


class Shown(NamedTuple):
    """A page to be rendered: the name of its template, and what the template calls ``page``."""

    template: str
    page: msgspec.Struct


class Download(NamedTuple):
    """A file to be kept: its name, its media type, what is in it."""

    name: str
    media: str
    content: bytes


class Asked:
    """What the address of a page asks for; ``ident`` is the last part of its path where that is an id."""

    def __init__(self, path: str, query: Mapping[str, str], ident: str = "") -> None:
        self.path = path
        self.ident = ident
        self._query = query

    def text(self, name: str) -> str | None:
        """Words; None where nothing but blanks was given."""
        return self._query.get(name, "").strip()[:MOST_LETTERS] or None

    def needed(self, name: str) -> str:
        """Words that have to be given; raises UsageError without."""
        if (found := self.text(name)) is None:
            raise UsageError(f"the address of this page needs ?{name}=…")
        return found

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of the choices, the first of them where something else is given."""
        given = self._query.get(name, "")
        return given if given in choices else choices[0]

    def page(self) -> int:
        """The number of the page of a list, from 1."""
        return min(self.number("page") or 1, MOST_PAGE)

    def number(self, name: str) -> int | None:
        """A number from 1; None where none is given."""
        given = self._query.get(name, "")
        return max(int(given), 1) if given.isascii() and given.isdecimal() and len(given) < 9 else None

    def within(self, name: str, least: int, most: int, usual: int) -> int:
        """A number from ``least`` to ``most``; ``usual`` where none is given."""
        given = self._query.get(name, "")
        return min(max(int(given), least), most) if given.isascii() and given.isdecimal() and len(given) < 9 else usual

    def again(self, **changed: str | int | None) -> str:
        """The address of this page, some of what it asks for changed; None leaves it out."""
        return at(self.path, **{name: self.text(name) for name in _NAMES} | changed)

    def days(self, name: str) -> tuple[float, float] | None:
        """First second and end of a date, in seconds since 1970; raises UsageError for what is none."""
        if (given := self.text(name)) is None:
            return None
        if (found := stretch(given)) is None:
            raise UsageError(f"{name} {given!r} is no date: write 2026, 2026-03 or 2026-03-02")
        return found


View: TypeAlias = Callable[[Ledger, Asked], Shown]
"""One page: reads of the ledger what it shows. Raises NotThereError, MovedError, UsageError."""


Maker: TypeAlias = Callable[[Ledger, Asked], Download]
"""Makes one file. Raises NotThereError, UsageError, and WorkError for what this installation does not have."""


class Ledgers:
    """A ledger opened for reading by as many threads as ask for it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: LifoQueue[Ledger] = LifoQueue()

    @contextmanager
    def one(self) -> Iterator[Ledger]:
        """A ledger that nobody else uses meanwhile; raises WorkError when it cannot be opened."""
        try:
            ledger = self._idle.get_nowait()
        except Empty:
            ledger = Ledger.open(self.path)
        try:
            yield ledger
        finally:
            self._idle.put(ledger)

    def close(self) -> None:
        """Close those that nobody uses."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()
