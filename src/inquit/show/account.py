"""What a reading comes to: its statements in order and numbered, its counts, its sources.

Records may come from a file, so nothing is taken for granted: an ``inside`` that leads nowhere or in a circle makes a
statement stand alone, and spans beyond the text show no words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from inquit.records import Attribution, Reading, Spans, Standing, Statement

ELLIPSIS = " … "
NO_SOURCE = "no source"

_ARTICLE = re.compile(r"^(?:the|an?)\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement in the ledger: ``index`` in the reading, ``number`` as printed (2, 2.1), ``depth`` from 0."""

    index: int
    number: str
    depth: int
    statement: Statement
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One entity of an article with what it is made to say; ``cues`` by falling count."""

    entity: str
    party: str | None
    standing: Standing
    statements: int
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """A reading at a glance."""

    words: int
    statements: int
    attributed: int
    own_voice: int
    sources: int
    parties: int
    anonymous: int
    distancing: int
    denials: int
    nested: int
    lacking: int
    problems: int


def words(text: str, spans: Spans) -> str:
    """The words of the spans, an ellipsis where something stands between them."""
    return ELLIPSIS.join(text[max(start, 0) : max(end, 0)] for start, end in spans)


def who(text: str, attribution: Attribution) -> str:
    """Whom a statement is put down to: the entity, else the source's words, else ``NO_SOURCE``."""
    name = attribution.entity or words(text, attribution.source)
    return " ".join(name.split()) or NO_SOURCE


def source_words(text: str, attribution: Attribution) -> str | None:
    """The source's words where they say it otherwise than the entity does."""
    said = " ".join(words(text, attribution.source).split())
    return said if said and _bare(said) != _bare(who(text, attribution)) else None


def _bare(name: str) -> str:
    return _ARTICLE.sub("", name.casefold()).strip(" ,.;:")


def entries(reading: Reading) -> tuple[Entry, ...]:
    """Every statement once, in the reading's order, each followed by those inside it."""
    statements = reading.statements
    children = _children(statements)
    found: list[Entry] = []
    seen: set[int] = set()
    top = 0
    # Children of no root are left over by a circle: they become roots at the end.
    for root in (*children.get(None, ()), *range(len(statements))):
        if root not in seen:
            top += 1
            found += _tree(root, top, children, statements, seen)
    return tuple(found)


def _children(statements: Sequence[Statement]) -> dict[int | None, list[int]]:
    place = {statement.id: index for index, statement in enumerate(statements)}
    children: dict[int | None, list[int]] = {}
    for index, statement in enumerate(statements):
        parent = place.get(statement.inside) if statement.inside is not None else None
        children.setdefault(None if parent == index else parent, []).append(index)
    return children


def _tree(
    root: int, top: int, children: dict[int | None, list[int]], statements: Sequence[Statement], seen: set[int]
) -> Iterator[Entry]:
    # A stack, not recursion: depth is not limited.
    waiting: list[tuple[int, str, int, int | None]] = [(root, str(top), 0, None)]
    while waiting:
        index, number, depth, parent = waiting.pop()
        if index in seen:
            continue
        seen.add(index)
        yield Entry(index=index, number=number, depth=depth, statement=statements[index], parent=parent)
        inner = [child for child in children.get(index, ()) if child not in seen]
        numbered = [(child, f"{number}.{n}", depth + 1, index) for n, child in enumerate(inner, 1)]
        waiting += reversed(numbered)


def sources(reading: Reading) -> tuple[SourceLine, ...]:
    """The entities of a reading, those with the most statements first; without those of standing ``none``."""
    text = reading.article.text
    groups: dict[str, list[Attribution]] = {}
    for statement in reading.statements:
        attribution = statement.attribution
        if attribution is not None and attribution.standing != "none":
            groups.setdefault(who(text, attribution).casefold(), []).append(attribution)
    lines = [_source_line(text, group) for group in groups.values()]
    return tuple(sorted(lines, key=lambda line: -line.statements))


def _source_line(text: str, group: list[Attribution]) -> SourceLine:
    cues = Counter(" ".join(words(text, a.cue).split()).casefold() for a in group if a.cue)
    return SourceLine(
        entity=who(text, group[0]),
        party=next((a.party for a in group if a.party), None),
        standing=Counter(a.standing for a in group).most_common(1)[0][0],
        statements=len(group),
        cues=tuple(cue for cue, _ in cues.most_common() if cue),
    )


def counts(reading: Reading) -> Counts:
    """The numbers of a reading at a glance."""
    attributions = [s.attribution for s in reading.statements if s.attribution is not None]
    named = sources(reading)
    return Counts(
        words=len(reading.article.text.split()),
        statements=len(reading.statements),
        attributed=len(attributions),
        own_voice=len(reading.statements) - len(attributions),
        sources=len(named),
        parties=len({a.party.casefold() for a in attributions if a.party}),
        anonymous=sum(line.standing == "anonymous" for line in named),
        distancing=sum(a.framing == "distancing" for a in attributions),
        denials=sum(a.stance == "denies" for a in attributions),
        nested=sum(entry.depth > 0 for entry in entries(reading)),
        lacking=sum(s.evidence is not None and s.evidence.kind == "lacking" for s in reading.statements),
        problems=len(reading.problems),
    )


def dated(published: str | None) -> str | None:
    """A date of publication for people: ``2031-05-02`` or ``2031-05-02 07:10``; what is no date stays as it is."""
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published
    has_time = len(published.strip()) > len("2031-05-02")
    return moment.strftime("%Y-%m-%d %H:%M") if has_time else moment.strftime("%Y-%m-%d")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its word: ``1 source``, ``1,204 sources``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short_id(record_id: str) -> str:
    """An id with its tag and 10 of its digits: few enough to type, enough to tell a hundred thousand records apart."""
    return record_id[:13]
