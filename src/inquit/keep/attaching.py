"""Rulings hold on to what is read anew of an article, and to a later version of it, by the words they are about."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from inquit.errors import WorkError
from inquit.keep import writing
from inquit.keep.effect import Anchor, Fastened, missed
from inquit.keep.quoting import Quoted, alike, located, quoted
from inquit.keep.shown import as_read, fastened, refresh
from inquit.keep.store import Store
from inquit.keep.stored import packed, stored, unpacked, words
from inquit.records import Article, Problem, Reading, Ruling, Statement

LOST = "ruling-unattached"
_SAME = 0.6  # as SAME, of a statement that was missed and one that is read now


def replace(store: Store, found: Reading) -> bool:
    """What was read of an article that is held is ``found`` now, in one transaction; whether that changed anything.

    Rulings hold on to the statements that have their words now. Raises WorkError when the article is not held.
    """
    with store.transaction():
        row = store.row("SELECT number FROM article WHERE id = ?", stored(found.article.id))
        before = as_read(store, row[0]) if row else None
        if row is None or before is None:
            raise WorkError(f"{found.article.id} was forgotten meanwhile: run the same command again")
        if (before.statements, _others(before.problems)) == (found.statements, _others(found.problems)):
            return False
        number = int(row[0])
        _fasten_again(store, number, found)
        store.rows("DELETE FROM problem WHERE article = ?", number)
        for problem in _others(found.problems):
            writing.put_problem(store, problem)
        refresh(store, number, read=found.statements)
        note_lost(store, number)
    return True


def carry(store: Store, old: int, new: int) -> None:
    """Within a transaction: the rulings in force on an article hold on to a later version of it too."""
    before, after = as_read(store, old), as_read(store, new)
    if before is None or after is None or not (rulings := _anchored(store, old)):
        return
    for number, place, ruling, statement, anchor in rulings:
        moved = _moved(anchor, after.article.text)
        here = _statement(ruling, statement, moved or anchor, after) if moved else None
        if statement is None and ruling.says != "missed" and not _same_field(ruling, before.article, after.article):
            continue
        lost = moved is None or (statement is not None and here is None)
        store.rows(
            "INSERT INTO anchor VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (ruling, place, article) DO UPDATE SET"
            " statement = excluded.statement, lost = excluded.lost, body = excluded.body",
            number,
            place,
            new,
            here and stored(here),
            int(lost),
            packed(moved or anchor),
        )
    refresh(store, new)
    note_lost(store, new)


def note_lost(store: Store, number: int) -> None:
    """Within a transaction: a problem for each ruling in force that holds on to nothing in an article, no other."""
    sql = "DELETE FROM problem WHERE article = ? AND CAST(body AS TEXT) ->> '$.code' = ?"
    store.rows(sql, number, LOST)
    rows = store.rows(
        "SELECT DISTINCT r.id, article.id FROM anchor JOIN in_force r ON r.number = anchor.ruling"
        " JOIN article ON article.number = anchor.article WHERE lost AND anchor.article = ? ORDER BY r.number",
        number,
    )
    for ruling, article in rows:
        message = f"the words of the ruling {ruling} were not found again: `inquit rule LEDGER --unattached` shows it"
        writing.put_problem(store, Problem(code=LOST, message=message, article=words(article)))


def _others(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.code != LOST)


def _fasten_again(store: Store, number: int, found: Reading) -> None:
    added = _added(store, number, found)
    for ruled, place, ruling, statement, anchor in _anchored(store, number, withdrawn=True):
        here = _statement(ruling, statement, anchor, found, added)
        lost = statement is not None and ruling.says != "missed" and here is None
        store.rows(
            "UPDATE anchor SET statement = ?, lost = ?, body = ? WHERE ruling = ? AND place = ? AND article = ?",
            stored(here) if here else statement and stored(statement) if lost else None,
            int(lost),
            packed(msgspec.structs.replace(anchor, alone=False)),
            ruled,
            place,
            number,
        )


def _anchored(
    store: Store, number: int, *, withdrawn: bool = False
) -> list[tuple[int, int, Ruling, str | None, Anchor]]:
    rulings = "ruling" if withdrawn else "in_force"
    rows = store.rows(
        f"SELECT r.number, place, r.body, statement, anchor.body FROM anchor JOIN {rulings} r"  # noqa: S608 - our own
        " ON r.number = anchor.ruling WHERE anchor.article = ? ORDER BY r.number, place",
        number,
    )
    return [
        (ruled, place, unpacked(ruling, Ruling), statement and words(statement), unpacked(body, Anchor))
        for ruled, place, ruling, statement, body in rows
    ]


def _added(store: Store, number: int, found: Reading) -> list[Statement]:
    """The statements that people have added, and that are none of those found."""
    rulings: list[Fastened] = [one for one in fastened(store, number) if one.ruling.says == "missed"]
    return [missed(found.article, one) for one in rulings if _like(one.anchor, found) is None]


def _statement(
    ruling: Ruling, before: str | None, anchor: Anchor, found: Reading, added: Sequence[Statement] = ()
) -> str | None:
    """The id of the statement that an anchor holds on to now."""
    if ruling.says == "missed":
        # Where the reader finds it by itself, nothing has to be added.
        like = _like(anchor, found)
        return like.id if like else None
    if before is None:
        return None
    among = [*found.statements, *added]
    if any(one.id == before for one in among):
        return before
    moved = _moved(anchor, found.article.text)
    like = alike(_hull(moved), among, attributed=anchor.attributed) if moved else None
    return like.id if like else None


def _like(anchor: Anchor, found: Reading) -> Statement | None:
    attributed = bool(anchor.roles.keys() & {"source", "cue"})
    moved = _moved(anchor, found.article.text)
    like = alike(_hull(moved), list(found.statements), attributed=attributed, least=_SAME) if moved else None
    return like if like and (like.attribution is not None) == attributed else None


def _moved(anchor: Anchor, text: str) -> Anchor | None:
    """The anchor where its words stand in a text; None where some of them do not."""
    places = _places(anchor.words, text)
    roles = {role: _places(given, text) for role, given in anchor.roles.items()}
    if places is None or any(found is None for found in roles.values()):
        return None
    return msgspec.structs.replace(anchor, words=places, roles=roles, alone=False)


def _places(given: Sequence[Quoted], text: str) -> tuple[Quoted, ...] | None:
    spans = [located(text, one) for one in given]
    found = tuple(quoted(text, span) for span in spans if span is not None)
    return found if len(found) == len(given) else None


def _hull(anchor: Anchor) -> tuple[int, int]:
    return min(one.start for one in anchor.words), max(one.end for one in anchor.words)


def _same_field(ruling: Ruling, before: Article, after: Article) -> bool:
    """Whether a later version has the very outlet or date that was ruled wrong."""
    field = {"wrong-outlet": "outlet", "wrong-date": "published"}.get(ruling.says)
    return field is not None and getattr(before, field) == getattr(after, field)
