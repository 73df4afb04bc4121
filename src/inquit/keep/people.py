"""Who may use the web reader: accounts and their sessions, in a file of its own beside the ledger.

Not in the ledger: that is copied, merged, exported and handed on, and passwords and sessions must not go with it; and
to note that somebody is there must not wait for whoever writes to the ledger. The file is its owner's alone to read.
"""

from __future__ import annotations

import os
import unicodedata
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeAlias, get_args

import apsw
import msgspec

from inquit.errors import UsageError, WorkError
from inquit.keep.store import Store, told

Role: TypeAlias = Literal["reader", "analyst", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may: read; rule; manage people and withdraw others' rulings."""

_MOST_NAME = 64
_BUSY_SECONDS = 5.0
_APPLICATION_ID = int.from_bytes(b"inqp", "big")
_TABLES = """
CREATE TABLE person (
  key TEXT PRIMARY KEY,        -- the name without regard to case
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  password TEXT                -- its hash; null for whom a proxy names
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  token BLOB PRIMARY KEY,      -- a hash of it
  person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
  begun REAL NOT NULL,         -- seconds since 1970
  seen REAL NOT NULL,
  lasting INTEGER NOT NULL     -- 1: a program's key, which does not expire
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_person ON session (person);
"""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with an account."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this person may do what the role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is logged in: since when, and when last seen, in seconds since 1970; a ``lasting`` one is a key."""

    person: Person
    begun: float
    seen: float
    lasting: bool


class People:
    """The accounts of a ledger, open; a context manager. Every method raises WorkError for the machine's trouble."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def beside(cls, ledger: Path) -> Self:
        """Open the file of a ledger's people; it is made where there is none."""
        path = ledger.with_name(ledger.name + ".people")
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        with told(path):
            connection = apsw.Connection(str(path.absolute()), flags=apsw.SQLITE_OPEN_READWRITE)
            try:
                _prepare(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(Store(path, connection, write=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with told(self._store.path):
            self._store.connection.close()

    # -- people

    def people(self) -> list[Person]:
        """Everybody, by name."""
        rows = self._store.rows("SELECT name, role FROM person ORDER BY key")
        return [Person(name=name, role=role) for name, role in rows]

    def person(self, name: str) -> Person | None:
        """Who has that name, in whatever case."""
        row = self._store.row("SELECT name, role FROM person WHERE key = ?", _key(name))
        return Person(name=row[0], role=row[1]) if row else None

    def password(self, name: str) -> str | None:
        """The hash of a person's password; None where there is no such person, or no password."""
        row = self._store.row("SELECT password FROM person WHERE key = ?", _key(name))
        return row[0] if row else None

    def add(self, name: str, role: Role, password: str | None = None) -> None:
        """Add somebody, with the hash of a password. Raises UsageError for a name that is taken, or none."""
        sound = unicodedata.normalize("NFC", name)
        if not 0 < len(sound) <= _MOST_NAME or not sound.isprintable() or sound != sound.strip():
            raise UsageError(f"{name!r} is no name: give 1 to {_MOST_NAME} printable characters, no blank at an end")
        with self._store.transaction():
            if self.person(sound) is not None:
                raise UsageError(f"there is a {sound!r} already: `inquit people` changes role and password")
            self._store.rows("INSERT INTO person VALUES (?, ?, ?, ?)", _key(sound), sound, role, password)

    def remove(self, name: str) -> None:
        """Remove somebody, whose sessions and keys end. Raises UsageError when there is none, or no other admin."""
        with self._store.transaction():
            self._not_last_admin(name)
            self._store.rows("DELETE FROM person WHERE key = ?", _key(name))

    def set_role(self, name: str, role: Role) -> None:
        """Give somebody another role. Raises UsageError when there is no such person, or no other admin."""
        with self._store.transaction():
            if role != "admin":
                self._not_last_admin(name)
            self._known(name)
            self._store.rows("UPDATE person SET role = ? WHERE key = ?", role, _key(name))

    def set_password(self, name: str, password: str) -> None:
        """Store the hash of a new password; sessions and keys end. Raises UsageError when there is no such person."""
        with self._store.transaction():
            self._known(name)
            self._store.rows("UPDATE person SET password = ? WHERE key = ?", password, _key(name))
            self._store.rows("DELETE FROM session WHERE person = ?", _key(name))

    # -- sessions

    def begin(self, token: bytes, name: str, now: float, *, lasting: bool = False) -> None:
        """Store a session under the hash of its token. Raises UsageError when there is no such person."""
        with self._store.transaction():
            self._known(name)
            self._store.rows("INSERT INTO session VALUES (?, ?, ?, ?, ?)", token, _key(name), now, now, int(lasting))

    def session(self, token: bytes) -> Session | None:
        """The session of that hash."""
        row = self._store.row(
            "SELECT name, role, begun, seen, lasting FROM session JOIN person ON key = person WHERE token = ?", token
        )
        if row is None:
            return None
        name, role, begun, seen, lasting = row
        return Session(person=Person(name=name, role=role), begun=begun, seen=seen, lasting=bool(lasting))

    def see(self, token: bytes, now: float) -> None:
        """Note that a session was used."""
        with self._store.transaction():
            self._store.rows("UPDATE session SET seen = ? WHERE token = ?", now, token)

    def end(self, token: bytes) -> None:
        """End a session; nothing where there is none."""
        with self._store.transaction():
            self._store.rows("DELETE FROM session WHERE token = ?", token)

    def sweep(self, *, begun: float, seen: float) -> None:
        """End sessions, not keys, that began before one time or were last seen before the other."""
        with self._store.transaction():
            self._store.rows("DELETE FROM session WHERE lasting = 0 AND (begun < ? OR seen < ?)", begun, seen)

    def _known(self, name: str) -> Person:
        found = self.person(name)
        if found is None:
            raise UsageError(f"there is no {name!r}: `inquit people LEDGER list` shows who there is")
        return found

    def _not_last_admin(self, name: str) -> None:
        if self._known(name).role != "admin":
            return
        if self._store.row("SELECT 1 FROM person WHERE role = 'admin' AND key <> ?", _key(name)) is None:
            raise UsageError(f"{name!r} is the only admin: make somebody else one first")


def _prepare(connection: apsw.Connection, path: Path) -> None:
    connection.set_busy_timeout(round(_BUSY_SECONDS * 1000))
    connection.pragma("foreign_keys", True)
    connection.pragma("secure_delete", True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.pragma("application_id"):
            connection.execute(_TABLES)
            connection.pragma("application_id", _APPLICATION_ID)
            connection.pragma("user_version", 1)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    if connection.pragma("application_id") != _APPLICATION_ID or connection.pragma("user_version") != 1:
        raise WorkError(f"{path} holds no people that this version of inquit knows: move it away")


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().encode("utf-8", "replace").decode()
