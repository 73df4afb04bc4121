"""``quote-differs`` and ``quote-absent``: quotations against the document that they are taken from.

What a quotation leaves out with an ellipsis, or puts in square brackets, is no difference; capitals, typography,
hyphens and numbers in digits or letters are none either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec

from inquit.check.align import Match, difference, nearest
from inquit.check.draft import Draft, Remark
from inquit.check.places import Lines
from inquit.check.quoting import Quote, Word, words_of
from inquit.errors import WorkError
from inquit.link.sources import name_parts
from inquit.link.words import name_form
from inquit.read import Options as ReadOptions
from inquit.read import read
from inquit.records import Article

_HEAD = 60  # words in which a document names whose words it holds


@dataclass(frozen=True)
class Primary:
    """A document that a draft quotes from; ``path`` is how it was given."""

    path: str
    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words as they are compared."""
        return tuple(words_of(self.text))

    @cached_property
    def lines(self) -> Lines:
        """Its lines."""
        return Lines(self.text)

    @cached_property
    def head(self) -> frozenset[str]:
        """The words of its beginning in the form in which names are compared."""
        return frozenset(name_form(self.text[w.start : w.end]) for w in self.words[:_HEAD])


def primaries(paths: Iterable[str]) -> tuple[Primary, ...]:
    """The documents of files that ``read`` knows. Raises WorkError for one that cannot be read."""
    found: list[Primary] = []
    for path in paths:
        for record in read([path], ReadOptions()):
            if isinstance(record, Article):
                found.append(Primary(path, record.text))
            elif record.article is None:
                raise WorkError(f"--against {path}: {record.message}")
    return tuple(found)


class Differs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words``: shorter runs of quoted words are not looked for; ``least``: how like a place must be, 0 to 1."""

    words: int = 4
    least: float = 0.6


class Absent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As ``Differs``; ``all``: report absent quotations of every speaker."""

    words: int = 5
    least: float = 0.6
    all: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A run of quoted words and the place nearest to it."""

    piece: tuple[Word, ...]
    primary: Primary
    match: Match


def quote_differs(draft: Draft, primaries: tuple[Primary, ...], options: Differs) -> Iterator[Remark]:
    """Every run of quoted words that stands in a primary document in other words, at the words that differ."""
    for quote in draft.quotes:
        for piece in quote.pieces:
            found = _found(piece, primaries, options.least) if len(piece) >= options.words else None
            if found is not None and found.match.likeness < 1:
                yield _differs(draft, quote, found)


def _found(piece: tuple[Word, ...], primaries: Iterable[Primary], least: float) -> _Found | None:
    places = [(m, p) for p in primaries if (m := nearest(piece, p.words, least)) is not None]
    if not places:
        return None
    match, primary = max(places, key=lambda place: place[0].likeness)
    return _Found(piece, primary, match)


def _differs(draft: Draft, quote: Quote, found: _Found) -> Remark:
    old = found.primary.words[found.match.start : found.match.end]
    shown = difference(old, found.primary.text, found.piece, draft.text)
    line = found.primary.lines.place(old[0].start).line
    span = found.piece[shown.start].start, found.piece[shown.end - 1].end
    return Remark(span, f"differs from {found.primary.path}, line {line}: “{shown.shown}”", quote.statement)


def quote_absent(draft: Draft, primaries: tuple[Primary, ...], options: Absent) -> Iterator[Remark]:
    """Quotations that stand nowhere in the primary documents, of speakers whose words these hold."""
    missing: list[Quote] = []
    heard: set[str] = set()
    for quote in draft.quotes:
        long = [piece for piece in quote.pieces if len(piece) >= options.words]
        if not long or not primaries:
            continue
        if any(_found(piece, primaries, options.least) for piece in long):
            heard.add(_speaker(draft, quote))
        else:
            missing.append(quote)
    for quote in missing:
        speaker = _speaker(draft, quote)
        if options.all or (speaker and (speaker in heard or _heads(draft, quote, primaries))):
            names = ", ".join(primary.path for primary in primaries)
            span = quote.marks[0][0], quote.marks[-1][1]
            yield Remark(span, f"not found in {names}: “{draft.short(quote.marks)}”", quote.statement)


def _speaker(draft: Draft, quote: Quote) -> str:
    said = quote.statement.attribution if quote.statement else None
    return draft.compared.entity(said) if said else ""


def _heads(draft: Draft, quote: Quote, primaries: Iterable[Primary]) -> bool:
    """Whether a document names the speaker at its beginning."""
    said = quote.statement.attribution if quote.statement else None
    parts = name_parts(draft.who(said)) if said else ()
    return bool(parts) and any(parts[-1] in primary.head for primary in primaries)
