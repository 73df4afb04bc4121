"""What of the optional parts this installation has."""

from __future__ import annotations

from importlib.util import find_spec

BRIEF_NEEDS = {"docx": "docx", "pdf": "typst"}
"""The module that a format of a brief is made with."""
PNG_NEEDS = "typst"


def has(module: str) -> bool:
    """Whether a module is installed; it is not imported for that."""
    return find_spec(module) is not None
