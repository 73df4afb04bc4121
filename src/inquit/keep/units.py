"""Units of statements: the wordings that are compared, as ``link.units`` makes them, and what is due to be linked."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from inquit.keep import reading
from inquit.keep.store import Store
from inquit.keep.stored import stored, words
from inquit.records import Reading

UNPREPARED = (
    "(number NOT IN (SELECT article FROM prepared) OR number IN (SELECT article FROM due_saying))"
    " AND number NOT IN (SELECT article FROM superseded)"
)
"""Of an article: its statements have no units yet, or those of statements that were others."""


class Unit(NamedTuple):
    """A unit to be kept: a number, what is told, what is compared, its vector, the numbers it is found by."""

    number: int
    body: bytes
    arrays: bytes
    vector: bytes
    keys: Sequence[int]


class Fingerprints(NamedTuple):
    """What an article is found and compared by: the fingerprints of its text, and for each how it has it; the text.

    All as ``link`` has them: ``hows`` a byte for each fingerprint, ``text`` the words, packed.
    """

    article: str
    marks: Sequence[int]
    hows: bytes
    text: bytes


def numbers(blob: bytes) -> tuple[int, ...]:
    """Whole numbers out of bytes, 8 each, the least significant first."""
    return struct.unpack(f"<{len(blob) // 8}q", blob)


def packed_numbers(given: Sequence[int]) -> bytes:
    """Whole numbers as bytes."""
    return struct.pack(f"<{len(given)}q", *given)


def unprepared(store: Store) -> Iterator[Reading]:
    """The articles whose statements have no units yet, or are others; of versions of a page the newest counts."""
    rows = store.rows(f"SELECT id FROM article WHERE {UNPREPARED} ORDER BY number")  # noqa: S608 - our own
    for (ident,) in rows:
        if found := reading.reading(store, ident):
            yield found


def unknown(store: Store, units: Iterable[int]) -> set[int]:
    """Those of the units that the ledger does not hold."""
    return {n for n in units if store.row("SELECT 1 FROM unit WHERE number = ?", n) is None}


def keep_units(
    store: Store,
    articles: Iterable[Fingerprints],
    sayings: Iterable[tuple[str, int]],
    units: Iterable[Unit],
    made_from: int,
) -> None:
    """Store units with the statements that have them, and the articles with their fingerprints, in one transaction.

    A unit that is held stays as it is. What was forgotten meanwhile is left out; ``made_from`` is the revision at which
    the articles were read, and those that were changed since remain to be done.
    """
    said, given = dict(sayings), sorted(units)
    with store.transaction():
        for unit in given:
            _keep(store, unit)
        left = {unit.number for unit in given}
        late = _late(store, said)
        for one in articles:
            for (number,) in store.rows("SELECT number FROM article WHERE id = ?", stored(one.article)):
                if number not in late:
                    left |= _say(store, number, said)
                    store.rows("DELETE FROM due_saying WHERE article = ? AND revision <= ?", number, made_from)
                    _keep_marks(store, number, one)
        for number in sorted(left):
            if store.row("SELECT 1 FROM saying WHERE unit = ?", number) is None:
                _leave(store, number)


def _late(store: Store, said: Mapping[str, int]) -> set[int]:
    """Articles with a statement whose unit, which was held when they were read, has gone since."""
    sql = "SELECT article FROM statement WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM unit WHERE number = ?2)"
    return {article for ident, unit in said.items() for (article,) in store.rows(sql, stored(ident), unit)}


def _say(store: Store, article: int, said: Mapping[str, int]) -> set[int]:
    """Give the statements of an article their units; those that they had before and have no more."""
    rows = store.rows(
        "SELECT number, id, unit FROM statement LEFT JOIN saying ON statement = number WHERE article = ?", article
    )
    left: set[int] = set()
    for number, ident, before in rows:
        unit = said.get(words(ident))
        if before is not None and before != unit:
            store.rows("DELETE FROM saying WHERE statement = ?", number)
            store.rows("INSERT INTO due_unit VALUES (?, 'said', NULL) ON CONFLICT (unit) DO NOTHING", before)
            left.add(before)
        if unit is not None:
            store.rows("INSERT OR IGNORE INTO saying VALUES (?, ?)", number, unit)
            store.rows("INSERT INTO due_unit VALUES (?, 'said', NULL) ON CONFLICT (unit) DO NOTHING", unit)
    return left


def _keep_marks(store: Store, article: int, one: Fingerprints) -> None:
    sql = "INSERT OR IGNORE INTO prepared VALUES (?, ?, ?, ?) RETURNING article"
    if store.row(sql, article, packed_numbers(one.marks), one.hows, one.text) is not None:
        store.rows("INSERT OR REPLACE INTO due_article VALUES (?, 1)", article)


def _keep(store: Store, unit: Unit) -> None:
    row = store.row(
        "INSERT INTO unit VALUES (?, ?, ?, ?, ?) ON CONFLICT (number) DO NOTHING RETURNING 1",
        unit.number,
        unit.arrays,
        unit.vector,
        packed_numbers(unit.keys),
        unit.body,
    )
    if row is not None:
        # A unit that was forgotten, and is back before that was linked, is where it was.
        store.rows(
            "INSERT INTO due_unit VALUES (?, 'new', NULL) ON CONFLICT (unit) DO UPDATE SET"
            " why = CASE why WHEN 'gone' THEN 'said' ELSE 'new' END, keys = NULL",
            unit.number,
        )


def mark_place(article: int, how: int) -> int:
    """An article that has a fingerprint, and how it has it, as one number."""
    return article << 2 | how


def forget_marks(store: Store, article: int) -> None:
    """Within a transaction, before an article goes: its fingerprints go with it."""
    row = store.row("SELECT marks, hows FROM prepared WHERE article = ?", article)
    for mark, how in zip(numbers(row[0]), row[1], strict=True) if row else ():
        place = mark_place(article, how)
        if store.rows("DELETE FROM mark WHERE mark = ? AND place = ? RETURNING 1", mark, place) and store.row(
            "SELECT 1 FROM mark WHERE mark = ?", mark
        ):
            store.rows("INSERT OR IGNORE INTO due_mark VALUES (?)", mark)
    store.rows("INSERT OR IGNORE INTO due_article SELECT other, 0 FROM alike WHERE article = ?", article)


def forget_units(store: Store, article: int) -> None:
    """Within a transaction, before an article goes: its units go that no other article's statements have."""
    rows = store.rows("SELECT number FROM statement WHERE article = ?", article)
    forget_sayings(store, [number for (number,) in rows])


