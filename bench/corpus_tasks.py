"""Work for workers of ``bench.corpus`` that measure all but the work: a page's words by its tags, and no statements."""

from __future__ import annotations

import re

from inquit.corpus.outcome import Found, Outcome
from inquit.read import Options
from inquit.read.making import made
from inquit.read.pieces import PagePiece, Piece
from inquit.records import Reading

_TAG = re.compile(rb"<[^>]*>")


def stub(piece: Piece, options: Options) -> Outcome:
    """The page's words as an article."""
    if not isinstance(piece, PagePiece):
        return Outcome()
    text = _TAG.sub(b" ", piece.data).decode("utf-8", "replace")
    article = made(text, options, external_id=piece.address, outlet="Harbour Post", url=piece.address)
    return Outcome((Found(Reading(article=article), b"", len(text.split())),))
