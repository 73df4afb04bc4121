"""When articles were published, in seconds that can be compared."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TypeAlias

Stretch: TypeAlias = tuple[float, float]
"""First second and end (exclusive) of what a date covers, in seconds since 1970 in UTC; a day where that is told."""

_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?([1-7]))?")
_STAMP = re.compile(
    r"(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?"
    r" ?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?",
    re.IGNORECASE,
)
# The first newspaper is of 1605; years far ahead, and the first second of 1970, are what unset clocks and fields hold.
_YEARS = range(1605, 2200)


def instant(published: str | None) -> float | None:
    """First second of a date of publication (ISO 8601, as much as is told; UTC where no zone is); None where unusable.

    Unusable are no date, a date that the calendar or the clock does not have, and those that stand for "unset": the
    first second of 1970, a year before there were newspapers, one far ahead.
    """
    found = stretch(published)
    return None if found is None else found[0]


def before(one: str | None, other: str | None) -> bool | None:
    """Whether ``one`` was published before ``other``; None where the dates do not tell (unknown, same, overlapping)."""
    first, second = stretch(one), stretch(other)
    if first is None or second is None:
        return None
    if first[1] <= second[0]:
        return True
    return False if second[1] <= first[0] else None


@lru_cache(maxsize=65536)
def stretch(published: str | None) -> Stretch | None:
    """What a date of publication covers; None where ``instant`` is."""
    words = published.strip() if published else ""
    try:
        found = _week(words) or _stamp(words)
    except (ValueError, OverflowError):
        return None
    if found is None or found[0].year not in _YEARS:
        return None
    start, end = (moment.timestamp() for moment in found)
    return None if start == 0 and end - start < 60 else (start, end)


def _week(words: str) -> tuple[datetime, datetime] | None:
    if (found := _WEEK.fullmatch(words)) is None:
        return None
    year, week, day = found.groups()
    start = datetime.fromisocalendar(int(year), int(week), int(day or 1)).replace(tzinfo=UTC)
    return start, start + timedelta(days=1 if day else 7)


def _stamp(words: str) -> tuple[datetime, datetime] | None:
    if (found := _STAMP.fullmatch(words)) is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    # ISO 8601 writes the midnight that ends a day as 24:00, and a leap second as :60.
    midnight, leap = hour == "24", second == "60"
    if midnight and int(minute or 0) + int(second or 0) + int(fraction or 0):
        return None
    start = datetime(
        int(year),
        int(month or 1),
        int(day or 1),
        0 if midnight else int(hour or 0),
        int(minute or 0),
        59 if leap else int(second or 0),
        int((fraction or "0")[:6].ljust(6, "0")),
        tzinfo=_zone(zone),
    ) + timedelta(days=midnight, seconds=leap)
    return start, _end(start, found.groups())


def _end(start: datetime, told: tuple[str | None, ...]) -> datetime:
    """Where a date ends of which as much is told as ``told`` has parts: year, month, day, hour, minute, second."""
    _, month, day, hour, minute, second, fraction, _ = told
    if month is None:
        return start.replace(year=start.year + 1)
    if day is None:
        return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    if hour is None:
        return start + timedelta(days=1)
    if minute is None:
        return start + timedelta(hours=1)
    if second is None:
        return start + timedelta(minutes=1)
    return start if fraction else start + timedelta(seconds=1)


def _zone(stated: str | None) -> timezone:
    if stated is None or stated in "Zz":
        return UTC
    hours, minutes = int(stated[1:3]), int(stated[3:].lstrip(":") or 0)
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if stated[0] == "-" else away)
