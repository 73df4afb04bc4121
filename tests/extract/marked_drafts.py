"""Marked text as the drafts that a reader would give, for the tests of what becomes of these."""

from __future__ import annotations

from inquit import marked
from inquit.extract.decode import Draft


def drafts(words: str, score: float = 0.9) -> tuple[str, list[Draft]]:
    found = marked.parse(words)
    return found.text, [Draft(s.source, s.cue, s.content, score) for s in found.statements]


def roles(found: list[Draft]) -> list[tuple[object, ...]]:
    return sorted((d.cue, d.source, d.content) for d in found)
