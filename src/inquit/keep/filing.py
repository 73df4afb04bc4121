"""Tables that say who has a number: filled in order of the numbers, which is fast, and gone through in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.keep.store import Row, Store

Ints: TypeAlias = npt.NDArray[np.int64]

_ROWS = 100_000  # rows that are stored or fetched at once


def filed(
    store: Store,
    table: str,
    owners: Iterable[tuple[int, Sequence[int]]],
    place: Callable[[Ints, Ints], Ints] | None = None,
) -> None:
    """Put each owner under its numbers, in a table of rows ``(number, owner)``, or what ``place`` makes of both."""
    owned = [(owner, np.array(numbers, np.int64)) for owner, numbers in owners]
    flat = np.concatenate([np.empty(0, np.int64), *(numbers for _, numbers in owned)])
    owner = np.repeat(np.array([o for o, _ in owned], np.int64), [len(numbers) for _, numbers in owned])
    owner = place(owner, flat) if place else owner
    order = np.lexsort((owner, flat))
    for start in range(0, len(order), _ROWS):
        some = order[start : start + _ROWS]
        rows = zip(flat[some].tolist(), owner[some].tolist(), strict=True)
        store.many(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", rows)  # noqa: S608 - names of our own


def each(store: Store, table: str, columns: str, where: str = "") -> Iterator[Row]:
    """The rows of a table in order of its columns, some at a time: a cursor would hold what is changed meanwhile."""
    after: Row = (-1,) * len(columns.split(", "))
    marks = ", ".join("?" * len(after))
    while True:
        rows = store.rows(
            f"SELECT {columns} FROM {table} WHERE ({columns}) > ({marks}) {where} ORDER BY {columns} LIMIT {_ROWS}",  # noqa: S608 - names of our own
            *after,
        )
        yield from rows
        if len(rows) < _ROWS:
            return
        after = rows[-1]
