"""``python -m bench.gate``: the quality of what ships on a set of our own, beside its floors; exit 1 when one drops.

``floors.json`` pins each figure over the texts that were there when it was pinned; texts that came later are measured
and shown but judged only after the next ``--pin``, which moves figures up, with ``--down`` also down.

Figures that the model has a part in may lie a little under what is pinned, since int8 products are rounded otherwise on
other processors: by SLACK_ITEMS of the figure's items or by SLACK_SHARE, whichever is more. Labels on given spans are
rules alone, the same everywhere: they may not drop at all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from bench.measure import Measured, measure, total
from inquit.evaluate.counting import Count

FLOORS = Path(__file__).with_name("floors.json")
SLACK_ITEMS = 3
SLACK_SHARE = 0.01


class Floors(msgspec.Struct, frozen=True):
    """What is pinned: F1 (of labels: accuracy) by figure, and the keys of the texts over which it was taken."""

    figures: dict[str, float]
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure over the pinned texts beside what it may not fall under."""

    name: str
    value: float
    pinned: float
    floor: float
    wanted: int

    @property
    def holds(self) -> bool:
        """Whether the figure is not under its floor; four digits are compared."""
        return round(self.value, 4) >= round(self.floor, 4)


def read() -> Floors:
    """What ``floors.json`` pins."""
    return msgspec.json.decode(FLOORS.read_bytes(), type=Floors)


def verdicts(measured: Sequence[Measured], floors: Floors) -> list[Verdict]:
    """Every pinned figure over the pinned texts; one that is no longer measured counts as 0."""
    pinned = set(floors.texts)
    counts = total(one for one in measured if one.key in pinned)
    return [_verdict(name, value, counts.get(name, Count(0, 0, 0))) for name, value in floors.figures.items()]


def gone(measured: Sequence[Measured], floors: Floors) -> int:
    """How many pinned texts are no longer there, or no longer the same."""
    return len(set(floors.texts) - {one.key for one in measured})


def pinned(measured: Sequence[Measured], floors: Floors | None, *, down: bool) -> Floors:
    """New floors over all texts. Without ``down`` no figure falls while the texts stay the same.

    Raises ValueError without ``down`` when a figure is under its floor or a pinned text is gone.
    """
    values = {name: round(_f1(counts), 4) for name, counts in total(measured).items()}
    texts = sorted(one.key for one in measured)
    if floors is not None and not down:
        if gone(measured, floors) or not all(verdict.holds for verdict in verdicts(measured, floors)):
            raise ValueError("a figure is under its floor or a pinned text is gone; mend that, or say --down as well")
        if texts == sorted(floors.texts):
            values = {name: max(value, floors.figures.get(name, 0.0)) for name, value in values.items()}
    return Floors(values, texts)


def _verdict(name: str, value: float, counts: Count) -> Verdict:
    by_rules = name.startswith("labels/") or not counts.wanted
    slack = 0.0 if by_rules else max(SLACK_SHARE, SLACK_ITEMS / counts.wanted)
    return Verdict(name, _f1(counts), value, max(value - slack, 0.0), counts.wanted)


def _f1(counts: Count) -> float:
    return 2 * counts.right / max(counts.given + counts.wanted, 1)


def _table(found: Sequence[Verdict]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("figure", "now", "pinned", "floor", "items", ""):
        table.add_column(head, justify="left" if head in ("figure", "") else "right")
    for one in found:
        numbers = (f"{100 * value:.1f}" for value in (one.value, one.pinned, one.floor))
        table.add_row(one.name, *numbers, str(one.wanted), "" if one.holds else "DROPPED")
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, show, and judge or pin; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__)
    parser.add_argument("--pin", action="store_true", help="write the figures of now into floors.json")
    parser.add_argument("--down", action="store_true", help="with --pin: also where they fell")
    asked = parser.parse_args(arguments)
    measured = measure()
    floors = read() if FLOORS.exists() else None
    if asked.pin:
        try:
            floors = pinned(measured, floors, down=asked.down)
        except ValueError as error:
            parser.exit(1, f"{error}\n")
        FLOORS.write_bytes(msgspec.json.format(msgspec.json.encode(floors)) + b"\n")
    if floors is None:
        parser.exit(1, "there are no floors yet: python -m bench.gate --pin\n")
    found, lost = verdicts(measured, floors), gone(measured, floors)
    Console().print(_table(found))
    if new := len({one.key for one in measured} - set(floors.texts)):
        print(f"{new} texts are new and not judged: python -m bench.gate --pin")
    if lost:
        print(f"{lost} pinned texts are gone or changed: look at the figures, then python -m bench.gate --pin --down")
    return int(bool(lost) or not all(verdict.holds for verdict in found))


if __name__ == "__main__":
    sys.exit(main())
