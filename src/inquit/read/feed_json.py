"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

from typing import Any

import msgspec

from inquit.read.address import joined
from inquit.read.feed_entries import MOST_ENTRIES, Entry, Feed, entry, outlet_of, paragraphs, words
from inquit.read.trouble import Trouble


def json_feed(text: str, address: str | None) -> Feed:
    """The entries of a JSON Feed; raises Trouble of code feed-broken where nothing can be made of it."""
    try:
        found: object = msgspec.json.decode(text.lstrip("\ufeff"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise Trouble("feed-broken", f"the feed is no JSON: {error}") from error
    if not isinstance(found, dict) or not isinstance(items := found.get("items"), list):
        raise Trouble("feed-broken", "the feed has no list of items")
    home = found.get("home_page_url")
    title = outlet_of(found.get("title"), home if isinstance(home, str) else address)
    return Feed(title, tuple(_entry(i, title, address) for i in items[:MOST_ENTRIES] if isinstance(i, dict)))


def _entry(item: dict[str, Any], outlet: str | None, address: str | None) -> Entry:
    link = item.get("url") or item.get("external_url")
    people = item.get("authors") or [item.get("author")]
    people = people if isinstance(people, list) else []
    plain = item.get("content_text")
    return entry(
        address=joined(address, link) if isinstance(link, str) else None,
        title=item.get("title"),
        bodies=(
            *(v for v in (item.get("content_html"),) if isinstance(v, str)),
            *(paragraphs(v) for v in (plain,) if isinstance(v, str)),
        ),
        published=item.get("date_published"),
        updated=item.get("date_modified"),
        authors=tuple(name for a in people if isinstance(a, dict) and (name := words(a.get("name")))),
        outlet=outlet,
    )
