"""Units of statements: the wordings that are compared, as ``link.units`` makes them, and what is due to be linked."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from inquit.keep import reading
from inquit.keep.store import Store
from inquit.keep.stored import stored
from inquit.records import Reading


class Unit(NamedTuple):
    """A unit to be kept: a number, what is compared, its vector, the numbers it is found by."""

    number: int
    body: bytes
    vector: bytes
    keys: Sequence[int]


def numbers(blob: bytes) -> tuple[int, ...]:
    """Whole numbers out of bytes, 8 each, the least significant first."""
    return struct.unpack(f"<{len(blob) // 8}q", blob)


def packed_numbers(given: Sequence[int]) -> bytes:
    """Whole numbers as bytes."""
    return struct.pack(f"<{len(given)}q", *given)


def unprepared(store: Store) -> Iterator[Reading]:
    """The articles whose statements have no units yet; of several versions of a page the newest counts."""
    rows = store.rows(
        "SELECT id FROM article WHERE number NOT IN (SELECT article FROM prepared)"
        " AND number NOT IN (SELECT article FROM superseded) ORDER BY number"
    )
    for (ident,) in rows:
        if found := reading.reading(store, ident):
            yield found


def unknown(store: Store, units: Iterable[int]) -> set[int]:
    """Those of the units that the ledger does not hold."""
    return {n for n in units if store.row("SELECT 1 FROM unit WHERE number = ?", n) is None}


def keep_units(
    store: Store,
    articles: Iterable[tuple[str, Sequence[int]]],
    sayings: Iterable[tuple[str, int]],
    units: Iterable[Unit],
) -> None:
    """Store units with the statements that have them, and the articles with their fingerprints, in one transaction.

    A unit that is held stays as it is. What was forgotten meanwhile is left out.
    """
    given = sorted(units)
    with store.transaction():
        for unit in given:
            _keep(store, unit)
        for statement, number in sayings:
            store.rows(
                "INSERT OR IGNORE INTO saying SELECT number, ? FROM statement WHERE id = ?", number, stored(statement)
            )
            store.rows("INSERT INTO due_unit VALUES (?, 'said', NULL) ON CONFLICT (unit) DO NOTHING", number)
        for unit in given:
            if store.row("SELECT 1 FROM saying WHERE unit = ?", unit.number) is None:
                store.rows("DELETE FROM unit WHERE number = ?", unit.number)
                store.rows("DELETE FROM due_unit WHERE unit = ?", unit.number)
        for ident, marks in articles:
            for row in store.rows(
                "INSERT OR IGNORE INTO prepared SELECT number, ? FROM article WHERE id = ? RETURNING article",
                packed_numbers(marks),
                stored(ident),
            ):
                store.rows("INSERT INTO due_article VALUES (?, 1)", *row)


def _keep(store: Store, unit: Unit) -> None:
    row = store.row(
        "INSERT INTO unit VALUES (?, ?, ?, ?) ON CONFLICT (number) DO NOTHING RETURNING 1",
        unit.number,
        unit.body,
        unit.vector,
        packed_numbers(unit.keys),
    )
    if row is not None:
        # A unit that was forgotten, and is back before that was linked, is where it was.
        store.rows(
            "INSERT INTO due_unit VALUES (?, 'new', NULL) ON CONFLICT (unit) DO UPDATE SET"
            " why = CASE why WHEN 'gone' THEN 'said' ELSE 'new' END, keys = NULL",
            unit.number,
        )


def forget_marks(store: Store, article: int) -> None:
    """Within a transaction, before an article goes: its fingerprints go with it."""
    row = store.row("SELECT marks FROM prepared WHERE article = ?", article)
    for mark in numbers(row[0]) if row else ():
        if store.rows("DELETE FROM mark WHERE mark = ? AND article = ? RETURNING 1", mark, article) and store.row(
            "SELECT 1 FROM mark WHERE mark = ?", mark
        ):
            store.rows("INSERT OR IGNORE INTO due_mark VALUES (?)", mark)
    store.rows("INSERT OR IGNORE INTO due_article SELECT other, 0 FROM alike WHERE article = ?", article)


def forget_units(store: Store, article: int) -> None:
    """Within a transaction, before an article goes: its units go that no other article's statements have."""
    held = store.rows(
        "SELECT DISTINCT unit FROM saying JOIN statement ON statement.number = saying.statement WHERE article = ?",
        article,
    )
    for (unit,) in held:
        others = store.row(
            "SELECT 1 FROM saying JOIN statement ON statement.number = saying.statement"
            " WHERE unit = ? AND article <> ?",
            unit,
            article,
        )
        if others:
            store.rows("INSERT INTO due_unit VALUES (?, 'said', NULL) ON CONFLICT (unit) DO NOTHING", unit)
            continue
        was = store.row("SELECT why FROM due_unit WHERE unit = ?", unit)
        if was and was[0] == "new":
            # It was never linked: nothing remembers it.
            store.rows("DELETE FROM due_unit WHERE unit = ?", unit)
        else:
            store.rows("INSERT OR REPLACE INTO due_unit SELECT number, 'gone', keys FROM unit WHERE number = ?", unit)
        store.rows("DELETE FROM unit WHERE number = ?", unit)
