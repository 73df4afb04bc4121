"""Search: statements and articles that hold all the words, and fit what else is asked for."""

from __future__ import annotations

import msgspec

from inquit.keep import Hit, Ledger
from inquit.keep.lines import SaidLine
from inquit.records import Span
from inquit.show.markup import Markup, element, joined
from inquit.web.asking import Asked, Shown
from inquit.web.lists import Pager, pager, sieve_of, slice_of

_MOST_HITS = 5


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: of the articles the best, each with the piece in which words were found."""

    words: str | None
    lines: list[SaidLine]
    pager: Pager
    hits: list[tuple[Hit, Markup]]
    asked: Asked


def page(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/search``."""
    browsing, words = ledger.browsing(), asked.text("q")
    sieve = sieve_of(asked)
    lines, total = ([], 0) if sieve.whole else browsing.said(sieve, slice_of(asked))
    only_words = words is not None and asked.page() == 1
    hits = browsing.hits(words, _MOST_HITS) if words is not None and only_words else []
    found = Search(
        words=words,
        lines=lines,
        pager=pager(asked, total),
        hits=[(hit, _marked(hit.text, hit.matches)) for hit in hits],
        asked=asked,
    )
    return Shown("search.html", found)


def _marked(text: str, matches: tuple[Span, ...]) -> Markup:
    pieces: list[str] = []
    at = 0
    for start, end in matches:
        pieces += [text[at:start], element("mark", text[start:end])]
        at = end
    return joined([*pieces, text[at:]])
