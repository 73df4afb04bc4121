"""What every verb that reads tells on standard error: progress, then the counts; and the exit code they make."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from inquit.records import Problem, Reading
from inquit.show.safe import one_line
from inquit.show.terminal import Tally


class Account:
    """One run's counts."""

    def __init__(self) -> None:
        self._tally = Tally()

    def watch(self, items: Iterable[Reading | Problem]) -> Iterator[Reading | Problem]:
        """Pass results on and count them; with a progress line where standard error is a terminal and output is not."""
        if not sys.stderr.isatty() or sys.stdout.isatty():
            for item in items:
                self._count(item)
                yield item
            return
        columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("reading")
            for item in items:
                self._count(item)
                bar.update(task, description=self._tally.line())
                yield item

    def close(self, *, strict: bool) -> int:
        """Print the counts to standard error and return the exit code."""
        if self._tally.articles != 1 or self._tally.problems:
            click.echo(f"inquit: {self._tally.line()}", err=True)
        if not self._tally.articles:
            click.echo("inquit: nothing readable in the inputs", err=True)
            return 3
        return 1 if strict and self._tally.problems else 0

    def _count(self, item: Reading | Problem) -> None:
        if isinstance(item, Reading):
            self._tally.add(item)
            return
        self._tally.note(item)
        click.echo(f"inquit: {one_line(item.input or '-')}: {one_line(item.message)}", err=True)
