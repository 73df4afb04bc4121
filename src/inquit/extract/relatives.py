"""What "who", "which" and "that" stand for: the name or description right before the clause that they open."""

from __future__ import annotations

import re
from typing import NamedTuple

from inquit.extract.bodies import Bodies
from inquit.extract.names import Directory, Name
from inquit.extract.standing import is_place, standing
from inquit.records import Span

_REACH = 80  # code points
_DETERMINER = r"(?:[Aa]n?|[Tt]he|[Tt]hose|[Ss]ome|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]wo|[Tt]hree)"
_DESCRIBED = re.compile(
    rf"\b({_DETERMINER} (?:(?:of|for|at|in) {_DETERMINER} |(?!{_DETERMINER} )[\w’'-]+ ){{0,5}}?[\w’'-]+),? $"
)
_OWNED = re.compile(r"['’]s? (?:[\w-]+ ){0,2}[\w-]+(?=,? $)")
_STOPS = ", –—-"
# when something happened stands between a clause and what it is about: "a clerk the other day who"
_UNIT = r"(?:day|week|month|year|decade)s?"
_TIME = re.compile(
    rf" (?:(?:(?:over|in|for|during) )?(?:the )?(?:other|past|last|next|same|previous|following)(?: \w+)? {_UNIT}"
    rf"|(?:from |about |over |nearly |almost )?[\w-]+ {_UNIT} ago)(?=,? $)"
)
_PREPOSITION = re.compile(r"\b(?:to|from|with|by|for|on|in|at|against|among) $")
_MEASURE = re.compile(r"an? (?:day|week|month|year) ")  # "pays a sum a year to divers that"
_WHO = re.compile(r"who\b", re.IGNORECASE)
_JOINED = re.compile(r" and (?:the )?$")
_WITHIN = re.compile(r" in (?:the )?$")
_ONE = re.compile(r"(?:who|which) (?:is|was|has|does|\w+[^s\W]s)\b")


class Head(NamedTuple):
    """What a relative pronoun stands for: its words, where they stand, and whether they are a name."""

    words: str
    span: Span
    named: bool


def head_of_clause(text: str, at: int, known: Directory, bodies: Bodies) -> Head | None:
    """What the pronoun at ``at`` stands for; None where no name or description stands right before it."""
    timed = _TIME.search(text, max(0, at - _REACH), at)
    end = timed.start() + 1 if timed else at
    name = next(iter(known.before(end)[-1:]), None)
    if name and not text[name.span[1] : end].strip(_STOPS):
        return _both(text, at, end, name.begins, known) or _of_name(text, name, known)
    crowd = bodies.crowd_before(end)
    if crowd and (both := _both(text, at, end, crowd[0], known)):
        return both
    owned = _OWNED.match(text[:end], name.span[1]) if name else None
    if name and owned:
        return _described(text, (name.span[0], owned.end()))
    noun = _DESCRIBED.search(text, max(0, end - _REACH), end)
    if crowd and (noun is None or _parts(text, at, noun.start(1), crowd[0])):
        return _described(text, crowd)
    return _described(text, noun.span(1)) if noun else None


def _parts(text: str, at: int, first: int, begins: int) -> bool:
    """Whether a preposition between a noun and a plural shows that the clause is about the plural alone."""
    of_people = _WHO.match(text, at) or _MEASURE.match(text, first)
    return of_people is not None and _PREPOSITION.search(text, first, begins) is not None


def _described(text: str, span: Span) -> Head:
    return Head(text[slice(*span)], span, named=False)


def _of_name(text: str, name: Name, known: Directory) -> Head:
    """The name; of "the Tide Institute in Norland" the body, since where it is says nothing by the way."""
    within = _WITHIN.search(text, max(0, name.span[0] - 8), name.span[0])
    before = known.before(within.start())[-1:] if within else []
    body = within and before and before[0].span[1] == within.start() and _is_body(known.fullest(before[0].text))
    whose = before[0] if body else name
    return Head(whose.text, whose.span, named=True)


def _is_body(full: str) -> bool:
    return standing(full, full) == "institution" and not is_place(full)


def _both(text: str, at: int, end: int, begins: int, known: Directory) -> Head | None:
    """Both of two joined by "and" before a comma, of whom neither speaks alone; None where the verb is of one."""
    joint = _JOINED.search(text, max(0, begins - 9), begins)
    if joint is None or "," not in text[end - 2 : end] or _ONE.match(text, at):
        return None
    first = next((n for n in known.before(joint.start())[-1:] if n.span[1] == joint.start()), None)
    return _described(text, (first.begins, len(text[:end].rstrip(_STOPS)))) if first else None
