"""``python -m bench.rare``: labels that news seldom needs, over the marked cases written for each of them.

Half of a label's cases are traps, texts that look like it and are not. Labels are put on the marked spans, where only
rules decide, and on what the reader itself finds in the text; a trap holds when nothing in it gets the label.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench.measure import ROOT
from inquit import marked, pipeline
from inquit.evaluate.counting import Count
from inquit.extract.decode import Draft, nested
from inquit.extract.statements import attributed
from inquit.records import Article, Spans, Statement

sys.path.append(str(ROOT / "tests"))
from case_files import Case, load

FILES = {
    "denies": "stance_denies.toml",
    "withholds": "stance_withholds.toml",
    "questions": "stance_questions.toml",
    "none": "standing_none.toml",
    "offered": "evidence.toml",
    "lacking": "evidence.toml",
    "when": "when.toml",
}
"""Each label with the file of its cases."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One label over its cases: ``count`` of statements that get it, and of its ``traps`` how many ``hold``."""

    count: Count
    traps: int
    hold: int
    wrong: tuple[str, ...]  # names of cases


def figures(label: str, *, read: bool) -> Figures:
    """The label over its cases, on the spans that the reader finds or (``read`` false) on the marked ones."""
    right = given = wanted = traps = hold = 0
    wrong = []
    for case in load():
        if case.file != FILES[label]:
            continue
        good, has, needs = _counts(label, case, read=read)
        right, given, wanted = right + good, given + has, wanted + needs
        traps, hold = traps + (not needs), hold + (not needs and not has)
        wrong += [case.name] * (good < max(has, needs))
    return Figures(Count(right, given, wanted), traps, hold, tuple(wrong))


def wrong(label: str, case: Case, *, read: bool) -> bool:
    """Whether a statement of the case lacks the label, or one has it that should not."""
    right, given, wanted = _counts(label, case, read=read)
    return right < max(given, wanted)


def _counts(label: str, case: Case, *, read: bool) -> tuple[int, int, int]:
    """How many statements of one case get the label rightly, get it, and should."""
    parsed = marked.parse(case.marked)
    found = _read(case) if read else _labelled(case)
    needs = []
    for statement in parsed.statements:
        value = _wanted(label, case.labels.get(statement.number, {}))
        if value:
            needs.append((statement.content, value))
    has = [(s.content, value) for s in found if s.attribution and (value := _given(label, s, parsed.text))]
    right = sum(any(_same(content, c) and _agree(value, v) for c, v in has) for content, value in needs)
    return right, len(has), len(needs)


def _wanted(label: str, labels: dict[str, str]) -> str | None:
    if label == "when":
        return labels.get("when")
    if label in ("offered", "lacking"):
        words = labels.get("evidence", "")
        return words if words.startswith(label) else None
    return label if label in (labels.get("stance"), labels.get("standing")) else None


def _given(label: str, statement: Statement, text: str) -> str | None:
    said, ground = statement.attribution, statement.evidence
    if label == "when":
        return statement.when
    if label in ("offered", "lacking"):
        return f"{label}: {text[slice(*ground.span)]}" if ground and ground.kind == label else None
    return label if said and label in (said.stance, said.standing) else None


def _agree(wanted: str, given: str) -> bool:
    """Equal, or grounds of one kind of which one holds the other's words."""
    return wanted == given or (
        ": " in wanted and (wanted in given or wanted.split(": ")[1] in given or given.split(": ")[1] in wanted)
    )


def _same(wanted: Spans, given: Spans) -> bool:
    """Whether at least half of what is wanted is there, and half of what is there is wanted."""
    ours, theirs = ({i for a, b in spans for i in range(a, b)} for spans in (wanted, given))
    return 2 * len(ours & theirs) >= max(len(ours), len(theirs))


def _labelled(case: Case) -> list[Statement]:
    parsed = marked.parse(case.marked)
    roles = {(s.source, s.cue, s.content): None for s in parsed.statements if not s.own_voice}
    return attributed(_article(case), nested([Draft(*one, score=1.0) for one in roles if one[2]]), "bench")


def _read(case: Case) -> list[Statement]:
    return pipeline.reading(_article(case)).statements


def _article(case: Case) -> Article:
    return Article(id="a1:0", text=marked.parse(case.marked).text, published=case.published)


def _lines() -> Iterator[str]:
    yield f"{'label':<10} {'spans':<9} {'wanted':>6} {'P':>5} {'R':>5} {'F1':>5}  traps"
    for label in FILES:
        for read in (False, True):
            one = figures(label, read=read)
            right, given, wanted = one.count
            p, r, f = right / max(given, 1), right / max(wanted, 1), 2 * right / max(given + wanted, 1)
            where = "read" if read else "marked"
            yield f"{label:<10} {where:<9} {wanted:>6} {p:>5.2f} {r:>5.2f} {f:>5.2f}  {one.hold} of {one.traps}"
            yield from (f"    {name}" for name in one.wrong)


if __name__ == "__main__":
    print("\n".join(_lines()))
