"""Which claims are wanted: by who says it, for whom, in which outlet, when."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from inquit.keep import reading
from inquit.keep.store import Store
from inquit.keep.stored import stored
from inquit.records import Claim


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What one statement of a claim has to have: parts of names, in whatever case, and times in seconds since 1970.

    ``since`` is included, ``until`` is not; what is None is not asked for.
    """

    source: str | None = None
    party: str | None = None
    outlet: str | None = None
    since: float | None = None
    until: float | None = None


def claims(store: Store, wanted: Wanted) -> Iterator[Claim]:
    """The claims with a statement that has all that is wanted, in order of time of their earliest occurrence."""
    rows = store.rows(
        "SELECT claim.id FROM claim JOIN occurrence ON occurrence.claim = claim.number"
        " JOIN statement ON statement.number = occurrence.statement JOIN article ON article.number = statement.article"
        " GROUP BY claim.number HAVING max(iif((?1 IS NULL OR entity LIKE ?1 ESCAPE '\\') AND"
        " (?2 IS NULL OR party LIKE ?2 ESCAPE '\\') AND (?3 IS NULL OR outlet LIKE ?3 ESCAPE '\\')"
        " AND (?4 IS NULL OR instant >= ?4) AND (?5 IS NULL OR instant < ?5), 1, 0))"
        " ORDER BY min(instant) NULLS LAST, claim.id",
        part(wanted.source),
        part(wanted.party),
        part(wanted.outlet),
        wanted.since,
        wanted.until,
    )
    return (claim for (ident,) in rows if (claim := reading.claim(store, ident)) is not None)


def part(name: str | None) -> str | bytes | None:
    """A pattern for what has these words in it."""
    if name is None:
        return None
    plain = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return stored(f"%{plain}%")
