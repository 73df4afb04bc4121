"""Where a text says that its words come from: datelines, bylines, copyright lines, acknowledgements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from inquit.link.agencies import Names, agencies, caption
from inquit.link.lines import paragraphs
from inquit.records import Article

Place: TypeAlias = Literal["dateline", "byline", "copyright line", "acknowledgement"]

# A line of names is short; prose is not.
_LINE = 120
_DATELINE = re.compile(r"(?P<before>[^()]{0,80})\((?P<name>[^()/]{2,40})\)\s*[-–—:]")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s©,]*(?:\(c\)|copyright)?[\s©]*(?:\d{4}[-–\d]*)?,?\s*(?:by\s+)?", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_SEPARATOR = re.compile(r"\s*[,|•·;]\s*|\s+[-–—]+\s*|\s*[-–—]+\s+|\s+and\s+|\s*&\s*")
# Where a line of names goes on with when it was published.
_WHEN = re.compile(
    r"\s*(?:\d|(?:posted|published|updated|originally|last)\b|"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|june|july|august|"
    r"(?:septem|octo|novem|decem)ber|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?,?\s*(?:\d|[a-z]+\.? \d|$)).*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """A credit: the name it gives, as ``Names`` has it, and where it stands."""

    name: str
    place: Place


def mentions(article: Article, names: Names) -> list[Mention]:
    """All credits of an article, its own outlet's name among them, in order, each name once for every place."""
    found: dict[Mention, None] = {}
    for author in article.authors:
        if name := _byline(author, names, opened=True):
            found[Mention(name, "byline")] = None
    for start, end in paragraphs(article.text):
        line = " ".join(article.text[start:end].split())
        found.update(dict.fromkeys(_in_line(line, names)))
    return list(found)


def _in_line(line: str, names: Names) -> Iterator[Mention]:
    dateline = _DATELINE.match(line)
    if dateline and (name := names.known(dateline["name"].split())):
        yield Mention(name, "dateline")
    for mark in _COPYRIGHT.finditer(line):
        if name := names.first(line[mark.end() : mark.end() + 80].split()):
            yield Mention(name, "copyright line")
    if len(line) <= _LINE and (name := _byline(line, names)):
        yield Mention(name, "byline")
    if _has_note(line):
        for sentence in filter(_has_note, _SENTENCE.split(line)):
            yield from (Mention(name, "acknowledgement") for name in names.within(sentence.split()))


def _byline(line: str, names: Names, *, opened: bool = False) -> str | None:
    """The name in a line of names: "By Jane Roe, Associated Press", "JANE ROE Associated Press", "Reuters"."""
    if caption().search(line):
        return None
    opener = _opener().match(line)
    bare = _WHEN.sub("", line[opener.end() :] if opener else line)
    parts = [p.split() for p in _SEPARATOR.split(bare) if p.strip()]
    if not parts or not all(_is_name(word) for part in parts for word in part):
        return None
    opened = opened or opener is not None
    for part in (parts[-1], parts[0]):
        name = names.known(part)
        # "Jane Roe, AP" without "By" stands below pictures; an agency's full name, or its letters alone, above texts.
        if name and (opened or len(parts) == 1 or not _is_acronym(part)):
            return name
    run = parts[-1]
    if opened or (len(run) > 1 and (all(word.isupper() for word in run[:2]) or names.known(run[:-1]))):
        return names.last(run, apart=False)
    return None


def _is_name(word: str) -> bool:
    letters = word.lstrip("(“\"'")
    return (
        letters[:1].isupper()
        or letters in {"of", "the", "for", "in", "de", "la", "van", "von", "dpa"}
        or "." in letters
    )


def _is_acronym(words: list[str]) -> bool:
    return len(words) == 1 and len(words[0].strip("().")) <= 4


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(agencies().openers)})\b:?\s*", re.IGNORECASE)


def _has_note(line: str) -> bool:
    lower = line.lower()
    return any(note in lower for note in agencies().notes)
