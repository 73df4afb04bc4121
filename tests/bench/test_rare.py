"""Labels that news seldom needs, case by case: on the marked spans, and on what the reader finds in the text."""

from __future__ import annotations

import pytest
from case_files import Case, load

from bench.rare import FILES, wrong

# What is read wrongly, by the kind of error.
MISSED = "the reader passes over the cue"
CUT = "the reader cuts the content elsewhere"
ACT = "an act, or what is not said, is taken for a statement"
WRONG = {
    "a denial as a noun": MISSED,
    "contested an account": MISSED,
    "a court rejects an appeal": ACT,
    "confirmed that another denied": ACT,
    "ask why it denies": "the reader gives what stands inside a question as a statement",
    "said that others rejected": ACT,
    "a headline questions": MISSED,
    "doubts as a noun": CUT,
    "police question a driver": ACT,
    "said he would ask why": ACT,
    "the chair of a hearing asks": MISSED,
    "pressed the minister on why": CUT,
    "could not tell whether": MISSED,
    "declined to be drawn on": CUT,
    "dodged a question": CUT,
    "the right not to answer": CUT,
    "left open whether": MISSED,
    "allegations of fraud": MISSED,
    "a headline without an agent": "the reader takes the subject of a passive for its source",
}
CASES = [(label, case) for label, file in FILES.items() for case in load() if case.file == file]
SELDOM = [(label, case) for label, case in CASES if label in ("denies", "withholds", "questions", "none")]


def identity(value: object) -> str:
    return value.name if isinstance(value, Case) else str(value)


@pytest.mark.parametrize("label", FILES)
def test_a_label_has_thirty_cases_and_half_of_them_are_traps(label: str) -> None:
    own = [case for name, case in CASES if name == label]
    traps = [case for case in own if not wanted(label, case)]
    assert len(own) >= 30
    assert len(traps) >= 15


def wanted(label: str, case: Case) -> bool:
    return any(
        label in (labels.get("stance"), labels.get("standing"), labels.get("evidence", "").split(":")[0])
        or (label == "when" and bool(labels.get("when")))
        for labels in case.labels.values()
    )


@pytest.mark.parametrize(("label", "case"), SELDOM, ids=identity)
def test_marked_spans_get_the_label_where_they_should_and_nowhere_else(label: str, case: Case) -> None:
    assert not wrong(label, case, read=False)


@pytest.mark.parametrize(
    ("label", "case"),
    [
        pytest.param(
            *one, marks=pytest.mark.xfail(strict=True, reason=WRONG[one[1].name]) if one[1].name in WRONG else ()
        )
        for one in SELDOM
    ],
    ids=identity,
)
def test_the_reader_gives_the_label_where_it_should_and_nowhere_else(label: str, case: Case) -> None:
    assert not wrong(label, case, read=True)
