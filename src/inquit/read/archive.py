"""Archives of files (ZIP, tar): each file in them is read by its kind, and nothing is written to disk.

A name in an archive is nothing but a name here, so one that leads out of a folder does no harm; links are not followed.
"""

from __future__ import annotations

import gzip
import stat
import struct
import tarfile
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Self, TypeAlias, TypeVar, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from inquit.read.bounded import Budget, Counted
from inquit.read.making import sound
from inquit.read.opening import Opened, Source
from inquit.read.passed import passed_over
from inquit.read.trouble import Trouble
from inquit.records import Problem

_CHUNK = 1 << 20
# An archive that is no file on disk is copied to one, up to this size: a ZIP's table stands at its end.
_COPIED_MOST = 2**31
# A ZIP's table of files: Python holds each entry as an object of about 600 bytes, an entry has 46 and its name.
_TABLE_MOST = 32 * 2**20
# Names and numbers in a tar header of the kind that speaks of the next file; longer ones are made to fill memory.
_TAR_HEADER_MOST = 2**20
_TAR_HEADERS = frozenset({b"x", b"g", b"L", b"K", b"X"})
# Annotations; the texts that they belong to are read.
_BESIDE = ".ann"
_NOT_READ = {"kind": "of a kind that is not read", "binary": "of a kind that is not read"}


T = TypeVar("T")
Inner: TypeAlias = Callable[[BinaryIO, Source], Iterator[T]]
"""Reads a file of an archive, or takes it apart; raises Trouble."""


def tar(opening: Opened, source: Source, inner: Inner[T]) -> Iterator[T | Problem]:
    """The articles of the files of a tar archive, packed with gzip or not, in one pass."""
    passed: Counter[str] = Counter()
    stream = _gunzipped(opening.raw) if opening.packed else opening.stream
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|", tarinfo=_Header) as archive:
            while (member := archive.next()) is not None:
                # Python keeps every member it has seen.
                archive.members = []  # type: ignore[attr-defined] # typeshed has methods only
                if not member.isdir():
                    file = archive.extractfile(member) if member.isreg() else None
                    yield from _file_read(member.name, cast("BinaryIO | None", file), source, inner, passed)
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        yield Trouble("archive-broken", f"the archive is damaged: {error}").problem(source.shown)
    yield from passed_over(passed, "file", source)


def files_of_zip(archive: ZipFile, source: Source, inner: Inner[T], budget: Budget) -> Iterator[T | Problem]:
    """The articles of the files of a ZIP archive."""
    passed: Counter[str] = Counter()
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        try:
            file = None if _is_link(entry) else opened_entry(archive, entry, budget)
        except Trouble as trouble:
            yield trouble.problem(_shown(source, entry.filename))
            continue
        yield from _file_read(entry.filename, file, source, inner, passed)
    yield from passed_over(passed, "file", source)


@contextmanager
def opened_zip(opening: Opened, source: Source) -> Iterator[tuple[ZipFile, Budget]]:
    """A ZIP archive open for reading, and how much it may unpack to; raises Trouble."""
    with _seekable(opening, source) as file:
        size = _checked_size(file)
        try:
            archive = ZipFile(file)
        except (BadZipFile, OSError, ValueError, struct.error, NotImplementedError, UnicodeDecodeError) as error:
            raise Trouble("archive-broken", f"the archive is damaged: {error}") from error
        with archive:
            yield archive, Budget(lambda: size)


def opened_entry(archive: ZipFile, entry: ZipInfo, budget: Budget) -> BinaryIO:
    """A file of a ZIP archive; raises Trouble of code encrypted or archive-broken."""
    if entry.flag_bits & 1:
        raise Trouble("encrypted", "it is locked with a password: unpack it first")
    try:
        return cast("BinaryIO", Counted(cast("BinaryIO", archive.open(entry)), budget))
    except (BadZipFile, OSError, ValueError, RuntimeError, struct.error, EOFError) as error:
        raise Trouble("archive-broken", f"it could not be unpacked: {error}") from error


def _file_read(
    name: str, file: BinaryIO | None, outer: Source, inner: Inner[T], passed: Counter[str]
) -> Iterator[T | Problem]:
    parts = PurePosixPath(sound(name).replace("\\", "/")).parts
    if (
        not parts
        or parts[-1].lower().endswith(_BESIDE)
        or any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)
    ):
        return
    if file is None:
        passed["no files but links or the like"] += 1
        return
    source = Source(shown=_shown(outer, name), name=parts[-1], path=None)
    try:
        yield from inner(file, source)
    except Trouble as trouble:
        if trouble.code in _NOT_READ:
            passed[_NOT_READ[trouble.code]] += 1
        else:
            yield trouble.problem(source.shown)


def _shown(outer: Source, name: str) -> str:
    return f"{outer.shown}/{sound(name)}"


def _is_link(entry: ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _gunzipped(packed: BinaryIO) -> BinaryIO:
    raw = Counted(packed)
    unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=raw, mode="rb"))
    return cast("BinaryIO", Counted(unpacked, Budget(lambda: raw.size)))


class _Header(tarfile.TarInfo):
    """A header of tar, refused where what it says of the next file would fill memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str | None, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)  # type: ignore[arg-type] # typeshed forbids the None that tarfile passes
        if header.type in _TAR_HEADERS and header.size > _TAR_HEADER_MOST:
            raise tarfile.ReadError("a header is longer than any name")
        return header


@contextmanager
def _seekable(opening: Opened, source: Source) -> Iterator[BinaryIO]:
    """The archive as a file that can be read from its end."""
    if source.path is not None and source.path.is_file() and not opening.packed:
        with source.path.open("rb") as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=16 * _CHUNK) as copy:
        while part := opening.stream.read(_CHUNK):
            if copy.tell() + len(part) > _COPIED_MOST:
                raise Trouble("too-large", "an archive of more than 2 GiB is read from disk only: save it to a file")
            copy.write(part)
        yield cast("BinaryIO", copy)


def _checked_size(file: BinaryIO) -> int:
    """The size of the file in bytes; raises Trouble where its table of files is too long to be held."""
    size = file.seek(0, 2)
    file.seek(max(0, size - (1 << 16) - 22))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22:
        raise Trouble("archive-broken", "the archive is damaged: its table of files, at the end, is missing")
    if min(size, struct.unpack_from("<L", tail, end + 12)[0]) > _TABLE_MOST and size > _TABLE_MOST:
        raise Trouble("too-large", "there are too many files in it: unpack it to a folder")
    file.seek(0)
    return size
