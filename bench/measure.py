"""Figures of a set of our own: the marked cases of tests/cases and the story that ships, read as a user would."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import msgspec

from inquit import marked, pipeline
from inquit.evaluate.brat import Annotated, Attribution
from inquit.evaluate.counting import Count, count
from inquit.extract.decode import Draft, nested
from inquit.extract.statements import attributed
from inquit.records import Article, Reading, Statement

ROOT = Path(__file__).parents[1]
STORY = ROOT / "src" / "inquit" / "data" / "story"
RELATIONS = ("relation/strict", "relation/lenient", "exact/source", "exact/cue", "exact/content")
LABELS = ("framing", "stance", "party", "standing", "entity")

sys.path.append(str(ROOT / "tests"))
from case_files import Case, load  # noqa: E402


@dataclass(frozen=True, slots=True)
class Measured:
    """What one text came to; ``key`` changes when its words or labels do."""

    key: str
    counts: Mapping[str, Count]


def measure() -> list[Measured]:
    """Every case and every page of the story, read once."""
    return [*map(_case, load()), *_story()]


def total(measured: Iterable[Measured]) -> dict[str, Count]:
    """Counts of all texts together, by the names of the figures."""
    found: dict[str, Counter[str]] = {}
    for one in measured:
        for name, counts in one.counts.items():
            found.setdefault(name, Counter()).update(counts._asdict())
    return {name: Count(counts["right"], counts["given"], counts["wanted"]) for name, counts in found.items()}


def _case(case: Case) -> Measured:
    found = marked.parse(case.marked)
    reading = pipeline.reading(Article(id="a1:0", text=found.text, published=case.published))
    counts = _spans("cases", found, reading) | _labels(case, found)
    return Measured(_key(case.marked, case.labels, case.published), counts)


def _story() -> Iterator[Measured]:
    """The pages of the story against the marked texts beside this file."""
    written = msgspec.toml.decode((ROOT / "bench" / "story.toml").read_bytes(), type=dict[str, str])
    pages = [item for item in pipeline.readings([str(STORY)]) if isinstance(item, Reading)]
    for page in pages:
        name = page.article.external_id or ""
        found = marked.parse(written[name].strip())
        if found.text != page.article.text:
            raise ValueError(f"{name} reads otherwise than in bench/story.toml; mark its text anew")
        yield Measured(_key(name, written[name]), _spans("story", found, page))


def _spans(group: str, wanted: marked.Marked, reading: Reading) -> dict[str, Count]:
    """Counts of the outermost statements by role and relation, and of those inside others by the lenient relation."""
    marks = [s for s in wanted.statements if s.content and not s.own_voice]
    drafts = nested([Draft(s.source, s.cue, s.content, score=1.0) for s in marks])
    said = [s for s in reading.statements if s.attribution is not None]
    outer = _counts(wanted.text, [d for d in drafts if d.outer is None], [s for s in said if s.inside is None])
    inner = _counts(wanted.text, [d for d in drafts if d.outer is not None], [s for s in said if s.inside is not None])
    return {f"{group}/{name}": outer[name] for name in RELATIONS} | {"nested": inner["relation/lenient"]}


def _counts(text: str, wanted: list[Draft], given: list[Statement]) -> Mapping[str, Count]:
    truths = tuple(Attribution(d.source, d.cue, d.content) for d in wanted)
    guesses = [Attribution(s.attribution.source, s.attribution.cue, s.content) for s in given if s.attribution]
    return count(Annotated("", text, (truths,)), guesses).counts


def _labels(case: Case, found: marked.Marked) -> dict[str, Count]:
    """How many of the case's labels are right on its own spans, where the model has no say."""
    numbers = {(s.source, s.cue, s.content): s.number for s in found.statements if not s.own_voice and s.content}
    drafts = nested([Draft(*roles, score=1.0) for roles in numbers])
    article = Article(id="a1:0", text=found.text, published=case.published)
    right, seen = Counter[str](), Counter[str]()
    for statement in attributed(article, drafts, "bench"):
        said = statement.attribution
        wanted = case.labels.get(numbers[said.source, said.cue, statement.content], {}) if said else {}
        for label in wanted.keys() & set(LABELS):
            seen[label] += 1
            right[label] += (getattr(said, label) or "").casefold() == wanted[label].casefold()
    return {f"labels/{label}": Count(right[label], seen[label], seen[label]) for label in LABELS}


def _key(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=4).hexdigest()
