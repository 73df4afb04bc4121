"""Turns: words that structure alone gives to a speaker, without a reporting word.

The lines of a transcript (``SMITH: …``, ``Q: …``), a quotation with a signature behind it (``“…” — Dora Kesten``) and
one that is announced by a name and a colon (``And from Nils Tabor:``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inquit.extract.quotes import OUTSIDE, Quotation, quotations, states, unmarked
from inquit.records import Span, Spans
from inquit.text import WORD

Marks = npt.NDArray[np.int8]

_WORD = r"[A-Z][\w.’'&-]*"
_LABEL = re.compile(
    rf"[“\"‘•*\s-]*(?P<label>(?:{_WORD}(?: (?:{_WORD}|of|for|the|de|van|von))*)"
    r"(?:, [^:.!?“”\"]{2,40}| \([^)]{1,30}\))?)"
    r"(?::|(?<=\b[QA])\.)\s+(?=\S)"
)
_NO_SPEAKER = re.compile(
    r"(?:read|watch|more|see|related|also|listen|photos?|pictures?|videos?|update[ds]?|correction|editor'?s?|note|source|"
    r"credits?|click|join|subscribe|follow|breaking|exclusive|opinion|analysis|via|contact|tickets?|step)\b",
    re.IGNORECASE,
)
_DIRECTION = re.compile(r"[“\"\s]*[(\[].*[)\]][.”\"\s]*")
_TITLED = re.compile(r"(?:, .*| \(.*)$")
_SPOKEN = re.compile(r"[.?!…–—-][”\"’')\]]*\s*$")
_CLOSING = "”“\"’'»"
_SIGNATURE = re.compile(r"\s*(?:--?|[–—―])\s*(?P<name>[A-Z][^“”\"‘\n:;?!]{2,100}?)[.\s]*")
_SIGNED = re.compile(rf"[“”\"‘'«].+(?P<mark>[{_CLOSING}])[.,]?{_SIGNATURE.pattern}")
_ANNOUNCED = re.compile(
    r"[•*\s-]*(?i:and |also )?(?i:(?:a )?(?:statement|quotes?|comments?|remarks?|words?) (?:from|by|of) |from |by )?"
    r"(?P<name>[A-Z][^“”\"‘\n:.?!]{1,90}):\s*",
)
_TURNS = 3  # from here on labels make a transcript
_WORDS = 14  # at most in what names a speaker
_SILENT = 3  # unlabelled lines per labelled one at most, where they go on with the turn before


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says: the words that name the speaker, and spans without marks around them."""

    source: Span
    content: Spans


def turns(text: str) -> list[Turn]:
    """Every turn in order; those of a transcript and those of single quotations never overlap."""
    said = _transcript(text)
    taken = {line for turn in said for line in _lines_of(text, turn)}
    quoted = [t for t in _quoted(text) if t.content and not taken & set(_lines_of(text, t))]
    return sorted([*said, *quoted], key=lambda t: t.content)


def lines(text: str) -> Iterator[Span]:
    """Every line with words, without white space at its ends."""
    for match in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text):
        yield match.span()


def _lines_of(text: str, turn: Turn) -> Iterator[int]:
    return (text.rfind("\n", 0, start) for start, _ in (turn.source, *turn.content))


def _transcript(text: str) -> list[Turn]:
    every = list(lines(text))
    labelled = {i: m for i, line in enumerate(every) if (m := _label(text, line))}
    capital = {i: m for i, m in labelled.items() if m.group("label").split(",")[0].isupper()}
    labelled = capital if 2 * len(capital) > len(labelled) else labelled
    if not _take_turns([m.group("label") for m in labelled.values()]):
        return []
    spoken = sum(_SPOKEN.search(text[slice(*every[i])]) is not None for i in labelled)
    if 3 * spoken < 2 * len(labelled):
        return []
    numbers = list(labelled)
    dense = numbers[-1] - numbers[0] <= _SILENT * len(numbers) and _all_come_back(
        [m.group("label") for m in labelled.values()]
    )
    marks = states(text)
    found = []
    for i, following in zip(numbers, [*numbers[1:], numbers[-1] + 1], strict=True):
        go_on = every[i + 1 : following] if dense else []
        own = [(labelled[i].end(), every[i][1]), *(s for s in go_on if not _DIRECTION.fullmatch(text, *s))]
        content = (unmarked(text, marks, span) for span in own)
        kept = tuple(s for s in content if WORD.search(text, *s))
        if kept:
            found.append(Turn(labelled[i].span("label"), kept))
    return found


