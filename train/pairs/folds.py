"""``matched`` of pairs by nets that did not learn from them.

A net knows the pairs that it learnt from: on these its odds are far better than on others. Weights fitted to such odds
would trust it as it deserves on no news to come, and the other features too little. So there are nets that learnt
from no pair with an article of some fifths (``python -m train.pairs.matching … --without 01``), and a pair is given
what these say whose fifths one of its articles is in.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from inquit.errors import UsageError
from inquit.link.columns import Ragged
from inquit.link.matched import Floats, Net, load, matched, pieces
from inquit.records import Reading
from train.pairs.data import Pair, words_of

_FIFTHS = 5


class Fold(NamedTuple):
    """A net, and the fifths of the articles that it learnt nothing from."""

    without: frozenset[str]
    net: Net

    def of(self, readings: Iterable[Reading]) -> list[Reading]:
        """Those of its fifths."""
        return [one for one in readings if fifths(str(one.article.external_id)) & self.without]

    def compared(self, pairs: Sequence[Pair]) -> Floats:
        """Log odds of pairs by its net."""
        held = Ragged(np.int32)
        held.extend([pieces(words_of(text).split(), self.net) for pair in pairs for text in pair.texts])
        one = 2 * np.arange(len(pairs))
        return matched(held, one, one + 1, self.net)


def fifths(*articles: str) -> set[str]:
    """Which fifths of the articles these are in; those of BASIL by their event, which three articles share."""
    return {str(zlib.crc32(article.split("_")[0].encode()) % _FIFTHS) for article in articles}


def folds(folder: Path) -> list[Fold]:
    """The nets ``FOLDER/FIFTHS/matching.npz``. Raises UsageError unless each fifth is in the name of one folder."""
    paths = sorted(folder.glob("*/matching.npz"))
    if sorted("".join(path.parent.name for path in paths)) != [str(fifth) for fifth in range(_FIFTHS)]:
        wanted = "01/matching.npz, 23/matching.npz, 4/matching.npz, by `python -m train.pairs.matching … --without 01`"
        raise UsageError(f"{folder} must hold nets that together were made without each fifth once: {wanted}")
    return [Fold(frozenset(path.parent.name), load(path)) for path in paths]


def unseen(pairs: Iterable[Pair], nets: Sequence[Fold]) -> list[Pair]:
    """Pairs of articles with ``matched`` out of fold; where the two articles are of two folds, the mean of both."""
    known = list(pairs)
    total, count = np.zeros(len(known)), np.zeros(len(known))
    for fold in nets:
        some = [i for i, pair in enumerate(known) if fifths(*pair.articles) & fold.without]
        total[some] += fold.compared([known[i] for i in some])
        count[some] += 1
    return with_matched(known, total / count)


def with_matched(pairs: Sequence[Pair], odds: Floats) -> list[Pair]:
    """The pairs with ``odds`` for what ``matched`` was."""
    return [
        replace(pair, values={**pair.values, "matched": value})
        for pair, value in zip(pairs, odds.tolist(), strict=True)
    ]
