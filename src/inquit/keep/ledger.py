"""The ledger: what is kept in one file, and how it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self, overload

from inquit.keep import (
    attaching,
    choosing,
    derived,
    forgetting,
    links,
    merging,
    opening,
    reading,
    rulings,
    search,
    shown,
    sources,
    units,
    verifying,
    writing,
)
from inquit.keep.browsing import Browsing
from inquit.keep.choosing import Wanted
from inquit.keep.drafts import Draft
from inquit.keep.linking import Linking, linking
from inquit.keep.listing import Listing
from inquit.keep.merging import Merged
from inquit.keep.reading import Counts
from inquit.keep.rulings import Compared
from inquit.keep.search import Hit
from inquit.keep.store import Store, told
from inquit.keep.units import Fingerprints, Unit
from inquit.keep.watching import Watching
from inquit.records import Article, Claim, Copy, Problem, Reading, Ruling, Source, Statement


class Ledger:
    """One SQLite file, open. A context manager: it is closed at the end.

    Every method raises WorkError, naming the repair, for the machine's trouble (a full disk, a damaged file, another
    program that writes for longer than ``opening.BUSY_SECONDS``), and those that write UsageError when it was opened
    for reading. What a method has returned for is kept, whatever happens to the process or the machine. A ledger may
    be written to while one goes through any of its iterators.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def create(cls, path: str | Path) -> Self:
        """Open a ledger for writing; it is made where there is none, or an empty file. Its folder must exist."""
        return cls(opening.opened(Path(path), write=True, create=True))

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False) -> Self:
        """Open a ledger that exists; for reading a right to write the file or its folder is not needed."""
        return cls(opening.opened(Path(path), write=write))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with told(self.path):
            self._store.connection.close()

    def give_way(self, when: Callable[[], bool]) -> None:
        """Break off what is being done here (``GaveWayError``, and nothing of it is kept) as soon as ``when`` says so.

        For long work in one thread, such as linking, that others who write to the same file must not wait for.
        """
        self._store.give_way(when)

    @property
    def path(self) -> Path:
        """Where the ledger is."""
        return self._store.path

    # -- one article after another

    def holds(self, article_id: str) -> bool:
        """Whether the article is in the ledger."""
        return writing.holds(self._store, article_id)

    @overload
    def keep(self, readings: Reading, /) -> bool: ...
    @overload
    def keep(self, readings: Iterable[Reading], /) -> int: ...
    def keep(self, readings: Reading | Iterable[Reading], /) -> bool | int:
        """Store one reading: whether it was new. Or many, each in its own transaction: how many were new.

        An article that is held already adds nothing, whatever statements come with it. Raises UsageError when a
        statement is in a reading twice or belongs to another article.
        """
        if isinstance(readings, Reading):
            return shown.keep(self._store, readings)
        return sum(shown.keep(self._store, one) for one in readings)

    def note(self, problem: Problem) -> None:
        """Store a problem of an input that gave no article, once."""
        writing.note(self._store, problem)

    def forget(self, article_id: str) -> bool:
        """Remove an article and all that hangs on it, and its words from the file; False when it is not held.

        Raises WorkError, with the article forgotten, when another program keeps its words in the log.
        """
        return forgetting.forget(self._store, article_id)

    def merge(self, other: Path) -> Merged:
        """Take over what the ledger at ``other`` holds, all or nothing; its links are due afterwards (merging.py)."""
        return merging.merge(self._store, other)

    def watching(self) -> Watching:
        """What is remembered of the feeds that are watched."""
        return Watching(self._store)

    def listing(self) -> Listing:
        """Pages of records: some of a kind at a time."""
        return Listing(self._store)

    def browsing(self) -> Browsing:
        """Counts and lists for pages."""
        return Browsing(self._store)

    # -- what people have ruled

    def rule(self, draft: Draft, *, seen: str | None = None) -> Ruling:
        """File a ruling in one transaction: what is shown has changed when this returns, claims do when links are made.

        Raises UsageError, naming the repair, where something in it is not what it must be, and Conflict when somebody
        has ruled on the same since ``seen``, an earlier answer of ``seen``; without one that is not looked at.
        """
        return rulings.rule(self._store, draft, seen)

    def withdraw(self, ruling_id: str, *, who: str, seen: str | None = None) -> Ruling:
        """Undo a ruling, which stays in the history. Raises UsageError when that cannot be, Conflict as ``rule``."""
        return rulings.withdraw(self._store, ruling_id, who, seen)

    def ruling(self, ruling_id: str) -> Ruling | None:
        """The ruling of that id."""
        return rulings.one(self._store, ruling_id)

    def rulings(
        self, *, about: str | None = None, who: str | None = None, start: int = 0, most: int | None = None
    ) -> list[Ruling]:
        """Rulings, the newest first, those withdrawn too: about a thing, by somebody; ``most`` after ``start``."""
        return rulings.listed(self._store, about=about, who=who, start=start, most=most)

    def seen(self, about: str) -> str:
        """A mark that changes with every ruling and withdrawal about a thing; empty while there are none."""
        return rulings.seen(self._store, about)

    def unattached(self) -> list[Ruling]:
        """The rulings in force whose words were not found again, the newest first."""
        return rulings.unattached(self._store)

    def replace(self, found: Reading) -> bool:
        """Take a reading of an article that is held for what was read of it; whether that changed anything.

        Rulings hold on to the statements that have their words now, else they are ``unattached``. Raises WorkError when
        the article is not held.
        """
        return attaching.replace(self._store, found)

    def unruled(self, statement_id: str) -> Statement | None:
        """A statement as it was read, or added, whatever was ruled since; also one that is not shown."""
        return shown.read_statement(self._store, statement_id)

    # -- what was found across articles

    def revision(self) -> int:
        """A number that grows with every article kept or forgotten."""
        return links.revision(self._store)

    def links_due(self, outlets: str | None = None) -> bool:
        """Whether articles were kept or forgotten since the links were made, or these were made with other outlets.

        ``outlets`` is the digest of those that they are to be made with (``link.owners.Outlets.digest``).
        """
        return links.links_due(self._store, outlets)

    def linked_otherwise(self, outlets: str) -> bool:
        """Whether there are links that were made with other outlets than those with that digest."""
        return links.linked_otherwise(self._store, outlets)

    def keep_links(
        self,
        copies: Sequence[Copy],
        claims: Sequence[Claim],
        *,
        made_from: int | None = None,
        outlets: str | None = None,
    ) -> None:
        """Replace all copies and claims in one transaction; claims take over the ids that they had (claim_ids.py).

        ``made_from`` is the revision that they were made from, the present one unless given; ``outlets`` the digest of
        the outlets that they were made by, else those of the links before: where there were none a ledger that is
        served, or added to, is linked anew. Raises UsageError when a claim has no occurrence or shares one with
        another claim.
        """
        links.keep_links(self._store, copies, claims, made_from, outlets)

    def unprepared(self) -> Iterator[Reading]:
        """The articles whose statements have no units yet, or were changed since, in the order in which they came."""
        return units.unprepared(self._store)

    def unknown_units(self, numbers: Iterable[int]) -> set[int]:
        """Those of the units that the ledger does not hold."""
        return units.unknown(self._store, numbers)

    def keep_units(
        self,
        articles: Iterable[Fingerprints],
        sayings: Iterable[tuple[str, int]],
        made: Iterable[Unit],
        *,
        made_from: int | None = None,
    ) -> None:
        """Store articles' fingerprints and units, and which statement has which unit, in one transaction.

        A unit that is held stays as it is; what was forgotten meanwhile is left out, and articles that were changed
        after the revision ``made_from``, the present one unless given, stay unprepared.
        """
        units.keep_units(self._store, articles, sayings, made, self.revision() if made_from is None else made_from)

    def compared(self) -> Compared:
        """The statements that people have ruled on together with others."""
        return rulings.compared(self._store)

    def linking(self, outlets: str | None = None) -> AbstractContextManager[Linking]:
        """What linking asks of a ledger and changes in it, in one transaction: it is kept at the end, or nothing is.

        With ``outlets``, as for ``links_due``, all is due to be told anew that was linked with others.
        """
        return linking(self._store, outlets)

    # -- one record

    def article(self, article_id: str) -> Article | None:
        """The article of that id."""
        return reading.article(self._store, article_id)

    def reading(self, article_id: str) -> Reading | None:
        """The article of that id with its statements and problems."""
        return reading.reading(self._store, article_id)

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of that id."""
        return reading.statement(self._store, statement_id)

    def claim(self, claim_id: str) -> Claim | None:
        """The claim of that id, or the one that it has become part of."""
        return reading.claim(self._store, claim_id)

    def statements(self, article_id: str) -> list[Statement]:
        """The statements of an article in their order."""
        return reading.statements(self._store, article_id)

    def resolve(self, id_or_prefix: str) -> str:
        """The id that begins so; of a claim the one that it has now.

        Raises UsageError when there is none or several, with the first of them.
        """
        return reading.resolve(self._store, id_or_prefix)

    # -- all records of a kind, in an order that does not depend on the order in which they were kept

    def articles(self) -> Iterator[Article]:
        """Every article by the instant of its publication, those without one last, then by id."""
        return reading.articles(self._store)

    def readings(self) -> Iterator[Reading]:
        """Every article with its statements and problems, in the order of ``articles``."""
        return reading.readings(self._store)

    def copies(self) -> Iterator[Copy]:
        """Every copy, in order of time of the article that takes over, then of the one that it takes from."""
        return reading.copies(self._store)

    def claims(self) -> Iterator[Claim]:
        """Every claim, in order of time of its earliest occurrence, then by id."""
        return reading.claims(self._store)

    def chosen(self, wanted: Wanted) -> Iterator[Claim]:
        """The claims with a statement that has all that is wanted, in the order of ``claims``."""
        return choosing.claims(self._store, wanted)

    def problems(self) -> Iterator[Problem]:
        """Every problem: those of articles in the order of ``articles``, then those of inputs that gave none."""
        return reading.problems(self._store)

    def sources(self) -> Iterator[Source]:
        """Every source that is known, the one with most statements first, then by name."""
        return sources.sources(self._store)

    def counts(self) -> Counts:
        """How many records of each kind there are."""
        return reading.counts(self._store)

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Articles and statements that hold all the words, best first; ``"…"`` holds an exact phrase together.

        Raises UsageError for a limit under 1.
        """
        return search.search(self._store, words, limit)

    def verify(self) -> list[str]:
        """What is wrong with the ledger, one line a finding; nothing when it is sound."""
        return verifying.verify(self._store)

    def mend(self) -> None:
        """Make anew what follows from the records; links are due, and made from nothing, afterwards (derived.py)."""
        derived.mend(self._store)
