"""Rulings as a history for people: who ruled what about what, when, why, and whether it stands."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding

from inquit.records import Ruling
from inquit.show.pen import Pen

_LONG = 240


def rulings_report(rulings: Iterable[Ruling], console: Console) -> int:
    """Print each ruling in the order given; how many there were."""
    pen, number = Pen(console), 0
    for ruling in rulings:
        number += 1
        value = f" {ruling.value}" if ruling.value else ""
        console.print(pen.short(f"{ruling.says}{value}", _LONG, "bold"))
        told = [f"about {ruling.about}", f"by {ruling.who}", f"at {ruling.at}"]
        if ruling.withdrawn is not None:
            told.append(f"withdrawn by {ruling.withdrawn_by} at {ruling.withdrawn}")
        lines = [", ".join(told), f"“{ruling.quote}”" if ruling.quote else "", ruling.reason or "", ruling.id]
        for line in filter(None, lines):
            console.print(Padding(pen.short(line, _LONG), (0, 0, 0, 2)))
    if not number:
        console.print("No ruling was found.")
    return number
