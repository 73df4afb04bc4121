"""The time at which each statement was said, as far as the article's words and its date of publication fix it.

Only a time in the clause of source and cue counts: never one within the content, nor one that tells when something else
happened ("after the crash on Monday"). No parser: a time is read together with the words that stand between it and
the cue, which must be such as tell when, where or how something is said. The words are in ``data/when.en.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from inquit.extract.beside import Beside, clause
from inquit.extract.days import Days, Expression, expressions, iso, published_on, told, when_data
from inquit.extract.why import Ground, Why
from inquit.records import Span, Statement

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_BREAK = re.compile(r"[;:–—\n]|\s-\s|,\s(?:and|but|while|though|although|so)\b")
_COMMA = re.compile(r",\s+(?=\S)")
_OWNS = re.compile(r"['’]s?\b(?!\w)")
_DETERMINERS = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "that", "our", "my", "another", "each", "every"}
)
_DANGLING = frozenset({"and", "or", "but", "while", "that", "when", "as", "if", "because", "after", "before", "since"})
_RELATIVE = frozenset({"who", "which", "whose", "whom"})
_SMALL = frozenset({"of", "by", "for", "on", "in", "from", "with", "to", "at", "into", "about"})
_PUBLISHED = re.compile(
    r"[\s,]*(?:(?:published|released|issued|posted|dated|made|written|sent|filed|obtained|aired|broadcast|conducted)\b"
    r"(?:\s[\w’'.-]+){0,6}?)?(?:\s*\b(?:on|in|late|early|earlier|from|of|dated|back))*\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\W*(?:[A-Z][\w.’'/-]*(?:[\s,]+[A-Z][\w.’'/-]*)*)?[\s,(]*")
_DATELINE_ENDS = re.compile(r"\)?,?\s*(?:\([^)\n]{2,40}\)\s*)?(?:[-–—]+|:)\s")
_HEAD = 600  # code points of an article in which a dateline stands
_LONGEST = 40  # code points of the place in a dateline
_STALE = 31  # days after which a dateline is no longer that of the publication
_REACH = 120  # code points between a cue and its time
_BACK = 10  # statements among which "the same interview" is looked for


class Dated(NamedTuple):
    """When something was said, and why; None where its time is named and cannot be told."""

    when: str | None
    why: Why


def times(text: str, published: str | None, statements: Sequence[Statement]) -> list[Dated | None]:
    """When each of the attributed statements was said, in their order: an ISO 8601 day, month or year, or None.

    ``published`` is the article's date, ISO 8601 with as much as is known of it; without it only dates that name their
    year are told. Nothing is said later than it is published.
    """
    found = list(expressions(text))
    if not found:
        return [None] * len(statements)
    beside = Beside(text, statements)
    day, dateline = _written_on(text, found, published_on(published))
    nearest: dict[int, tuple[int, Dated]] = {}
    for expression in found:
        owner = None if expression.span == dateline else _owner(beside, expression)
        if owner is not None:
            days = None if _looks_ahead(text, statements[owner], expression) else told(expression.parts, day)
            far = min(_distance(expression.span, span) for span in clause(statements[owner]))
            if owner not in nearest or far < nearest[owner][0]:
                why = Why(Ground.DATE, (expression.span,))
                nearest[owner] = far, Dated(iso(days) if days else None, why)
    return _carried_on(beside, {i: when for i, (_, when) in nearest.items()})


def _written_on(text: str, found: list[Expression], published: Days | None) -> tuple[Days | None, Span | None]:
    """The day from which the article looks back, and where its dateline has it: "PORT SORREL, Feb. 13 (Wire) - …"."""
    for expression in found:
        start, end = expression.span
        line = text.rfind("\n", 0, start) + 1
        if start > _HEAD:
            break
        if "day" not in expression.parts or start - line > _LONGEST or not _PLACE.fullmatch(text, line, start):
            continue
        if not _DATELINE_ENDS.match(text, end):
            continue
        days = told(expression.parts, published)
        near = days is not None and (published is None or (published[1] - days[0]).days <= _STALE)
        return days if near else published, expression.span
    return published, None


def _owner(beside: Beside, time: Expression) -> int | None:
    """The statement whose saying an expression of time dates."""
    holder = beside.holder(time.span)
    if holder is not None and _opens_content(beside, time, holder):
        return holder
    room = _room(beside, time.span, holder)
    said = beside.said_in(room, holder)
    for i in said:
        attribution = beside.statements[i].attribution
        if attribution is not None and _within(time.span, attribution.cue):
            return i
        if attribution is not None and _within(time.span, attribution.source):
            span = next(s for s in attribution.source if s[0] <= time.span[0] < s[1])
            return i if _dates_document(beside.text, time, span) else None
    before = [(max(e for _, e in spans), i) for i in said if (spans := _ending(beside, i, time.span[0]))]
    if before and _follows(beside, time, max(before), room):
        return max(before)[1]
    after = [(min(s for s, _ in spans), i) for i in said if (spans := _starting(beside, i, time.span[1]))]
    if after and _leads(beside, time, min(after)[0], room):
        return min(after)[1]
    return None


def _room(beside: Beside, span: Span, holder: int | None) -> Span:
    """The sentence of a span, or the part of it that belongs to the content around the span."""
    start, end = beside.sentence(beside.sentence_number(span[0]))
    for a, b in beside.statements[holder].content if holder is not None else ():
        if a <= span[0] and span[1] <= b:
            return max(start, a), min(end, b)
    return start, end


def _ending(beside: Beside, number: int, at: int) -> list[Span]:
    return [span for span in clause(beside.statements[number]) if span[1] <= at]


def _starting(beside: Beside, number: int, at: int) -> list[Span]:
    return [span for span in clause(beside.statements[number]) if span[0] >= at]


def _opens_content(beside: Beside, time: Expression, holder: int) -> bool:
    """Whether a time was taken for the beginning of what is said: "said on Monday the bridge was closed"."""
    text, statement = beside.text, beside.statements[holder]
    if statement.form != "indirect" or not statement.attribution or not statement.attribution.cue:
        return False
    start = next(a for a, b in statement.content if a <= time.span[0] < b)
    cue = statement.attribution.cue[-1][1]
    if text[cue:start].strip() or text[start : time.span[0]].strip().lower() not in (
        "",
        "on",
        "late",
        "late on",
        "early on",
    ):
        return False
    following = _words(text[time.span[1] : time.span[1] + 30])[:1]
    plain = {"year", "month", "unit"}.isdisjoint(time.parts) or "day" in time.parts
    owns = _OWNS.match(text, time.span[1]) is not None
    return plain and bool(following) and not owns and following[0] not in when_data().subjects


def _dates_document(text: str, time: Expression, source: Span) -> bool:
    """Whether a time within a source tells when the source was written: "a July 15, 2005 memo", "a study of 2015"."""
    before, after = text[source[0] : time.span[0]], text[time.span[1] : source[1]]
    if not _RELATIVE.isdisjoint(_words(before)):
        return False
    if _before_occasion(after):
        return (_SMALL - {"of"}).isdisjoint(_words(before))
    if _OWNS.match(after):
        return False
    occasions = [m for m in _WORD.finditer(before) if m.group().lower() in when_data().occasions]
    return bool(occasions) and _PUBLISHED.fullmatch(before, occasions[-1].end()) is not None


def _follows(beside: Beside, time: Expression, last: tuple[int, int], room: Span) -> bool:
    """Whether a time goes on with the clause of the source and cue before it: "told reporters in Ellin on Monday"."""
    end, owner = beside.last_before(time.span[0], room[0])
    if owner is not None and owner != last[1] and beside.outer(owner) != last[1]:
        return False
    left = beside.text[end : time.span[0]]
    words = _words(left)
    if len(left) > _REACH or _BREAK.search(left) or not _tells_when(beside.text, time, left):
        return False
    # A bare "Friday" right behind what is said is rather the end of it.
    opened = end <= last[0] or (words[0] in when_data().openers if words else "," in left)
    about = words[:1] == ["of"]
    return opened and not about and _opened_by_commas(left) and when_data().elsewhere.isdisjoint(words)


def _leads(beside: Beside, time: Expression, clause_starts: int, room: Span) -> bool:
    """Whether a time stands at the head of the clause of the source and cue after it: "On Monday, the mayor said"."""
    text, data = beside.text, when_data()
    start, _ = beside.last_before(time.span[0], room[0])
    left = _BREAK.split(text[start : time.span[0]])[-1]
    words = _words(left)
    if not data.elsewhere.isdisjoint(words) or (words and words[0] not in data.openers):
        return False
    if not _tells_when(text, time, left) or not _opened_by_commas(left):
        return False
    right = text[time.span[1] : clause_starts]
    following = _words(right)
    if (
        beside.last_before(clause_starts, time.span[1])[1] is not None
        or len(right) > _REACH
        or re.search(r"[;:]", right)
    ):
        return False
    if not following or set(following) <= _DETERMINERS:
        return True
    goes_on = right.lstrip().startswith(",") or following[0] in data.openers or _before_occasion(right)
    return goes_on and following[-1] not in _DANGLING


def _tells_when(text: str, time: Expression, left: str) -> bool:
    """Whether a time stands as one that tells when, by the words right beside it; ``left`` is what stands before it."""
    after = text[time.span[1] : time.span[1] + 60]
    before = _words(left)[-1:] or _words(text[max(0, time.span[0] - 30) : time.span[0]])[-1:]
    if _OWNS.match(after) or (before and before[0] in _DETERMINERS):
        return _before_occasion(after)
    vague = ("year" in time.parts or "month" in time.parts) and "day" not in time.parts and "which" not in time.parts
    return not vague or (bool(before) and before[0] in when_data().leads)


def _before_occasion(after: str) -> bool:
    """Whether the next few words name something that is said or written once: " radio interview", "’s statement"."""
    clean = _OWNS.sub("", after, count=1) if _OWNS.match(after) else after
    for word in _words(re.split(r"[,.;:]", clean)[0])[:4]:
        if word in when_data().occasions:
            return True
        if word in _SMALL:
            return False
    return False


def _opened_by_commas(left: str) -> bool:
    """Whether each part after a comma is a name, a number, or opens with a word that tells when, where or how."""
    for comma in _COMMA.finditer(left):
        word = _WORD.search(left, comma.end())
        if word and word.group()[0].islower() and word.group() not in when_data().openers:
            return False
    return True


def _looks_ahead(text: str, statement: Statement, time: Expression) -> bool:
    """Whether the cue tells what is yet to be said, so that "on Monday" is the next one."""
    if "year" in time.parts or statement.attribution is None or not statement.attribution.cue:
        return False
    source, cue = statement.attribution.source, statement.attribution.cue
    start = max((e for _, e in source if e <= cue[0][0]), default=cue[0][0])
    return not when_data().ahead.isdisjoint(_words(text[max(start, cue[0][0] - _REACH) : cue[-1][1]]))


def _carried_on(beside: Beside, stated: dict[int, Dated]) -> list[Dated | None]:
    """The times that are stated, and those of what the same words or "the same interview" put beside it."""
    known = dict(stated)
    for i, statement in enumerate(beside.statements):
        if i in known or not clause(statement):
            continue
        said_with = [
            j
            for j in beside.said_in(_room(beside, clause(statement)[0], beside.outer(i)), beside.outer(i))
            if j in stated
        ]
        same = (j for j in said_with if _source(beside, j) == _source(beside, i) != ())
        if (other := next(same, None)) is not None:
            known[i] = _same(stated[other])
        elif (when := _same_occasion(beside, i, known)) is not None:
            known[i] = _same(when)
    return [known.get(i) for i in range(len(beside.statements))]


def _same(told: Dated) -> Dated:
    return Dated(told.when, Why(Ground.SAME, told.why.words))


def _source(beside: Beside, number: int) -> tuple[Span, ...]:
    said = beside.statements[number].attribution
    return said.source if said is not None else ()


def _same_occasion(beside: Beside, number: int, known: dict[int, Dated]) -> Dated | None:
    """When the statement or interview was given that a statement's own clause comes back to; None where it does not."""
    text, statement = beside.text, beside.statements[number]
    said = statement.attribution
    if said is None:
        return None
    words = [text[a:b] for a, b in said.source] + ([said.through] if said.through else [])
    heads = {m["occasion"].lower() for w in words if (m := _come_back().match(w))}
    start, end = _room(beside, clause(statement)[0], beside.outer(number))
    same = {
        m["occasion"].lower()
        for m in _come_back().finditer(text, start, end)
        if m["same"] and beside.holder(m.span()) == beside.outer(number)
    }
    for back in range(number - 1, max(-1, number - 1 - _BACK), -1):
        earlier = beside.statements[back].attribution
        spoken_at = known.get(back)
        if earlier is None or not (spoken_at and spoken_at.when) or beside.outer(back) != beside.outer(number):
            continue
        spoken = set(_words(text[slice(*_room(beside, clause(beside.statements[back])[0], beside.outer(back)))]))
        if same & spoken or (heads & spoken and earlier.entity == said.entity):
            return spoken_at
    return None


@cache
def _come_back() -> re.Pattern[str]:
    """Compile "the statement", "that same radio interview", "the SVR statement"."""
    occasions = "|".join(sorted(when_data().occasions, key=len, reverse=True))
    return re.compile(
        rf"(?:the|that|this)\s(?P<same>same\s)?(?:[\w’'-]+\s){{0,2}}?(?P<occasion>{occasions})\b", re.IGNORECASE
    )


def _within(span: Span, spans: Sequence[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in spans)


def _distance(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]
