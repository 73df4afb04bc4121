"""``python -m train.quotes PART``: what ``inquit`` reads in German against a part of the quotations of Wikinews.

Quotes are paired, in each article, so that the tokens that pairs share are most (Hungarian method); then every quote
and every role counts by the share of its tokens that is right: precision is the mean over what was given, recall that
over what is marked. So the shared task of 2023 describes its measure; its script is not at hand, and its figures are of
a test part that is not public here.

The corpus marks the part of an indirect statement that stands in quotation marks once more, nested in it; we call that
one statement of form ``mixed``. So the parts are put back before counting. Addressees and frames we do not read.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

import inquit
from inquit import pipeline
from inquit.extract.quotes import INSIDE, MARK, quotations, states
from inquit.records import Reading, Span, Spans, Statement
from train.wikinews import Quoted, quoted

TOKEN = re.compile(r"\w+|[^\w\s]")
ROLES = ("speaker", "cue")
UNREAD = ("addressee", "frame")

Tokens = frozenset[int]


@dataclass(frozen=True, slots=True)
class Said:
    """One quote as sets of tokens, each by where it begins."""

    kind: str
    quote: Tokens
    roles: dict[str, Tokens]


@dataclass(slots=True)
class Count:
    """Shares of right tokens, summed, of so many given and so many marked."""

    given: int = 0
    marked: int = 0
    precise: float = 0.0
    found: float = 0.0

    def add(self, ours: Tokens, theirs: Tokens) -> None:
        """Count what we gave against what is marked; either may be empty."""
        shared = len(ours & theirs)
        if ours:
            self.given, self.precise = self.given + 1, self.precise + shared / len(ours)
        if theirs:
            self.marked, self.found = self.marked + 1, self.found + shared / len(theirs)

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1, times 100."""
        p, r = self.precise / max(1, self.given), self.found / max(1, self.marked)
        return {"p": round(100 * p, 1), "r": round(100 * r, 1), "f1": round(200 * p * r / max(1e-9, p + r), 1)}


@dataclass(slots=True)
class Counts:
    """Every count by its name; ``kinds`` and ``exact`` are recalls."""

    by_name: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    kinds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def article(self, ours: list[Said], theirs: list[Said]) -> None:
        """Count one article."""
        empty = Said("", frozenset(), {})
        pairs = _paired(ours, theirs)
        given, marked = {i for i, _ in pairs}, {j for _, j in pairs}
        rest = [(one, empty) for i, one in enumerate(ours) if i not in given]
        lost = [(empty, one) for j, one in enumerate(theirs) if j not in marked]
        for one, other in [(ours[i], theirs[j]) for i, j in pairs] + rest + lost:
            self._pair(one, other)

    def _pair(self, one: Said, other: Said) -> None:
        self.by_name["quote"].add(one.quote, other.quote)
        for name in ("joint", "joint of all roles"):
            self.by_name[name].add(one.quote, other.quote)
        for role in (*ROLES, *UNREAD):
            ours, theirs = one.roles.get(role, frozenset()), other.roles.get(role, frozenset())
            names = [role, "all roles", "joint of all roles"] + (["roles", "joint"] if role in ROLES else [])
            for name in names:
                self.by_name[name].add(ours, theirs)
        exact, half = self.by_name["quote, exact"], self.by_name["quote, half"]
        union = len(one.quote | other.quote)
        share = len(one.quote & other.quote) / union if union else 0.0
        for count, right in ((exact, share == 1), (half, share >= 0.5)):
            count.given, count.marked = count.given + bool(one.quote), count.marked + bool(other.quote)
            count.precise, count.found = count.precise + right, count.found + right
        if other.quote:
            self.kinds[other.kind].append(len(one.quote & other.quote) / len(other.quote))


def _paired(ours: list[Said], theirs: list[Said]) -> list[tuple[int, int]]:
    shared = np.array([[len(a.quote & b.quote) for b in theirs] for a in ours]).reshape(len(ours), len(theirs))
    # Of two pairings that share as much the one with the closer ends: nested quotes share all with both.
    near = np.array([[len(a.quote ^ b.quote) for b in theirs] for a in ours]).reshape(len(ours), len(theirs))
    rows, columns = linear_sum_assignment(shared - near * 1e-6, maximize=True)
    return [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if shared[i, j]]


def marked(article: Quoted) -> list[Said]:
    """The quotes of the corpus."""
    at = _tokens(article.text)
    return [
        Said(
            q.kind,
            at(q.quote),
            {"speaker": at(q.speaker), "cue": at(q.cue), "addressee": at(q.addressee), "frame": at(q.frame)},
        )
        for q in article.quotes
    ]


def read(reading: Reading) -> list[Said]:
    """Our statements, and the parts of them that stand in quotation marks."""
    return [one for statement in reading.statements for one in _read(reading.article.text, statement)]


def _read(text: str, statement: Statement) -> Iterator[Said]:
    said = statement.attribution
    if said is None:
        return
    at = _tokens(text)
    roles = {"speaker": at(said.source), "cue": at(said.cue)}
    yield Said(statement.form or "", at(_with_marks(text, statement.content)), roles)
    if statement.form == "mixed":
        for start, end in statement.content:
            for q in quotations(text):
                if start <= q.start and q.end <= end:
                    yield Said("direct", at([(q.opened, q.end + q.closed)]), roles)


def _with_marks(text: str, spans: Spans) -> list[Span]:
    """Each span with the quotation marks right beside it, which the corpus counts in, and a stop before the last."""
    return [_widened(text, states(text), span) for span in spans]


def _widened(text: str, marks: npt.NDArray[np.int8], span: Span) -> Span:
    start, end = span
    first = start - (start > 0 and marks[start] == INSIDE and marks[start - 1] == MARK)
    stop = end + (text[end : end + 1] in ".,!?" and marks[end : end + 1].tolist() == [INSIDE])
    closes = stop < len(text) and marks[stop] == MARK and marks[stop - 1] == INSIDE
    return first, stop + 1 if closes else end


def _tokens(text: str) -> Callable[[Spans | list[Span]], Tokens]:
    return lambda spans: frozenset(m.start() for start, end in spans for m in TOKEN.finditer(text, start, end))


def main() -> None:
    """Print the figures as JSON; with ``--card`` put them into the model's card."""
    parser = argparse.ArgumentParser(prog="python -m train.quotes", description=__doc__)
    parser.add_argument("part", type=Path, help="a folder of the corpus, for instance CORPUS/data/dev")
    parser.add_argument("--card", type=Path, help="the model's card.json, which gets the figures")
    asked = parser.parse_args()
    articles = quoted(asked.part)
    before, counts = time.process_time(), Counts()
    for article in articles:
        counts.article(read(pipeline.reading(inquit.article(article.text))), marked(article))
    made = _figures(counts, articles, time.process_time() - before)
    print(json.dumps(made, indent=2))
    if asked.card:
        card = json.loads(asked.card.read_text(encoding="utf-8"))
        card.setdefault("figures", {})[f"wikinews {asked.part.name}"] = made
        asked.card.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _figures(counts: Counts, articles: list[Quoted], seconds: float) -> dict[str, object]:
    words = sum(len(article.text.split()) for article in articles)
    kinds = {
        kind: {"marked": len(x), "recall": round(100 * sum(x) / len(x), 1)} for kind, x in sorted(counts.kinds.items())
    }
    return {
        **{name: count.figures() for name, count in counts.by_name.items()},
        "by type": kinds,
        "words": words,
        "cpu_seconds_per_1000_words": round(1000 * seconds / words, 3),
    }


if __name__ == "__main__":
    main()
