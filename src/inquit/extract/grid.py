"""Things by where in a text they stand, so that each is compared only with those that it can meet."""

from __future__ import annotations

from collections import defaultdict

from inquit.records import Spans

_CELL = 512  # code points


class Grid:
    """Numbers of things, found again by spans that share a stretch of text with theirs."""

    def __init__(self) -> None:
        self._cells: dict[int, list[int]] = defaultdict(list)

    def add(self, number: int, spans: Spans) -> None:
        """Put a thing where its spans are."""
        for cell in _cells(spans):
            self._cells[cell].append(number)

    def near(self, spans: Spans) -> list[int]:
        """Numbers, ascending, of all things of which a span may overlap one of these, and of some that do not."""
        return sorted({number for cell in _cells(spans) for number in self._cells.get(cell, ())})


def _cells(spans: Spans) -> set[int]:
    return {cell for start, end in spans for cell in range(start // _CELL, max(start, end - 1) // _CELL + 1)}
