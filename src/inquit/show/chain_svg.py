"""The chain of one claim as a picture: outlets as rows, articles in order of time from left to right.

An SVG without script and without anything from elsewhere; the same chain gives the same bytes. Shapes and words tell
what colours tell: how far an occurrence shows its source, what was lost on an edge, whether it denies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len

from inquit.records import Carriage
from inquit.show.account import counted
from inquit.show.chain import NO_WORDS, Chain, Link
from inquit.show.chain_marks import Mark, marks
from inquit.show.chain_plan import LINE, RADIUS, Column, Lane, Plan, Point, plan, ways
from inquit.show.edges import Edge
from inquit.show.frame import asset
from inquit.show.markup import Markup, element, joined
from inquit.show.notes import notes
from inquit.show.pen import cut
from inquit.show.safe import one_line

MOST = 60
"""Articles that are drawn; a longer chain says how many more there are."""

_CORNER = 7.0
_LEAST_WIDTH = 480.0
_LEGEND_WIDTH = 860.0
_LETTER = 6.6
_WORDS = 300
_TOOLTIP = 1000
_MARGIN = 14.0


def chain_svg(chain: Chain, *, anchors: str | None = None) -> str:
    """The picture as SVG, 60 articles at most.

    Without ``anchors`` it is a file of its own with its style, light or dark as the viewer is. With it, it is a part of
    a page that has ``colours.css`` and ``chain.css``, and mark 3 links to ``#`` + ``anchors`` + ``3``.
    """
    drawn, tied = marks(chain)
    more, drawn = len(drawn) - MOST, drawn[:MOST]
    places = plan([mark.first for mark in drawn], [_labels(mark) for mark in drawn])
    more = max(more, 0)
    tail = [_text(places.left, places.bottom + 20, f"and {counted(more, 'article')} more, not drawn")] if more else []
    width = max(places.width, _LEAST_WIDTH)
    legend, height = _legend(places.bottom + 14 + 20 * bool(more), min(width, _LEGEND_WIDTH))
    drawing = (
        None if anchors else Markup(f"<style>{asset('colours.css')}\n{asset('chain.css')}</style>"),
        element("rect", class_="ground", width=_n(width), height=_n(height)),
        *(_lane(lane, width) for lane in places.lanes),
        *_dates(places),
        *(_edge(edge, points) for edge, points in ways(places, tied)),
        *(_mark(chain, mark, column, anchors) for mark, column in zip(drawn, places.columns, strict=True)),
        *tail,
        legend,
    )
    return element(
        "svg",
        element("title", f"Chain of “{cut(one_line(chain.claim.text), _WORDS)}”", id="chain-title"),
        element("desc", _described(chain, drawn), id="chain-desc"),
        *drawing,
        xmlns="http://www.w3.org/2000/svg",
        class_="chain",
        width=_n(width),
        height=_n(height),
        viewBox=f"0 0 {_n(width)} {_n(height)}",
        role="group" if anchors else "img",
        aria_labelledby="chain-title chain-desc",
    )


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _text(x: float, y: float, words: str, name: str = "quiet") -> Markup:
    return element("text", words, x=_n(x), y=_n(y), class_=name)


def _labels(mark: Mark) -> tuple[str, ...]:
    """The words under a mark: carriage and how many statements, what was lost, and what to stop at."""
    many = f" ×{len(mark.links)}" if len(mark.links) > 1 else ""
    lost = dict.fromkeys(f"{loss.lost} lost" for loss in mark.losses)
    stops = ((mark.circular, "circular"), (mark.denies, "denies"), (mark.takes_back, "takes it back"))
    return (mark.carriage + many, *lost, *(words for there, words in stops if there))


def _told(chain: Chain, link: Link) -> str:
    """One occurrence in a sentence, for tooltips and screen readers."""
    said = f"“{link.source_words}”" if link.source_words else NO_WORDS
    happened = "; ".join(note.text for note in notes(chain, link))
    sentence = f"{link.number}. {link.when}, {link.outlet}, {said}, {link.stance}, {link.carriage}: {happened}"
    return cut(one_line(sentence), _WORDS)


def _described(chain: Chain, drawn: Sequence[Mark]) -> str:
    return " ".join((f"{chain.glance}.", *(f"{_told(chain, link)}." for mark in drawn for link in mark.links)))


def _lane(lane: Lane, width: float) -> Markup:
    rule = element("path", class_="rule", d=f"M0 {_n(lane.bottom)}H{_n(width)}")
    return joined([rule, _text(12, lane.y + 4.5, lane.name, "lane")])


def _dates(places: Plan) -> Iterator[Markup]:
    for column in places.columns:
        if column.day and column is not places.columns[0]:
            x = column.x - places.column / 2
            yield element("path", class_="rule", d=f"M{_n(x)} 8V{_n(places.bottom)}", stroke_dasharray="2 3")
        lines = (column.zone, column.clock, column.day, column.year)
        for row, words in zip(places.rows, lines, strict=True):
            if words:
                name = "day middle" if words in {column.day, column.year} else "quiet middle"
                yield _text(column.x, row, words, name)


def _edge(edge: Edge, points: Sequence[Point]) -> Markup:
    lost = " lost" if edge.lost else ""
    (x1, _), (x2, y2) = points[-2], points[-1]
    back = -6.0 if x1 < x2 else 6.0
    way = (*points[:-1], (x2 + back, y2))
    tip = f"M{_n(x2)} {_n(y2)}L{_n(x2 + 1.3 * back)} {_n(y2 - 4.5)}V{_n(y2 + 4.5)}Z"
    drawn = [element("path", class_=f"edge {edge.bond}{lost}", d=_rounded(way))]
    if lost:
        drawn += _break(x2 + 2.6 * back, y2)
    return joined([*drawn, element("path", class_=f"tip{lost}", d=tip)])


def _break(x: float, y: float) -> list[Markup]:
    """Two slanted bars with nothing between them: the line is broken here."""
    gap = element("path", class_="gap", d=f"M{_n(x - 2)} {_n(y + 6)}L{_n(x + 2)} {_n(y - 6)}")
    bars = "".join(f"M{_n(x + side - 2)} {_n(y + 6)}L{_n(x + side + 2)} {_n(y - 6)}" for side in (-3, 3))
    return [gap, element("path", class_="bar", d=bars)]


def _rounded(points: Sequence[Point]) -> str:
    pieces = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for (before, corner), (_, after) in pairwise(pairwise(points)):
        (ax, ay), (bx, by) = _towards(corner, before), _towards(corner, after)
        pieces.append(f"L{_n(ax)} {_n(ay)}Q{_n(corner[0])} {_n(corner[1])} {_n(bx)} {_n(by)}")
    return "".join([*pieces, f"L{_n(points[-1][0])} {_n(points[-1][1])}"])


def _towards(corner: Point, other: Point) -> Point:
    """The place on the way from a corner to its neighbour where the bend begins; sides run along an axis."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    step = min(_CORNER, length / 2) / length if length else 0.0
    return corner[0] + dx * step, corner[1] + dy * step


