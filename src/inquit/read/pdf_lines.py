"""From the lines of a PDF's pages to paragraphs: running heads dropped, words that a line end broke joined.

A PDF has no paragraphs, only places of letters. One ends where the lines move apart, the letters change their size, the
next line is indented, or a line ends well before the margin with the end of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from inquit.read.html_text import letters

_NUMBER = re.compile(r"\W*(?:page|p\.?|pg\.?)?\s*\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[•‣◦▪■*–—-]|\d{1,3}[.)])\s")
# The look behind keeps a long word from being tried at each of its letters.
_BROKEN = re.compile(r"(?<!\w)(\w+)\ufffe(\w+)")
_WORD = re.compile(r"\w+(?:-\w+)?")
# Pages that have the same line at their edge, when it is a running head.
_PAGES_LEAST = 2
_AT_EDGE = 2
# By so many times the distance of lines a running head is apart from the text.
_APART = 1.2


class Line(NamedTuple):
    """A line of a page in points from the lower left corner; ``size`` is that of its letters.

    ``broken``: its last word goes on in the next line.
    """

    words: str
    left: float
    right: float
    bottom: float
    size: float
    broken: bool = False


def paragraphs(pages: list[list[Line]]) -> list[str]:
    """The paragraphs of all pages; one may go over the end of a page."""
    pitches = [a.bottom - b.bottom for page in pages for a, b in pairwise(page) if a.bottom > b.bottom]
    pitch = median(pitches) if pitches else 0.0
    kept = _without_edges(pages, pitch)
    found: list[str] = []
    last: Line | None = None
    for page in kept:
        margins = _margins(page)
        for line in page:
            if last is None or _parts(last, line, pitch, margins):
                found.append(line.words)
            else:
                found[-1] += line.words if last.broken else f" {line.words}"
            if line.broken:
                found[-1] += "\ufffe"
            last = line
    return [" ".join(joined.split()) for joined in _mended(found)]


def _without_edges(pages: list[list[Line]], pitch: float) -> Iterator[list[Line]]:
    """The pages without running heads and feet, and without their numbers."""
    edges = [_edges(page, pitch) for page in pages]
    seen = Counter(key for edge in edges for key in {_key(line) for row in edge for line in row})
    often = max(_PAGES_LEAST, len(pages) // 4)
    for page, edge in zip(pages, edges, strict=True):
        gone = {
            line
            for row in edge
            for line in row
            if all(_NUMBER.fullmatch(part.words) or seen[_key(part)] >= often for part in row)
        }
        yield [line for line in page if line not in gone]


def _edges(page: list[Line], pitch: float) -> list[list[Line]]:
    """The rows at the upper and lower edge of a page that stand apart from the text, two at most on either side."""
    rows: list[list[Line]] = []
    for line in sorted(page, key=lambda line: -line.bottom):
        if rows and rows[-1][0].bottom - line.bottom < 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    falls = [above[0].bottom - below[0].bottom for above, below in pairwise(rows)]
    top = [n + 1 for n, fall in enumerate(falls[:_AT_EDGE]) if fall > _APART * pitch]
    foot = [n + 1 for n, fall in enumerate(falls[::-1][:_AT_EDGE]) if fall > _APART * pitch]
    return rows[: max(top, default=0)] + rows[len(rows) - max(foot, default=0) :]


def _key(line: Line) -> tuple[str, int]:
    """What the same line on several pages has in common: its words but for numbers, and its height on the page."""
    return re.sub(r"\d+", "#", letters(line.words)), round(line.bottom / 6)


def _margins(page: list[Line]) -> dict[int, float]:
    """How far to the right lines go that begin at the same place, in steps of 20 points."""
    margins: dict[int, float] = {}
    for line in page:
        margins[_step(line)] = max(margins.get(_step(line), 0.0), line.right)
    return margins


def _step(line: Line) -> int:
    return round(line.left / 20)


def _parts(last: Line, line: Line, pitch: float, margins: dict[int, float]) -> bool:
    """Tell whether a paragraph begins with ``line``."""
    if last.broken:
        return False
    if abs(last.size - line.size) > 0.15 * max(last.size, line.size):
        return True
    ended = _ENDED.search(last.words) is not None
    fall = last.bottom - line.bottom
    if fall <= 0 or fall > 8 * max(pitch, line.size):
        # The next column, or the next page.
        return ended
    if fall > 1.3 * pitch or _BULLET.match(line.words):
        return True
    indent = line.left - last.left
    if 0.8 * line.size < indent < 6 * line.size and not _BULLET.match(last.words):
        return True
    width = margins.get(_step(last), last.right) - last.left
    return ended and last.right < last.left + 0.85 * width


def _mended(found: list[str]) -> Iterator[str]:
    """Words that a line end broke, without the hyphen unless the document has it within a line as well."""
    known = {word for paragraph in found for word in _WORD.findall(paragraph)}

    def mend(broken: re.Match[str]) -> str:
        first, second = broken[1], broken[2]
        hyphened = f"{first}-{second}"
        keeps = not second[0].islower() or (hyphened in known and first + second not in known)
        return hyphened if keeps else first + second

    for paragraph in found:
        yield _BROKEN.sub(mend, paragraph).replace("\ufffe", "-")
