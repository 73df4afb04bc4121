"""Where results go: JSON lines, a report on the terminal, one HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from inquit.cli.output import console, for_people, json_lines, written
from inquit.records import Problem, Reading
from inquit.show.page import page
from inquit.show.terminal import report


class Sink(Protocol):
    """Takes results one by one."""

    def write(self, item: Reading | Problem) -> None:
        """Take one result."""

    def close(self) -> None:
        """Finish; nothing more follows."""


class JsonLines:
    """The contract's lines: an article, its statements, its problems, each as soon as it is known."""

    def write(self, item: Reading | Problem) -> None:
        """Write the lines of one result."""
        json_lines([item] if isinstance(item, Problem) else [item.article, *item.statements, *item.problems])

    def close(self) -> None:
        """Nothing is left to do."""


class Report:
    """A readable report of each article."""

    def __init__(self, *, marked: bool, why: bool) -> None:
        self._console = console()
        self._marked = marked
        self._why = why

    def write(self, item: Reading | Problem) -> None:
        """Print one article's report; an input that gave none is told of on standard error."""
        if isinstance(item, Reading):
            report(item, self._console, marked=self._marked, why=self._why)

    def close(self) -> None:
        """Nothing is left to do."""


class Page:
    """One HTML file, written whole at the end so that a reader never sees half of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._readings: list[Reading] = []

    def write(self, item: Reading | Problem) -> None:
        """Keep one result; an input that gave no article is told of on standard error."""
        if isinstance(item, Reading):
            self._readings.append(item)

    def close(self) -> None:
        """Write the file."""
        if self._readings:
            written(self._path, page(self._readings))


def chosen(mode: str | None, html: Path | None, *, why: bool = False) -> Sink:
    """The sink that the options ask for; without any, a report for a terminal and JSON lines for a pipe.

    ``why``: a report tells the reasons of its labels.
    """
    if html is not None:
        return Page(html)
    return Report(marked=mode == "marked", why=why) if mode == "marked" or for_people(mode) else JsonLines()
