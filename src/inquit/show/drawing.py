"""Pieces that the pictures of a ledger share: numbers, words, and the whole of an SVG file of its own.

Without script and without anything from elsewhere; shapes and words tell what colours tell; others' words go through
``markup``.
"""

from __future__ import annotations

from rich.cells import cell_len

from inquit.show.frame import asset
from inquit.show.markup import Markup, element
from inquit.show.pen import cut
from inquit.show.safe import one_line

LETTER = 6.6
"""Width of a letter of the pictures' words, in pixels."""

MARGIN = 14.0
_MOST_TOLD = 4000  # code points of a description


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def words(x: float, y: float, text: str, name: str = "quiet", **attributes: str) -> Markup:
    """A line of text that begins at x; with ``middle`` or ``end`` among the classes it is centred there or ends."""
    return element("text", text, x=number(x), y=number(y), class_=name, **attributes)


def fitting(text: str, room: float) -> str:
    """A name cut to so many pixels."""
    return cut(one_line(text), max(3, int(room / LETTER)))


def length(text: str) -> float:
    """About how many pixels wide a text is."""
    return cell_len(text) * LETTER


def picture(title: str, told: str, width: float, height: float, *drawn: Markup | None) -> str:
    """A whole SVG file: ``title`` and ``told`` say to those who cannot see it what it shows."""
    return element(
        "svg",
        element("title", title, id="picture-title"),
        element("desc", cut(one_line(told), _MOST_TOLD), id="picture-desc"),
        Markup(f"<style>{asset('colours.css')}\n{asset('picture.css')}</style>"),
        element("rect", class_="ground", width=number(width), height=number(height)),
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        class_="picture",
        width=number(width),
        height=number(height),
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby="picture-title picture-desc",
    )
