"""From what the reader finds in German text to drafts of statements, with their nesting.

The corpus that it learnt from marks speech without a reporting word too (*Er habe nichts gewusst.*): there the first
piece of the content stood in for a cue while training. A cue within its own content is therefore none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from inquit.extract.decode import Draft, joined, nested, parted, single, stripped
from inquit.extract.quotes import states, unmarked
from inquit.extract.reader import Reader, Reading
from inquit.records import Span, Spans
from inquit.text import trimmed
from inquit_de.bare import END
from inquit_de.clauses import whole
from inquit_de.contents import mended
from inquit_de.sources import cut
from inquit_de.subjects import given

NAME = "inquit-de/2"
GAP = 24  # pieces between the verb of a cue and its separable part: "teilte die Stadt am Montag mit"
SURE = 0.6  # probability of a cue from which it counts; chosen on the dev part of the corpus (docs/german.md)
_REVERSED = re.compile(r"[«»]")
_STRAIGHT = re.compile(r"„([^„“”\"\n]*)\"")


@cache
def reader() -> Reader:
    """The reader that ships with the package, loaded once per process. Raises WorkError when it is damaged."""
    return Reader(Path(str(files("inquit_de"))) / "reader", name=NAME, gap=GAP, end=END)


def plain_marks(text: str) -> str:
    """The text, of the same length, with quotation marks that point inwards (»…«), or close straight („…"), as „…“."""
    first = _REVERSED.search(text)
    if first is not None and first.group() == "»" and not text[first.end() : first.end() + 1].isspace():
        text = text.translate({ord("»"): "„", ord("«"): "“", ord("›"): "‚", ord("‹"): "‘"})
    return _STRAIGHT.sub(r"„\1“", text)


def drafts(text: str, reading: Reading, sure: float = SURE) -> list[Draft]:
    """Drafts of all statements with a content, outer before inner, else in order of their first word."""
    spans, marks = reading.pieces.spans, states(text)
    found: list[Draft] = []
    for relation in reading.relations:
        if relation.sure < sure:
            continue
        content = tuple(unmarked(text, marks, s) for s in stripped(text, joined(text, relation.content, spans)))
        content = tuple(s for s in content if s[0] < s[1])
        bare = relation.cue[0] in relation.content
        cue: Spans = () if bare else joined(text, relation.cue, spans)
        source = cut(text, tuple(s for s in joined(text, relation.source, spans) if s not in cue))
        if content and (source or cue or bare):
            found.append(
                mended(text, whole(text, Draft(_nearest(source, cue or content), cue, content, relation.score)))
            )
    return settled(text, given(text, found))


def settled(text: str, found: list[Draft]) -> list[Draft]:
    """The drafts, none twice and each content cut back to where the next sentence speaks of another's words."""
    whole = [draft for draft in (_sound(text, one) for one in found) if draft.content]
    return nested(parted(text, single(whole), END))


def _sound(text: str, draft: Draft) -> Draft:
    """The draft with spans that hold something, and no white space or mark at their ends: rules may cut anywhere."""
    marks = states(text)
    return replace(
        draft,
        source=_filled(trimmed(text, *span) for span in draft.source),
        cue=_filled(trimmed(text, *span) for span in draft.cue),
        content=_filled(unmarked(text, marks, span) for span in draft.content),
    )


def _filled(spans: Iterable[Span]) -> Spans:
    return tuple(span for span in spans if span[0] < span[1])


def _nearest(source: Spans, cue: Spans) -> Spans:
    """The run of source words nearest to the cue."""
    if len(source) < 2:
        return source
    return (min(source, key=lambda run: min(max(s - run[1], run[0] - e) for s, e in cue)),)
