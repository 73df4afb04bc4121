"""Links in the sentence of a statement: the article they lead to, or the outlet.

A link to an article that has the claim shows from where it was taken. One behind the words of an attribution
("reported") names the outlet that it leads to, as those words might have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from inquit.link.carriage import Carried, Media
from inquit.link.owners import Outlets
from inquit.records import Article, Span, Statement

_SENTENCE_END = re.compile(r"[.!?][\"”'’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
_COUNTING = re.compile(r"utm_\w+|at_\w+|fbclid|gclid|mc_[ce]id|cmpid")


def addresses(statement: Statement, article: Article) -> list[str]:
    """The places that links in the statement's sentences lead to, in order (``place``)."""
    if not article.links:
        return []
    first, last = _sentences(statement, article.text)
    return [place(one.address) for one in article.links if first <= one.span[0] < last]


def by_link(found: Carried, statement: Statement, article: Article, media: Media, outlets: Outlets) -> Carried:
    """Carriage where a link behind the words of source or cue leads to a news medium, and no words name one."""
    said = statement.attribution
    if said is None or found.medium is not None or not article.links:
        return found
    own, spans = outlets.key(article.outlet or ""), (*said.source, *said.cue)
    for one in article.links:
        host = _host(one.address)
        if _overlaps(one.span, spans) and media.named(host) and outlets.key(host) != own:
            carriage = "relay" if found.carriage == "vague" else found.carriage
            return Carried(carriage, outlets.name(outlets.key(host)) or host)
    return found


def links_to(article: Article, other: Article) -> bool:
    """Whether an article's text has a link to the page of another one."""
    page = place(other.url or "")
    return bool(page) and any(place(one.address) == page for one in article.links)


@lru_cache(maxsize=4096)
def place(address: str) -> str:
    """What addresses of one page share: not the scheme, ``www.``, a last slash, a fragment, what counts visits."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    kept = [part for part in parts.query.split("&") if not _COUNTING.fullmatch(part.partition("=")[0])]
    query = "&".join(part for part in kept if part)
    return f"{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}" if host else ""


def _host(address: str) -> str:
    return place(address).partition("/")[0].partition("?")[0]


def _overlaps(span: Span, others: tuple[Span, ...]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _sentences(statement: Statement, text: str) -> Span:
    """From where the sentence of a statement's first words begins to where that of its last ends."""
    spans = sorted(_spans(statement))
    first, last = spans[0][0], max(end for _, end in spans)
    begin = text.rfind("\n", 0, first) + 1
    for found in _SENTENCE_END.finditer(text, begin, first + 1):
        begin = found.end()
    line = text.find("\n", last)
    end = len(text) if line < 0 else line
    # What is said may end with the sentence.
    after = _SENTENCE_END.search(text, max(first, last - 2), end)
    return begin, after.end() if after else end


def _spans(statement: Statement) -> Iterator[Span]:
    yield from statement.content
    if statement.attribution is not None:
        yield from statement.attribution.source
        yield from statement.attribution.cue
