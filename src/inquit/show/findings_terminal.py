"""Findings of ``check`` on a terminal: where, which rule, what, and the line with the words underlined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inquit.records import Finding, Level
from inquit.show.account import counted
from inquit.show.pen import Pen
from inquit.show.safe import shown

_STYLES: dict[Level, str] = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


class Listed(Protocol):
    """A rule as it is listed."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def title(self) -> str:
        """What it finds, in a few words."""

    @property
    def why(self) -> str:
        """Why somebody wants to know."""


def findings_report(findings: Iterable[Finding], text: str, console: Console) -> None:
    """Print the findings of one draft, whose text is ``text``."""
    pen = Pen(console)
    for finding in findings:
        place = f"{finding.path}:{finding.line}:{finding.column}"
        rule = pen.line(finding.level, _STYLES[finding.level]), pen.line(finding.rule)
        # Never folded: terminals and editors read the place.
        console.print(Text(" ").join((pen.line(place, "bold"), *rule)), soft_wrap=True)
        console.print(Padding(pen.line(finding.message), (0, 0, 0, 2)))
        for line in _excerpt(finding, text, pen):
            console.print(line, no_wrap=True, overflow="ignore", crop=False)
        console.print()


def _excerpt(finding: Finding, text: str, pen: Pen) -> tuple[Text, Text]:
    """The line where the finding begins, cut to the width, and what underlines its words."""
    head = f"{finding.line:>5} | "
    room = max(pen.width - len(head) - 2, 10)
    begin = text.rfind("\n", 0, finding.span[0]) + 1
    stop = text.find("\n", begin)
    line = shown(text[begin : len(text) if stop < 0 else stop])
    start, end = finding.span[0] - begin, min(finding.span[1] - begin, len(line))
    first, last = _window(line, start, end, room)
    before = "…" if first else ""
    words = pen.inline(before + line[first:last] + ("…" if last < len(line) else ""))
    # Measured as written: an encoding may spell the ellipsis with three signs.
    gap = cell_len(pen.inline(before + line[first:start]).plain)
    under = max(cell_len(pen.inline(line[start : min(end, last)]).plain), 1)
    style = _STYLES[finding.level]
    return Text(head, "dim") + words, Text(" " * 5 + " | ", "dim") + Text(" " * gap + "^" * under, style)


def _window(line: str, start: int, end: int, room: int) -> tuple[int, int]:
    """Which part of a line is shown: all if it fits, else from a little before the words that are underlined."""
    if cell_len(line) <= room:
        return 0, len(line)
    first = (
        max(0, min(start - room // 4, end + room // 4 - room)) if end - start < room // 2 else max(0, start - room // 8)
    )
    first = min(first, start)
    if first:
        space = line.find(" ", first, start)
        first = space + 1 if space >= 0 else first
    last = first
    width = 0
    while last < len(line) and (width := width + cell_len(line[last])) <= room:
        last += 1
    if last < len(line):
        space = line.rfind(" ", max(first, min(end, last)), last)
        last = space if space > start else last
    return first, last


def findings_total(findings: Sequence[Finding], drafts: int, console: Console) -> None:
    """Print how many findings there are and of which rules."""
    number = Counter(finding.rule for finding in findings)
    of_each = ", ".join(f"{rule} {count:,}" for rule, count in number.most_common())
    total = f"{counted(len(findings), 'finding')} in {counted(drafts, 'draft')}" + (f": {of_each}" if of_each else "")
    console.print(Pen(console).line(total))


def rules_report(rules: Iterable[tuple[Listed, Level, bool]], console: Console) -> None:
    """Print each rule with its level, whether it runs, and why it is there."""
    pen = Pen(console)
    table = Table.grid(padding=(0, 2, 1, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for rule, level, runs in rules:
        state = pen.line(level if runs else "off", _STYLES[level] if runs else "dim")
        table.add_row(
            Text("\n").join((pen.line(rule.id, "bold"), state)),
            Text("\n").join((pen.line(rule.title, "bold"), pen.line(rule.why))),
        )
    console.print(table)
