"""The readable report of an evaluation: figures with intervals, calibration, precision by recall, recall by groups.

Figures are of 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table

from inquit.evaluate import Evaluation
from inquit.evaluate.bootstrap import Interval
from inquit.evaluate.calibration import Bin, Point
from inquit.evaluate.figures import Figure, Recall
from inquit.show.account import counted
from inquit.show.pen import NARROW, Pen

_NAMES = {
    "relation/strict": "relation, strict",
    "relation/lenient": "relation, lenient",
    "relation/detect": "cue found",
    "relation/no-source": "no source, lenient",
}


def evaluation_report(found: Evaluation, console: Console) -> None:
    """Print an evaluation: what was compared, then a table for each kind of figure."""
    pen = Pen(console)
    totals = found.totals
    console.print(
        pen.line(
            f"{counted(totals.articles, 'article')}: {counted(totals.wanted, 'attribution')} marked, "
            f"{totals.given:,} given",
            "bold",
        )
    )
    if totals.without:
        console.print(pen.line(f"nothing was given for {counted(len(totals.without), 'article')}"))
    console.print()
    console.print(_figures(found.figures, pen))
    for by, recalls in groupby(found.recalls, lambda recall: recall.by):
        _section(f"Recall by {by}", _recalls(list(recalls), pen), console)
    if found.calibration is not None:
        error, between = _of_100(found.calibration.error), _between(found.calibration.interval)
        _section(f"Calibration: error {error} ({between})", _bins(found.calibration.bins, pen), console)
        _section("Precision at every recall", _curve(found.curve, pen), console)


def _section(title: str, table: Table, console: Console) -> None:
    console.print()
    console.print(Pen(console).line(title, "bold"))
    console.print(table)


def _figures(figures: Sequence[Figure], pen: Pen) -> Table:
    table = _table(pen, "", "F1", "95 %", "precision", "recall", "right", "given", "wanted")
    for one in figures:
        kind, _, role = one.metric.partition("/")
        name = _NAMES.get(one.metric) or f"{role}, {'whole' if kind == 'exact' else 'words'}"
        numbers = (f"{n:,}" for n in (one.right, one.given, one.wanted))
        between = _between(one.intervals["f1"])
        _row(table, pen, name, _of_100(one.f1), between, _of_100(one.precision), _of_100(one.recall), *numbers)
    return table


def _recalls(recalls: Sequence[Recall], pen: Pen) -> Table:
    metrics = dict.fromkeys(recall.metric for recall in recalls)
    table = _table(pen, "", *(head for metric in metrics for head in (metric, "95 %")), "wanted")
    for group, parts in groupby(recalls, lambda recall: recall.group):
        first, *others = parts
        cells = (cell for part in (first, *others) for cell in (_of_100(part.recall), _between(part.interval)))
        _row(table, pen, group, *cells, f"{first.wanted:,}")
    return table


def _bins(bins: Iterable[Bin], pen: Pen) -> Table:
    table = _table(pen, "score", "right", "given")
    for one in bins:
        _row(table, pen, _of_100(one.score), _of_100(one.right), f"{one.given:,}")
    return table


def _curve(points: Iterable[Point], pen: Pen) -> Table:
    table = _table(pen, "recall", "precision", "95 %", "scores from")
    for one in points:
        _row(table, pen, f"{100 * one.recall:.0f}", _of_100(one.precision), _between(one.interval), f"{one.score:.2f}")
    return table


def _table(pen: Pen, *heads: str) -> Table:
    gap = 2 if pen.width > 2 * NARROW else 1
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, gap, 0, 0), header_style="dim")
    for i, head in enumerate(_shown(heads, pen)):
        table.add_column(pen.line(head), justify="right" if i else "left", overflow="fold")
    return table


def _row(table: Table, pen: Pen, *cells: str) -> None:
    table.add_row(*(pen.line(cell) for cell in _shown(cells, pen)))


def _shown(cells: Sequence[str], pen: Pen) -> Sequence[str]:
    """What there is room for: a narrow terminal has no counts and no intervals but the first."""
    return cells if pen.width >= NARROW else cells[:3]


def _of_100(share: float) -> str:
    return f"{100 * share:.1f}"


def _between(interval: Interval) -> str:
    return f"{_of_100(interval[0])}–{_of_100(interval[1])}"
