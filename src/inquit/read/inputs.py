"""Which inputs are meant: paths, folders, standard input, addresses."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from inquit.read.brat import met_elsewhere
from inquit.read.opening import Source
from inquit.records import Problem

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def sources(given: str) -> Iterator[Source | Problem]:
    """The files or the address that one input stands for, folders walked in sorted order without hidden files."""
    if given == "-":
        yield Source(shown="-", name=None, path=None)
    elif _ADDRESS.match(given):
        yield Source(shown=_shown(given), name=None, path=None, address=_shown(given))
    elif os.path.isdir(given):  # noqa: PTH112 - unlike Path's, it takes any string, NUL characters included
        yield from _walked(Path(given))
    else:
        yield _file(Path(given))


def _file(path: Path) -> Source:
    return Source(shown=_shown(str(path)), name=_shown(path.name), path=path)


def _shown(name: str) -> str:
    """The name with U+FFFD for bytes that are no UTF-8, so that it can be written down."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walked(folder: Path) -> Iterator[Source | Problem]:
    """Every file below the folder; a link to a folder is not followed, so the walk ends."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if path == folder or (path.is_dir() and not path.is_symlink()):
                waiting.extend(sorted((p for p in path.iterdir() if not p.name.startswith(".")), reverse=True))
            elif path.is_file():
                if not met_elsewhere(path, folder):
                    yield _file(path)
            elif not path.is_dir():
                yield Problem(code="unreadable", message="neither a file nor a folder", input=_shown(str(path)))
        except OSError as error:
            message = f"the folder could not be opened: {error.strerror or error}"
            yield Problem(code="unreadable", message=message, input=_shown(str(path)))
