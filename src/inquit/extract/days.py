"""Expressions of time in a text, and the days they mean for somebody who writes on a given day.

English calendar words only, from ``data/when.en.toml``; what is vague ("recently", "in the spring") is no expression.
Looking back is the rule: reports of what was said name days that are past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

import msgspec

from inquit.clock import stretch
from inquit.records import Span

Days: TypeAlias = tuple[date, date]
"""First and last day of a range."""

_ZONE = re.compile(r"([T ]\d{2}.*?) ?(?:Z|[+-]\d{2}(?::?\d{2})?)$", re.IGNORECASE)
_FUZZY_DAYS = 13  # from here on "days ago" is a round number
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class WhenData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[str, ...]
    numbers: tuple[str, ...]
    leads: frozenset[str]
    elsewhere: frozenset[str]
    openers: frozenset[str]
    occasions: frozenset[str]
    ahead: frozenset[str]
    subjects: frozenset[str]


class Expression(NamedTuple):
    """One expression of time: where it stands, and its parts by name (``year``, ``month``, ``weekday``, ``unit`` …)."""

    span: Span
    parts: dict[str, str]


@cache
def when_data() -> WhenData:
    """Read the data file, once. Raises ``msgspec.ValidationError`` if it does not keep to the type above."""
    return msgspec.toml.decode(files("inquit.data").joinpath("when.en.toml").read_bytes(), type=WhenData)


def expressions(text: str) -> Iterator[Expression]:
    """All expressions of time in the text, in order, none within another."""
    for found in _grammar().finditer(text):
        parts = {name.rstrip("_1234"): words for name, words in found.groupdict().items() if words is not None}
        yield Expression(found.span(), parts)


def published_on(published: str | None) -> Days | None:
    """The day, month or year of publication as the article's own zone has it; None where it is unusable."""
    covered = stretch(_ZONE.sub(r"\1", published.strip())) if published else None
    if covered is None:
        return None
    first, last = (
        datetime.fromtimestamp(second, UTC).date() for second in (covered[0], max(covered[0], covered[1] - 1))
    )
    return first, last


def told(parts: dict[str, str], published: Days | None) -> Days | None:
    """The days that an expression means for who writes at ``published``; None where that is not known, or is later.

    What depends on a day of publication of which only the month or year is known covers all that it may mean.
    """
    if published is None:
        found = _absolute(parts)
        return found if found is None or found[0] <= found[1] else None
    ways = [_days(parts, day) for day in published]
    if ways[0] is None or ways[1] is None or min(ways[0][0], ways[1][0]) > published[1]:
        return None
    return min(ways[0][0], ways[1][0]), max(ways[0][1], ways[1][1])


def iso(days: Days) -> str | None:
    """The day, month or year that holds all the days, in ISO 8601, whichever is shortest; None over a turn of year."""
    first, last = (day.isoformat() for day in days)
    if first == last:
        return first
    if first[:7] == last[:7]:
        return first[:7]
    return first[:4] if first[:4] == last[:4] else None


def _absolute(parts: dict[str, str]) -> Days | None:
    if "year" not in parts:
        return None
    year = int(parts["year"])
    if "month" not in parts:
        return date(year, 1, 1), date(year, 12, 31)
    month = _month(parts["month"])
    return _month_of(year, month) if "day" not in parts else _day_of(year, month, int(parts["day"]))


def _days(parts: dict[str, str], at: date) -> Days | None:
    """What an expression means on the day ``at``."""
    if "year" in parts:
        return _absolute(parts)
    if "day" in parts:
        return _latest_day(_month(parts["month"]), int(parts["day"]), at)
    if "month" in parts:
        return _latest_month(_month(parts["month"]), at, parts.get("of"), past=parts.get("which", "").lower() == "last")
    if "weekday" in parts:
        return _weekday(parts, at)
    if "ago" in parts:
        return _ago(parts["count"].lower(), parts["ago"], at)
    if "unit" in parts:
        return _unit(parts["unit"].lower(), at, last=parts["which"].lower() != "this")
    back = _DAY if "yesterday" in parts else timedelta()
    return at - back, at - back


def _latest_day(month: int, day: int, at: date) -> Days | None:
    """The last time that day came round; None when it is about to, which is rather what is meant then."""
    found = _day_of(at.year, month, day)
    if found is None or found[0] <= at:
        return found
    return None if found[0] - at <= _WEEK else _day_of(at.year - 1, month, day)


def _latest_month(month: int, at: date, of: str | None, *, past: bool) -> Days:
    ahead = of == "last" if of else month > at.month or (past and month == at.month)
    return _month_of(at.year - ahead, month)


