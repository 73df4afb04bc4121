"""Search: statements and articles that hold all the words, and fit what else is asked for."""

from __future__ import annotations

import msgspec

from inquit.keep import Hit, Ledger
from inquit.keep.lines import SaidLine
from inquit.keep.sieve import Sieve
from inquit.records import Span
from inquit.show.markup import Markup, element, joined
from inquit.web.addresses import at
from inquit.web.asking import Asked, Shown
from inquit.web.lists import Pager, pager, sieve_of, slice_of

_MOST_HITS = 5


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: of the articles the best, each with the piece in which words were found.

    ``brief`` is the address of the brief of the claims behind the statements, where it can be asked for the same.
    """

    words: str | None
    lines: list[SaidLine]
    pager: Pager
    hits: list[tuple[Hit, Markup]]
    brief: str | None
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
        brief=_brief(asked, sieve) if lines else None,
        asked=asked,
    )
    return Shown("search.html", found)


def _brief(asked: Asked, sieve: Sieve) -> str | None:
    given = {name: asked.text(name) for name in ("q", "source", "party", "outlet", "since", "until")}
    if sieve.claim is not None:
        return at("/brief", claim=sieve.claim)
    if any((sieve.voice, sieve.standing, sieve.stance, sieve.framing, sieve.cue)):
        return None
    return at("/brief", **given)


def _marked(text: str, matches: tuple[Span, ...]) -> Markup:
    pieces: list[str] = []
    at = 0
    for start, end in matches:
        pieces += [text[at:start], element("mark", text[start:end])]
        at = end
    return joined([*pieces, text[at:]])
