"""What linking asks of the place where its state is kept (``pipeline`` hands it in; ``link.memory`` is one)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.link.stating import Stating
from inquit.records import Article, Claim, Copy

Homes: TypeAlias = tuple[int, ...]
"""The least unit of the cluster that a unit is in, after each round of merging."""


Together: TypeAlias = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]
"""Units that are in clusters; of how many rounds the homes of each are told; then, unit by unit, these homes."""


Bonded: TypeAlias = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]
"""Of units how many bonds each has; then, unit by unit, the other units, and the scores."""


class Ruled(Protocol):
    """What people have ruled of units."""

    @property
    def same(self) -> AbstractSet[tuple[int, int]]:
        """Pairs, the lesser first, that are one claim."""

    @property
    def apart(self) -> AbstractSet[tuple[int, int]]:
        """Pairs that are not."""

    @property
    def changed(self) -> AbstractSet[int]:
        """Units of which others were ruled when they were last linked; such as are gone among them."""


class UnitStore(Protocol):
    """Units, their keys and bonds, the clusters they are in, and the claims made of these."""

    def new(self) -> set[int]:
        """Units that were not linked yet."""

    def gone(self) -> Mapping[int, Sequence[int]]:
        """Units that no statement has any more, with their keys."""

    def reworded(self) -> list[int]:
        """Units that statements came to or went from, or whose claims are to be told anew."""

    def keys(self, unit: int) -> Sequence[int]:
        """The keys of a unit."""

    def holders(self, key: int, most: int) -> list[int]:
        """The first ``most`` units that have a key, those that are new included.

        They are in order of ``unit ^ key`` (both are hashes): chance decides who is first, for each key another.
        """

    def held(self, most: int, left: AbstractSet[int]) -> Iterator[tuple[int, list[int]]]:
        """Each key of a new unit, or in ``left``, with units that have it, in that order, where they are two or more.

        ``most`` of those that are not new are among them, or all of them; other keys may be there too.
        """

    def units(self, numbers: Sequence[int]) -> Mapping[int, tuple[bytes, bytes]]:
        """Units by their numbers: what is told of them, packed (``link.units``), and their vectors."""

    def arrays(self, numbers: Sequence[int]) -> Sequence[tuple[bytes, bytes]]:
        """What is compared of units, each packed (``link.packing``), and their vectors; in the order of ``numbers``."""

    def bonds(self, unit: int) -> dict[int, float]:
        """The units that one is bonded to, with the scores."""

    def bonded(self, units: Sequence[int]) -> Bonded:
        """The bonds of many."""

    def keep_bonds(self, unit: int, bonds: Mapping[int, float]) -> None:
        """Replace them."""

    def together(self, units: Collection[int]) -> Together:
        """Those of the units that are not alone, and all whose last home one of them shares."""

    def keep_homes(self, homes: Mapping[int, Homes | None]) -> None:
        """Replace them."""

    def near(self, units: Collection[int]) -> Mapping[int, bytes]:
        """What was nearest to the clusters whose least unit each was (``link.nearness``), where anything was."""

    def keep_near(self, near: Mapping[int, bytes]) -> None:
        """Replace that."""

    def ruled(self) -> Ruled:
        """What people have ruled; asked once."""

    def sayings(self, units: Sequence[int]) -> list[tuple[int, str, str]]:
        """The statements that have the words of the units: unit, statement, article."""

    def first_said(self, unit: int) -> int:
        """A number that is near for units whose first statements came in at about the same time."""

    def in_articles(self, articles: Iterable[str]) -> list[int]:
        """The units of the statements of articles."""

    def in_both(self, pairs: Iterable[tuple[str, str]]) -> list[int]:
        """The units of the claims, as they were last told, that have statements of both articles of a pair."""

    def repeated(self, articles: Iterable[str]) -> list[int]:
        """Units of the statements of articles that several have, all of them in the own voice of one outlet."""

    def stating(self, article: str) -> Stating:
        """An article, and its statements as they are asked for."""

    def chained(self, article: str) -> Sequence[Copy]:
        """The copies that hang together with an article."""

    def drop_claims(self, units: Iterable[int]) -> None:
        """Remove every claim with a statement that has the words of one of the units."""

    def keep_claims(self, claims: Iterable[Claim]) -> None:
        """Add claims."""


class Holder(Protocol):
    """An article that has a fingerprint; such are in order of time, the unknown last, then of ids."""

    @property
    def time(self) -> float:
        """When it was published, in seconds since 1970; infinite where that is not known."""

    @property
    def id(self) -> str:
        """Of the article."""

    @property
    def number(self) -> int:
        """Of the article."""

    @property
    def outlet(self) -> str | None:
        """Of the article."""

    @property
    def how(self) -> int:
        """How it has the fingerprint (``link.kinds.marks``)."""


AlikeRow: TypeAlias = tuple[int, float, float, bytes, float, bool]
"""The values of an ``Alike``."""


class Alike(NamedTuple):
    """Another article of which one article, that it belongs to, may be a copy, or the other way round.

    ``strength``: how sure it is that text was taken, 0 to 1; ``share``: the part of this article's words that stand in
    the other; ``taken``: which these are, captions and furniture left out, a bit for each word; ``certainty``: how sure
    it is that this one took from the other, less than 0 where that took from this one, 0 where it was not told yet;
    ``parent``: see ``link.chains.parents``.
    """

    other: int
    strength: float
    share: float
    taken: bytes
    certainty: float = 0.0
    parent: bool = False


class CopyStore(Protocol):
    """Articles by their numbers, the fingerprints of their texts, which of them are alike, and their copies."""

    def fresh(self) -> set[int]:
        """Articles that were not compared yet."""

    def unsettled(self) -> set[int]:
        """Articles that were like one that is gone."""

    def untold(self) -> set[int]:
        """Articles of which is to be told anew who took from whom, though what they are like is known."""

    def left(self) -> list[int]:
        """Fingerprints, still held by others, of articles that are gone."""

    def marks(self, article: int) -> npt.NDArray[np.int64]:
        """The fingerprints of an article, in order."""

    def holders(self, marks: AbstractSet[int] | None) -> Iterator[tuple[int, Sequence[Holder]]]:
        """Each of the fingerprints, or of all there are, that an article has, with all that have it in order."""

    def kinds(self, article: int) -> bytes:
        """What its fingerprints were when it was linked last (``link.kinds``), a byte for each; empty if it was not."""

    def keep_kinds(self, article: int, kinds: bytes) -> None:
        """Replace them."""

    def known(self, article: int) -> Holder:
        """An article as one that has a fingerprint."""

    def article(self, number: int) -> Article:
        """An article."""

    def text(self, article: int) -> bytes:
        """Its text for comparing, packed (``link.align``)."""

    def signature(self, article: int) -> bytes:
        """What was kept of its credits (``link.signing``); empty if nothing was."""

    def keep_signature(self, article: int, signature: bytes) -> None:
        """Replace that."""

    def like(self, article: int) -> set[int]:
        """The articles that are like one."""

    def alike(self, article: int) -> Sequence[AlikeRow]:
        """The same, with what is known of both."""

    def join(self, article: int, alike: AlikeRow) -> None:
        """Add or replace one of these."""

    def part(self, articles: AbstractSet[int]) -> None:
        """Forget that anything is like one of the articles."""

    def part_two(self, one: int, other: int) -> None:
        """Forget that two articles are alike."""

    def copies(self, articles: AbstractSet[int]) -> dict[tuple[int, int], Copy]:
        """The copies that articles are in, by the numbers of whom was taken from and of who took."""

    def keep_copies(self, before: Mapping[tuple[int, int], Copy], after: Mapping[tuple[int, int], Copy]) -> None:
        """Replace copies by others."""
