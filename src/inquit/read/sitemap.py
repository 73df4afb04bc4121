"""Sitemaps (sitemaps.org), their indexes, and the news in them (Google's extension)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from inquit.clock import instant
from inquit.read.address import joined
from inquit.read.feed_entries import MOST_ENTRIES, Entry, Feed, entry, words
from inquit.read.feed_xml import parsed


def sitemap_entries(text: str, address: str | None) -> Feed:
    """The pages that a sitemap names, or the sitemaps that an index names, the newest of them first.

    Raises Trouble of code feed-broken where nothing can be made of it.
    """
    root, broken = parsed(text)
    found = [fields for fields in map(_fields, _of(root, "url", "sitemap")) if fields.get("loc")]
    found.sort(key=lambda fields: -(instant(_time(fields)) or 0.0))
    if _name(root) == "sitemapindex":
        return Feed(None, (), tuple(joined(address, fields["loc"]) for fields in found), broken)
    return Feed(None, tuple(_entry(fields, address) for fields in found[:MOST_ENTRIES]), (), broken)


def _entry(fields: dict[str, str], address: str | None) -> Entry:
    return entry(
        address=joined(address, fields["loc"]),
        title=fields.get("title"),
        published=fields.get("publication_date"),
        updated=fields.get("lastmod"),
        outlet=words(fields.get("name")),
    )


def _time(fields: dict[str, str]) -> str | None:
    return fields.get("publication_date") or fields.get("lastmod")


def _fields(element: Any) -> dict[str, str]:  # noqa: ANN401 - an element of lxml
    """The text of everything below the element under its name, of several alike the first."""
    fields: dict[str, str] = {}
    for part in element.iter(etree.Element):
        if part.text and part.text.strip():
            fields.setdefault(_name(part), part.text.strip())
    return fields


def _of(root: Any, *names: str) -> Iterator[Any]:  # noqa: ANN401
    return (element for element in root.iterchildren(etree.Element) if _name(element) in names)


def _name(element: Any) -> str:  # noqa: ANN401
    # lxml's own QName refuses names that its recovery lets pass.
    return str(element.tag).rpartition("}")[2]
