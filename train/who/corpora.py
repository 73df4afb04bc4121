"""The four corpora, in the folders in which they are given out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from train.who import gum, marked_up, newswire
from train.who.texts import Text

NEWSWIRES = 3  # of the newswire, which has names alone, one article in so many; the rest is there to measure on


def texts(folder: Path) -> Iterator[Text]:
    """All documents under ``folder``."""
    yield from gum.texts(folder / "gum")
    yield from marked_up.meantime(folder / "meantime_te3" / "data" / "meantime_newsreader_english_oct15")
    yield from marked_up.ecbplus(folder / "ecbplus" / "ECB+_LREC2014")
    yield from list(newswire.texts(folder / "worldwide_newswire"))[::NEWSWIRES]
