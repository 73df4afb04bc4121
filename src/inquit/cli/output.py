"""Options and ways of writing that verbs over a ledger share: a report on a terminal, JSON lines when piped."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar, cast

import click
from rich.console import Console

from inquit.errors import UsageError, WorkError
from inquit.export.jsonl import JsonLines
from inquit.keep import Counts
from inquit.records import Record
from inquit.show.account import counted

F = TypeVar("F", bound=Callable[..., int])
ALL = 2**31
_FILLING = re.compile(r" +\n")
LIMIT = click.option("--limit", type=click.IntRange(min=1), default=ALL, help="At most so many.")
LEDGER = click.Path(path_type=Path, dir_okay=False)


def output_options(command: F) -> F:
    """``--jsonl`` and ``--text``, handed over as ``mode``."""
    command = click.option("--text", "mode", flag_value="text", help="A readable report (the default on a terminal).")(
        command
    )
    return click.option("--jsonl", "mode", flag_value="jsonl", help="JSON lines (the default when piped).")(command)


def for_people(mode: str | None) -> bool:
    """Whether a report is wanted rather than JSON lines."""
    return (mode or ("text" if sys.stdout.isatty() else "jsonl")) == "text"


def json_lines(records: Iterable[Record]) -> None:
    """Write records as JSON lines to standard output, at once."""
    lines = JsonLines(sys.stdout.buffer)
    for record in records:
        lines.write(record)
    sys.stdout.buffer.flush()


def held(counts: Counts) -> str:
    """What a ledger holds, in a line."""
    return ", ".join(
        (
            counted(counts.articles, "article"),
            counted(counts.statements, "statement"),
            counted(counts.copies, "copy", "copies"),
            counted(counts.claims, "claim"),
            counted(counts.problems, "problem"),
        )
    )


class _Trimmed(io.TextIOBase):
    """Text on its way to a file or a pipe, without the blanks with which lines are filled up to the width."""

    def __init__(self, to: TextIO) -> None:
        self._to = to

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._to.encoding

    def write(self, text: str) -> int:
        self._to.write(_FILLING.sub("\n", text))
        return len(text)

    def flush(self) -> None:
        self._to.flush()


def console(to: TextIO | None = None, width: int | None = None) -> Console:
    """Standard output, or another place, as rich writes to it."""
    file = to or sys.stdout
    plain = file if file.isatty() else cast("TextIO", _Trimmed(file))
    return Console(file=plain, highlight=False, soft_wrap=False, width=width)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to be written whole: beside its place, then moved there, so that nobody sees half of it."""
    if path.exists() and not path.is_file():
        # A device or a pipe is written into, never replaced.
        with path.open("wb") as stream:
            yield stream
        return
    _in_a_folder(path)
    scratch = path.with_name(path.name + ".part")
    try:
        with scratch.open("wb") as stream:
            yield stream
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """A folder to be filled: made beside its place, then moved there. Raises UsageError where something is there.

    Raises WorkError where it would stand in no folder.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise UsageError(f"{path} is there already and not an empty folder: name another, or take it away")
    _in_a_folder(path)
    scratch = Path(tempfile.mkdtemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent))
    try:
        scratch.chmod(0o777 & ~_umask())
        yield scratch
        scratch.replace(path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _in_a_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise WorkError(f"there is no folder {path.parent}: make it, or name another place than {path}")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def written(path: Path, text: str) -> None:
    """Write a text as UTF-8 in place of a file."""
    put(path, text.encode("utf-8"))


def put(path: Path | None, data: bytes) -> None:
    """Write bytes in place of a file, or to standard output where there is none."""
    if path is None:
        sys.stdout.buffer.write(data)
    else:
        with replacing(path) as stream:
            stream.write(data)


def format_for(to: str | None, out: Path | None, formats: Collection[str], *, usual: str, what: str) -> str:
    """The format asked for, else that of the file's ending, else the usual one; UsageError when it is none of them."""
    found = to or (out.suffix[1:].lower() if out is not None else usual)
    if found not in formats:
        raise UsageError(f"{out} ends like no {what}: give a format with --to ({', '.join(formats)})")
    return found