def _mark(chain: Chain, mark: Mark, column: Column, anchors: str | None) -> Markup:
    number = _text(column.x, column.y + 4.2, str(mark.first.number), f"number middle {mark.carriage}")
    under = (
        _text(column.x, column.y + RADIUS + LINE * line, words, "quiet middle" if line == 1 else "warns middle")
        for line, words in enumerate(column.labels, 1)
    )
    badge = _denial(column.x + RADIUS, column.y - RADIUS) if mark.denies else None
    told = cut("\n".join(_told(chain, link) for link in mark.links), _TOOLTIP)
    whole = joined([element("title", told), _shape(mark.carriage, column.x, column.y), number, badge, *under])
    if anchors:
        return element("a", whole, href=f"#{anchors}{mark.first.number}", aria_label=told)
    return element("g", whole)


def _shape(carriage: Carriage, x: float, y: float) -> Markup:
    name = f"mark {carriage}"
    if carriage == "bare":
        side = RADIUS - 1
        return element("rect", class_=name, x=_n(x - side), y=_n(y - side), width=_n(2 * side), height=_n(2 * side))
    if carriage == "relay":
        half = RADIUS + 3
        corners = f"M{_n(x)} {_n(y - half)}L{_n(x + half)} {_n(y)}L{_n(x)} {_n(y + half)}L{_n(x - half)} {_n(y)}Z"
        return element("path", class_=name, d=corners)
    return element("circle", class_=name, cx=_n(x), cy=_n(y), r=_n(RADIUS))


def _denial(x: float, y: float) -> Markup:
    cross = f"M{_n(x - 2.5)} {_n(y - 2.5)}l5 5m0 -5l-5 5"
    return joined(
        [element("circle", class_="badge", cx=_n(x), cy=_n(y), r="6"), element("path", class_="badge", d=cross)]
    )


def _legend(top: float, width: float) -> tuple[Markup, float]:
    """What shapes and lines mean, as many in a row as there is room for; and where the picture ends."""
    x, y, drawn = _MARGIN, top + RADIUS, []
    for sign, words in _SIGNS:
        room = 40 + cell_len(words) * _LETTER + 18
        if x > _MARGIN and x + room > width:
            x, y = _MARGIN, y + 34
        drawn += [sign(x, y), _text(x + 40, y + 4, words)]
        x += room
    return joined(drawn), y + RADIUS + _MARGIN


def _shape_sign(carriage: Carriage) -> Callable[[float, float], Markup]:
    return lambda x, y: _shape(carriage, x + 15, y)


def _edge_sign(edge: Edge) -> Callable[[float, float], Markup]:
    return lambda x, y: _edge(edge, ((x - 4, y), (x + 30, y)))


_SIGNS: tuple[tuple[Callable[[float, float], Markup], str], ...] = (
    (_shape_sign("origin"), "origin: names the first source"),
    (_shape_sign("relay"), "relay: names another outlet"),
    (_shape_sign("vague"), "vague: names nobody"),
    (_shape_sign("bare"), "bare: no source"),
    (lambda x, y: _denial(x + 15, y), "denies the claim"),
    (_edge_sign(Edge(1, 2, "copy")), "copies the text"),
    (_edge_sign(Edge(1, 2, "relay")), "names the outlet"),
    (_edge_sign(Edge(1, 2, "nearest")), "nearest earlier"),
    (_edge_sign(Edge(1, 2, "copy", lost=("source",))), "source or framing lost"),
)
