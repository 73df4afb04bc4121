"""Feeds and sitemaps as inputs: the articles that they hold in full, and a Problem for those they only link to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml.etree import LxmlError
from lxml.html import HTMLParser, document_fromstring

from inquit.read.address import joined, plain, site
from inquit.read.feed_entries import Entry, Feed
from inquit.read.feed_json import json_feed
from inquit.read.feed_xml import xml_feed
from inquit.read.furniture import without_furniture
from inquit.read.html import repaired
from inquit.read.html_encoding import page_decoded
from inquit.read.html_floods import without_floods
from inquit.read.html_links import Anchored, anchored, hyperlinks
from inquit.read.html_text import letters
from inquit.read.html_tree import paragraphs_of, prepared
from inquit.read.kinds import Kind, by_answer
from inquit.read.making import about, made, sound
from inquit.read.opening import Opened, Source, opened_bytes, whole
from inquit.read.options import Options
from inquit.read.sitemap import sitemap_entries
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

if TYPE_CHECKING:
    from inquit.read.fetch import Fetched

# Fewer are the name of a link, not an article.
_WORDS_LEAST = 3
_FEED_TYPE = re.compile(r"^application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)


def feed(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """The articles of an RSS, Atom or JSON feed; raises Trouble of code too-large, binary, empty or feed-broken."""
    yield from _read(_taken_apart("feed", opening, options.max_bytes, None), source, options)


def sitemap(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """A Problem with the number of pages that a sitemap links to; raises as ``feed`` does."""
    yield from _read(_taken_apart("sitemap", opening, options.max_bytes, None), source, options)


def fetched_feed(fetched: Fetched, max_bytes: int) -> Feed:
    """The entries of a feed or sitemap that was fetched, packed with gzip or not.

    Raises Trouble as ``feed`` and ``sitemap`` do, and of code feed-broken for what is neither.
    """
    source = Source(shown=fetched.asked, name=fetched.address, path=None, address=fetched.address)
    opening = opened_bytes(fetched.body or b"", source, fetched.charset)
    kind = by_answer(fetched.media, opening.head) if opening.head.strip() else None
    if kind in {"feed", "sitemap"}:
        return _taken_apart(kind, opening, max_bytes, fetched.address)
    if kind == "html" and (named := _feeds_of(whole(opening.stream, max_bytes), fetched.address)):
        raise Trouble("feed-broken", f"this is a page; its feeds are {', '.join(named)}")
    raise Trouble("feed-broken", "this is neither a feed nor a sitemap")


def entry_article(entry: Entry, options: Options) -> Article | None:
    """The article that an entry holds; None where it holds none in full."""
    paragraphs, linked = _paragraphs(entry.markup) if entry.markup else ([], [])
    title = options.title or (repaired(entry.title) if entry.title else None)
    if title and paragraphs and letters(paragraphs[0]) == letters(title):
        del paragraphs[0]
    if sum(len(paragraph.split()) for paragraph in paragraphs) < _WORDS_LEAST:
        return None
    text = "\n\n".join([title, *paragraphs] if title else paragraphs)
    return made(
        text,
        options,
        external_id=_place(entry.address),
        title=title,
        outlet=entry.outlet,
        published=entry.published or entry.updated,
        url=_place(entry.address),
        # The wire that a feed names as its source is what a page would have in its byline.
        authors=entry.authors or ((entry.credit,) if entry.credit else ()),
        links=hyperlinks(text, linked, entry.address, repaired),
    )


def completed(
    article: Article, *, published: str | None, outlet: str | None, credit: str | None, options: Options
) -> Article:
    """The article of a fetched page with what only its feed says of it; what the page says goes before that."""
    from_host = article.outlet is None or (article.url and article.outlet == site(article.url))
    return made(
        article.text,
        options,
        external_id=article.external_id,
        title=article.title,
        outlet=(outlet if from_host else None) or article.outlet,
        published=article.published or published,
        url=article.url,
        authors=article.authors or ((credit,) if credit else ()),
        links=article.links,
    )


def _taken_apart(kind: Kind, opening: Opened, max_bytes: int, address: str | None) -> Feed:
    text = sound(page_decoded(whole(opening.stream, max_bytes), opening.charset)[0])
    if kind == "sitemap":
        return sitemap_entries(text, address)
    return json_feed(text, address) if text.lstrip("\ufeff \t\r\n").startswith("{") else xml_feed(text, address)


def _read(found: Feed, source: Source, options: Options) -> Iterator[Article | Problem]:
    linked = len(found.children)
    for entry in found.entries:
        article = entry_article(entry, options)
        if article is None:
            linked += 1
            continue
        yield article
        if article.published is None:
            yield about(article, "no-date", "the entry states no date; say it with --published", source.shown)
    if found.broken:
        message = f"the feed is not well-formed ({found.broken}); what could be made out was read"
        yield Problem(code="feed-broken", message=message, input=source.shown)
    if linked:
        message = f"{linked} links to articles that are not in it: `inquit watch LEDGER FEED --once` fetches them"
        yield Problem(code="links-only", message=message, input=source.shown)
    elif not found.entries:
        raise Trouble("empty", "there are no entries in it")


def _paragraphs(markup: str) -> tuple[list[str], list[Anchored]]:
    """The paragraphs of an entry, and where it has links."""
    page = f"<html><body><article>{without_floods(markup)}</article></body></html>".encode("utf-8", "replace")
    try:
        tree = document_fromstring(page, parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (LxmlError, ValueError):
        return [], []
    linked = anchored(prepared(tree))
    return without_furniture([repaired(block) for block in paragraphs_of(tree)]), linked


def _feeds_of(data: bytes, address: str) -> list[str]:
    """The feeds that a page names in its head."""
    try:
        tree = document_fromstring(
            page_decoded(data)[0].encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8")
        )
    except (LxmlError, ValueError, Trouble):
        return []
    links = [e for e in tree.iter("link") if "alternate" in (e.get("rel") or "").lower() and e.get("href")]
    return [joined(address, e.get("href") or "") for e in links if _FEED_TYPE.search(e.get("type") or "")][:5]


def _place(address: str | None) -> str | None:
    try:
        return plain(address) if address else None
    except Trouble:
        return address
