"""The marked cases, labelled from their own spans: how often each label is right, and that it does not get worse."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from case_files import Case, load

from inquit import marked
from inquit.extract.decode import Draft, nested
from inquit.extract.statements import attributed
from inquit.records import Article, Statement

# Below what is reached now by about two cases each; a change that falls under one has broken something.
FLOORS = {
    "form": 1.0,
    "stance": 0.99,
    "framing": 0.99,
    "standing": 0.96,
    "entity": 0.89,
    "through": 0.85,
    "party": 0.74,
    "evidence": 0.95,
    "when": 0.95,
}


def labelled(case: Case) -> list[tuple[Statement, int]]:
    """The case's attributed statements as the program labels them, each with its number."""
    parsed = marked.parse(case.marked)
    numbers = {(s.source, s.cue, s.content): s.number for s in parsed.statements if not s.own_voice}
    drafts = nested([Draft(*roles, score=1.0) for roles in numbers if roles[2]])
    found = attributed(Article(id="a1:0", text=parsed.text, published=case.published), drafts, "test")
    return [(s, numbers[s.attribution.source, s.attribution.cue, s.content]) for s in found if s.attribution]


def label_of(statement: Statement, label: str, text: str) -> str | None:
    if label == "evidence":
        ground = statement.evidence
        return f"{ground.kind}: {text[slice(*ground.span)]}" if ground else None
    where = statement if label in ("form", "when") else statement.attribution
    return getattr(where, label)


@cache
def counts() -> tuple[Counter[str], Counter[str]]:
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for case in load():
        for statement, number in labelled(case):
            for label, wanted in case.labels.get(number, {}).items():
                if label in FLOORS:
                    got = label_of(statement, label, marked.parse(case.marked).text)
                    seen[label] += 1
                    right[label] += (got or "").casefold() == (wanted or "").casefold()
    return right, seen


@pytest.mark.parametrize("label", FLOORS)
def test_the_cases_get_their_labels(label: str) -> None:
    right, seen = counts()
    assert seen[label] > 15
    assert right[label] >= FLOORS[label] * seen[label], f"{label}: {right[label]} of {seen[label]}"
