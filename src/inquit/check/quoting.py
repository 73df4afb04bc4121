"""Quotations of a draft: their words, whose they are, and where they leave something out on purpose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from inquit.extract.quotes import quotations
from inquit.link.words import lists
from inquit.records import Span, Spans, Statement

# Letters that an editor put in ("[T]he") belong to their word.
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?(?!\w)|\[?[^\W_]+\]?(?:(?<=\])[^\W_]+)?(?:['’][^\W_]+)*|%|&")
_LEFT_OUT = re.compile(r"…|\.(?:\s?\.){2,}|\[[^\]\n]*\](?!\w)|(?<!\w)\[[^\]\n]*\s[^\]\n]*\]|\(\.{3}\)")
_WRITTEN = {"%": "percent", "&": "and"}
_UNSAID = frozenset({"um", "uh", "er", "erm"})


class Word(NamedTuple):
    """A word as it is compared, and where it stands."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """What one statement quotes. ``pieces`` are runs of words between which the draft leaves something out.

    ``statement`` is None where nobody was found who is quoted; ``marks`` spans the quotations, marks left out.
    """

    pieces: tuple[tuple[Word, ...], ...]
    marks: Spans
    statement: Statement | None

    @property
    def size(self) -> int:
        """The number of its words."""
        return sum(map(len, self.pieces))


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Words without regard to capitals, typography, hyphens, numbers in digits or letters, and ``um``."""
    found: list[Word] = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        form = _form(match.group())
        if form == "cent" and found and found[-1].form == "per":
            found[-1] = Word("percent", found[-1].start, match.end())
        elif form not in _UNSAID:
            found.append(Word(form, *match.span()))
    return found


def _form(written: str) -> str:
    plain = unicodedata.normalize("NFKC", written).replace("’", "'").translate(_BRACKETS).casefold()
    if plain[0].isdigit():
        return plain.replace(",", "")
    number = lists().numbers.get(plain)
    return str(number) if number is not None else _WRITTEN.get(plain, plain)


_BRACKETS = str.maketrans("", "", "[]")


def quotes(text: str, outer: Sequence[Statement]) -> Iterator[Quote]:
    """Quotations in order, those of one statement together."""
    held: dict[str | None, list[Span]] = {}
    whose = {s.id: s for s in outer if s.attribution is not None}
    for found in quotations(text):
        span = found.start, found.end
        owner = max(whose.values(), key=lambda s: _overlap(s.content, span), default=None)
        known = owner if owner is not None and 2 * _overlap(owner.content, span) > found.end - found.start else None
        # Where nobody is known, each quotation stands for itself.
        held.setdefault(known.id if known else f"?{found.start}", []).append(span)
    for ident, marks in held.items():
        pieces = tuple(tuple(piece) for span in marks for piece in _pieces(text, span))
        if pieces:
            yield Quote(pieces, tuple(marks), whose.get(ident or ""))


def _overlap(content: Spans, span: Span) -> int:
    return sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in content)


def _pieces(text: str, span: Span) -> Iterator[list[Word]]:
    begin = span[0]
    for gap in [*_LEFT_OUT.finditer(text, *span), None]:
        words = words_of(text, begin, gap.start() if gap else span[1])
        if words:
            yield words
        begin = gap.end() if gap else begin