def _label(text: str, line: Span) -> re.Match[str] | None:
    match = _LABEL.match(text, *line)
    if match is None or _NO_SPEAKER.match(match.group("label")) or len(match.group("label").split()) > _WORDS:
        return None
    return match


def _take_turns(labels: Sequence[str]) -> bool:
    """Whether the labels are speakers': one comes back after another's turn."""
    keys = [_key(label) for label in labels]
    changes = [key for key, before in zip(keys, [None, *keys], strict=False) if key != before]
    return len(keys) >= _TURNS and len(changes) > len(set(changes))


def _all_come_back(labels: Sequence[str]) -> bool:
    """Whether two speakers or more have nearly all turns: then a line without a label goes on with the turn before."""
    counts = Counter(map(_key, labels))
    return 4 * sum(n for n in counts.values() if n > 1) >= 3 * len(labels) > _TURNS * 3


def _key(label: str) -> str:
    return _TITLED.sub("", label).split()[-1].upper()


def _quoted(text: str) -> Iterator[Turn]:
    """Quotations with a signature behind them, or after an announcement and alone in their paragraph."""
    every = list(lines(text))
    starts = [start for start, _ in every]
    marks = states(text)
    for group in chains(quotations(text)):
        first = bisect_right(starts, group[0].opened) - 1
        last = bisect_right(starts, group[-1].opened) - 1
        lead = (starts[first], group[0].opened)
        led = WORD.search(text, *lead) is not None
        spans = [(q.start, q.end) for q in group]
        name = None
        if group[-1].opened == starts[last]:
            end, name = _behind(text, marks, every, last)
            spans[-1] = (spans[-1][0], end)
        if name is None and not WORD.search(text, group[-1].end, every[last][1]):
            name = _before(text, lead if led else every[first - 1] if first else lead)
        if name is not None:
            bare = (unmarked(text, marks, span) for span in spans)
            yield Turn(name, tuple(span for span in bare if WORD.search(text, *span)))


def _behind(text: str, marks: Marks, every: list[Span], line: int) -> tuple[int, Span | None]:
    """Where the quotation ends that a line holds, and the signature after it: on the line or, alone, on the next."""
    start, end = every[line]
    signed = _SIGNED.fullmatch(text, start, end)
    if signed is None and line + 1 < len(every) and text[end - 1] in _CLOSING:
        signed = _SIGNATURE.fullmatch(text, *every[line + 1])
    elif signed is not None:
        end = signed.start("mark")
    words = [m.start() for m in WORD.finditer(text, start, end)]
    outside = sum(bool(marks[at] == OUTSIDE) for at in words)
    fits = signed is not None and 10 * outside <= len(words) and len(signed.group("name").split()) <= _WORDS
    return end, signed.span("name") if signed is not None and fits else None


def chains(found: Iterable[Quotation]) -> list[list[Quotation]]:
    """The quotations, those that run on from one paragraph into the next together."""
    out: list[list[Quotation]] = []
    for quotation in found:
        if out and out[-1][-1].runs_on:
            out[-1].append(quotation)
        else:
            out.append([quotation])
    return out


def _before(text: str, span: Span) -> Span | None:
    """The name in an announcement that ends in a colon and is nothing else."""
    match = _ANNOUNCED.fullmatch(text, *span)
    if match is None or _NO_SPEAKER.match(match.group("name")):
        return None
    name, _, apposition = match.group("name").partition(",")
    words = name.split()
    small = [w for w in words if w[0].islower() and w not in ("of", "for", "the", "and", "de", "van", "von")]
    fits = len(words) + len(apposition.split()) <= _WORDS and not small
    return match.span("name") if fits else None
