"""Where everything of a chain's picture stands: lanes for outlets, columns for articles, and the ways of edges.

Lengths are in pixels. Every column holds one article, so the channels between columns are free for edges, and no
label can meet another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich.cells import cell_len

from inquit.show.chain import Link
from inquit.show.edges import Bond, Edge
from inquit.show.pen import cut
from inquit.show.safe import one_line
from inquit.show.stamp import Stamp, stamp

Point: TypeAlias = tuple[float, float]

RADIUS = 12.0
LINE = 14.0
"""Height of a line of small text."""

_CELL = 7.6
"""Width of a letter of a lane's name, generously."""
_NAME = 24
_COLUMN = (84.0, 120.0)
_SPREAD = 760.0
"""What the columns of a short chain fill."""
_ABOVE = 30.0
_BELOW = 12.0
_TRACK = 5.0
_TRACKS = 3
_OFFSET: dict[Bond, float] = {"copy": 4.0, "relay": -4.0, "nearest": 0.0}
_MOST_APART = 7.0


@dataclass(frozen=True, slots=True)
class Lane:
    """One outlet's row; marks stand at ``y``."""

    name: str
    top: float
    y: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Column:
    """One article's place; the lines of the date that differ from the column before."""

    x: float
    y: float
    day: str
    year: str
    clock: str
    zone: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole picture without its legend; ``rows`` are the heights of zones, clocks, days and years."""

    left: float
    width: float
    rows: tuple[float, ...]
    bottom: float
    column: float
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    lane_of: tuple[int, ...]


def plan(links: Sequence[Link], labels: Sequence[tuple[str, ...]]) -> Plan:
    """Places for ``links`` with the lines of text under each mark."""
    keys: dict[str, int] = {}
    lane_of = tuple(keys.setdefault(link.outlet.casefold(), len(keys)) for link in links)
    short = [cut(one_line(links[lane_of.index(lane)].outlet), _NAME) for lane in range(len(keys))]
    left = max((cell_len(name) for name in short), default=0) * _CELL + 28
    column = min(max(_SPREAD / max(len(links), 1), _COLUMN[0]), _COLUMN[1])
    dates = [stamp(link.published) for link in links]
    told = _told(dates)
    rows, head = _rows(told)
    lanes = _lanes(short, lane_of, labels, head)
    columns = tuple(
        Column(left + column * (n + 0.5), lanes[lane_of[n]].y, *told[n], labels=labels[n]) for n in range(len(links))
    )
    bottom = lanes[-1].bottom if lanes else head
    return Plan(left, left + column * len(links) + 16, rows, bottom, column, lanes, columns, lane_of)


def _rows(told: Sequence[tuple[str, str, str, str]]) -> tuple[tuple[float, ...], float]:
    """Where zone, clock, day and year stand over the lanes, each only as high as some column needs; and their foot."""
    needed = [any(one[part] for one in told) for part in (3, 2, 0, 1)]
    foot = 12 + LINE * sum(needed)
    return tuple(foot - 4 - LINE * sum(needed[:part]) for part in range(4)), foot


def _lanes(
    names: Sequence[str], lane_of: Sequence[int], labels: Sequence[tuple[str, ...]], top: float
) -> tuple[Lane, ...]:
    lanes = []
    for lane, name in enumerate(names):
        here = [n for n, other in enumerate(lane_of) if other == lane]
        above = _ABOVE + (_TRACK * min(len(here), _TRACKS) if len(here) > 2 else 0)
        y = top + above
        bottom = y + RADIUS + LINE * max(len(labels[n]) for n in here) + _BELOW
        lanes.append(Lane(name, top, y, bottom))
        top = bottom
    return tuple(lanes)


def _told(dates: Sequence[Stamp]) -> list[tuple[str, str, str, str]]:
    """Day, year, clock and zone of each column, those that the column before has too left out."""
    years = len({date.year for date in dates if date.year}) > 1
    zones = len({date.zone for date in dates if date.clock}) > 1
    told, last = [], Stamp()
    for date in dates:
        new = (date.weekday, date.day, date.year, date.other) != (last.weekday, last.day, last.year, last.other)
        day = " ".join(filter(None, (date.weekday, date.day))) or cut(one_line(date.other), 11)
        told.append((day if new else "", date.year if years and new else "", date.clock, date.zone if zones else ""))
        last = date
    return told


def ways(places: Plan, tied: Sequence[Edge]) -> list[tuple[Edge, tuple[Point, ...]]]:
    """Each edge with the corners of its way, from mark to mark; those beyond the plan's columns are left out."""
    drawn = [edge for edge in tied if max(edge.from_, edge.to) <= len(places.columns)]
    into = Counter(edge.to for edge in drawn)
    met: Counter[int] = Counter()
    found = []
    for edge in drawn:
        number, many = met[edge.to], into[edge.to]
        met[edge.to] += 1
        apart = min(_MOST_APART, 2 * (RADIUS - 2) / max(many - 1, 1))
        found.append((edge, _way(places, edge, (number - (many - 1) / 2) * apart)))
    return found


def _way(places: Plan, edge: Edge, aside: float) -> tuple[Point, ...]:
    """Along the first one's lane, then the free channel before the second one, and in; ``aside`` parts several."""
    one, other = places.columns[edge.from_ - 1], places.columns[edge.to - 1]
    onward = 1 if one.x < other.x else -1
    channel = other.x - onward * (places.column / 2 - aside / 2)
    end = (other.x - onward * (RADIUS + 3), other.y + aside)
    lane = places.lane_of[edge.from_ - 1]
    low, high = sorted((edge.from_, edge.to))
    if lane in places.lane_of[low : high - 1]:
        # Other marks of the lane stand in between: pass above them, a track for each of three sources.
        before = places.lane_of[: edge.from_ - 1].count(lane)
        over = places.lanes[lane].top + 6 + _TRACK * (before % _TRACKS)
        return (one.x, one.y), (one.x, over), (channel, over), (channel, end[1]), end
    if lane == places.lane_of[edge.to - 1]:
        return (one.x, end[1]), end
    along = one.y + _OFFSET[edge.bond]
    return (one.x, along), (channel, along), (channel, end[1]), end
