"""Keeping what was found across articles: copies and claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import apsw
import msgspec

from inquit.errors import UsageError, WorkError
from inquit.keep.claim_ids import ClaimId, settle
from inquit.keep.store import Store
from inquit.keep.stored import packed, stored
from inquit.records import Claim, Copy


def revision(store: Store) -> int:
    """A number that grows with every article kept or forgotten."""
    row = store.row("SELECT revision FROM state")
    return int(row[0]) if row else 0


def links_due(store: Store, outlets: str | None = None) -> bool:
    """Whether articles were kept or forgotten since the links were made, or these were made with other ``outlets``."""
    return store.row("SELECT 1 FROM state WHERE linked <> revision") is not None or linked_otherwise(store, outlets)


def linked_otherwise(store: Store, outlets: str | None) -> bool:
    """Whether there are links that were made with other outlets than those of that name; None is any."""
    sql = "SELECT 1 FROM state WHERE linked <> 0 AND outlets IS NOT ?1 AND ?1 IS NOT NULL"
    return store.row(sql, outlets) is not None


def keep_links(
    store: Store,
    copies: Sequence[Copy],
    claims: Sequence[Claim],
    made_from: int | None = None,
    outlets: str | None = None,
) -> None:
    """Replace all copies and claims in one transaction; ``made_from`` is the revision that they were made from.

    Raises UsageError when a claim has no occurrence or shares one, WorkError when they name what is not held.
    """
    with store.transaction():
        store.rows("DELETE FROM copy")
        store.rows("DELETE FROM claim")
        Claims(store).keep(claims)
        keep_copies(store, copies)
        sql = "UPDATE state SET linked = coalesce(?, revision), outlets = coalesce(?, outlets)"
        store.rows(sql, made_from, outlets)


class Claims:
    """Adds claims within one transaction; they take over the ids that they had (claim_ids.py)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        row = store.row("SELECT (SELECT max(run) FROM claim_id), (SELECT max(number) FROM claim)") or (None, None)
        self._run = (row[0] or 0) + 1
        self._number = (row[1] or 0) + 1

    def keep(self, claims: Sequence[Claim]) -> None:
        """Store claims; in order of their ids, so that storing them again stores the same.

        Raises UsageError when a claim has no occurrence or shares one, WorkError when it names what is not held.
        """
        _disjoint(claims)
        known = self._known(o.statement for claim in claims for o in claim.occurrences)
        given, changed = settle(claims, known, run=self._run, taken=self._is_taken)
        first = self._number
        with _held(self._store):
            self._store.many(
                "INSERT INTO claim_id (run, id, minted_from, alias_of) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET alias_of = excluded.alias_of",
                map(msgspec.structs.astuple, changed),
            )
            for ident, claim in sorted(zip(given, claims, strict=True), key=lambda pair: pair[0]):
                self._keep(ident, claim)
        self._store.rows("INSERT INTO tally SELECT * FROM tallying WHERE claim >= ?", first)

    def _keep(self, ident: str, claim: Claim) -> None:
        body = packed(msgspec.structs.replace(claim, id=ident, occurrences=()))
        self._store.rows("INSERT INTO claim VALUES (?, ?, ?)", self._number, ident, body)
        self._store.many(
            "INSERT INTO occurrence VALUES (?, ?, (SELECT number FROM statement WHERE id = ?), ?)",
            ((self._number, position, stored(o.statement), o.carriage) for position, o in enumerate(claim.occurrences)),
        )
        self._number += 1

    def _known(self, statements: Iterable[str]) -> list[ClaimId]:
        sql = "SELECT run, id, minted_from, alias_of FROM claim_id WHERE minted_from = ?"
        return [ClaimId(*row) for statement in statements for row in self._store.rows(sql, stored(statement))]

    def _is_taken(self, ident: str) -> bool:
        return self._store.row("SELECT 1 FROM claim_id WHERE id = ?", ident) is not None


def keep_copies(store: Store, copies: Iterable[Copy]) -> None:
    """Add copies, within a transaction."""
    with _held(store):
        store.many(
            "INSERT INTO copy VALUES"
            " ((SELECT number FROM article WHERE id = ?), (SELECT number FROM article WHERE id = ?), ?)",
            ((stored(copy.from_), stored(copy.to), packed(copy)) for copy in copies),
        )


@contextmanager
def _held(store: Store) -> Iterator[None]:
    """What names an article or statement that is not there was made before that was forgotten."""
    try:
        yield
    except apsw.ConstraintError as error:
        raise WorkError(
            f"articles were forgotten in {store.path} while the links were made: run the same command again"
        ) from error


def _disjoint(claims: Sequence[Claim]) -> None:
    seen: set[str] = set()
    for claim in claims:
        own = {o.statement for o in claim.occurrences}
        if len(own) < max(len(claim.occurrences), 1) or not seen.isdisjoint(own):
            raise UsageError(f"the claim {claim.id} has no occurrence, or one that is counted already")
        seen |= own
