"""Names that people have ruled to be one, in all statements at once: what ``shown.refresh`` makes of every article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from inquit.keep.effect import folded, renamed
from inquit.keep.rows import or_null
from inquit.keep.shown import names, refresh
from inquit.keep.store import Row, Store
from inquit.keep.stored import Words, packed, stored, unpacked, words
from inquit.keep.units import reword
from inquit.records import Statement

_MANY = 200  # statements, from which their old words are left in the index until it is made anew
_LOOSE = "INSERT INTO statement_words (statement_words, rank) VALUES ('secure-delete', 0)"

# A statement as it is shown and as it was read, and whether other rulings than those on names may bear on its article.
_FOUND = """
SELECT s.number, s.article, s.position, s.id, s.body, was.body, EXISTS (
  SELECT 1 FROM anchor JOIN in_force r ON r.number = anchor.ruling
  WHERE anchor.article = s.article AND place = 0 AND NOT lost)
FROM statement s LEFT JOIN read_statement was ON was.id = s.id WHERE s.{} = ? COLLATE NOCASE
"""


class _Change(NamedTuple):
    """A statement as it is to be shown; and as it was read, where that is to be kept beside it, or was."""

    row: Row
    wanted: Statement
    read: Statement


def rename(store: Store, before: Mapping[str, str]) -> None:
    """Within a transaction: statements that have their names by ``before`` get those of the rulings in force.

    ``before`` are ``shown.names`` as they were when what is shown was last brought up to them.
    """
    after = names(store)
    moved = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    found = _found(store, moved | {folded(before[name]) for name in moved & before.keys()})
    ruled = {article for _, article, *_, others in found if others}
    changes = [_change(row, after) for row in found if row[1] not in ruled]
    _show(store, [one for one in changes if one.wanted != unpacked(one.row[4], Statement)])
    _keep_read(store, changes)
    for article in sorted(ruled):
        refresh(store, article, after)


def names_without(store: Store, number: int) -> dict[str, str]:
    """``shown.names`` as they were before the ruling of that row was filed, or withdrawn."""
    return names(store, "(number IN (SELECT number FROM in_force)) <> (number = ?)", number)


def one_as(store: Store, name: str) -> set[str]:
    """All the names, in the form of ``folded``, that people have ruled to be one with a name; it is among them."""
    known, own = names(store), folded(name)
    last = folded(known.get(own, own))
    return {own, last} | {one for one, other in known.items() if folded(other) == last}


def _found(store: Store, wanted: set[str]) -> list[Row]:
    """The statements that have, or are for, one of the names, which are in the form of ``folded``; each once."""
    rows = {
        row[0]: row
        for column in ("entity", "party")
        for name in _spelled(store, column, wanted)
        for row in store.rows(_FOUND.format(column), name)
    }
    return [rows[number] for number in sorted(rows)]


def _spelled(store: Store, column: str, wanted: set[str]) -> Iterable[Words]:
    # Those that differ in the case of ASCII letters alone count as one, and an index has them together.
    sql = f"SELECT DISTINCT {column} COLLATE NOCASE FROM statement WHERE {column} IS NOT NULL"  # noqa: S608 - our own
    return [name for (name,) in store.rows(sql) if folded(words(name)) in wanted] if wanted else []


def _change(row: Row, known: Mapping[str, str]) -> _Change:
    *_, shown, was, _ = row
    read = unpacked(shown if was is None else was, Statement)
    return _Change(row, renamed(read, known), read)


def _show(store: Store, changes: list[_Change]) -> None:
    if not changes:
        return
    if len(changes) >= _MANY:
        store.rows(_LOOSE)
    store.many(
        "UPDATE statement SET entity = ?2, party = ?3, body = ?4 WHERE number = ?1",
        ((one.row[0], *_names(one.wanted), packed(one.wanted)) for one in changes),
    )
    store.rows("UPDATE state SET revision = revision + 1")
    for article in sorted({one.row[1] for one in changes}):
        reword(store, article)


def _names(statement: Statement) -> tuple[Words | None, Words | None]:
    said = statement.attribution
    return (or_null(said.entity), or_null(said.party)) if said else (None, None)


def _keep_read(store: Store, changes: list[_Change]) -> None:
    store.many("DELETE FROM read_statement WHERE id = ?", ((one.row[3],) for one in changes if one.row[5] is not None))
    store.many(
        "INSERT INTO read_statement VALUES (?, ?, ?, ?)",
        ((stored(one.read.id), one.row[1], one.row[2], packed(one.read)) for one in changes if one.wanted != one.read),
    )
