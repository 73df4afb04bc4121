"""The state of copying in memory: for a handful of articles, compared once from nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from inquit.clock import instant
from inquit.link.align import text_of
from inquit.link.kinds import marks
from inquit.link.stores import AlikeRow, Holder
from inquit.records import Article, Copy


class _Holder(NamedTuple):
    """``link.stores.Holder``."""

    time: float
    id: str
    number: int
    outlet: str | None
    how: int = 0


class Texts:
    """A ``CopyStore`` of articles in which everything is new."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = sorted({a.id: a for a in articles}.values(), key=lambda a: a.id)
        self._known = [
            _Holder(inf if (at := instant(a.published)) is None else at, a.id, number, a.outlet)
            for number, a in enumerate(self._articles)
        ]
        texts = [text_of(a.text) for a in self._articles]
        self._packed = [text.packed for text in texts]
        self._marks = []
        self._holders: defaultdict[int, list[_Holder]] = defaultdict(list)
        for holder, text in zip(self._known, texts, strict=True):
            found, hows = marks(text)
            self._marks.append(found)
            for mark, how in zip(found.tolist(), hows.tolist(), strict=True):
                self._holders[mark].append(holder._replace(how=how))
        self._kinds: dict[int, bytes] = {}
        self._signatures: dict[int, bytes] = {}
        self._alike: defaultdict[int, dict[int, AlikeRow]] = defaultdict(dict)
        self._copies: dict[tuple[int, int], Copy] = {}

    def in_order(self) -> list[Copy]:
        """The copies that were kept, by the ids of the articles."""
        return sorted(self._copies.values(), key=lambda copy: (copy.to, -copy.share, copy.from_))

    def fresh(self) -> set[int]:
        """All of them."""
        return set(range(len(self._articles)))

    def unsettled(self) -> set[int]:
        """None."""
        return set()

    def untold(self) -> set[int]:
        """None."""
        return set()

    def left(self) -> list[int]:
        """None."""
        return []

    def marks(self, article: int) -> npt.NDArray[np.int64]:
        """The fingerprints of an article."""
        return self._marks[article]

    def holders(self, marks: AbstractSet[int] | None) -> Iterator[tuple[int, Sequence[Holder]]]:
        """Fingerprints with all that have them."""
        return ((mark, sorted(self._holders[mark])) for mark in (self._holders if marks is None else marks))

    def kinds(self, article: int) -> bytes:
        """What its fingerprints are."""
        return self._kinds.get(article, b"")

    def keep_kinds(self, article: int, kinds: bytes) -> None:
        """Replace them."""
        self._kinds[article] = kinds

    def known(self, article: int) -> Holder:
        """An article as one that has a fingerprint."""
        return self._known[article]

    def article(self, number: int) -> Article:
        """An article."""
        return self._articles[number]

    def text(self, article: int) -> bytes:
        """Its text for comparing."""
        return self._packed[article]

    def signature(self, article: int) -> bytes:
        """What was kept of its credits."""
        return self._signatures.get(article, b"")

    def keep_signature(self, article: int, signature: bytes) -> None:
        """Replace that."""
        self._signatures[article] = signature

    def like(self, article: int) -> set[int]:
        """The articles that are like one."""
        return set(self._alike[article])

    def alike(self, article: int) -> list[AlikeRow]:
        """The same, with what is known of both."""
        return list(self._alike[article].values())

    def join(self, article: int, alike: AlikeRow) -> None:
        """Add or replace one of these."""
        self._alike[article][alike[0]] = alike

    def part(self, articles: AbstractSet[int]) -> None:
        """Nothing is like anything yet."""

    def part_two(self, one: int, other: int) -> None:
        """Nothing is like anything yet."""

    def copies(self, articles: AbstractSet[int]) -> dict[tuple[int, int], Copy]:
        """None yet."""
        del articles
        return {}

    def keep_copies(self, before: Mapping[tuple[int, int], Copy], after: Mapping[tuple[int, int], Copy]) -> None:
        """Add copies."""
        del before
        self._copies.update(after)
