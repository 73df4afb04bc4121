"""When each outlet wrote: a row an outlet, in the order in which they came to it, and a dot for each day or more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil, sqrt

from inquit.clock import instant
from inquit.records import Article
from inquit.show.account import counted
from inquit.show.chain import outlet_of
from inquit.show.drawing import LETTER, MARGIN, fitting, number, picture, words
from inquit.show.markup import Markup, element, joined
from inquit.show.stamp import full, stamp

MOST = 40
"""Outlets that are drawn; the picture says how many more there are."""

_NARROW = 640
_ROW, _TALL = 34.0, 50.0
_TOP = 78.0
_NAME = 190.0
_TOTAL = 86.0
_LEAST = 30.0  # pixels between two dots
_RADIUS = 13.0
_DATE = len("2031-05-02")


@dataclass(frozen=True, slots=True)
class _Row:
    outlet: str
    first: Article
    dots: Mapping[int, int]
    undated: int

    @property
    def total(self) -> int:
        return sum(self.dots.values()) + self.undated


@dataclass(frozen=True, slots=True)
class _Scale:
    """Columns of some length of time; ``names`` tells what each begins with, ``column`` in which one an article is."""

    unit: str
    names: tuple[str, ...]
    column: Callable[[Article], int | None]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things are: the left end of the columns, how wide one is, the largest number of articles in a dot."""

    width: int
    left: float
    step: float
    most: int

    @property
    def narrow(self) -> bool:
        return self.width < _NARROW

    @property
    def high(self) -> float:
        return _TALL if self.narrow else _ROW

    def x(self, column: int) -> float:
        return self.left + self.step * (column + 0.5)

    def y(self, row: int) -> float:
        """The middle of a row's line."""
        return _TOP + self.high * row + (_TALL - 16 if self.narrow else _ROW / 2)

    def radius(self, count: int) -> float:
        return max(3.0, _RADIUS * sqrt(count / self.most))


def outlets_svg(articles: Sequence[Article], heading: str, *, width: int = 1200) -> str:
    """The picture as SVG, ``width`` pixels wide; ``articles`` are in order of time, ``heading`` says of what."""
    narrow = width < _NARROW
    left = MARGIN if narrow else MARGIN + _NAME
    room = width - left - MARGIN - (0 if narrow else _TOTAL)
    scale = _scale(articles, max(1, int(room / _LEAST)))
    rows = _rows(articles, scale)
    most = max((count for row in rows for count in row.dots.values()), default=1)
    frame = _Frame(width, left, room / max(1, len(scale.names)), most)
    drawn = [_row(row, n, frame) for n, row in enumerate(rows[:MOST])]
    bottom = _TOP + frame.high * len(drawn)
    told = [f"Dot: articles in a {scale.unit}. Ring: the first."]
    if len(rows) > MOST:
        told.append(f"And {counted(len(rows) - MOST, 'outlet')} more, not drawn.")
    return picture(
        heading,
        " ".join(f"{_told(row)}." for row in rows[:MOST]),
        width,
        bottom + 12 + 22 * len(told),
        words(MARGIN, 26, fitting(heading, width - 2 * MARGIN), "heading"),
        *_names(scale, frame, bottom),
        *drawn,
        _ring(rows, frame),
        *(words(MARGIN, bottom + 22 * n, fitting(line, width - 2 * MARGIN)) for n, line in enumerate(told, 1)),
    )


# -- columns


def _scale(articles: Sequence[Article], most: int) -> _Scale:
    """The shortest length of time of which ``most`` columns cover all: hours, a day, a week, a month, years."""
    days = [day for article in articles if (day := _day(article)) is not None]
    if not days:
        return _Scale("day", (), lambda _: None)
    return _hours(articles, most) or _days(min(days), max(days), most) or _months(min(days), max(days), most)


