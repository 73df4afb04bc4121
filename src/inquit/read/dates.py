"""Dates and times as inputs state them, in ISO 8601, with neither more nor less of them than was stated."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(?:[a-z]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]+)\.?,?\s+(\d{4})", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"(?:[a-z]+\.?,\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{12,13}")
# Below this an epoch would lie before 1973: rather a count or an identifier.
_EPOCH_LEAST = 1e8
# Seconds of the year 5138; above it the number counts milliseconds.
_EPOCH_SECONDS = 1e11


def iso(value: object) -> str | None:
    """The date or time in ISO 8601, its zone kept as stated; None where the value is no date, or an ambiguous one.

    Takes strings, dates, and epoch numbers in seconds or milliseconds (read as UTC).
    """
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _epoch(float(value))
    if not isinstance(value, str) or len(value) > 100:
        return None
    words = " ".join(value.split())
    for form in (_numbers, _standard, _written, _mail):
        found = form(words)
        if found is not None:
            return found
    return None


def leading_day(value: str) -> str | None:
    """The ISO 8601 day that a string begins with, whatever follows it."""
    found = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", value.strip())
    return _day(*map(int, found[0].split("-"))) if found else None


def _epoch(number: float) -> str | None:
    if not math.isfinite(number) or abs(number) < _EPOCH_LEAST:
        return None
    seconds = number / 1000 if abs(number) >= _EPOCH_SECONDS else number
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return None


def _standard(words: str) -> str | None:
    """ISO 8601 and its neighbours: a space for the T, slashes for hyphens, one-digit months."""
    found = _TIME.fullmatch(words)
    if found is None:
        return _basic(words)
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    whole = f"{year}-{int(month):02}-{int(day):02}"
    if hour is not None:
        whole += f"T{int(hour):02}:{minute}" + (f":{second}" if second else "") + (fraction or "").replace(",", ".")
        whole += _zone(zone)
    return whole if _is_iso(whole) else None


def _zone(stated: str | None) -> str:
    if stated is None:
        return ""
    if stated.upper() in {"UTC", "GMT", "Z"}:
        return "Z"
    return stated if ":" in stated else f"{stated[:3]}:{stated[3:] or '00'}"


def _is_iso(whole: str) -> bool:
    # Python takes six digits of a second's fraction, pages state up to nine.
    try:
        datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", whole))
    except ValueError:
        return False
    return True


def _basic(words: str) -> str | None:
    """ISO 8601 without hyphens, and its weeks."""
    if not re.match(r"\d{8}(?:T|$)|\d{4}-?W\d", words):
        return None
    try:
        return (datetime.fromisoformat(words) if "T" in words else date.fromisoformat(words)).isoformat()
    except ValueError:
        return None


def _numbers(words: str) -> str | None:
    return _epoch(float(words)) if _EPOCH.fullmatch(words) else None


def _written(words: str) -> str | None:
    """A day in English words, or in numbers of which only one can be the month."""
    if found := _DAY_FIRST.fullmatch(words):
        day, month, year = found.groups()
        return _named(int(year), month, int(day))
    if found := _MONTH_FIRST.fullmatch(words):
        month, day, year = found.groups()
        return _named(int(year), month, int(day))
    if found := _SLASHED.fullmatch(words):
        first, second, year = (int(n) for n in found.groups())
        if first > 12 or first == second:
            return _day(year, second, first)
        if second > 12:
            return _day(year, first, second)
    return None


def _named(year: int, month: str, day: int) -> str | None:
    number = _MONTHS.get(month.lower())
    return _day(year, number, day) if number else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _mail(words: str) -> str | None:
    """RFC 5322, as feeds and mail state time."""
    if ":" not in words:
        return None
    try:
        return parsedate_to_datetime(words).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
