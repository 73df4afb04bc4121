"""A draft and what several rules ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np

from inquit.check.places import Lines
from inquit.check.quoting import Quote, quotes
from inquit.extract.voice import sentences
from inquit.link.compared import Said
from inquit.link.contents import text_of
from inquit.link.likeness import Floats
from inquit.link.pairs import scores
from inquit.link.rarity import total
from inquit.link.sources import Sources
from inquit.link.stating import Whole
from inquit.link.table import Table
from inquit.link.units import Told, names_of, packed_vectors, unpacked, worded
from inquit.read.kinds import by_name
from inquit.records import Article, Attribution, Reading, Span, Spans, Statement

_SHORT = 110  # code points of the words that a message repeats
_OURS = frozenset({"i", "we", "us", "me", "you"})


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say about a stretch of a draft; ``related`` is what else the message speaks of."""

    span: Span
    message: str
    statement: Statement | None = None
    related: Spans = ()


class Draft:
    """An article to be checked with its statements.

    ``path`` is how it was given; ``placed`` tells whether lines and columns of its text are those of the file.
    """

    def __init__(self, reading: Reading, path: str, *, placed: bool = True) -> None:
        self.reading = reading
        self.path = path
        self.placed = placed

    @property
    def article(self) -> Article:
        """The draft's article."""
        return self.reading.article

    @property
    def text(self) -> str:
        """The draft's text, in which all spans lie."""
        return self.reading.article.text

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences in order."""
        return tuple(sentences(self.text))

    @cached_property
    def outer(self) -> tuple[Statement, ...]:
        """The statements that stand inside no other: those that the draft itself puts forward."""
        return tuple(s for s in self.reading.statements if s.inside is None)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotations with who is quoted."""
        return tuple(quotes(self.text, self.outer))

    @cached_property
    def compared(self) -> Comparison:
        """The outer statements as they are compared with one another."""
        return Comparison(msgspec.structs.replace(self.reading, statements=self.outer))

    def line(self, span: Span) -> int:
        """The line in which a span begins."""
        return self.lines.place(span[0]).line

    def short(self, spans: Spans) -> str:
        """The words of spans for a message, on one line and cut where they are long."""
        words = text_of(self.text, spans)
        return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"

    def quoted(self, span: Span) -> bool:
        """Whether a span stands within a quotation."""
        return any(start <= span[0] and span[1] <= end for quote in self.quotes for start, end in quote.marks)

    def ours(self, said: Attribution) -> bool:
        """Whether it is the outlet or its writer that says so: ``we found``, ``I think``."""
        return self.who(said).casefold() in _OURS

    def who(self, said: Attribution) -> str:
        """Whom the draft puts a statement down to."""
        return " ".join((said.entity or text_of(self.text, said.source)).split()) or "an unnamed source"


def drafted(reading: Reading, path: str) -> Draft:
    """The draft of a reading that came from ``path``, ``-`` for standard input."""
    # Of a page only the extracted text is known, of a table only the cell: their lines are not the file's.
    return Draft(reading, path, placed=path == "-" or by_name(Path(path).name) in ("text", None))


def hull(spans: Spans) -> Span:
    """The span from the first word to the last; ``spans`` has at least one."""
    return spans[0][0], max(end for _, end in spans)


class Comparison:
    """Statements of one draft compared in pairs, with the measures by which claims are found across articles."""

    def __init__(self, reading: Reading) -> None:
        found = worded(reading)
        vectors = packed_vectors([one.text for one in found])
        units = [unpacked(one.packed) for one in found]
        self._places = {one.statement: place for place, one in enumerate(found)}
        self._table = Table()
        self._table.add([one.arrays for one in found], vectors)
        given = Whole(reading)
        self._sources = Sources([names_of(given)])
        told = Told(given)
        self.said = [told.said(one.statement, unit) for one, unit in zip(found, units, strict=True)]
        """The statements that say something that can be compared."""

    def party(self, who: Attribution) -> str:
        """A key for the party of a source, else for the source; empty where there is neither."""
        return self._sources.party_key(self._sources.party(who)) or self._sources.entity(who)

    def entity(self, who: Attribution) -> str:
        """A key for the source; empty where there is none."""
        return self._sources.entity(who)

    def agreement(self, one: Said, other: Said) -> float:
        """How likely two statements are one claim, 0 to 1 (``link.pairs.scores``)."""
        pair = sorted(self._places[said.statement.id] for said in (one, other))
        return float(self._scores[pair[0], pair[1]])

    @cached_property
    def _scores(self) -> Floats:
        """Of all pairs, the lesser place first; all at once, which is what one costs."""
        one, other = np.triu_indices(len(self._places), 1)
        found = np.zeros((len(self._places), len(self._places)))
        found[one, other] = scores(self._table, one, other)
        return found

    def covered(self, one: Said, other: Said) -> tuple[float, float]:
        """The parts, 0 to 1, of the weight of each one's words and names that the other has too."""
        mine, theirs = (s.content.stems | s.content.names for s in (one, other))
        shared = total(mine & theirs)
        return shared / max(total(mine), 1), shared / max(total(theirs), 1)
