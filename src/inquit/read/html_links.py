"""The links of a page that stand in its article's text.

The main part of a page is found by its words alone; so links are told by the words around them, and found again in the
text by these. What they lead to is somebody else's word: only http and https, of a length and number that are bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from inquit.read.address import joined, plain, site
from inquit.read.html_text import blocks
from inquit.read.trouble import Trouble
from inquit.records import Hyperlink, Span
from inquit.text import trimmed

_MOST = 200  # of one article
_SEEN = 2_000  # of one page
_LONGEST = 1_000  # code points of an address
_AROUND = 32  # code points before and after a link by which its words are found again
# No page holds them, for Unicode keeps them from being characters.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"


class Anchored(NamedTuple):
    """A paragraph of a page with its links: the span of each in its words, and what it leads to as the page has it."""

    words: str
    links: tuple[tuple[Span, str], ...]


def anchored(tree: Any) -> list[Anchored]:  # noqa: ANN401 - an element
    """The paragraphs of a page that have links. The tree stays as it is."""
    leads: list[str] = []

    def mark(element: Any, ends: bool) -> str:  # noqa: ANN401
        address = element.get("href") if element.tag == "a" else None
        if not address or (not ends and len(leads) >= _SEEN):
            return ""
        if not ends:
            leads.append(address)
        return _CLOSE if ends else _OPEN

    found = blocks(tree, mark)
    given = iter(leads)
    return [one for one in (_anchored(words, given) for words in found) if one.links]


def hyperlinks(
    text: str, found: Iterable[Anchored], base: str | None, repaired: Callable[[str], str]
) -> tuple[Hyperlink, ...]:
    """The links of a page that stand in ``text``, in order; ``base`` is the page's address, which it has none to.

    ``repaired`` is what was done to the page's words.
    """
    own = _address(base, base) if base else None
    links: dict[Span, str] = {}
    for words, spans in found:
        for span, lead in spans:
            if len(links) >= _MOST:
                break
            place = _place(text, repaired(words), words, span)
            address = _address(base, lead) if place else None
            if place and address and address != own:
                links.setdefault(place, address)
    return tuple(Hyperlink(span=span, address=links[span]) for span in sorted(links))


def _anchored(marked: str, given: Iterator[str]) -> Anchored:
    """A paragraph without the marks in it; ``given`` are what the links of the page lead to, in order."""
    words: list[str] = []
    spans: list[tuple[Span, str]] = []
    opened: tuple[int, str] | None = None
    for char in marked:
        if char == _OPEN:
            opened = len(words), next(given, "")
        elif char == _CLOSE:
            spans += [((opened[0], len(words)), opened[1])] if opened else []
            opened = None
        elif char != " " or (words and not words[-1].isspace()):
            # A mark may have kept two spaces apart.
            words.append(char)
    whole = "".join(words).rstrip()
    links = ((trimmed(whole, start, min(end, len(whole))), lead) for (start, end), lead in spans)
    return Anchored(whole, tuple((span, lead) for span, lead in links if span[0] < span[1]))


def _place(text: str, whole: str, words: str, span: Span) -> Span | None:
    """Where the words of a link stand in the text: by those of its paragraph, else by those around it."""
    start, end = span
    at = text.find(whole) if whole == words else -1
    if at >= 0:
        return at + start, at + end
    before, after = words[max(0, start - _AROUND) : start], words[end : end + _AROUND]
    around = before + words[start:end] + after
    at = text.find(around)
    if at < 0 or text.find(around, at + 1) >= 0:
        return None
    return at + len(before), at + len(before) + end - start


def _address(base: str | None, lead: str) -> str | None:
    """The address in its normal form; None for what is none of http or https, or is over long."""
    whole = joined(base, lead) if len(lead) <= _LONGEST else ""
    if not whole.lower().startswith(("http://", "https://")):
        return None
    try:
        found = plain(whole)
    except Trouble:
        return None
    return found if len(found) <= _LONGEST and "%" not in site(found) else None
