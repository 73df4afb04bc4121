"""How far given attributions agree with marked ones: tokens, fillers and one-to-one matching.

The definitions are those by which the field compares readers on PolNeAR. Tokens are runs of word characters and single
other characters. A *filler* is all that one attribution gives for one role: fragments with nothing but punctuation and
space between them are joined, each is trimmed of punctuation and space, and what is punctuation alone (a colon as a
cue) is kept where nothing else is there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inquit.evaluate.brat import Attribution
from inquit.records import Span, Spans

DETECTED, LENIENT, STRICT = 0.0, 0.5, 0.8
"""Agreement from which a pair of attributions may be matched."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_HAS_WORD = re.compile(r"[^\W_]")


class Tokens:
    """The tokens of one article by number, and which of them spans cover."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [match.span() for match in _TOKEN.finditer(text)]
        self.is_word = [_HAS_WORD.search(text, *span) is not None for span in self.spans]
        self._starts = [start for start, _ in self.spans]
        self._ends = [end for _, end in self.spans]

    def covered(self, spans: Spans) -> Iterator[int]:
        """Numbers of the tokens that share a character with the spans."""
        for start, end in spans:
            yield from range(bisect_right(self._ends, start), bisect_left(self._starts, end))


@dataclass(frozen=True, slots=True)
class Filler:
    """One role of one attribution: its spans, its word tokens, and all tokens where it has no word."""

    spans: Spans
    words: frozenset[int]
    tokens: frozenset[int]

    @classmethod
    def of(cls, tokens: Tokens, spans: Spans) -> Filler:
        """The filler that fragments of an article come to."""
        kept = _normalised(tokens.text, spans)
        covered = frozenset(tokens.covered(kept))
        words = frozenset(i for i in covered if tokens.is_word[i])
        return cls(kept, words, words or covered)

    def touches(self, other: Filler) -> bool:
        """Whether the two share a character."""
        return any(a < d and c < b for a, b in self.spans for c, d in other.spans)

    def jaccard(self, other: Filler) -> float:
        """Shared tokens by all tokens of both, 0 to 1; 1 when both are absent, 0 when one is."""
        if not self.spans or not other.spans:
            return float(not self.spans and not other.spans)
        return len(self.tokens & other.tokens) / len(self.tokens | other.tokens)


@dataclass(frozen=True, slots=True)
class Row:
    """One attribution as fillers."""

    source: Filler
    cue: Filler
    content: Filler
    score: float | None

    def agreement(self, other: Row) -> float:
        """The lower of the token Jaccards of source and content, 0 to 1; -1 when the cues are not the same.

        Cues are the same when they share a character; absent ones and those of punctuation alone are one kind.
        """
        if not self.cue.touches(other.cue) and (self.cue.words or other.cue.words):
            return -1.0
        return min(self.source.jaccard(other.source), self.content.jaccard(other.content))


def rows(tokens: Tokens, attributions: Sequence[Attribution]) -> list[Row]:
    """Attributions as fillers; those of which nothing is left are dropped."""
    made = []
    for a in attributions:
        source, cue, content = (Filler.of(tokens, spans) for spans in (a.source, a.cue, a.content))
        if source.spans or cue.spans or content.spans:
            made.append(Row(source, cue, content, a.score))
    return made


def pairs(agreements: Sequence[dict[int, float]], floor: float) -> dict[int, int]:
    """Most pairs in which each side stands once and agreement is ``floor`` or more: left index -> right index.

    ``agreements[i]`` maps what ``i`` may take to how far they agree. By augmenting paths (Berge 1957) from each left
    index in turn: one that has a partner keeps one, so the pairs of every beginning of the list are most as well.
    """
    edges = [[j for j, agreed in row.items() if agreed >= floor] for row in agreements]
    taken: dict[int, int] = {}
    for left in range(len(edges)):
        _augment(left, edges, taken)
    return {left: right for right, left in taken.items()}


def _augment(left: int, edges: list[list[int]], taken: dict[int, int]) -> None:
    """Find a partner for ``left`` in ``taken`` (right -> left), moving others to another of theirs where that helps."""
    seen: set[int] = set()
    path = [(left, iter(edges[left]))]
    chosen: list[int] = []
    while path:
        right = next((r for r in path[-1][1] if r not in seen), None)
        if right is None:
            path.pop()
            del chosen[-1:]
            continue
        seen.add(right)
        chosen.append(right)
        if right not in taken:
            taken.update((r, node) for (node, _), r in zip(path, chosen, strict=True))
            return
        path.append((taken[right], iter(edges[taken[right]])))


def _normalised(text: str, spans: Spans) -> Spans:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if joined and not _HAS_WORD.search(text, joined[-1][1], start):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    worded = [(w[0].start(), w[-1].end()) for w in ([*_HAS_WORD.finditer(text, *span)] for span in joined) if w]
    bare = [(end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in joined]
    return tuple(worded or (span for span in bare if span[0] < span[1]))
