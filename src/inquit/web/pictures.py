"""Pictures of a ledger as files: a claim's chain, outlets over time, sources by outlets."""

from __future__ import annotations

from inquit.keep import Ledger
from inquit.show.chain_svg import chain_svg
from inquit.show.kept import chain_in, matrix_in, outlets_in
from inquit.show.png import png
from inquit.web.asking import Asked, Download, NotThereError

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
        return matrix_in(ledger, width=width)
    ident = asked.needed("claim") if kind == "chain" else asked.text("claim")
    claim = None if ident is None else ledger.claim(ident)
    if ident is not None and claim is None:
        raise NotThereError(f"There is no claim {ident} in this ledger.")
    if kind == "outlets" or claim is None:
        return outlets_in(ledger, claim, width=width)
    return chain_svg(chain_in(ledger, claim))
