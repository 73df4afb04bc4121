"""The records of lines: what was taken over, whether the credit was kept, what was left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from graphlib import TopologicalSorter
from typing import NamedTuple, TypeAlias

from inquit.link.align import Flags, text_from
from inquit.link.chains import Found, Rank
from inquit.link.cuts import cuts
from inquit.link.descent import Signed, common_credit, direction, verdict
from inquit.link.owners import Outlets
from inquit.link.signing import Signatures
from inquit.link.stores import Alike, CopyStore
from inquit.link.taken import found_in
from inquit.records import Copy

Pair: TypeAlias = tuple[int, int]

_TEXTS = 300  # in memory at once


class Drawn(NamedTuple):
    """The lines of articles that hang together, in order (``link.chains.lines``), and the records that there were.

    ``otherwise`` are pairs, the source first, of which something has changed; None where all is to be told anew.
    """

    lines: Sequence[Found]
    rank: Callable[[int], Rank]
    before: Mapping[Pair, Copy]
    otherwise: AbstractSet[Pair] | None


class Telling:
    """Makes records of lines; of those that are what they were the records stay."""

    def __init__(self, store: CopyStore, signatures: Signatures, outlets: Outlets) -> None:
        self._store, self._signatures, self._outlets = store, signatures, outlets
        self._text = lru_cache(maxsize=_TEXTS)(lambda number: text_from(store.text(number)))

    def copies(self, drawn: Drawn) -> dict[Pair, Copy]:
        """The records; a dropped credit has the origin that the article it was taken from is known to have."""
        were = _origins(drawn)
        origins: dict[int, str | None] = {}
        found: dict[Pair, Copy] = {}
        for one in _parents_first(drawn.lines):
            pair = one.source, one.target
            copy = drawn.before.get(pair)
            otherwise = drawn.otherwise is None or pair in drawn.otherwise
            if copy is None or otherwise or origins.get(one.source) != were.get(one.source):
                forward = drawn.rank(one.source) < drawn.rank(one.target)
                copy = self._copy(one, handed_down=origins.get(one.source), forward=forward)
            origins.setdefault(one.target, copy.origin)
            found[pair] = copy
        return found

    def _copy(self, one: Found, *, handed_down: str | None, forward: bool) -> Copy:
        source, target = self._signatures.of(one.source), self._signatures.of(one.target)
        way = direction(source, target) if forward else direction(target, source)
        credit, origin, reason = verdict(source, target)
        if credit == "dropped" and origin is None:
            origin = handed_down
            if origin is not None and origin == target.name:
                credit, origin, reason = "other", None, "is of the outlet that the text goes back to"
        # Once is enough where the credit that tells the direction is the one that was kept.
        told = way.by_credit and credit == "kept" and origin == source.name
        in_source, in_target = (self._alike(*pair) for pair in ((one.source, one.target), (one.target, one.source)))
        reasons = (
            f"{100 * in_target.share:.0f} % of its words stand in the other in runs of 8 or more",
            *dict.fromkeys((way.reason, way.reason if told else reason)),
            *self._remarks(source, target),
            *cuts(source.article.text, self._kept(one), target.article.text),
        )
        return Copy(
            from_=source.article.id,
            to=target.article.id,
            share=round(in_target.share, 4),
            taken=round(in_source.share, 4),
            credit=credit,
            origin=origin,
            score=round(in_target.strength * way.certainty, 4),
            reasons=reasons,
        )

    def _kept(self, one: Found) -> Flags:
        return found_in(self._text(one.source), self._text(one.target))

    def _alike(self, article: int, other: int) -> Alike:
        return next(Alike(*row) for row in self._store.alike(article) if row[0] == other)

    def _remarks(self, source: Signed, target: Signed) -> Iterator[str]:
        """What else ties the two articles together."""
        both = common_credit(source, target)
        if both is not None:
            yield f"both credit {both}: prints of one text"
        keys = [self._outlets.key(s.name or "") for s in (source, target)]
        owners = [self._outlets.owner(key) for key in keys]
        if all(keys) and keys[0] != keys[1] and owners[0] == owners[1]:
            yield f"outlets of one owner, {owners[0]}"


def _origins(drawn: Drawn) -> dict[int, str | None]:
    """The origin that each article was known to have: that of the first line into it."""
    found: dict[int, str | None] = {}
    for pair in sorted(drawn.before, key=lambda pair: (-drawn.before[pair].share, drawn.rank(pair[0]))):
        found.setdefault(pair[1], drawn.before[pair].origin)
    return found


def _parents_first(found: Sequence[Found]) -> Iterator[Found]:
    """The lines in such an order that an article's own come before those to what was taken from it."""
    sorter = TopologicalSorter({f.target: [] for f in found})
    of: defaultdict[int, list[Found]] = defaultdict(list)
    for one in found:
        sorter.add(one.target, one.source)
        of[one.target].append(one)
    for number in sorter.static_order():
        yield from of[number]
