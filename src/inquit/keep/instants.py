"""Dates of publication as points in time, to order articles by."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d\d)?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(published: str | None) -> float | None:
    """Seconds since 1970 of an ISO 8601 date or time, of its beginning where less than a time is known.

    Without a zone it is taken as UTC. None where there is no date, or one that is none.
    """
    if published is None:
        return None
    if found := _YEAR_OR_MONTH.fullmatch(published):
        published += "-01" if found[1] else "-01-01"
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return (when - _EPOCH) / timedelta(seconds=1)
