"""Statements and names as rows."""

from __future__ import annotations

from inquit.keep.store import Store, Value
from inquit.keep.stored import Words, packed, stored
from inquit.records import Statement


def said(text: str, statement: Statement) -> str:
    """The words of a statement's content, an ellipsis where it is broken up."""
    return " … ".join(text[start:end] for start, end in statement.content)


def put_statement(store: Store, article: int, position: int, statement: Statement, text: str) -> None:
    """Add the row of a statement."""
    store.rows(
        "INSERT INTO statement (id, article, position, entity, party, standing, content, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        statement.id,
        article,
        position,
        *_columns(statement, text),
    )


def change_statement(store: Store, statement: Statement, text: str) -> None:
    """Make the row of a statement that of another record with its id."""
    store.rows(
        "UPDATE statement SET entity = ?, party = ?, standing = ?, content = ?, body = ? WHERE id = ?",
        *_columns(statement, text),
        statement.id,
    )


def or_null(text: str | None) -> Words | None:
    """Words as SQLite holds them, where there are any."""
    return None if text is None else stored(text)


def _columns(statement: Statement, text: str) -> tuple[Value, ...]:
    who = statement.attribution
    return (
        or_null(who.entity if who else None),
        or_null(who.party if who else None),
        who.standing if who else None,
        stored(said(text, statement)),
        packed(statement),
    )
