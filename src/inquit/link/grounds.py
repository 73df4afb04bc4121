"""What spoke for the bonds of a claim, in a few plain words each: made when somebody asks, from the statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from inquit.link.pairs import reasons
from inquit.link.table import Table
from inquit.link.units import packed_vectors, worded
from inquit.records import Article, Draw, Reading, Statement


def grounds(
    draws: Iterable[Draw], statements: Mapping[str, Statement], articles: Mapping[str, Article]
) -> dict[tuple[str, str], list[str]]:
    """For each draw (from, to) what makes its two statements one claim and, after it, what speaks against it.

    A draw whose statements are not given, or cannot be compared, is left out.
    """
    asked = [(d.from_, d.to) for d in draws if d.from_ in statements and d.to in statements]
    by_article: dict[str, list[Statement]] = defaultdict(list)
    for ident in sorted({ident for pair in asked for ident in pair}):
        by_article[statements[ident].article].append(statements[ident])
    found = [
        one
        for article, some in by_article.items()
        if article in articles
        for one in worded(Reading(article=articles[article], statements=tuple(some)))
    ]
    table = Table()
    table.add([one.arrays for one in found], packed_vectors([one.text for one in found]))
    places = {one.statement: place for place, one in enumerate(found)}
    pairs = [pair for pair in asked if pair[0] in places and pair[1] in places]
    at = np.array([(places[one], places[other]) for one, other in pairs], np.int64).reshape(-1, 2)
    return dict(zip(pairs, reasons(table, at[:, 0], at[:, 1]), strict=True))