def _weekday(parts: dict[str, str], at: date) -> Days:
    """Monday is the last one, the day itself included; "last Monday" that one, or the one of the week before."""
    weekday = when_data().weekdays.index(parts["weekday"])
    latest = at - timedelta(days=(at.weekday() - weekday) % 7)
    before = at - timedelta(days=at.weekday() + 7 - weekday)
    if "week" in parts:
        return before, before
    if parts.get("which", "").lower() != "last":
        return latest, latest
    latest = latest if latest < at else at - _WEEK
    return min(before, latest), latest


def _ago(count: str, unit: str, at: date) -> Days | None:
    numbers = when_data().numbers
    number = int(count) if count.isdigit() else 1 if count in ("a", "an") else numbers.index(count) + 1
    if unit == "day":
        return (at - number * _DAY, at - number * _DAY) if number <= _FUZZY_DAYS else None
    if unit == "week":
        return at - number * _WEEK - 3 * _DAY, at - number * _WEEK + 3 * _DAY
    months = at.year * 12 + at.month - 1 - number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        return None
    return _month_of(year, month + 1) if unit == "month" else (date(year, 1, 1), date(year, 12, 31))


def _unit(unit: str, at: date, *, last: bool) -> Days:
    """The running week (from Monday), weekend, month or year as far as it is past, or the one before."""
    if unit == "weekend":
        sunday = at - timedelta(days=at.isoweekday() % 7)
        return (at, at) if at.weekday() == 5 else (sunday - _DAY, sunday)
    start = {"week": at - timedelta(days=at.weekday()), "month": at.replace(day=1), "year": at.replace(month=1, day=1)}[
        unit
    ]
    if not last:
        return start, at
    end = start - _DAY
    return {"week": start - _WEEK, "month": end.replace(day=1), "year": end.replace(month=1, day=1)}[unit], end


def _month_of(year: int, month: int) -> Days:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - _DAY


def _day_of(year: int, month: int, day: int) -> Days | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def _month(words: str) -> int:
    return (
        next(n for n, forms in enumerate(when_data().months, 1) if words in forms)
        if not words.isdigit()
        else int(words)
    )


@cache
def _grammar() -> re.Pattern[str]:
    data = when_data()
    any_month = "|".join(re.escape(f) for forms in data.months for f in forms)
    month = "|".join(forms[0] for forms in data.months)
    weekday = "|".join(data.weekdays)
    numbers = "|".join(data.numbers)
    year, day = r"(?:1[6-9]|20)\d\d", r"(?:3[01]|[12]\d|0?[1-9])"
    of_year = rf"(?:(?:,\s?|\s(?:of\s)?)(?P<year_N>{year})(?![\w-])(?!,\d))?"
    in_first, in_second, in_month = (of_year.replace("N", n) for n in "234")
    named = rf"(?:(?:{weekday}),?\s(?:the\s)?)?"
    nth = r"(?:st|nd|rd|th)?"
    of_day = r"(?:\s(?:morning|afternoon|evening|night))?"
    of_week = r"(?P<week>\s(?:of\s)?last\sweek)?"
    forms = (
        rf"(?P<year_1>{year})-(?P<month_1>0[1-9]|1[0-2])-(?P<day_1>[0-2]\d|3[01])(?!\d)",
        rf"{named}(?P<month_2>{any_month})\s(?P<day_2>{day}){nth}(?![\w%-])(?!,\d|\.\d){in_first}",
        rf"{named}(?P<day_3>{day}){nth}\s(?:of\s)?(?P<month_3>{any_month})(?!\w){in_second}",
        rf"(?:(?P<which_1>[Ll]ast|[Tt]his)\s)?(?P<month_4>{month})(?![\w-])(?:\s(?P<of>last|this)\syear|{in_month})",
        rf"(?P<year>{year})(?![\w%]|[-–/]\d|,\d|\.\d)",
        rf"(?:(?P<which_2>[Ll]ast|[Tt]his(?:\spast)?)\s)?(?P<weekday>{weekday}){of_day}{of_week}(?!\w)",
        rf"(?P<yesterday>[Yy]esterday|[Ll]ast\snight){of_day}(?!\w)",
        r"(?P<today>[Tt]oday|[Tt]onight|[Tt]his\s(?:morning|afternoon|evening))(?!\w)",
        rf"(?P<count>(?i:\d{{1,3}}|{numbers}|an?))\s(?P<ago>day|week|month|year)s?\sago(?!\w)",
        r"(?P<which_3>[Ll]ast|[Tt]his|[Oo]ver\sthe|[Aa]t\sthe)\s(?P<unit>weekend)(?!\w)",
        r"(?P<which_4>[Ll]ast|[Tt]his)\s(?P<unit_1>week|month|year)(?!\w)",
    )
    return re.compile(r"(?<![\w$£€.-])(?:" + "|".join(forms) + ")")
