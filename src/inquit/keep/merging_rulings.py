"""What people ruled in another ledger comes over with its history, and takes effect in order of time."""

from __future__ import annotations

from collections.abc import Mapping

from inquit.keep import shown
from inquit.keep.comparing import PAIRS
from inquit.keep.renaming import rename
from inquit.keep.store import Store
from inquit.keep.stored import unpacked
from inquit.keep.units import reword
from inquit.records import Ruling

_NUMBERED = (("ruling", "number"), ("anchor", "ruling"), ("withdrawal", "ruling"), ("apart", "ruling"))


def take_over(store: Store, theirs: Store) -> None:
    """Within a transaction, when their articles are there: rulings, withdrawals, and what is shown by them.

    A ruling that was withdrawn in either ledger is withdrawn. One whose statement is not there, since its article was
    read otherwise here, is listed among those that are not attached.
    """
    new = {ident for (ident,) in theirs.rows("SELECT id FROM ruling")}
    before = {ident for (ident,) in store.rows("SELECT id FROM ruling")}
    known = shown.names(store)
    _rulings(store, theirs)
    withdrawn = _withdrawals(store, theirs)
    if new <= before and not withdrawn:
        return
    _in_order_of_time(store)
    _take_effect(store, (new - before) | withdrawn, known)


def _rulings(store: Store, theirs: Store) -> None:
    held = {ident for (ident,) in store.rows("SELECT id FROM ruling")}
    rows = theirs.rows(
        "SELECT r.number, r.id, about, says, who, a.id, body FROM ruling r"
        " LEFT JOIN article a ON a.number = r.article ORDER BY r.number"
    )
    for number, ident, about, says, who, article, body in rows:
        if ident in held:
            continue
        (here,) = store.rows(
            "INSERT INTO ruling (id, about, says, who, article, body)"
            " VALUES (?, ?, ?, ?, (SELECT number FROM article WHERE id = ?), ?) RETURNING number",
            *(ident, about, says, who, article, body),
        )
        store.many(
            "INSERT INTO anchor SELECT ?, ?, number, ?, ?, ? FROM article WHERE id = ?",
            (
                (here[0], place, statement, lost, words, of)
                for place, statement, lost, words, of in theirs.rows(
                    "SELECT place, statement, lost, body, id FROM anchor JOIN article ON number = article"
                    " WHERE ruling = ?",
                    number,
                )
            ),
        )
        if theirs.row("SELECT 1 FROM apart WHERE ruling = ?", number):
            store.rows("INSERT INTO apart VALUES (?)", here[0])


def _withdrawals(store: Store, theirs: Store) -> set[str]:
    """The rulings that are withdrawn from now on."""
    rows = theirs.rows(
        "SELECT r.id, w.who, w.at FROM withdrawal w JOIN ruling r ON r.number = w.ruling ORDER BY w.number"
    )
    return {
        ident
        for ident, who, at in rows
        if store.rows(
            "INSERT INTO withdrawal (ruling, who, at) SELECT number, ?, ? FROM ruling WHERE id = ?"
            " ON CONFLICT (ruling) DO NOTHING RETURNING 1",
            *(who, at, ident),
        )
    }


def _in_order_of_time(store: Store) -> None:
    """Of rulings on the same thing the later one holds: they are numbered by when they were made."""
    rows = store.rows("SELECT number, body FROM ruling ORDER BY number")
    numbers = [number for number, _ in rows]
    wanted = [number for _, number in sorted((unpacked(body, Ruling).at, number) for number, body in rows)]
    if wanted == numbers:
        return
    first = max(numbers) + 1
    store.rows("PRAGMA defer_foreign_keys = ON")
    for table, column in _NUMBERED:
        sql = f"UPDATE {table} SET {column} = ? WHERE {column} = ?"  # noqa: S608 - names of our own
        store.many(sql, ((first + place, number) for place, number in enumerate(wanted)))


def _take_effect(store: Store, idents: set[str], shown_names: Mapping[str, str]) -> None:
    """Bring what is shown up to the rulings; ``shown_names`` are ``shown.names`` as they were before."""
    rows = store.rows("SELECT number, id, says FROM ruling ORDER BY number")
    concerned: set[int] = set()
    for number, ident, says in rows:
        if ident not in idents:
            continue
        articles = {article for (article,) in store.rows("SELECT article FROM anchor WHERE ruling = ?", number)}
        concerned |= articles
        if says in PAIRS:
            for article in articles:
                reword(store, article)
    rename(store, shown_names)
    known = shown.names(store)
    for article in sorted(concerned):
        shown.refresh(store, article, known)
    store.rows(_LOST)
    store.rows("UPDATE state SET revision = revision + 1")


# A ``missed`` statement is not held before it is added; all else is fastened to what was read or added.
_LOST = """
UPDATE anchor SET lost = 1 WHERE statement IS NOT NULL AND NOT lost
AND statement NOT IN (SELECT id FROM statement) AND statement NOT IN (SELECT id FROM read_statement)
AND ruling NOT IN (SELECT number FROM ruling WHERE says = 'missed')
"""
