"""A brief as Markdown with footnotes, as GitHub, pandoc and most editors read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inquit.brief.model import Brief, Carrier, Note, Remark, Said, Told
from inquit.brief.wording import (
    CLAIMS,
    KEY,
    LABELS,
    METHOD,
    NOTES,
    SOURCES,
    SOURCING,
    STATEMENTS,
    SUMMARY,
    dated,
    left_out,
    line,
    more,
    source,
    web,
)
from inquit.show.safe import one_line

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$^!])")
_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C"})


def render(brief: Brief) -> bytes:
    """The whole file, in UTF-8."""
    lines = [f"# {_plain(brief.title)}", "", dated(brief), ""]
    lines += [f"- {_plain(words)}" for words in brief.asked]
    lines += ["", " · ".join(f"**{f.number:,}** {f.words}" for f in brief.figures), "", f"## {SUMMARY}"]
    lines += _points(brief)
    lines += ["", f"## {CLAIMS}"]
    for told in brief.claims:
        lines += _claim(told)
    rest = left_out(brief)
    lines += ["", rest] if rest else []
    lines += ["", f"## {METHOD}", ""]
    lines += [line for words in (*brief.method, KEY) for line in (_plain(words), "")]
    lines += [f"## {NOTES}", "", *map(_note, brief.notes)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _plain(text: str) -> str:
    """Others' text on one line, in which no character is markup."""
    return _MARKS.sub(r"\\\1", one_line(text))


def _points(brief: Brief) -> Iterator[str]:
    for point in brief.points:
        yield from ("", f"### {point.heading}", "")
        for entry in point.entries:
            detail = f" – {_plain(entry.detail)}" if entry.detail else ""
            yield f"- Claim {entry.claim}, “{_plain(entry.text)}”{detail}"
        if point.more:
            yield f"- {more(point.more, 'claim')}"


def _claim(told: Told) -> Iterator[str]:
    yield from ("", f"### {told.number}. “{_plain(told.text)}”", "", f"{told.glance} · `{told.id}`", "")
    yield from (f"**{SOURCING}**", "", *_remarks(told.summary), "", f"**{STATEMENTS}**", "")
    for carrier in told.carriers:
        yield from _carrier(carrier)
    if told.more:
        yield f"- {more(told.more, 'statement')}"
    if told.sources:
        yield from ("", f"**{SOURCES}**", "")
        for source_ in told.sources:
            yield f"- **{_plain(source_.name)}**"
            yield from (f"  {remark}" for remark in _remarks(source_.remarks))
        if told.more_sources:
            yield f"- {more(told.more_sources, 'source')}"


def _carrier(carrier: Carrier) -> Iterator[str]:
    yield f"- **{_plain(carrier.outlet)}**, {_plain(' · '.join((carrier.when, *carrier.copies)))}"
    for said in carrier.statements:
        yield f"  - {_said(said)}"
        yield from (f"    {remark}" for remark in _remarks(said.rulings))


def _said(said: Said) -> str:
    cue = f" *{_plain(said.cue)}*" if said.cue else ""
    words = f": “{_plain(said.words)}”" if said.words else ""
    return f"{_plain(source(said))}{cue}{words} [^{said.note}] ({_plain(line(said))})"


def _remarks(remarks: Sequence[Remark]) -> Iterator[str]:
    for remark in remarks:
        notes = "".join(f" [^{number}]" for number in remark.notes)
        label = LABELS[remark.by]
        yield f"- {_plain(remark.text)}{notes}" + (f" \\[{label}\\]" if label else "")


def _note(note: Note) -> str:
    address = web(note.url)
    title = f"[{_plain(note.title)}](<{one_line(address).translate(_ADDRESS)}>)" if address else _plain(note.title)
    authors = f", by {_plain(', '.join(note.authors))}" if note.authors else ""
    passage = f": “{_plain(note.passage)}”" if note.passage else "."
    where = f"Paragraph {note.paragraph}{passage} `{note.statement}`"
    return f"[^{note.number}]: {_plain(note.outlet)}, {title}{authors}, {_plain(note.published)}. {where}"
