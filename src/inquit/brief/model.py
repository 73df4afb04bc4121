"""What a brief says, apart from how it looks: every format renders these records and adds no fact.

The parts have the names of ICD 206 (US Intelligence Community Directive 206, *Sourcing Requirements for Disseminated
Analytic Products*, 2015): a source reference citation is a ``Note``, a source descriptor a ``Descriptor``, and the
source summary statement is ``Told.summary``.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from inquit.records import Carriage, Framing, Lost, Standing

By: TypeAlias = Literal["ledger", "machine", "person"]
"""Counted or quoted from the ledger; a suggestion that a machine made; what a person ruled."""


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence, on whose word it stands, and the numbers of the notes that show it."""

    text: str
    by: By = "ledger"
    notes: tuple[int, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number of the summary with its word in singular or plural: ``3``, ``outlets``."""

    number: int
    words: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in a list of the summary: its number in the brief, its words, and what the list tells of it."""

    claim: int
    text: str
    detail: str = ""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One list of the summary: what these claims have in common; ``more`` of them are counted but not told."""

    heading: str
    entries: tuple[Entry, ...]
    more: int = 0


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A sourced statement: who says it in which words of the article, and how the outlet puts it.

    ``source`` has the article's words for the source, None in the outlet's own voice and where it names none;
    ``entity`` who that is, where the words do not tell; ``words`` the content, cut, None where no excerpt is wanted.
    """

    note: int
    own_voice: bool
    source: str | None
    entity: str | None
    party: str | None
    standing: Standing | None
    cue: str | None
    words: str | None
    stance: str
    framing: Framing | None
    carriage: Carriage
    lost: tuple[Lost, ...] = ()
    happened: tuple[str, ...] = ()
    rulings: tuple[Remark, ...] = ()


class Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """An article that carries a claim: its outlet and date, where it has its text from, its statements of the claim."""

    outlet: str
    when: str
    copies: tuple[str, ...]
    statements: tuple[Said, ...]


class Descriptor(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger knows of a source that bears on how good it is."""

    name: str
    remarks: tuple[Remark, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One claim: its articles with their sourced statements in order of time, its sources, a summary of its sourcing.

    ``more`` statements and ``more_sources`` descriptors are left out.
    """

    number: int
    id: str
    text: str
    glance: str
    carriers: tuple[Carrier, ...]
    more: int
    sources: tuple[Descriptor, ...]
    more_sources: int
    summary: tuple[Remark, ...]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A reference to an article and a passage of it; ``paragraph`` counts from 1, ``passage`` is cut."""

    number: int
    outlet: str
    title: str
    authors: tuple[str, ...]
    published: str
    url: str | None
    article: str
    statement: str
    paragraph: int
    passage: str | None


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A dated report of a story, all of it from a ledger.

    ``made`` is an ISO 8601 time; ``asked`` what claims were asked for, a line each; ``more`` how many claims fit and
    are not told.
    """

    title: str
    made: str
    period: str
    asked: tuple[str, ...]
    figures: tuple[Figure, ...]
    points: tuple[Point, ...]
    claims: tuple[Told, ...]
    more: int
    notes: tuple[Note, ...]
    method: tuple[str, ...]
