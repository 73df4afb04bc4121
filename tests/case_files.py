"""The cases of tests/cases: texts in marked form with the labels that each is about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

CASES = Path(__file__).parent / "cases"


class Case(msgspec.Struct, frozen=True):
    """One text about one phenomenon; ``labels`` maps a statement's number to the labels it is tested for.

    ``evidence`` is written ``lacking: without proof``, kind and words; it and ``when`` are empty where unset.
    """

    name: str
    file: str
    marked: str
    labels: dict[int, dict[str, Any]]
    published: str | None = None


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    marked: str
    labels: dict[int, dict[str, Any]] = {}
    published: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    case: list[_Written]


def load() -> list[Case]:
    """Every case, in the order of the files' names and of their lines; ``file`` is the file's name."""
    return [
        Case(case.name, path.name, case.marked, case.labels, case.published)
        for path in sorted(CASES.glob("*.toml"))
        for case in msgspec.toml.decode(path.read_bytes(), type=_File, strict=False).case
    ]
