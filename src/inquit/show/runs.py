"""An article's text cut at every boundary of its statements, so that overlapping spans can be drawn side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from inquit.records import Span, Spans, Statement
from inquit.show.safe import shown

Role: TypeAlias = Literal["source", "cue", "content", "own", "evidence"]
Part: TypeAlias = tuple[int, Role]

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


class Run(NamedTuple):
    """A stretch ``[start, end)`` that the same statements cover throughout; ``parts`` are (index, role), no order."""

    start: int
    end: int
    parts: tuple[Part, ...]


def roles(statement: Statement) -> Iterator[tuple[Role, Spans]]:
    """The spans of a statement by what they are to it."""
    attribution = statement.attribution
    if attribution is None:
        yield "own", statement.content
    else:
        yield from (("source", attribution.source), ("cue", attribution.cue), ("content", statement.content))
    if statement.evidence is not None:
        yield "evidence", (statement.evidence.span,)


def first(statement: Statement) -> int:
    """Where a statement begins: the start of its first span of source, cue or content; 0 when it has none."""
    return min((span[0] for role, spans in roles(statement) if role != "evidence" for span in spans), default=0)


def runs(length: int, statements: Sequence[Statement], cuts: Iterable[int] = ()) -> list[Run]:
    """Cut a text of ``length`` code points into runs: in order, without gaps, cut at every span's ends and at ``cuts``.

    Spans are held to the text; an empty or reversed one is left out.
    """
    opened: dict[int, list[Part]] = {}
    closed: dict[int, list[Part]] = {}
    for index, statement in enumerate(statements):
        for role, spans in roles(statement):
            for start, end in (_held(span, length) for span in spans):
                if start < end:
                    opened.setdefault(start, []).append((index, role))
                    closed.setdefault(end, []).append((index, role))
    ends = sorted({0, length, *opened, *closed, *(cut for cut in cuts if 0 < cut < length)})
    return list(_swept(ends, opened, closed))


def _held(span: Span, length: int) -> Span:
    return max(span[0], 0), min(span[1], length)


def _swept(ends: list[int], opened: dict[int, list[Part]], closed: dict[int, list[Part]]) -> Iterator[Run]:
    active: Counter[Part] = Counter()
    for start, end in pairwise(ends):
        active.update(opened.get(start, ()))
        active.subtract(closed.get(start, ()))
        active = +active
        yield Run(start, end, tuple(active))


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, without what parts them: blank lines, or line ends where it has no blank line."""
    # As it is shown: some controls count as white space, yet have a picture that must not be lost.
    text = shown(text)
    parted = [(match.start(), match.end()) for match in _BLANK_LINE.finditer(text)]
    if not parted:
        parted = [(match.start(), match.end()) for match in re.finditer(r"\n", text)]
    starts = [0, *(end for _, end in parted)]
    ends = [*(start for start, _ in parted), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]
