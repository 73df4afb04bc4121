"""The notation of tests, docs and the terminal: ``{s Smith} {c said} {t it was safe}``.

``s`` marks a source, ``c`` a cue, ``t`` a content, ``v`` the outlet's own voice. A number behind the letter says to
which statement the mark belongs; none means 1. A brace or backslash that is text is escaped with a backslash. Offsets
count code points. See docs/marked-text.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, NoReturn, TypeAlias

import msgspec

from inquit.errors import InquitError
from inquit.records import Span, Spans, Statement

Role: TypeAlias = Literal["s", "c", "t", "v"]

_SPECIAL = re.compile(r"[{}\\]")
# Six digits are more statements than an article has, and few enough for int() to be quick.
_MARK = re.compile(r"\{([sctv])([1-9][0-9]{0,5})? ")
_ORDER = "vtsc"  # of two marks over the very same words, content stands outside source and source outside cue


class MarkedError(InquitError):
    """Marked text that cannot be read; the message names the place and the repair."""


class MarkedStatement(msgspec.Struct, frozen=True):
    """One statement of a marked text; in own voice it has a content and nothing else."""

    number: int
    source: Spans
    cue: Spans
    content: Spans
    own_voice: bool


class Marked(msgspec.Struct, frozen=True):
    """A text without its marks, and its statements in the order of their numbers."""

    text: str
    statements: tuple[MarkedStatement, ...]


class _Mark(NamedTuple):
    """One span of one role of one statement."""

    start: int
    end: int
    role: Role
    number: int


class _Open(NamedTuple):
    start: int
    role: Role
    number: int
    at: int  # offset of the brace in the marked text, for messages


def parse(marked: str) -> Marked:
    """Text and statements of a marked text.

    Spans of one role that touch or overlap are one span. Raises MarkedError on an unbalanced brace, an unknown or empty
    mark, a stray backslash, and on a number used for an attributed statement and for own voice.
    """
    pieces: list[str] = []
    marks: list[_Mark] = []
    opened: list[_Open] = []
    length = at = 0
    while at < len(marked):
        special = _SPECIAL.search(marked, at)
        upto = special.start() if special else len(marked)
        pieces.append(marked[at:upto])
        length += upto - at
        at = upto
        if special is None:
            break
        if special.group() == "\\":
            pieces.append(_escaped(marked, at))
            length += 1
            at += 2
        elif special.group() == "{":
            head = _head(marked, at)
            opened.append(_Open(length, _role(head.group(1)), int(head.group(2) or 1), at))
            at = head.end()
        else:
            marks.append(_closed(marked, at, opened, length))
            at += 1
    if opened:
        _fail(marked, opened[-1].at, "this mark never closes", "add a } behind its last word")
    return Marked("".join(pieces), tuple(_statements(marks)))


def render(text: str, statements: Sequence[Statement]) -> str:
    """Write ``statements`` into their text; with numbers, in the order given, when there is more than one.

    Spans that cross are split where they cross, so ``parse`` finds the same code points under every role. What lies
    beyond the text is left out; braces and backslashes of the text are escaped.
    """
    numbered = len(statements) > 1
    marks = [m for number, s in enumerate(statements, 1) for m in _marks(s, number, len(text))]
    starts: dict[int, list[_Mark]] = {}
    for mark in marks:
        starts.setdefault(mark.start, []).append(mark)
    out: list[str] = []
    stack: list[_Mark] = []
    at = 0
    for edge in sorted({e for m in marks for e in (m.start, m.end)}):
        out.append(_SPECIAL.sub(r"\\\g<0>", text[at:edge]))
        at = edge
        # Whatever stands inside a mark that ends here is closed with it; what runs on opens again: the split.
        lowest = next((i for i, m in enumerate(stack) if m.end == edge), len(stack))
        out.append("}" * (len(stack) - lowest))
        again = [m for m in stack[lowest:] if m.end > edge] + starts.get(edge, [])
        again.sort(key=lambda m: (-m.end, m.number, _ORDER.index(m.role)))
        out.extend(f"{{{m.role}{m.number if numbered else ''} " for m in again)
        stack[lowest:] = again
    out.append(_SPECIAL.sub(r"\\\g<0>", text[at:]))
    return "".join(out)


def _head(marked: str, at: int) -> re.Match[str]:
    head = _MARK.match(marked, at)
    if head is None:
        _fail(marked, at, "no known mark begins here", r"write {s …}, {c …}, {t …} or {v …}, or \{ for a brace")
    return head


def _role(letter: str) -> Role:
    return "s" if letter == "s" else "c" if letter == "c" else "t" if letter == "t" else "v"


def _escaped(marked: str, at: int) -> str:
    character = marked[at + 1 : at + 2]
    if character not in ("{", "}", "\\"):
        _fail(marked, at, "a backslash stands before a brace or a backslash only", r"write \\ for a backslash")
    return character


def _closed(marked: str, at: int, opened: list[_Open], end: int) -> _Mark:
    if not opened:
        _fail(marked, at, "a brace closes that never opened", r"take it out, or write \} for a brace")
    mark = opened.pop()
    if mark.start == end:
        _fail(marked, mark.at, "this mark holds no words", "take it out: what is absent is not marked")
    return _Mark(mark.start, end, mark.role, mark.number)


def _fail(marked: str, at: int, trouble: str, repair: str) -> NoReturn:
    line = marked.count("\n", 0, at) + 1
    column = at - marked.rfind("\n", 0, at)
    raise MarkedError(f"marked text, line {line}, column {column}: {trouble}: {repair}")


def _statements(marks: Iterable[_Mark]) -> Iterator[MarkedStatement]:
    found: dict[int, dict[Role, list[Span]]] = {}
    for mark in marks:
        found.setdefault(mark.number, {}).setdefault(mark.role, []).append((mark.start, mark.end))
    for number, roles in sorted(found.items()):
        own_voice = "v" in roles
        if own_voice and len(roles) > 1:
            trouble = "it is both in own voice and attributed: give one of them its own number"
            raise MarkedError(f"marked text, statement {number}: {trouble}")
        content = roles.get("v" if own_voice else "t", [])
        yield MarkedStatement(
            number, _joined(roles.get("s", [])), _joined(roles.get("c", [])), _joined(content), own_voice
        )


def _marks(statement: Statement, number: int, length: int) -> Iterator[_Mark]:
    said = statement.attribution
    roles: list[tuple[Role, Spans]] = [("v" if said is None else "t", statement.content)]
    if said is not None:
        roles += [("s", said.source), ("c", said.cue)]
    for role, spans in roles:
        inside = ((max(0, start), min(end, length)) for start, end in spans)
        for start, end in _joined(span for span in inside if span[0] < span[1]):
            yield _Mark(start, end, role, number)


def _joined(spans: Iterable[Span]) -> Spans:
    """Join spans that touch or overlap: the same code points, in order."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
