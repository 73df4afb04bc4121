"""A small builder of HTML: what is not ``Markup`` is escaped on its way in, so no text can become an element."""

from __future__ import annotations

import html
from collections.abc import Iterable

from inquit.show.safe import shown

_VOID = frozenset({"br", "meta"})


class Markup(str):
    """A string that is HTML already. Made by ``element`` and ``joined``; by hand only from our own files."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """Itself: a template that escapes puts it in as it is."""
        return self


def escaped(text: str) -> Markup:
    """Text as HTML; Markup as it is. Safe in an element's content and in a quoted attribute."""
    return text if isinstance(text, Markup) else Markup(html.escape(shown(text), quote=True))


def joined(children: Iterable[str | None]) -> Markup:
    """The children one after the other; None is nothing."""
    return Markup("".join(escaped(child) for child in children if child is not None))


def element(tag: str, /, *children: str | None, **attributes: str | int | bool | None) -> Markup:
    """An element. ``class_`` is the attribute class, ``data_s`` data-s; True is a bare attribute, None or False none.

    Tag and names of attributes must be the program's own words, never a text's.
    """
    opening = f"<{tag}" + "".join(_attribute(name, value) for name, value in attributes.items()) + ">"
    return Markup(opening if tag in _VOID else f"{opening}{joined(children)}</{tag}>")


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    return f" {written}" if value is True else f' {written}="{escaped(str(value))}"'