def forget_sayings(store: Store, statements: Iterable[int]) -> None:
    """Within a transaction: statements have no units any more, and units go that no other statement has."""
    for statement in statements:
        for (unit,) in store.rows("DELETE FROM saying WHERE statement = ? RETURNING unit", statement):
            _leave(store, unit)


def reword(store: Store, article: int) -> None:
    """Within a transaction: an article's statements are to get their units anew, and its claims to be told anew."""
    store.rows("INSERT OR REPLACE INTO due_saying SELECT ?, revision FROM state", article)


def compare_again(store: Store, article: int) -> None:
    """Within a transaction: an article is another one for those that share text with it, and so may they be."""
    row = store.row("SELECT marks FROM prepared WHERE article = ?", article)
    if row is None:
        return
    store.rows("INSERT OR IGNORE INTO due_article VALUES (?, 0)", article)
    for mark in numbers(row[0]):
        store.rows(
            "INSERT OR IGNORE INTO due_mark SELECT ?1 WHERE EXISTS"
            " (SELECT 1 FROM mark WHERE mark = ?1 AND place >> 2 <> ?2)",
            mark,
            article,
        )


def _leave(store: Store, unit: int) -> None:
    """A statement has gone from a unit."""
    if store.row("SELECT 1 FROM saying WHERE unit = ?", unit):
        store.rows("INSERT INTO due_unit VALUES (?, 'said', NULL) ON CONFLICT (unit) DO NOTHING", unit)
        return
    was = store.row("SELECT why FROM due_unit WHERE unit = ?", unit)
    if was and was[0] == "new":
        # It was never linked: nothing remembers it.
        store.rows("DELETE FROM due_unit WHERE unit = ?", unit)
    else:
        store.rows("INSERT OR REPLACE INTO due_unit SELECT number, 'gone', keys FROM unit WHERE number = ?", unit)
    store.rows("DELETE FROM unit WHERE number = ?", unit)
