"""How many statements there are of each day, month or year: bars of a picture."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import msgspec

from inquit.keep.browsing import Browsing
from inquit.keep.sieve import Sieve
from inquit.show.markup import Markup, element

_WIDTH, _HEIGHT, _FOOT = 720.0, 64.0, 24.0
_MOST_BARS = 60
_MOST_WIDE = 28.0


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The picture, and the numbers in it: a day, month or year and how many statements; none is left out between."""

    svg: Markup
    counts: list[tuple[str, int]]


def timeline(browsing: Browsing, sieve: Sieve) -> Timeline | None:
    """By the day where these are few, else by the month or the year; None where all are of one."""
    days = browsing.over_time(sieve, "%Y-%m-%d")
    if not days:
        return None
    first, last = (date.fromisoformat(day) for day in (days[0][0], days[-1][0]))
    apart = (last - first).days
    length = 10 if apart < _MOST_BARS else 7 if apart < _MOST_BARS * 30 else 4
    found: Counter[str] = Counter()
    for day, count in days:
        found[day[:length]] += count
    # A date far off must not make a page of a hundred thousand days.
    stride = 1 if length == 10 else 20 if length == 7 else 300
    between = ((first + timedelta(n)).isoformat()[:length] for n in range(0, apart, stride))
    counts = [(one, found[one]) for one in dict.fromkeys((*between, last.isoformat()[:length]))]
    return Timeline(svg=_drawn(counts), counts=counts) if len(counts) > 1 else None


def _drawn(counts: list[tuple[str, int]]) -> Markup:
    highest = max(count for _, count in counts)
    step = _WIDTH / len(counts)
    wide = min(step - 2 if step > 4 else step, _MOST_WIDE)
    bars = [
        _bar(day, count, (n + 0.5) * step - wide / 2, wide, count / highest) for n, (day, count) in enumerate(counts)
    ]
    (first, _), (last, _) = counts[0], counts[-1]
    foot = f"{_HEIGHT + _FOOT - 6:g}"
    return element(
        "svg",
        element("title", f"Statements from {first} to {last}, {highest:,} at most"),
        *bars,
        element("path", d=f"M0 {_HEIGHT:g}H{_WIDTH:g}", class_="rule"),
        element("text", first, x="0", y=foot),
        element("text", last, x=f"{_WIDTH:g}", y=foot, class_="end"),
        viewBox=f"0 0 {_WIDTH:g} {_HEIGHT + _FOOT:g}",
        class_="timeline",
        role="img",
    )


def _bar(day: str, count: int, x: float, wide: float, share: float) -> Markup | None:
    if not count:
        return None
    high = max(share * (_HEIGHT - 4), 2.0)
    place = {"x": f"{x:.1f}", "y": f"{_HEIGHT - high:.1f}", "width": f"{wide:.1f}", "height": f"{high:.1f}"}
    return element("rect", element("title", f"{day}: {count:,}"), class_="bar", **place)
