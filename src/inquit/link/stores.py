"""What linking asks of the place where its state is kept (``pipeline`` hands it in; ``link.memory`` is one)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeAlias

from inquit.records import Article, Claim, Copy, Reading

Homes: TypeAlias = tuple[int, ...]
"""The least unit of the cluster that a unit is in, after each round of merging."""


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
        """Units by their numbers: packed, and their vectors (``link.units``)."""

    def bonds(self, unit: int) -> dict[int, float]:
        """The units that one is bonded to, with the scores."""

    def keep_bonds(self, unit: int, bonds: Mapping[int, float]) -> None:
        """Replace them."""

    def homes(self, unit: int) -> Homes | None:
        """None for a unit that is alone."""

    def members(self, home: int) -> dict[int, Homes]:
        """The units whose last home is that one; none for a unit that is alone."""

    def keep_homes(self, homes: Mapping[int, Homes | None]) -> None:
        """Replace them."""

    def ruled(self) -> Ruled:
        """What people have ruled; asked once."""

    def sayings(self, units: Sequence[int]) -> list[tuple[int, str, str]]:
        """The statements that have the words of the units: unit, statement, article."""

    def first_said(self, unit: int) -> int:
        """A number that is near for units whose first statements came in at about the same time."""

    def in_articles(self, articles: Iterable[str]) -> list[int]:
        """The units of the statements of articles."""

    def reading(self, article: str) -> Reading:
        """An article with its statements."""

    def chained(self, article: str) -> Sequence[Copy]:
        """The copies that hang together with an article."""

    def drop_claims(self, units: Iterable[int]) -> None:
        """Remove every claim with a statement that has the words of one of the units."""

    def keep_claims(self, claims: Iterable[Claim]) -> None:
        """Add claims."""


class Holder(Protocol):
    """An article that has a fingerprint; such are in order of time, the unknown last, then of ids."""

    @property
    def number(self) -> int:
        """Of the article."""

    @property
    def outlet(self) -> str | None:
        """Of the article."""


class CopyStore(Protocol):
    """Articles by their numbers, the fingerprints of their texts, and which of them are alike."""

    def fresh(self) -> set[int]:
        """Articles that were not compared yet."""

    def unsettled(self) -> set[int]:
        """Articles that were like one that is gone."""

    def untold(self) -> set[int]:
        """Articles of which is to be told anew who took from whom, though what they are like is known."""

    def left(self) -> list[int]:
        """Fingerprints, still held by others, of articles that are gone."""

    def marks(self, article: int) -> Sequence[int]:
        """The fingerprints of an article."""

    def holders(self, marks: AbstractSet[int] | None) -> Iterator[tuple[int, Sequence[Holder]]]:
        """Each of the fingerprints, or of all there are, that two articles or more have, with these in order."""

    def article(self, number: int) -> Article:
        """An article."""

    def alike(self, article: int) -> set[int]:
        """The articles that are like one."""

    def keep_alike(self, article: int, others: AbstractSet[int]) -> None:
        """Replace them."""

    def keep_copies(self, articles: AbstractSet[int], copies: Sequence[Copy]) -> Sequence[Copy]:
        """Replace all copies that articles are in; those that there were."""
