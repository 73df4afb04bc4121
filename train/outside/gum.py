"""The reader on GUM: is the attribution found, its content, its source; by genre.

GUM marks an attribution where source and cue make a unit of their own (a clause, or "according to"), so

* *found*: a cue of ours shares a word with the satellite's unit; of all, of those that stand in no other's content
  (*outermost*), of those that do (*nested*), of those whose source is one word of the first or second person;
* *content*, *source*: shared words with ``train.gum``'s roles, of the best statement found, as Jaccard and, for all
  of the genre together, F1; *lenient* and *strict* are the share of all attributions whose cue is met and whose source
  and content agree by a Jaccard of 0.5 and 0.8, as on PolNeAR;
* *precision*: GUM leaves out whatever has no unit of its own ("denied the claim", "wants to go"), so only statements of
  ours whose content lies outside the unit of their cue can be wrong; of those, the share whose cue is in a satellite.

Relations without a reporting word (credits of pictures, references) and fillers ("you know") are not counted.
Texts keep the corpus's own spaces; paragraphs and turns of speech are parted by an empty line, and no speaker is named.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from inquit.records import Span
from train import gum
from train.outside.reading import Said, jaccard, statements, word_starts
from train.polnear import Attribution

_SELF = {"i", "we", "you", "me", "us"}


class Case(NamedTuple):
    """One attribution of GUM and the best statement of ours whose cue meets its unit."""

    ident: str
    genre: str
    gold: Attribution
    said: Said | None
    source: float  # Jaccard
    content: float
    shared: int
    sizes: int
    nested: bool  # its cue stands in the content of another attribution
    spoken: bool  # the source is I, we or you


@dataclass(slots=True)
class Row:
    """What is counted of a genre."""

    cases: list[Case]
    outside: int = 0  # statements of ours whose content lies outside the unit of their cue
    right: int = 0
    within: int = 0  # the others, about which GUM says nothing


def measured(corpus: Path, out: Path) -> dict[str, Row]:
    """Read all of the corpus; the rows by genre. Gold and texts are written to ``out``."""
    documents = list(gum.documents(corpus))
    read = statements({d.ident: d.text for d in documents}, out)
    rows: dict[str, Row] = defaultdict(lambda: Row([]))
    with (out / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for document in documents:
            row = rows[document.genre]
            marked = [(r, a) for r in document.relations if (a := gum.attribution(document, r))]
            for relation, found in marked:
                nested = any(_within(found.cue, other.content) for _, other in marked if other is not found)
                row.cases.append(_case(document, relation, found, nested, read.get(document.ident, [])))
                gold.write(json.dumps({"id": document.ident, **_roles(found)}) + "\n")
            for said in read.get(document.ident, []):
                _judge(document, said, row)
    return dict(rows)


def _within(inner: list[Span], outer: list[Span]) -> bool:
    return all(any(s <= a and b <= e for s, e in outer) for a, b in inner)


def _roles(found: Attribution) -> dict[str, list[tuple[int, int]]]:
    return {"source": found.source, "cue": found.cue, "content": found.content}


def _case(document: gum.Document, relation: gum.Relation, gold: Attribution, nested: bool, read: list[Said]) -> Case:
    unit = {document.words[w].start for w in relation.unit}
    source, content = word_starts(document.text, gold.source), word_starts(document.text, gold.content)
    spoken = len(source) == 1 and document.text[min(source) :].split()[0].lower().strip(",’'") in _SELF
    best = Case(document.ident, document.genre, gold, None, 0.0, 0.0, 0, 0, nested, spoken)
    for said in read:
        if unit & word_starts(document.text, said.cue):
            ours = word_starts(document.text, said.content)
            agree = jaccard(source, word_starts(document.text, said.source)), jaccard(content, ours)
            if best.said is None or (agree[1], agree[0]) > (best.content, best.source):
                sizes = len(content) + len(ours)
                best = best._replace(
                    said=said, source=agree[0], content=agree[1], shared=len(content & ours), sizes=sizes
                )
    return best


def _judge(document: gum.Document, said: Said, row: Row) -> None:
    """Count a statement of ours that GUM could have marked."""
    cue, content = word_starts(document.text, said.cue), word_starts(document.text, said.content)
    units = [{document.words[w].start for w in unit} for unit in document.units]
    near = set().union(*(unit for unit in units if unit & cue))
    if not cue or len(content & near) > 0.2 * len(content):
        row.within += 1
        return
    row.outside += 1
    row.right += any(cue & {document.words[w].start for w in r.unit} for r in document.relations)


def table(rows: dict[str, Row]) -> Iterator[str]:
    """Lines of a Markdown table, a genre each, the best found first, and all of them together."""
    heads = ["genre", "attributions", "found", "outermost", "nested", "I we you", "lenient", "strict"]
    heads += ["source", "content J", "F1", "precision"]
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    whole = Row([c for r in rows.values() for c in r.cases])
    whole.outside, whole.right = sum(r.outside for r in rows.values()), sum(r.right for r in rows.values())
    for genre, row in (*sorted(rows.items(), key=lambda r: -_share([c.said for c in r[1].cases])), ("all", whole)):
        found = [c for c in row.cases if c.said]
        overlap = 2 * sum(c.shared for c in found) / max(1, sum(c.sizes for c in found))
        figures = (
            _share([c.said for c in row.cases]),
            _share([c.said for c in row.cases if not c.nested]),
            _share([c.said for c in row.cases if c.nested]),
            _share([c.said for c in row.cases if c.spoken]),
            _share([c.said and c.source >= 0.5 and c.content >= 0.5 for c in row.cases]),
            _share([c.said and c.source >= 0.8 and c.content >= 0.8 for c in row.cases]),
            _share([c.source >= 0.5 for c in found]),
            sum(c.content for c in found) / max(1, len(found)),
            overlap,
        )
        precision = f"{100 * row.right / max(1, row.outside):.0f} of {row.outside}"
        yield f"| {genre} | {len(row.cases)} | " + " | ".join(f"{100 * f:.0f}" for f in figures) + f" | {precision} |"


def _share(truths: list[object]) -> float:
    return sum(bool(t) for t in truths) / max(1, len(truths))
