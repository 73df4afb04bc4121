"""Rulings on whether two things are one claim: which articles are to get units anew for one, and which need not.

A statement that says something by itself has its unit whether anybody compares it or not. To make the units of all
articles of a large claim anew, and to tell anew each claim that these are in, would take longer than all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from inquit.keep.store import Store
from inquit.keep.stored import stored

PAIRS = ("same-claim", "not-same-claim")

_OTHERS = "SELECT 1 FROM anchor o JOIN ruling r ON r.number = o.ruling WHERE o.statement = {} AND r.says NOT IN {}"
_ALONE = f"""
SELECT 1 FROM statement s JOIN saying ON saying.statement = s.number
WHERE s.id = ?1 AND s.article NOT IN (SELECT article FROM due_saying)
AND NOT EXISTS (SELECT 1 FROM anchor WHERE statement = ?1 AND NOT coalesce(CAST(body AS TEXT) ->> '$.alone', 0))
AND NOT EXISTS ({_OTHERS.format("?1", PAIRS)})
"""  # noqa: S608 - of our own pieces
_CONCERNED = f"""
SELECT DISTINCT a.article FROM anchor a WHERE a.ruling = ?1 AND (
  NOT coalesce(CAST(a.body AS TEXT) ->> '$.alone', 0) OR EXISTS ({_OTHERS.format("a.statement", PAIRS)})
  OR (a.place = 0 AND a.ruling IN (SELECT ruling FROM apart)))
"""  # noqa: S608 - of our own pieces


def alone(store: Store, statement: str) -> bool:
    """Whether a statement has its unit for what it says, by no ruling; False where that is not known."""
    return store.row(_ALONE, stored(statement)) is not None


def concerned(store: Store, number: int) -> Iterator[int]:
    """The articles that have statements with other units, by a ruling of that number that was filed or withdrawn."""
    for (article,) in store.rows(_CONCERNED, number):
        yield article
