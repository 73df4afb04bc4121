"""Pictures of a ledger as files: a claim's chain, outlets over time, sources by outlets."""

from __future__ import annotations

from inquit.keep import Ledger
from inquit.records import Claim
from inquit.show.chain_svg import chain_svg
from inquit.show.matrix_svg import MOST as MOST_SOURCES
from inquit.show.matrix_svg import matrix_svg
from inquit.show.outlets_svg import outlets_svg
from inquit.show.png import png
from inquit.web.asking import Asked, Download, NotThereError, each
from inquit.web.pages.claim import chain_of

KINDS = ("chain", "outlets", "matrix")
_MEDIA = {"svg": "image/svg+xml", "png": "image/png"}
_NARROWEST, _WIDEST, _WIDE = 320, 4000, 1200


def picture_file(ledger: Ledger, asked: Asked) -> Download:
    """The picture whose name is the last part of the path, ``chain.svg``; a chain is of ``claim``, outlets may be.

    Raises NotThereError for another name or claim, UsageError without a claim, WorkError where PNG cannot be made.
    """
    kind, _, to = asked.ident.partition(".")
    if kind not in KINDS or to not in _MEDIA:
        raise NotThereError(f"There is no picture {asked.ident}: there are {', '.join(KINDS)}, as .svg and as .png.")
    drawn = _drawn(ledger, kind, asked)
    content = png(drawn) if to == "png" else drawn.encode("utf-8")
    return Download(asked.ident, _MEDIA[to], content)


def _drawn(ledger: Ledger, kind: str, asked: Asked) -> str:
    width = asked.within("width", _NARROWEST, _WIDEST, _WIDE)
    if kind == "matrix":
        return _matrix(ledger, width)
    ident = asked.needed("claim") if kind == "chain" else asked.text("claim")
    if ident is None:
        return outlets_svg(list(ledger.articles()), "When each outlet wrote", width=width)
    claim = ledger.claim(ident)
    if claim is None:
        raise NotThereError(f"There is no claim {ident} in this ledger.")
    return _outlets(ledger, claim, width) if kind == "outlets" else chain_svg(chain_of(ledger, claim))


def _outlets(ledger: Ledger, claim: Claim, width: int) -> str:
    articles = each(ledger.article, (one.article for one in claim.occurrences))
    return outlets_svg(list(articles.values()), f"When each outlet took up “{claim.text}”", width=width)


def _matrix(ledger: Ledger, width: int) -> str:
    sources = list(ledger.sources())
    statements = each(ledger.statement, (ident for one in sources[:MOST_SOURCES] for ident in one.statements))
    outlets = {article.id: article.outlet for article in ledger.articles()}
    return matrix_svg(sources, statements, outlets, width=width)
