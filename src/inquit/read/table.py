"""Tables: one Article a row, whatever the rows come out of."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from typing import TypeAlias

from inquit.read.dates import iso
from inquit.read.making import about, made, sound
from inquit.read.opening import Source
from inquit.read.options import COLUMNS, Options
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

Row: TypeAlias = tuple[int, Mapping[str, object]]
"""A row's line (or number) in its table, from 1, and its cells by the table's own names of columns."""

# Rows of JSON lines name their columns one by one: so many may pass before a column counts as missing.
_LOOK_AHEAD = 100
_NAMES = re.compile(r"\s*;\s*|\s*,\s+|\s*,\s*")


def rows_read(rows: Iterable[Row | Problem], source: Source, options: Options) -> Iterator[Article | Problem]:
    """Articles of rows; one Problem of code column-missing where a column that is needed is not among them."""
    columns = {ours: options.columns.get(ours, ours) for ours in COLUMNS}
    needed = {columns["text"], *options.columns.values()}
    ahead, missing, seen = _looked_ahead(iter(rows), needed)
    if missing and seen:
        yield _column_missing(missing, seen, columns, source)
        return
    if (first := next(ahead, None)) is None:
        raise Trouble("empty", "there are no rows in the table")
    for row in chain((first,), ahead):
        if isinstance(row, Problem):
            yield row
        else:
            yield from _row_read(row, columns, source, options)


def row_problem(line: int, message: str, source: Source, code: str = "row") -> Problem:
    """A row that could not be read."""
    return Problem(code=code, message=f"line {line}: {message}", input=source.shown)


def _looked_ahead(
    rows: Iterator[Row | Problem], needed: set[str]
) -> tuple[Iterator[Row | Problem], set[str], dict[str, None]]:
    """The rows again, the needed columns that the first of them lack, and the columns they have in order."""
    first: list[Row | Problem] = []
    seen: dict[str, None] = {}
    missing = set(needed)
    for row in rows:
        first.append(row)
        if not isinstance(row, Problem):
            seen.update(dict.fromkeys(row[1]))
            missing.difference_update(row[1])
        if not missing or len(first) >= _LOOK_AHEAD:
            break
    return chain(first, rows), missing, seen


def _column_missing(missing: set[str], seen: Mapping[str, None], columns: Mapping[str, str], source: Source) -> Problem:
    wanted = ", ".join(repr(name) for name in sorted(missing))
    ours = next(name for name, theirs in columns.items() if theirs in missing)
    message = (
        f"no column {wanted}; there are {', '.join(map(repr, list(seen)[:50]))}: "
        f"say which one is meant with --column {ours}=NAME"
    )
    return Problem(code="column-missing", message=message, input=source.shown)


def _row_read(row: Row, columns: Mapping[str, str], source: Source, options: Options) -> Iterator[Article | Problem]:
    line, theirs = row
    cells = {ours: theirs.get(name) for ours, name in columns.items()}
    try:
        words, lost = _text(cells["text"], options.max_bytes)
    except Trouble as error:
        yield row_problem(line, error.message, source, error.code)
        return
    published, trouble = _published(cells["published"])
    article = made(
        words,
        options,
        external_id=_words(cells["id"]),
        title=_words(cells["title"]),
        outlet=_words(cells["outlet"]),
        published=published,
        url=_words(cells["url"]),
        authors=_authors(cells["authors"]),
    )
    yield article
    if trouble and options.published is None:
        yield about(article, "date", f"line {line}: {trouble}", source.shown)
    if lost:
        yield about(article, "decoding", f"line {line}: lone surrogates were replaced by U+FFFD", source.shown)


def _text(cell: object, max_bytes: int) -> tuple[str, bool]:
    """A cell's text, and whether anything in it had to be replaced; raises Trouble where it holds none."""
    if not isinstance(cell, str):
        raise Trouble("row", f"the text is {'missing' if _is_unset(cell) else 'no string'}")
    if len(cell) > max_bytes:
        raise Trouble("too-large", f"the text is longer than {max_bytes}")
    if not cell.strip():
        raise Trouble("empty", "the text is empty")
    words = sound(cell)
    return words.replace("\r\n", "\n"), words != cell


def _is_unset(cell: object) -> bool:
    return cell is None or (isinstance(cell, float) and math.isnan(cell)) or cell == ""


def _words(cell: object) -> str | None:
    """A cell as words; numbers as they are written, None where nothing is in it."""
    if isinstance(cell, str):
        return sound(cell) if cell.strip() else None
    if _is_unset(cell) or isinstance(cell, list | dict | bytes):
        return None
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    # A column of whole numbers with gaps comes as floats.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _published(cell: object) -> tuple[str | None, str | None]:
    """The date in ISO 8601, and what is wrong where the cell holds something that is none."""
    if _is_unset(cell) or (isinstance(cell, str) and not cell.strip()):
        return None, None
    published = iso(cell)
    return (
        published,
        None if published else f"published {sound(str(cell))[:60]!r} is no date that can be told for certain",
    )


def _authors(cell: object) -> tuple[str, ...]:
    if isinstance(cell, str):
        # Semicolons part "Lee, Ann; Roe, Max"; commas part only where there is none of them.
        names: list[object] = [*cell.split(";")] if ";" in cell else [*_NAMES.split(cell)]
    else:
        names = list(cell) if isinstance(cell, list | tuple) else []
    kept = (" ".join(sound(n).split()) for n in map(_name, names) if n)
    return tuple(dict.fromkeys(name for name in kept if name))


def _name(author: object) -> str | None:
    """An author's name, also out of ``{"name": …}``."""
    if isinstance(author, Mapping):
        author = author.get("name")
    return author if isinstance(author, str) else None
