"""Plain lists: sources and parties, outlets, articles, copies, problems."""

from __future__ import annotations

import msgspec

from inquit.errors import PROBLEMS
from inquit.keep import Ledger
from inquit.keep.lines import ArticleLine, CopyLine, Kind, NameLine
from inquit.keep.listing import Stretch
from inquit.keep.sieve import Sieve
from inquit.records import Problem
from inquit.web.asking import Asked, Shown
from inquit.web.lists import Pager, pager, sieve_of, slice_of


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages of sources, parties and outlets show."""

    kind: Kind
    lines: list[NameLine]
    pager: Pager
    asked: Asked


class Articles(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of articles shows."""

    lines: list[ArticleLine]
    pager: Pager
    asked: Asked


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of copies shows."""

    lines: list[CopyLine]
    pager: Pager
    asked: Asked


class Problems(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of problems shows: each with the meaning of its code."""

    lines: list[tuple[Problem, str]]
    pager: Pager
    asked: Asked


def sources(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/sources``."""
    kind: Kind = "party" if asked.choice("kind", ("entity", "party")) == "party" else "entity"
    return _names(ledger, asked, kind)


def outlets(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/outlets``."""
    return _names(ledger, asked, "outlet")


def articles(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/articles``."""
    lines, total = ledger.browsing().articles(sieve_of(asked), slice_of(asked))
    return Shown("articles.html", Articles(lines=lines, pager=pager(asked, total), asked=asked))


def copies(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/copies``; ``least`` is the least share of words, in hundredths."""
    least = min(asked.number("least") or 0, 100) / 100
    lines, total = ledger.browsing().copies(slice_of(asked), least=least)
    return Shown("copies.html", Copies(lines=lines, pager=pager(asked, total), asked=asked))


def problems(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/problems``."""
    some = slice_of(asked)
    lines = [(one, PROBLEMS.get(one.code, "")) for one in ledger.listing().problems(Stretch(some.after, some.most))]
    total = ledger.browsing().extent().problems
    return Shown("problems.html", Problems(lines=lines, pager=pager(asked, total), asked=asked))


def _names(ledger: Ledger, asked: Asked, kind: Kind) -> Shown:
    part = asked.text("name")
    given = sieve_of(asked)
    like = {f"like_{kind}": part} if part else {}
    sieve: Sieve = msgspec.structs.replace(given, **like)
    lines, total = ledger.browsing().names(kind, slice_of(asked), sieve)
    return Shown("names.html", Names(kind=kind, lines=lines, pager=pager(asked, total), asked=asked))
