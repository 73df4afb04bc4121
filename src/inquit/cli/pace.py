"""How a long run gets on: a line that changes on a terminal, else one a minute in the log."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from inquit.corpus.supply import Progress
from inquit.show.account import counted

_LOG_SECONDS = 60.0


class Pace:
    """Tells rate and time left on standard error."""

    def __init__(self) -> None:
        self._began = self._told_at = time.monotonic()
        columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        self._task = self._bar.add_task("reading")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def told(self, progress: Progress, articles: int) -> None:
        """Tell how far it is."""
        now = time.monotonic()
        line = paced(progress.bytes, progress.total, progress.new, articles, now - self._began)
        self._bar.update(self._task, description=line)
        if self._bar.disable and now - self._told_at >= _LOG_SECONDS:
            self._told_at = now
            click.echo(f"inquit: {line}", err=True)


def paced(done: int, total: int, new: int, articles: int, seconds: float) -> str:
    """``1,204 articles, 12.3 a second; 45 % of the inputs, 1 h 20 min left``.

    ``done`` of ``total`` bytes are read, ``new`` of them in these ``seconds``; a total of 0 is unknown.
    """
    line = f"{counted(articles, 'article')}, {articles / max(seconds, 0.001):.1f} a second"
    if not total:
        return line
    line += f"; {min(100, 100 * done // total)} % of the inputs"
    if new <= 0:
        return line
    return f"{line}, {_lasting(max(0, total - done) * seconds / new)} left"


def _lasting(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{rest} s"
