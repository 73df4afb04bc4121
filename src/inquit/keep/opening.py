"""Opening a ledger: what may be wrong with the file is found, and said, before anything is done to it."""

from __future__ import annotations

from pathlib import Path

import apsw

from inquit.errors import WorkError
from inquit.keep.matches import register
from inquit.keep.migrations import APPLICATION_ID, MIGRATIONS, migrate
from inquit.keep.store import Store, told

BUSY_SECONDS = 5.0
"""How long to wait for another program that writes to the same ledger."""


_MAGIC = b"SQLite format 3\0"
_SEEN = """
SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), count(*)
FROM sqlite_schema
"""


def opened(path: Path, *, write: bool, create: bool = False, older: bool = False) -> Store:
    """The ledger at ``path``; with ``create`` it is made where there is none, or an empty file.

    With ``older`` one of an older version is opened for reading as it is: only what knows its tables may ask for that.

    Raises WorkError when there is none, it is something else, made by a newer version, or may not be opened so.
    """
    _see(path, create=create)
    with told(path):
        connection = _for_writing(path, create=create) if write else _for_reading(path, older=older)
    register(connection)
    return Store(path, connection, write=write)


def _see(path: Path, *, create: bool) -> None:
    try:
        if path.exists() and not path.is_file():
            raise WorkError(f"{path} is a folder or a device: name a file for the ledger")
        begins = _beginning(path)
    except OSError as error:
        raise WorkError(f"{path} could not be opened ({error.strerror}): see that you may read it") from error
    if begins:
        # SQLite takes a file of less than a page for an empty one, and would write over it.
        if begins != _MAGIC:
            raise WorkError(f"{path} is no ledger: name another file")
        return
    if not create:
        raise _absent(path)
    if not path.parent.is_dir():
        raise WorkError(f"there is no folder {path.parent}: make it, or name another file for the ledger")


def _beginning(path: Path) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as file:
        return file.read(len(_MAGIC))


def _absent(path: Path) -> WorkError:
    return WorkError(f"there is no ledger at {path}: name another file, or make one with `inquit add {path} INPUT`")


def _for_writing(path: Path, *, create: bool) -> apsw.Connection:
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    connection = _connected(path, "", flags)
    try:
        _prepare(connection, path, create=create)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: apsw.Connection, path: Path, *, create: bool) -> None:
    _check(connection, path, create=create)
    if connection.readonly("main"):
        raise apsw.ReadOnlyError(f"{path} is read-only")
    connection.pragma("foreign_keys", True)
    connection.pragma("secure_delete", True)
    # What keep() has returned for outlives a power cut too: the log is synced at every commit.
    connection.pragma("synchronous", "FULL")
    migrate(connection, lambda: _check(connection, path, create=create))
    connection.pragma("journal_mode", "WAL")


def _for_reading(path: Path, *, older: bool) -> apsw.Connection:
    try:
        connection = _connected(path, "", apsw.SQLITE_OPEN_READONLY)
        try:
            _check(connection, path, create=False, older=older)
        except BaseException:
            connection.close()
            raise
    except (apsw.CantOpenError, apsw.ReadOnlyError):
        # Reading beside a writer needs a shared file in the folder; where none can be made, nobody writes.
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise WorkError(
                f"{path} was not closed and its folder may not be written: give yourself the right to write the "
                f"folder, or copy {path.name} and {log.name} to another one"
            ) from None
        connection = _connected(path, "?immutable=1", apsw.SQLITE_OPEN_READONLY)
        _check(connection, path, create=False, older=older)
    return connection


def _connected(path: Path, how: str, flags: int) -> apsw.Connection:
    connection = apsw.Connection(path.absolute().as_uri() + how, flags=flags | apsw.SQLITE_OPEN_URI)
    connection.set_busy_timeout(round(BUSY_SECONDS * 1000))
    return connection


def _check(connection: apsw.Connection, path: Path, *, create: bool, older: bool = False) -> None:
    """Raise WorkError unless it is a ledger of this version, or of an older one that may be written or is wanted."""
    # At one moment: another process may make the ledger just now.
    version, application, tables = connection.execute(_SEEN).get
    if application != APPLICATION_ID:
        if version or tables:
            raise WorkError(f"{path} is a database but no ledger: name another file")
        # What a process leaves that was killed while it made the ledger.
        if not create:
            raise _absent(path)
    elif version > len(MIGRATIONS):
        raise WorkError(f"{path} was written by a newer version of inquit: install that version or a newer one")
    elif version < len(MIGRATIONS) and connection.readonly("main") and not older:
        raise WorkError(f"{path} was written by an older version of inquit: `inquit add {path} INPUT` brings it up")
