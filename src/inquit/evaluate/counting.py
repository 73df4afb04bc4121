"""One article's counts: what was right of what was given and of what was wanted, and what each attribution came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from inquit.evaluate.brat import ROLES, Annotated, Attribution
from inquit.evaluate.match import DETECTED, LENIENT, STRICT, Filler, Row, Tokens, pairs, rows
from inquit.records import Form

RELATIONS = {"strict": STRICT, "lenient": LENIENT, "detect": DETECTED}
METRICS = (
    *(f"exact/{role}" for role in ROLES),
    *(f"token/{role}" for role in ROLES),
    *(f"relation/{kind}" for kind in RELATIONS),
    "relation/no-source",
)
"""Names of the figures: a kind, and the role or the floor of agreement that it is about."""


class Count(NamedTuple):
    """Items that were right, that were given and that were wanted; right by given is precision, by wanted recall."""

    right: int
    given: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """One marked attribution: what it is like, and whether it was found in the sense of each relation.

    ``form`` is None without a content; ``words`` of the content; ``apart`` is the number of words between source and
    cue, None where one of them is absent.
    """

    form: Form | None
    words: int
    apart: int | None
    found: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Counted:
    """One article's counts by the names of METRICS, its marked attributions, its given ones as (score, right)."""

    outlet: str | None
    counts: Mapping[str, Count]
    wanted: tuple[Wanted, ...]
    scored: tuple[tuple[float, bool], ...]


def count(article: Annotated, given: Sequence[Attribution]) -> Counted:
    """Compare given attributions with what the article's first annotator marked.

    A relation is right when the cues share a character and source and content overlap by half (lenient) or 0.8
    (strict); for ``detect`` the cues alone are asked. Each attribution is matched once, so that most are.
    """
    tokens = Tokens(article.text)
    guesses, truths = rows(tokens, given), rows(tokens, article.readings[0])
    agreements = [{j: agreed for j, t in enumerate(truths) if (agreed := g.agreement(t)) >= 0} for g in guesses]
    matched = {kind: pairs(agreements, floor) for kind, floor in RELATIONS.items()}
    counts = {name: _fillers(name, guesses, truths) for name in METRICS if not name.startswith("relation")}
    for kind, found in matched.items():
        counts[f"relation/{kind}"] = Count(len(found), len(guesses), len(truths))
    bare = [sum(not row.source.spans for row in side) for side in (guesses, truths)]
    counts["relation/no-source"] = Count(sum(not guesses[i].source.spans for i in matched["lenient"]), *bare)
    reached = {kind: set(found.values()) for kind, found in matched.items()}
    quoted = _quoted(tokens)
    return Counted(
        outlet=article.outlet,
        counts=counts,
        wanted=tuple(
            _wanted(truth, tokens, quoted, {kind: j in found for kind, found in reached.items()})
            for j, truth in enumerate(truths)
        ),
        scored=_scored(guesses, agreements),
    )


def _fillers(name: str, guesses: list[Row], truths: list[Row]) -> Count:
    """Equal fillers of one role, or word tokens in any of them; what stands in an article twice counts once."""
    kind, _, role = name.partition("/")
    sides: list[frozenset[object]] = []
    for side in (guesses, truths):
        fillers: list[Filler] = [getattr(row, role) for row in side]
        if kind == "exact":
            sides.append(frozenset(f.spans for f in fillers if f.spans))
        else:
            sides.append(reduce(frozenset.union, (f.words for f in fillers), frozenset()))
    return Count(len(sides[0] & sides[1]), len(sides[0]), len(sides[1]))


def _scored(guesses: list[Row], agreements: list[dict[int, float]]) -> tuple[tuple[float, bool], ...]:
    """Scores, highest first, and whether each is right; a second guess at the same attribution is wrong."""
    scores = [row.score for row in guesses]
    order = sorted((i for i, score in enumerate(scores) if score is not None), key=lambda i: -(scores[i] or 0.0))
    right = pairs([agreements[i] for i in order], LENIENT)
    return tuple((scores[i] or 0.0, place in right) for place, i in enumerate(order))


def _wanted(truth: Row, tokens: Tokens, quoted: frozenset[int], found: Mapping[str, bool]) -> Wanted:
    return Wanted(_form(truth.content, quoted), len(truth.content.words), _apart(truth, tokens), found)


def _form(content: Filler, quoted: frozenset[int]) -> Form | None:
    """Direct from nine words in ten in quotation marks, as the field counts; our own reader asks for all."""
    share = len(content.tokens & quoted) / len(content.tokens) if content.tokens else None
    return None if share is None else "direct" if share >= 0.9 else "mixed" if share > 0 else "indirect"


def _apart(row: Row, tokens: Tokens) -> int | None:
    if not row.source.tokens or not row.cue.tokens:
        return None
    _, first, last = min((abs(i - j), min(i, j), max(i, j)) for i in row.source.tokens for j in row.cue.tokens)
    return sum(tokens.is_word[first + 1 : last])


def _quoted(tokens: Tokens) -> frozenset[int]:
    """Tokens in double quotation marks; marks pair up within a line, two apostrophes in a row are one."""
    inside, skip, quoted, before = False, False, set(), 0
    for i, (start, end) in enumerate(tokens.spans):
        if "\n" in tokens.text[before:start]:
            inside = False
        mark, before = tokens.text[start:end], end
        if skip:
            skip = False
        elif mark in "“„”":
            inside = mark != "”"
        elif mark == '"' or (mark == "'" and tokens.text.startswith("'", end)):
            inside, skip = not inside, mark == "'"
        elif inside:
            quoted.add(i)
    return frozenset(quoted)
