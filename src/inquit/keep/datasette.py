"""What Datasette has to be told of a ledger: titles, tables and columns in words, facets, full-text search, queries.

As Datasette's documentation has it ("Metadata", "Facets", "Canned queries"); checked with its version 0.65.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec


class _Words(msgspec.Struct, frozen=True):
    """The file ``datasette.toml``: described tables, those that are not for people, queries."""

    hidden: list[str]
    tables: dict[str, dict[str, Any]]
    queries: dict[str, dict[str, str]]


def metadata(path: Path) -> dict[str, Any]:
    """Datasette's metadata for the ledger at ``path``, to be written as JSON; the ledger is not opened."""
    told = (files("inquit.keep") / "datasette.toml").read_text(encoding="utf-8")
    words = msgspec.toml.decode(told, type=_Words)
    return {
        "title": f"{path.stem}: who says what, on whose word",
        "description": "A ledger of attributed statements, kept by inquit.",
        "databases": {
            path.stem: {
                "description": "Labels were made by a machine unless a person has ruled on them.",
                "tables": words.tables | {name: {"hidden": True} for name in words.hidden},
                "queries": words.queries,
            }
        },
    }
