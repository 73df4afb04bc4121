"""Of which articles claims are to be told anew, since copies are others than before: no more than an account asks.

An account asks of an article which of the claim's other articles its words were taken from, whose name its credits
give, and, of a sentence that is perhaps furniture, whether its articles hang together (``link.mentions.Copying``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias

from inquit.link.chains import chains
from inquit.records import Copy

Pair: TypeAlias = tuple[str, str]


class Otherwise(NamedTuple):
    """Articles by their ids: such of which every claim is to be told anew, such that hang together with others now.

    ``pairs``: of which the claims are that have statements of both.
    """

    articles: AbstractSet[str] = frozenset()
    hanging: AbstractSet[str] = frozenset()
    pairs: AbstractSet[Pair] = frozenset()

    def and_(self, more: Otherwise) -> Otherwise:
        """These, and more."""
        return Otherwise(self.articles | more.articles, self.hanging | more.hanging, self.pairs | more.pairs)


def otherwise(before: Collection[Copy], after: Collection[Copy], fresh: AbstractSet[str]) -> Otherwise:
    """What comes of other copies; nothing of itself to claims of ``fresh`` articles, which are told anew anyway."""
    were, are = _told(before), _told(after)
    pairs = {pair for pair in were.keys() | are.keys() if were.get(pair) != are.get(pair)}
    one, other = _credited(before), _credited(after)
    credited = {article for article in one.keys() | other.keys() if one.get(article) != other.get(article)}
    hanging = frozenset[str]().union(*(_hanging(before, fresh) ^ _hanging(after, fresh)))
    return Otherwise(credited, hanging, pairs)


def _told(copies: Iterable[Copy]) -> Mapping[Pair, tuple[float, float]]:
    """What an account asks of each copy by itself."""
    return {(copy.from_, copy.to): (copy.share, copy.score) for copy in copies}


def _credited(copies: Iterable[Copy]) -> Mapping[str, str]:
    """The names that credits give as where the words of articles come from."""
    found: dict[str, str] = {}
    for copy in sorted(copies, key=lambda c: (-c.share, c.from_)):
        if copy.origin:
            found.setdefault(copy.to, copy.origin)
    return found


def _hanging(copies: Iterable[Copy], fresh: AbstractSet[str]) -> set[frozenset[str]]:
    """The articles that hang together by copies, but for ``fresh`` ones."""
    together = (frozenset(chain - fresh) for chain in chains((copy.from_, copy.to) for copy in copies))
    return {chain for chain in together if len(chain) > 1}
