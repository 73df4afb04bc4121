"""A copy of a ledger, whole and of one moment, whoever writes to it meanwhile."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from inquit.errors import UsageError, WorkError
from inquit.keep import reading, verifying
from inquit.keep.migrations import APPLICATION_ID, MIGRATIONS
from inquit.keep.opening import opened
from inquit.keep.reading import Counts
from inquit.keep.store import Store, told

_PAGES = 4096  # copied at a time


def backup(path: Path, to: Path) -> Counts | None:
    """Copy the ledger at ``path`` to the file ``to``, verify the copy, and only then put it in place of what is there.

    What it holds; None for a ledger of an older version, of which only the file and its references are verified. A
    process that is killed leaves what was there as it was. Raises UsageError when both are one file, and WorkError
    when there is no ledger, ``to`` is something else than a ledger or in use, or the copy is not sound.
    """
    source = opened(path, write=False, older=True)
    try:
        _see_place(path, to)
        with _scratch(to) as scratch:
            copy(source, scratch)
            counts = _verified(path, scratch)
            scratch.chmod(path.stat().st_mode & 0o777)
            _in_place(scratch, to)
    finally:
        source.connection.close()
    return counts


def copy(source: Store, to: Path) -> None:
    """Copy an open ledger, as it is at this moment, over the file ``to``."""
    with told(to):
        target = apsw.Connection(str(to.absolute()))
        try:
            # Nobody sees the copy before it is whole: a crash is answered by making it again.
            target.pragma("synchronous", "OFF")
            target.pragma("journal_mode", "MEMORY")
            with moment(source), target.backup("main", source.connection, "main") as pages:
                while not pages.done:
                    pages.step(_PAGES)
        finally:
            target.close()


@contextmanager
def moment(store: Store) -> Iterator[None]:
    """All that is read meanwhile is of one moment, and writers go on."""
    store.rows("BEGIN")
    try:
        store.rows("SELECT 1 FROM state")
        yield
    finally:
        store.rows("ROLLBACK")


def _see_place(path: Path, to: Path) -> None:
    if not to.parent.is_dir():
        raise WorkError(f"there is no folder {to.parent}: make it, or name another file for the backup")
    if not to.exists():
        return
    if to.is_dir():
        raise WorkError(f"{to} is a folder: name a file in it for the backup")
    if to.samefile(path):
        raise UsageError(f"{to} is the ledger itself: name another file for the backup")
    with to.open("rb") as file:
        header = file.read(100)
    if header and header[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise WorkError(f"{to} is there and no ledger: name another file for the backup")
    log = to.with_name(to.name + "-wal")
    if log.exists() and log.stat().st_size:
        # The log would be taken for one of the new file.
        raise WorkError(f"{to} is in use, or was not closed: see `inquit verify {to}`, or name another file")


@contextmanager
def _scratch(to: Path) -> Iterator[Path]:
    """A file beside the place, to be moved there; what a killed process left is taken away."""
    for left in to.parent.glob(f"{to.name}.*.part*"):
        left.unlink(missing_ok=True)
    try:
        handle, name = tempfile.mkstemp(prefix=f"{to.name}.", suffix=".part", dir=to.parent)
        os.close(handle)
    except OSError as error:
        raise WorkError(f"{to} could not be written ({error.strerror}): see to the folder, or name another") from error
    scratch = Path(name)
    try:
        yield scratch
    finally:
        for rest in ("", "-wal", "-shm", "-journal"):
            scratch.with_name(scratch.name + rest).unlink(missing_ok=True)


def _verified(path: Path, scratch: Path) -> Counts | None:
    """What the copy holds; raises WorkError when it is not sound."""
    with told(scratch):
        connection = apsw.Connection(str(scratch.absolute()), flags=apsw.SQLITE_OPEN_READWRITE)
    store = Store(scratch, connection, write=True)
    try:
        current = connection.pragma("user_version") == len(MIGRATIONS)
        findings = verifying.verify(store) if current else verifying.verify_file(store)
        if findings:
            raise WorkError(
                f"{path} is not sound, so nothing was put in place: {findings[0]} (`inquit verify {path}` tells all)"
            )
        return reading.counts(store) if current else None
    finally:
        connection.close()


def _in_place(scratch: Path, to: Path) -> None:
    try:
        with scratch.open("rb") as file:
            os.fsync(file.fileno())
        scratch.replace(to)
    except FileNotFoundError as error:
        raise WorkError(f"another backup to {to} was begun meanwhile: that one is put in place") from error
    # Where a folder can be synced, its new entry outlives a power cut too.
    with suppress(OSError):
        folder = os.open(to.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
