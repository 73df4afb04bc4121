"""The statements that are compared: what is read off each once, and which of them say the same words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inquit.clock import instant
from inquit.link.carriage import Media
from inquit.link.contents import Capitals, Content, content, text_of
from inquit.link.mentions import Copying
from inquit.link.pairs import Unit, Weights
from inquit.link.sources import Sources, name_parts
from inquit.records import Copy, Reading, Stance, Statement

Floats = npt.NDArray[np.float32]

_ENOUGH = 2  # stems, names and numbers that say something


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that may put a claim forward. ``row`` is its place in the vectors as they were given.

    ``within`` names the statements inside it that a source affirms.
    """

    statement: Statement
    reading: Reading
    time: float
    row: int
    text: str
    content: Content
    entity: str
    outer: Statement | None
    within: frozenset[str]

    @property
    def stance(self) -> Stance | None:
        """The source's stance; None in own voice."""
        return self.statement.attribution.stance if self.statement.attribution else None


class Compared:
    """All that find_claims looks at, sorted by time so that the order in which it came does not show."""

    def __init__(self, readings: Sequence[Reading], copies: Sequence[Copy]) -> None:
        rows = np.cumsum([0, *(len(r.statements) for r in readings)])
        timed = [(_time(r), r.article.id, int(row), r) for r, row in zip(readings, rows, strict=False)]
        timed.sort(key=lambda t: t[:2])
        ordered = [t[3] for t in timed]
        self.copying = Copying(sorted(copies, key=lambda c: (c.from_, c.to)))
        self.media = Media(ordered)
        self.sources = Sources(s.attribution for r in ordered for s in r.statements if s.attribution)
        capitals = Capitals(r.article for r in ordered)
        self.said = [s for time, _, row, r in timed for s in _said(r, time, row, capitals, self.sources)]
        self.weights = Weights([s.content for s in self.said])
        self.members = _same_words(self.said)
        self.units = [self._unit(places) for places in self.members]
        self.unit_of = {self.said[i].statement.id: u for u, places in enumerate(self.members) for i in places}

    def furniture(self, units: Sequence[int]) -> bool:
        """Whether units are one sentence that an outlet prints, in its own voice, in articles not copied."""
        places = [place for unit in units for place in self.members[unit]]
        articles = [self.said[i].reading.article for i in places]
        if len(units) > 1 or any(self.said[i].statement.attribution for i in places):
            return False
        chains = [self.copying.chain(a.id) or a.id for a in articles]
        return len({a.outlet for a in articles}) == 1 and len(set(chains)) == len(chains)

    def _unit(self, places: Sequence[int]) -> Unit:
        first = self.said[places[0]]
        said = first.statement.attribution
        speaker = frozenset(name_parts(said.entity or "")) if said else frozenset()
        chains = (self.copying.chain(self.said[i].reading.article.id) for i in places)
        return Unit(first.content, first.entity, speaker, first.stance, frozenset(c for c in chains if c))


def _time(reading: Reading) -> float:
    found = instant(reading.article.published)
    return math.inf if found is None else found


def _said(reading: Reading, time: float, row: int, capitals: Capitals, sources: Sources) -> Iterator[Said]:
    known = {s.id: s for s in reading.statements}
    taken = {s.id: text_of(reading.article.text, s.content) for s in reading.statements}
    contents = {s.id: content(taken[s.id], s, capitals) for s in reading.statements}
    within: dict[str, set[str]] = defaultdict(set)
    for statement in reading.statements:
        said = statement.attribution
        if statement.inside and said and said.stance == "affirms" and said.standing != "none":
            within[statement.inside].add(statement.id)
    for i, statement in enumerate(reading.statements):
        own = contents[statement.id]
        if _says_something(own, statement):
            entity = sources.entity(statement.attribution) if statement.attribution else ""
            outer = known.get(statement.inside or "")
            inner = frozenset(within[statement.id])
            yield Said(statement, reading, time, row + i, taken[statement.id], own, entity, outer, inner)


def _says_something(own: Content, statement: Statement) -> bool:
    """Whether a content is a proposition that others could put forward too."""
    said = statement.attribution
    if said is not None and said.stance == "withholds":
        return False
    if said is None and own.second:
        # In own voice to the reader: furniture of the page, or nothing to check.
        return False
    return bool(own.stems) and len(own.stems) + len(own.names) + len(own.numbers) >= _ENOUGH


def _same_words(said: Sequence[Said]) -> list[list[int]]:
    """Places of the statements that have words, entity and stance in common."""
    found: dict[tuple[tuple[str, ...], str, Stance | None], list[int]] = defaultdict(list)
    for i, one in enumerate(said):
        found[one.content.words, one.entity, one.stance].append(i)
    return list(found.values())
