"""The cases themselves: that they say what they mean, and that together they reach every label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from case_files import Case, load

from inquit.marked import Marked, MarkedStatement, parse
from inquit.records import EvidenceKind, Form, Framing, Spans, Stance, Standing
from inquit.text import trimmed

CASES = load()
VALUES = {"form": Form, "stance": Stance, "framing": Framing, "standing": Standing}
WORDS = ("entity", "through", "party", "evidence", "when")
WHEN = re.compile(r"(\d{4}(-\d\d){0,2})?")
MARKS = "“”„«»\"‘’'`"
DEFINITE = re.compile(r"(he|she|it|they|i|we|who|his|her|its|their|my|our|(the|that|this|these) .*)$", re.IGNORECASE)


def identity(case: Case) -> str:
    return f"{case.file}: {case.name}"


def all_spans(statement: MarkedStatement) -> Spans:
    return statement.source + statement.cue + statement.content


def holds(outer: MarkedStatement, inner: MarkedStatement) -> bool:
    return all(any(a <= start and end <= b for a, b in outer.content) for start, end in all_spans(inner))


def innermost(marked: Marked, statement: MarkedStatement) -> int | None:
    """Number of the smallest other content that holds all of a statement's spans."""
    around = [s for s in marked.statements if s is not statement and not s.own_voice and holds(s, statement)]
    return min(around, key=lambda s: sum(b - a for a, b in s.content)).number if around else None


def labelled() -> Iterator[tuple[Case, MarkedStatement, dict[str, Any], str]]:
    """Case, statement, its labels, and the words of its source."""
    for case in CASES:
        marked = parse(case.marked)
        for statement in marked.statements:
            source = " ".join(marked.text[start:end] for start, end in statement.source)
            yield case, statement, case.labels.get(statement.number, {}), source


def test_there_are_enough_cases_with_names_of_their_own():
    assert len(CASES) >= 170
    assert [name for name, n in Counter(c.name for c in CASES).items() if n > 1] == []
    assert [text for text, n in Counter(c.marked for c in CASES).items() if n > 1] == []


@pytest.mark.parametrize("case", CASES, ids=identity)
def test_spans_are_trimmed_and_stand_outside_quotation_marks(case: Case):
    marked = parse(case.marked)
    for statement in marked.statements:
        for start, end in all_spans(statement):
            assert trimmed(marked.text, start, end) == (start, end)
        assert statement.content
        for start, end in statement.content:
            words = marked.text[start:end]
            if statement.own_voice:
                continue
            assert words[-1] not in ",.;:", words
            assert words[0] not in MARKS, words
            assert words[-1] not in MARKS, words


@pytest.mark.parametrize("case", CASES, ids=identity)
def test_labels_are_legal_and_belong_to_attributed_statements(case: Case):
    attributed = {s.number for s in parse(case.marked).statements if not s.own_voice}
    assert set(case.labels) <= attributed
    for labels in case.labels.values():
        assert set(labels) <= {*VALUES, *WORDS, "inside"}
        for key, values in VALUES.items():
            assert labels.get(key) is None or labels[key] in get_args(values)
        assert all(isinstance(labels.get(key, ""), str) for key in WORDS)
        assert WHEN.fullmatch(labels.get("when", ""))
        kind, _, words = labels.get("evidence", "").partition(": ")
        assert kind in ("", *get_args(EvidenceKind))
        assert words in parse(case.marked).text


@pytest.mark.parametrize("case", CASES, ids=identity)
def test_inside_is_written_where_a_statement_stands_inside_another_and_only_there(case: Case):
    marked = parse(case.marked)
    for statement in marked.statements:
        assert case.labels.get(statement.number, {}).get("inside") == innermost(marked, statement)


@pytest.mark.parametrize("case", CASES, ids=identity)
def test_the_numbers_count_the_statements_in_order_of_the_text(case: Case):
    numbers = [s.number for s in parse(case.marked).statements]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("case", CASES, ids=identity)
def test_a_statement_without_a_source_has_the_standing_none_or_no_label_of_it(case: Case):
    for statement in parse(case.marked).statements:
        standing = case.labels.get(statement.number, {}).get("standing")
        assert not (standing == "none" and statement.source)
        assert statement.source or standing in (None, "none")


@pytest.mark.parametrize("key", VALUES)
def test_every_value_of_every_label_is_reached_six_times(key: str):
    reached = Counter(labels.get(key) for _, _, labels, _ in labelled())
    assert {value: reached[value] for value in get_args(VALUES[key]) if reached[value] < 6} == {}


def test_the_rarer_phenomena_are_reached_often_enough():
    found = list(labelled())
    reached = {
        "nested": sum("inside" in labels for _, _, labels, _ in found),
        "without a source": sum(not s.own_voice and not s.source for _, s, _, _ in found),
        "pronoun or definite source": sum(
            bool(DEFINITE.match(source)) and labels.get("entity", source).casefold() != source.casefold()
            for _, _, labels, source in found
        ),
        "through": sum("through" in labels for _, _, labels, _ in found),
        "party": sum("party" in labels for _, _, labels, _ in found),
        "own voice": sum(s.own_voice for _, s, _, _ in found),
        "no statement at all": sum(not parse(case.marked).statements for case in CASES),
    }
    floors = {
        "nested": 45,
        "without a source": 20,
        "pronoun or definite source": 25,
        "through": 15,
        "party": 20,
        "own voice": 40,
        "no statement at all": 8,
    }
    assert {name: reached[name] for name, floor in floors.items() if reached[name] < floor} == {}
