"""What a ledger shows of an article: what was read, as the rulings in force have it.

What is shown stands in ``article`` and ``statement``, so that reading costs the same with rulings as without; what was
read is kept beside it where the two differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from inquit.clock import instant
from inquit.keep import reading, writing
from inquit.keep.effect import BY, Anchor, Fastened, Ruled, folded, ruled_article, ruled_statements
from inquit.keep.forgetting import trim_claims
from inquit.keep.rows import change_statement, or_null, put_statement
from inquit.keep.store import Store, Value
from inquit.keep.stored import packed, stored, unpacked, words
from inquit.keep.units import compare_again, forget_sayings, reword
from inquit.records import Article, Reading, Ruling, Statement


def keep(store: Store, found: Reading) -> bool:
    """Store one reading in one transaction, as it is shown; False, and nothing is stored, when its article is held.

    Raises UsageError when a statement is in it twice or belongs to another article.
    """
    if writing.holds(store, found.article.id):
        return False
    with store.transaction():
        return put(store, found)


def put(store: Store, found: Reading) -> bool:
    """Within a transaction: store one reading as ``keep`` does."""
    if not writing.put(store, found):
        return False
    if known := names(store):
        for (number,) in store.rows("SELECT number FROM article WHERE id = ?", stored(found.article.id)):
            refresh(store, number, known)
    return True


def as_read(store: Store, number: int) -> Reading | None:
    """An article with its statements as they were read, whatever was ruled since; and its problems."""
    found = reading.numbered(store, number)
    if found is None:
        return None
    article = _read_article(store, number, found.article)
    return Reading(article=article, statements=tuple(_read(store, number)), problems=found.problems)


def read_statement(store: Store, ident: str) -> Statement | None:
    """A statement as it was read, or added, also where it is not shown."""
    row = store.row("SELECT body FROM read_statement WHERE id = ?", stored(ident))
    if row:
        return unpacked(row[0], Statement)
    found = reading.statement(store, ident)
    if found is None or not found.by.startswith(BY):
        return found
    rows = store.rows("SELECT article FROM statement WHERE id = ?", stored(ident))
    return next((one for ((number,),) in [rows] for one in _added(store, number) if one.id == ident), found)


def fastened(store: Store, number: int) -> list[Fastened]:
    """The rulings in force that are fastened in an article, in the order in which they were made."""
    rows = store.rows(
        "SELECT r.body, statement, anchor.body FROM anchor JOIN in_force r ON r.number = anchor.ruling"
        " WHERE anchor.article = ? AND place = 0 AND NOT lost ORDER BY r.number",
        number,
    )
    return [Fastened(unpacked(ruling, Ruling), statement, unpacked(body, Anchor)) for ruling, statement, body in rows]


def names(store: Store, where: str = "number IN (SELECT number FROM in_force)", *values: Value) -> dict[str, str]:
    """What people have ruled to be one name: to each, as ``folded`` has it, the one that it shall have.

    By the rulings in force, or by those of which something else is true.
    """
    sql = f"SELECT about, body FROM ruling WHERE says = 'same-entity' AND {where} ORDER BY number"  # noqa: S608 - our own
    rows = store.rows(sql, *values)
    step = {words(about): unpacked(body, Ruling).value or "" for about, body in rows}
    return {name: _end(name, step) for name in step}


def refresh(
    store: Store, number: int, known: Mapping[str, str] | None = None, read: Sequence[Statement] | None = None
) -> bool:
    """Within a transaction: bring what is shown of an article up to the rulings in force; whether that changed it.

    ``known`` are ``names``, where the caller has them; ``read`` is what is read in it from now on.
    """
    before = reading.numbered(store, number)
    if before is None:
        return False
    read = _read(store, number) if read is None else list(read)
    article, wanted = due(store, number, before.article, names(store) if known is None else known, read)
    changed = _refresh_article(store, number, before.article, article)
    if list(before.statements) != wanted.shown:
        _replace(store, number, before, wanted.shown)
        changed = True
    _put_in_order(store, number, wanted.order)
    _keep_read(store, number, read, wanted)
    if changed:
        store.rows("UPDATE state SET revision = revision + 1")
        reword(store, number)
    return changed


def due(
    store: Store, number: int, shown: Article, known: Mapping[str, str], read: Sequence[Statement] | None = None
) -> tuple[Article, Ruled]:
    """An article and its statements as they are to be shown; ``known`` are ``names``, ``read`` as for ``refresh``."""
    rulings = fastened(store, number)
    article = ruled_article(_read_article(store, number, shown), rulings)
    return article, ruled_statements(shown, _read(store, number) if read is None else read, rulings, known)


def _end(name: str, step: dict[str, str]) -> str:
    """The last of the names that one leads to; in a circle, which older rulings may leave, the one it began with."""
    seen = {name}
    at = step[name]
    while folded(at) in step and folded(at) not in seen:
        seen.add(folded(at))
        at = step[folded(at)]
    return at


def _read(store: Store, number: int) -> list[Statement]:
    """The statements of an article as they were read, in their order."""
    rows = store.rows(
        "SELECT position, id, body FROM read_statement WHERE article = ?1 UNION ALL"
        " SELECT position, id, body FROM statement WHERE article = ?1"
        " AND id NOT IN (SELECT id FROM read_statement WHERE article = ?1) ORDER BY position",
        number,
    )
    found = (unpacked(body, Statement) for _, _, body in rows)
    return [one for one in found if not one.by.startswith(BY)]


def _added(store: Store, number: int) -> list[Statement]:
    """The statements that people have added to an article, as they did."""
    found = reading.numbered(store, number)
    added = [one for one in fastened(store, number) if one.ruling.says == "missed"]
    return ruled_statements(found.article, (), added, {}).shown if found else []


def _read_article(store: Store, number: int, shown: Article) -> Article:
    row = store.row("SELECT outlet, published FROM read_article WHERE article = ?", number)
    if row is None:
        return shown
    outlet, published = (None if value is None else words(value) for value in row)
    return msgspec.structs.replace(shown, outlet=outlet, published=published)


def _refresh_article(store: Store, number: int, shown: Article, wanted: Article) -> bool:
    read = _read_article(store, number, shown)
    if wanted == read:
        store.rows("DELETE FROM read_article WHERE article = ?", number)
    else:
        store.rows(
            "INSERT OR IGNORE INTO read_article VALUES (?, ?, ?)", number, or_null(read.outlet), or_null(read.published)
        )
    if wanted == shown:
        return False
    store.rows(
        "UPDATE article SET outlet = ?, published = ?, instant = ? WHERE number = ?",
        or_null(wanted.outlet),
        or_null(wanted.published),
        instant(wanted.published),
        number,
    )
    # Who took from whom, and what an outlet prints again and again, depends on both.
    compare_again(store, number)
    claims = store.rows(
        "SELECT DISTINCT claim FROM occurrence JOIN statement ON statement.number = occurrence.statement"
        " WHERE article = ?",
        number,
    )
    store.many("INSERT OR REPLACE INTO tally SELECT * FROM tallying WHERE claim = ?", claims)
    return True


def _replace(store: Store, number: int, before: Reading, wanted: list[Statement]) -> None:
    text = before.article.text
    shown = {one.id: one for one in before.statements}
    gone = shown.keys() - {one.id for one in wanted}
    trim_claims(store, gone)
    for ident in sorted(gone):
        [(row,)] = store.rows("SELECT number FROM statement WHERE id = ?", stored(ident))
        forget_sayings(store, [row])
        store.rows("DELETE FROM statement WHERE number = ?", row)
    (last,) = store.row("SELECT coalesce(max(position), -1) FROM statement WHERE article = ?", number) or (-1,)
    for one in wanted:
        if one.id not in shown:
            last += 1
            put_statement(store, number, last, one, text)
        elif shown[one.id] != one:
            change_statement(store, one, text)
    if store.row("SELECT 1 FROM version WHERE article = ?", number):
        # What is new is told of, unless the article is an old version.
        store.rows("DELETE FROM told WHERE article = ?1 AND ?1 IN (SELECT article FROM superseded)", number)


def _put_in_order(store: Store, number: int, order: list[str]) -> None:
    wanted = dict(zip(order, range(len(order)), strict=True))
    rows = store.rows("SELECT number, id, position FROM statement WHERE article = ?", number)
    moved = [(row, wanted[words(ident)]) for row, ident, at in rows if at != wanted[words(ident)]]
    # No two may have one place, not even meanwhile.
    store.many("UPDATE statement SET position = -1 - position WHERE number = ?", ((row,) for row, _ in moved))
    store.many("UPDATE statement SET position = ?2 WHERE number = ?1", moved)


def _keep_read(store: Store, number: int, read: list[Statement], wanted: Ruled) -> None:
    shown = {one.id: one for one in wanted.shown}
    place = dict(zip(wanted.order, range(len(wanted.order)), strict=True))
    store.rows("DELETE FROM read_statement WHERE article = ?", number)
    store.many(
        "INSERT INTO read_statement VALUES (?, ?, ?, ?)",
        ((stored(one.id), number, place[one.id], packed(one)) for one in read if shown.get(one.id) != one),
    )