def _hours(articles: Sequence[Article], most: int) -> _Scale | None:
    """Of the day in UTC; None where a date has no time, or the columns are too many."""
    dated = [article for article in articles if _day(article) is not None]
    if any(len((article.published or "").strip()) <= _DATE for article in dated):
        return None
    times = [time for article in dated if (time := instant(article.published)) is not None]
    begin = min(times) // 86400 * 86400
    for hours in (1, 3, 6):
        count = int((max(times) - begin) // (hours * 3600)) + 1
        if count <= most:
            names = [_clock(begin + n * hours * 3600) for n in range(count)]
            unit = "UTC hour" if hours == 1 else f"span of {hours} hours, UTC"
            return _Scale(unit, tuple(names), lambda article, long=hours * 3600: _since(article, begin, long))  # type: ignore[misc]
    return None


def _days(first: date, last: date, most: int) -> _Scale | None:
    for unit, length in (("day", 1), ("week", 7)):
        count = (last - first).days // length + 1
        if count <= most:
            names = [_short(first + timedelta(length * n)) for n in range(count)]
            return _Scale(unit, tuple(names), _by_day(lambda day, long=length: (day - first).days // long))  # type: ignore[misc]
    return None


def _months(first: date, last: date, most: int) -> _Scale:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= most:
        begin = first.year * 12 + first.month - 1
        names = [f"{(begin + n) // 12}-{(begin + n) % 12 + 1:02}" for n in range(months)]
        return _Scale("month", tuple(names), _by_day(lambda day: day.year * 12 + day.month - 1 - begin))
    length = -(-(last.year - first.year + 1) // most)
    years = range(first.year, last.year + 1, length)
    unit = "year" if length == 1 else f"span of {length} years"
    return _Scale(unit, tuple(map(str, years)), _by_day(lambda day: (day.year - first.year) // length))


def _by_day(column: Callable[[date], int]) -> Callable[[Article], int | None]:
    def of(article: Article) -> int | None:
        day = _day(article)
        return None if day is None else column(day)

    return of


def _since(article: Article, begin: float, length: int) -> int | None:
    time = instant(article.published)
    return None if time is None or _day(article) is None else int((time - begin) // length)


def _day(article: Article) -> date | None:
    """The day of publication in the article's own zone."""
    if article.published is None or instant(article.published) is None:
        return None
    try:
        return datetime.fromisoformat(article.published.strip()).date()
    except ValueError:
        return None


def _short(day: date) -> str:
    """``2 Mar``."""
    return stamp(day.isoformat()).day


def _clock(time: float) -> str:
    """The day at its beginning, else ``06:00``."""
    moment = datetime.fromtimestamp(time, UTC)
    return f"{moment:%H:%M}" if moment.hour else _short(moment.date())


# -- drawing


def _rows(articles: Sequence[Article], scale: _Scale) -> list[_Row]:
    held: dict[str, list[Article]] = {}
    for article in articles:
        held.setdefault(outlet_of(article), []).append(article)
    rows = []
    for outlet, own in held.items():
        dots = Counter(column for article in own if (column := scale.column(article)) is not None)
        rows.append(_Row(outlet=outlet, first=own[0], dots=dots, undated=len(own) - dots.total()))
    return rows


def _names(scale: _Scale, frame: _Frame, bottom: float) -> Iterator[Markup]:
    longest = max(map(len, scale.names), default=0) * LETTER + 8
    every = max(1, ceil(longest / frame.step))
    # Where columns are hours, as many are left out as make a name stand at each midnight.
    every = next(n for n in (1, 2, 4, 8, 24, every) if n >= every)
    for n, name in enumerate(scale.names):
        if n % every == 0:
            x = frame.x(n)
            yield words(x, 56, name, "quiet middle" if ":" in name else "day middle")
            yield element("path", class_="rule", d=f"M{number(x)} 62V{number(bottom)}")


def _row(row: _Row, n: int, frame: _Frame) -> Markup:
    middle, top = frame.y(n), _TOP + frame.high * n + 14
    total = counted(row.total, "article") + (f", {row.undated} undated" if row.undated else "")
    room = frame.width - 2 * MARGIN - 130 if frame.narrow else _NAME - 8
    name = words(MARGIN, top if frame.narrow else middle + 4.5, fitting(row.outlet, room), "name")
    told = words(frame.width - MARGIN, top if frame.narrow else middle + 4, total, "quiet end")
    dots = (_dot(frame.x(column), middle, count, frame.radius(count)) for column, count in sorted(row.dots.items()))
    return element("g", element("title", _told(row)), name, told, *dots)


def _dot(x: float, y: float, count: int, radius: float) -> Markup:
    half = LETTER * len(str(count)) / 2
    inside = radius >= half + 3
    circle = element("circle", class_="dot", cx=number(x), cy=number(y), r=number(radius))
    name = "count large" if inside else "count"
    return joined([circle, words(x if inside else x + radius + 1 + half, y + 4, str(count), name)])


def _ring(rows: Sequence[_Row], frame: _Frame) -> Markup | None:
    """Around the dot of the article that was the first of all."""
    if not rows or not rows[0].dots:
        return None
    column = min(rows[0].dots)
    radius = frame.radius(rows[0].dots[column]) + 3
    return element("circle", class_="first", cx=number(frame.x(column)), cy=number(frame.y(0)), r=number(radius))


def _told(row: _Row) -> str:
    return f"{row.outlet}: {counted(row.total, 'article')}, the first {full(row.first.published)}"
