"""What every verb that reads tells on standard error: progress, then the counts; and the exit code they make."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from inquit.pipeline import Kept
from inquit.records import Problem, Reading
from inquit.show.account import counted
from inquit.show.safe import one_line
from inquit.show.terminal import Tally

T = TypeVar("T")


class Account:
    """One run's counts."""

    def __init__(self) -> None:
        self._tally = Tally()
        self._known = 0

    def watch(self, items: Iterable[T], *, reports: bool = False) -> Iterator[T]:
        """Pass results on and count them, with a progress line where standard error is a terminal.

        ``reports``: the results are printed as they come; there is no progress line then where they go to a terminal.
        """
        if not sys.stderr.isatty() or (reports and sys.stdout.isatty()):
            for item in items:
                self._count(item)
                yield item
            return
        columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("reading")
            for item in items:
                self._count(item)
                bar.update(task, description=self._line())
                yield item

    def tell(self, line: str) -> None:
        """One line about the run."""
        click.echo(f"inquit: {line}", err=True)

    def close(self, *, strict: bool) -> int:
        """Print the counts to standard error and return the exit code."""
        if self._tally.articles != 1 or self._known or self._tally.problems:
            self.tell(self._line())
        if not self._tally.articles + self._known:
            self.tell("nothing readable in the inputs")
            return 3
        return 1 if strict and self._tally.problems else 0

    def _line(self) -> str:
        known = f"; {counted(self._known, 'article')} already there" if self._known else ""
        return self._tally.line() + known

    def _count(self, item: object) -> None:
        if isinstance(item, Kept) and not item.new:
            self._known += 1
        elif isinstance(item, Kept):
            self._tally.add(item.reading)
        elif isinstance(item, Reading):
            self._tally.add(item)
        elif isinstance(item, Problem):
            self._tally.note(item)
            self.tell(f"{one_line(item.input or '-')}: {one_line(item.message)}")
