"""Dates of publication for people, each in its own article's zone and in English whatever the machine speaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

NO_DATE = "no date"

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = len("2031-05-02")
_WEEK = timedelta(days=6)


class Stamp(NamedTuple):
    """A date in parts: ``Mon``, ``2 Mar``, ``2031``, ``07:10``, ``UTC+1``; a part that is not told is empty.

    What is no date has only ``other``, its words.
    """

    weekday: str = ""
    day: str = ""
    year: str = ""
    clock: str = ""
    zone: str = ""
    other: str = ""


def stamp(published: str | None) -> Stamp:
    """The parts of an ISO 8601 date or time; a year or a month alone, and what is no date, keep their words."""
    if not published or not published.strip():
        return Stamp(other=NO_DATE)
    moment = _moment(published)
    if moment is None:
        return Stamp(other=published)
    has_time = len(published.strip()) > _DATE
    return Stamp(
        weekday=_DAYS[moment.weekday()],
        day=f"{moment.day} {_MONTHS[moment.month - 1]}",
        year=str(moment.year),
        clock=f"{moment:%H:%M}" if has_time else "",
        zone=_zone(moment) if has_time else "",
    )


def stamps(published: Iterable[str | None]) -> list[str]:
    """The dates of one story side by side: ``Mon 07:10`` within a week, else ``Mon 2 Mar 07:10``, the year if two.

    The zone is told only where the story has several.
    """
    given = list(published)
    parts = [stamp(one) for one in given]
    several_years = len({part.year for part in parts if part.year}) > 1
    several_zones = len({part.zone for part in parts if part.clock}) > 1
    dates = [moment.replace(tzinfo=None) for moment in map(_moment, given) if moment is not None]
    long = bool(dates) and (max(dates) - min(dates) > _WEEK or any(not part.clock and part.day for part in parts))
    return [_written(part, long=long or several_years, year=several_years, zone=several_zones) for part in parts]


@lru_cache(maxsize=4096)
def full(published: str | None) -> str:
    """One date by itself: ``Mon 2 Mar 2031 07:10``."""
    return _written(stamp(published), long=True, year=True, zone=False)


def period(published: Iterable[str | None]) -> str:
    """The days from the first date to the last: ``Mon 2 Mar 2031 – Tue 3 Mar 2031``; empty without dates."""
    days = [_day(one) for one in published if _moment(one) is not None]
    return " – ".join(dict.fromkeys((days[0], days[-1]))) if days else ""


def _day(published: str | None) -> str:
    return _written(stamp(published)._replace(clock=""), long=True, year=True, zone=False)


def _written(part: Stamp, *, long: bool, year: bool, zone: bool) -> str:
    pieces = (
        part.weekday,
        part.day if long else "",
        part.year if year else "",
        part.clock,
        part.zone if zone else "",
        part.other,
    )
    return " ".join(piece for piece in pieces if piece)


def _moment(published: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(published.strip()) if published else None
    except ValueError:
        return None


def _zone(moment: datetime) -> str:
    away = moment.utcoffset()
    if away is None:
        return ""
    minutes = int(away.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" + (f"{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "")
