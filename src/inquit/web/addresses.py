"""Addresses of our own pages, with what they ask."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def at(path: str, /, **asked: str | int | None) -> str:
    """The path with what is asked; what is None or empty is left out."""
    given = {name.rstrip("_"): value for name, value in asked.items() if value not in {None, ""}}
    # A lone surrogate, which no address can hold, must not break a page that links to it.
    query = urlencode(given, encoding="utf-8", errors="replace")
    return f"{quote(path, safe='/:')}?{query}" if query else quote(path, safe="/:")
