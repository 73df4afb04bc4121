"""What the caller says about the inputs."""

from __future__ import annotations

import msgspec

from inquit.errors import UsageError
from inquit.read.dates import iso

COLUMNS = ("text", "id", "title", "outlet", "published", "url", "authors")
"""Our names of a table's columns; only ``text`` must be there."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller knows of the inputs, and how much of them may be read.

    ``outlet``, ``published``, ``url`` and ``title`` override what an input says of itself. ``columns`` maps our names
    of columns to a table's. ``max_bytes`` bounds a file, a page after decompression, and one row of a table.
    """

    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None
    columns: dict[str, str] = {}
    max_bytes: int = 64 * 2**20


def checked(options: Options) -> Options:
    """The options with ``published`` in its ISO 8601 form; raises UsageError where they cannot be meant."""
    for ours in options.columns:
        if ours not in COLUMNS:
            raise UsageError(f"--column {ours}=…: there is no column {ours!r}; the columns are {', '.join(COLUMNS)}")
    if options.published is None:
        return options
    published = iso(options.published) if options.published[:4].isdigit() else None
    if published is None:
        raise UsageError(
            f"--published {options.published!r} is no ISO 8601 date such as 2018-07-16 or 2018-07-16T00:41:32-04:00"
        )
    return msgspec.structs.replace(options, published=published)
