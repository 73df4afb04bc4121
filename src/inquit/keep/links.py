"""Keeping what was found across articles: copies and claims, replaced as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

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


def links_due(store: Store) -> bool:
    """Whether articles were kept or forgotten since the links were made."""
    return store.row("SELECT 1 FROM state WHERE linked <> revision") is not None


def keep_links(store: Store, copies: Sequence[Copy], claims: Sequence[Claim], made_from: int | None = None) -> None:
    """Replace all copies and claims in one transaction; ``made_from`` is the revision that they were made from.

    Raises UsageError when a claim has no occurrence or shares one, WorkError when they name what is not held.
    """
    _disjoint(claims)
    with store.transaction():
        store.rows("DELETE FROM copy")
        store.rows("DELETE FROM claim")
        given, changed = settle(claims, _known(store))
        try:
            _store_ids(store, changed)
            _store_claims(store, given, claims)
            _store_copies(store, copies)
        except apsw.ConstraintError as error:
            raise WorkError(
                f"articles were forgotten in {store.path} while the links were made: run the same command again"
            ) from error
        store.rows("UPDATE state SET linked = coalesce(?, revision)", made_from)


def _disjoint(claims: Sequence[Claim]) -> None:
    seen: set[str] = set()
    for claim in claims:
        own = {o.statement for o in claim.occurrences}
        if len(own) < max(len(claim.occurrences), 1) or not seen.isdisjoint(own):
            raise UsageError(f"the claim {claim.id} has no occurrence, or one that is counted already")
        seen |= own


def _known(store: Store) -> list[ClaimId]:
    return [ClaimId(*row) for row in store.rows("SELECT run, id, minted_from, alias_of FROM claim_id")]


def _store_ids(store: Store, changed: Sequence[ClaimId]) -> None:
    store.many(
        "INSERT INTO claim_id (run, id, minted_from, alias_of) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET alias_of = excluded.alias_of",
        map(msgspec.structs.astuple, changed),
    )


def _store_claims(store: Store, given: Sequence[str], claims: Sequence[Claim]) -> None:
    """Claims are numbered in the order of their ids, so that storing them again stores the same."""
    ordered = sorted(zip(given, claims, strict=True), key=lambda pair: pair[0])
    store.many(
        "INSERT INTO claim VALUES (?, ?, ?)",
        (
            (number, ident, packed(msgspec.structs.replace(claim, id=ident, occurrences=())))
            for number, (ident, claim) in enumerate(ordered)
        ),
    )
    store.many(
        "INSERT INTO occurrence VALUES (?, ?, (SELECT number FROM statement WHERE id = ?), ?)",
        chain.from_iterable(
            ((number, position, stored(o.statement), o.carriage) for position, o in enumerate(claim.occurrences))
            for number, (_, claim) in enumerate(ordered)
        ),
    )


def _store_copies(store: Store, copies: Sequence[Copy]) -> None:
    store.many(
        "INSERT INTO copy VALUES"
        " ((SELECT number FROM article WHERE id = ?), (SELECT number FROM article WHERE id = ?), ?)",
        ((stored(copy.from_), stored(copy.to), packed(copy)) for copy in copies),
    )
