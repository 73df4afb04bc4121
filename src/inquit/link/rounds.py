"""A number for each unit after each round of merging, with room for units that come to be known later."""

from __future__ import annotations

import numpy as np

from inquit.link.linkage import Ints

_ROOM = 1.25  # times as many units as there are, when there is no room for more


class Rounds:
    """For each round, 0 the first, a number for each unit; after the last round they stay what they are."""

    def __init__(self) -> None:
        self._rows: list[Ints] = [np.empty(0, np.int64)]  # some have more room than there are units
        self._units = 0

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, round_: int) -> Ints:
        """Those of a round; what is written there is kept."""
        return self._rows[min(round_, len(self._rows) - 1)][: self._units]

    @property
    def last(self) -> Ints:
        """Those of the last round."""
        return self._rows[-1][: self._units]

    def append(self, numbers: Ints) -> None:
        """One round more."""
        self._rows.append(numbers)

    def lengthen(self, rounds: int) -> None:
        """Have so many rounds at least."""
        while len(self._rows) < rounds:
            self._rows.append(self.last.copy())

    def widen(self, units: int) -> None:
        """Have so many units; what the new ones have is to be written yet."""
        for i, row in enumerate(self._rows):
            if len(row) < units:
                wider = np.empty(int(units * _ROOM) if self._units else units, np.int64)
                wider[: self._units] = row[: self._units]
                self._rows[i] = wider
        self._units = units
