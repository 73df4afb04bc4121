"""Strangers' words on a terminal, in characters that its encoding has and never as markup or controls."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from inquit.show.safe import one_line, shown

NARROW = 64
"""Columns below which a report is laid out for a narrow terminal."""

_ASCII = str.maketrans(
    {"…": "...", "·": "|", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "→": "->", "←": "<-"}
)


class Pen:
    """Writes strangers' words for one console: how wide it is and what its encoding can show."""

    def __init__(self, console: Console) -> None:
        self.width = console.width
        self._encoding = console.encoding

    def line(self, text: str, style: str = "") -> Text:
        """The text on one line."""
        return Text(self._written(one_line(text)), style=style)

    def inline(self, text: str, style: str = "") -> Text:
        """A piece of a line: white space at its ends stays."""
        return Text(self._written(shown(text).replace("\n", " ")), style=style)

    def block(self, text: str, style: str = "") -> Text:
        """The text with its line ends."""
        return Text(self._written(shown(text).strip("\n")), style=style)

    def short(self, text: str, cells: int, style: str = "") -> Text:
        """The text on one line, cut to about ``cells`` columns at a word's end."""
        return self.line(cut(one_line(text), cells), style)

    def dot(self, *pieces: Text | str | None) -> Text:
        """The pieces that are there, a dot between them."""
        written = [self.line(piece) if isinstance(piece, str) else piece for piece in pieces if piece]
        return Text(self._written(" · ")).join(written)

    def _written(self, text: str) -> str:
        try:
            text.encode(self._encoding)
        except UnicodeEncodeError:
            return text.translate(_ASCII).encode(self._encoding, "replace").decode(self._encoding)
        return text


def cut(text: str, cells: int) -> str:
    """The text cut to about ``cells`` columns at a word's end, an ellipsis where something was left out."""
    # A letter under a thousand accents takes one cell: code points are bounded too.
    bounded = text[: cells * 4]
    if bounded == text and cell_len(text) <= cells:
        return text
    kept = set_cell_size(bounded, cells - 1).rstrip() if cell_len(bounded) >= cells else bounded
    head, space, _ = kept.rpartition(" ")
    return (head if space and len(head) > len(kept) // 2 else kept).rstrip(" ,;:") + "…"


def columns(pen: Pen, below: int) -> Table:
    """An empty table without lines as wide as the terminal; ``below`` is the number of blank lines under a row."""
    gap = 1 if pen.width < NARROW else 2
    return Table(box=None, expand=True, show_edge=False, pad_edge=False, padding=(0, gap, below, 0), header_style="dim")
