"""Judged statements found again: ``judged.tsv`` and ``drawn.tsv`` name them by article and spans.

The reader that is trained anew cuts contents otherwise: a "that" or a subject more or less. Of a statement with other
spans most words must be the same ones, or it is another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from inquit.records import Article, Reading, Spans, Statement
from inquit.text import WORD

MOST = 0.6  # of the words that two contents have together
_Words = frozenset[int]


class Place(NamedTuple):
    """A statement by its article, as the corpus names it, and the spans of its content as ``0-12 20-31``."""

    article: str
    content: str


class Places:
    """The statements of some readings by the places at which statements were judged."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = {str(one.article.external_id): one for one in readings}
        self._exact: dict[Place, Statement] = {}
        for name, reading in self._readings.items():
            self._exact.update({Place(name, _told(one.content)): one for one in reading.statements})
        self._words: dict[str, list[tuple[_Words, Statement]]] = {}
        self._found: dict[Place, Statement | None] = {}

    def at(self, place: Place) -> tuple[Reading, Statement] | None:
        """The statement of these spans, of several the last; else the one that has most of these words."""
        reading = self._readings.get(place.article)
        if reading is None:
            return None
        if place not in self._found:
            self._found[place] = self._exact.get(place) or self._nearest(place, reading)
        found = self._found[place]
        return (reading, found) if found else None

    def _nearest(self, place: Place, reading: Reading) -> Statement | None:
        if place.article not in self._words:
            told = [(_words(reading.article, one.content), one) for one in reading.statements]
            self._words[place.article] = told
        wanted = _words(reading.article, _spans(place.content))
        near = [(_alike(wanted, words), one) for words, one in self._words[place.article]]
        most, found = max(near, key=lambda two: two[0], default=(0.0, None))
        return found if most >= MOST else None


def _alike(one: _Words, other: _Words) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _words(article: Article, content: Spans) -> _Words:
    """The words of a content by where they begin."""
    return frozenset(start + word.start() for start, end in content for word in WORD.finditer(article.text[start:end]))


def _spans(told: str) -> Spans:
    pairs = (span.split("-") for span in told.split())
    return tuple((int(start), int(end)) for start, end in pairs)


def _told(content: Spans) -> str:
    return " ".join(f"{start}-{end}" for start, end in content)
