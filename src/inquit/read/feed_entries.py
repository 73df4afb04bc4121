"""Feeds and sitemaps taken apart: what each of their entries says, whichever of the formats it is written in."""

from __future__ import annotations

import hashlib
import html
import re
from typing import NamedTuple

from inquit.read.address import site
from inquit.read.dates import iso
from inquit.read.html_text import letters

MOST_ENTRIES = 50_000
"""So many are read of a feed; no sitemap may have more."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_CUT_OFF = re.compile(
    r"(?:\.\.\.|…)\s*\W*$|(?:continue|keep)\s+reading\W*$|read\s+(?:more|on|the\s+(?:full|rest)\b.{0,40})\W*$"
    r"|(?:the\s+post|this\s+article)\s.{0,200}appeared\s+first\s+on\s.{0,80}$",
    re.IGNORECASE | re.DOTALL,
)
# Where a beginning is cut off there is a sign of it at the end.
_END = 300
_FULL_LEAST = 100
_PARTED = re.compile(r"\s+[-–—|•·»:/>]+\s+")


class Entry(NamedTuple):
    """One entry of a feed or sitemap: its link and what is said of the article behind it.

    ``markup`` is the article in HTML where the entry holds all of it. ``credit`` names whom the feed has it from;
    ``mark`` changes when the entry does.
    """

    address: str | None
    mark: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    credit: str | None = None
    markup: str | None = None


class Feed(NamedTuple):
    """The entries in their order; ``children`` are the sitemaps that an index names, the newest first."""

    title: str | None
    entries: tuple[Entry, ...]
    children: tuple[str, ...] = ()
    broken: str | None = None


def entry(
    *,
    address: str | None,
    title: object = None,
    bodies: tuple[str, ...] = (),
    published: object = None,
    updated: object = None,
    authors: tuple[str, ...] = (),
    outlet: str | None = None,
    credit: str | None = None,
) -> Entry:
    """An Entry of what a format's fields hold; of ``bodies`` the longest, where it is the whole article."""
    longest = max(bodies, key=len, default="")
    stated = [str(part) for part in (title, published, updated, *bodies)]
    return Entry(
        address=address,
        mark=hashlib.blake2b("\0".join(stated).encode("utf-8", "replace"), digest_size=10).hexdigest(),
        title=words(title),
        outlet=outlet,
        published=iso(published),
        updated=iso(updated),
        authors=authors,
        credit=credit,
        markup=longest if _is_whole(longest, linked=address is not None) else None,
    )


def words(value: object) -> str | None:
    """A field's words without markup and runs of white space; None where nothing is left."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(_TAG.sub("", value)).split()) or None


def outlet_of(title: object, address: str | None) -> str | None:
    """The outlet of a feed: the part of its title that its host is named after, else the whole title."""
    whole = words(title)
    host = letters(site(address)) if address else ""
    parts = _PARTED.split(whole) if whole else []
    return next((part for part in parts if letters(part) and letters(part).removeprefix("the") in host), whole)


def paragraphs(plain: str) -> str:
    """Plain text as HTML: a paragraph for each that an empty line ends."""
    return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", plain))


def _is_whole(markup: str, *, linked: bool) -> bool:
    """Whether this is an article rather than the beginning of one; without a link there is nothing else to be had."""
    plain = words(markup) or ""
    return bool(plain) and (not linked or (len(plain.split()) >= _FULL_LEAST and not _CUT_OFF.search(plain[-_END:])))
