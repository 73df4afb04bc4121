"""The main part of a page, as trafilatura's tree, as paragraphs of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

# trafilatura's elements, and those of HTML itself.
_BLOCKS = frozenset(
    [
        "p",
        "head",
        "item",
        "quote",
        "list",
        "table",
        "row",
        "code",
        "div",
        "body",
        "fw",
        "graphic",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "section",
        "article",
        "main",
        "tr",
        "figure",
        "address",
        "details",
        "summary",
        "hr",
        "html",
    ]
)
_CELLS = frozenset({"cell", "td", "th"})
_BREAKS = frozenset({"lb", "br"})
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u2028\u2029]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Stands for a line break of the page while white space is made single; pages hold none, XML forbids it.
_BREAK = "\v"


def blocks(body: Any, mark: Callable[[Any, bool], str] | None = None) -> list[str]:  # noqa: ANN401 - an element
    """The paragraphs in an element, of trafilatura's or of the page: one line each but for the page's line breaks.

    ``mark`` gives what to put where an element begins (False) and ends (True).
    """
    lines: list[str] = [""]
    for piece in _pieces(body, mark or (lambda *_: "")):
        if piece is None:
            lines.append("")
        else:
            lines[-1] += piece
    paragraphs = (part for line in lines for part in re.split(r"\s*\n\s*\n\s*", plain(line)))
    return [part for part in paragraphs if part]


def plain(words: str) -> str:
    """Words with single spaces and without invisible characters; a vertical tab is a line break."""
    parts = (_SPACE.sub(" ", part).strip() for part in _INVISIBLE.sub("", words).split(_BREAK))
    return "\n".join(parts).strip()


def letters(words: str) -> str:
    """Nothing but the letters and digits, in one case: what two printings of the same words share."""
    return "".join(re.findall(r"\w+", words.casefold()))


def _pieces(body: Any, mark: Callable[[Any, bool], str]) -> Iterator[str | None]:  # noqa: ANN401
    """Strings in document order, None where a paragraph ends. No recursion: markup nests deep."""
    waiting: list[tuple[Any, bool]] = [(body, False)]
    while waiting:
        element, left = waiting.pop()
        block = element.tag in _BLOCKS
        if left:
            yield mark(element, True)
            if block:
                yield None
            elif element.tag in _CELLS and element.getnext() is not None:
                yield " | "
            yield element.tail or ""
            continue
        if block:
            yield None
        if element.tag in _BREAKS:
            yield _BREAK
        yield mark(element, False)
        yield element.text or ""
        waiting.append((element, True))
        waiting.extend((child, False) for child in reversed(element))
