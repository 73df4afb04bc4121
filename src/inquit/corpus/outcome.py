"""What comes of one piece of an input."""

from __future__ import annotations

import msgspec

from inquit.records import Problem, Reading

STAGES = ("read", "extract", "prepare")
"""The stages that are timed, in the order in which a piece goes through them."""


class Found(msgspec.Struct, frozen=True, array_like=True):
    """An article as it was read; ``prepared`` is a packed ``pipeline.Prepared``, ``words`` counts those of the text."""

    reading: Reading
    prepared: bytes
    words: int


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """What came of a piece: articles, and the Problems that belong to none; CPU ``seconds`` of each stage."""

    found: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: tuple[float, float, float] = (0.0, 0.0, 0.0)
