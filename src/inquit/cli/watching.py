"""How ``inquit watch`` tells what it found: a few lines for people, or JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeAlias

import click
import msgspec

from inquit.cli.output import for_people
from inquit.keep import Fetch
from inquit.records import Article, Problem
from inquit.show.account import counted
from inquit.show.safe import one_line
from inquit.watch.changes import Change
from inquit.watch.rounds import Event, Kept, Withdrawn

Told: TypeAlias = Event | Fetch

_MOST = 100
_OWN_VOICE = "(the outlet's own voice)"


class Teller:
    """Tells things as they come: to standard output, and of ``problems``, which it counts, to standard error too."""

    def __init__(self, mode: str | None) -> None:
        self._people = for_people(mode)
        self._counts = [0, 0, 0, 0]
        self.problems = 0

    def tell(self, told: Told, *, versions_only: bool = False) -> None:
        """Tell one thing and count it; with ``versions_only`` its changes without the article."""
        if isinstance(told, Problem):
            click.echo(f"inquit: {one_line(told.input or '-')}: {one_line(told.message)}", err=True)
            self.problems += 1
        self._count(told)
        if self._people:
            for line in _lines(told):
                click.echo(line)
        else:
            for record in _records(told, versions_only=versions_only):
                sys.stdout.buffer.write(msgspec.json.encode(record) + b"\n")
            sys.stdout.buffer.flush()

    def summed(self) -> str:
        """What was told since the last time, in a line."""
        new, changed, withdrawn, problems = self._counts
        self._counts = [0, 0, 0, 0]
        articles = f"{counted(new, 'new article')}, {changed} changed, {withdrawn} withdrawn"
        return f"{articles}, {counted(problems, 'problem')}"

    def _count(self, told: Told) -> None:
        if isinstance(told, Kept):
            self._counts[0 if told.before is None else 1] += 1
        elif isinstance(told, Withdrawn | Problem):
            self._counts[2 if isinstance(told, Withdrawn) else 3] += 1


def _records(told: Told, *, versions_only: bool) -> Iterator[object]:
    if isinstance(told, Kept):
        if not versions_only:
            yield from (told.reading.article, *told.reading.statements, *told.reading.problems)
        for change in told.changes:
            yield {**msgspec.to_builtins(change), "address": told.address, "at": _iso(told.at)}
    elif isinstance(told, Withdrawn):
        yield {"type": "withdrawn", **told._asdict()}
    elif isinstance(told, Fetch):
        yield {**msgspec.to_builtins(told), "at": _iso(told.at)}
    else:
        yield told


def _lines(told: Told) -> Iterator[str]:
    if isinstance(told, Kept):
        yield _headline("new" if told.before is None else "changed", told.reading.article, told.address)
        if told.before is None:
            yield f"           {counted(len(told.reading.statements), 'statement')}"
        yield from map(_change_line, told.changes)
    elif isinstance(told, Withdrawn):
        yield f"withdrawn  {one_line(told.address)} (the site answers {told.status})"
    elif isinstance(told, Fetch):
        what = f"{told.status or '-':>3} {told.outcome:<14} {told.size:>10,} B {told.seconds:>6.2f} s"
        yield f"{_iso(told.at)}  {what}  {one_line(told.address)}"


def _headline(what: str, article: Article, address: str) -> str:
    named = " · ".join(part for part in (article.outlet, article.title) if part)
    return f"{what:<10} {one_line(named) or '(no title)'}\n           {one_line(address)}"


def _change_line(change: Change) -> str:
    said = _short(change.content)
    if change.kind in {"new", "gone"}:
        return f"  {change.kind:<8} {said}"
    if change.kind == "words":
        return f"  {change.kind:<8} {_short(change.was or '')}\n        →  {_short(change.now or '')}"
    unset = _OWN_VOICE if change.kind == "source" else "unset"
    return f"  {change.kind:<8} {one_line(change.was or unset)} → {one_line(change.now or unset)}: {said}"


def _short(words: str) -> str:
    line = one_line(words)
    return f"“{line}”" if len(line) <= _MOST else f"“{line[:_MOST].rstrip()} …”"


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
