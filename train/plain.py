"""News without labels, which teachers read to their pupil: other places and words than those of PolNeAR's campaign."""

from __future__ import annotations

from pathlib import Path

from train.polnear import Labelled
from train.who import marked_up, newswire

SHORTEST = 40  # words


def load(folder: Path) -> list[Labelled]:
    """Articles of the corpora under ``folder``: Worldwide Newswire and ECB+.

    Corpora on which the reader, or what comes after it, is measured are not among them.
    """
    found = list(newswire.texts(folder / "worldwide_newswire"))
    found += marked_up.ecbplus(folder / "ecbplus" / "ECB+_LREC2014")
    long = (one for one in found if len(one.text.split()) >= SHORTEST)
    return [Labelled(f"{one.corpus}/{one.ident}", one.text, [[]], marked=False) for one in long]
