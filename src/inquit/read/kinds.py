"""Which kind of input is it: by its name, else by its first bytes."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec

from inquit.read.trouble import Trouble

Kind: TypeAlias = Literal["text", "html", "jsonl", "csv", "parquet", "feed", "sitemap"]

_SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".rss": "feed",
    ".atom": "feed",
}
# Of what servers say: what they call text or XML may be anything.
_MEDIA: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/csv": "csv",
    "application/x-ndjson": "jsonl",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/feed+json": "feed",
}
_BEFORE_MARKUP = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p|h1)[\s>/]", re.IGNORECASE)
# Before the root of a feed: white space, comments, instructions, and a document type that is not HTML's.
_BEFORE_FEED = re.compile(
    rb"(?:\s|<!--.*?-->|<\?[^>]*>|<!doctype(?!\s+html)[^>\[]*+(?:\[[^\]]*+\])?+[^>]*+>)*", re.DOTALL | re.IGNORECASE
)
_FEED = re.compile(rb"<(?:[\w.-]+:)?(?:(rss|feed|rdf)|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(rb'"https?:\\?/\\?/jsonfeed\.org\\?/version')
_JSON = re.compile(rb"\s*(?:\{\s*\"[^\"\n]*\"\s*:|\[\s*\{\s*\")")
_OTHERS = {
    b"%PDF": "a PDF: convert it to text or HTML first",
    b"PK\x03\x04": "a ZIP archive (or an office document): unpack or convert it first",
    b"WARC/": "a web archive: unpack its pages first",
    b"<?xml": "XML, of a kind that is not read",
}


def by_name(name: str | None) -> Kind | None:
    """The kind that a file's name says it is, a final ``.gz`` aside."""
    if name is None:
        return None
    stem = name.lower().removesuffix(".gz")
    dot = stem.rfind(".")
    return _SUFFIXES.get(stem[dot:]) if dot >= 0 else None


def by_answer(media: str, head: bytes) -> Kind:
    """The kind of what an address gave, whose server calls it ``media``; raises Trouble as ``by_bytes`` does."""
    found = _feed(head.removeprefix(b"\xef\xbb\xbf"))
    return found or _MEDIA.get(media) or by_bytes(head)


def by_bytes(head: bytes) -> Kind:
    """The kind that the first bytes look like; raises Trouble of code kind for those known not to be readable."""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if plain.startswith(b"PAR1"):
        return "parquet"
    if (feed := _feed(plain)) is not None:
        return feed
    markup = _BEFORE_MARKUP.sub(b"", plain, count=1)
    if _HTML.match(markup):
        return "html"
    for magic, meaning in _OTHERS.items():
        if plain.startswith(magic) or markup.startswith(magic):
            raise Trouble("kind", f"this is {meaning}")
    if _first_line_is_object(plain):
        return "jsonl"
    if _JSON.match(plain):
        raise Trouble("kind", "this is JSON, of a kind that is not read: write one article a line, with a key text")
    return "text"


def _feed(plain: bytes) -> Kind | None:
    if plain.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = plain.decode("utf-16", "replace").encode()
    if plain.lstrip().startswith(b"{"):
        return "feed" if _JSON_FEED.search(plain, 0, 4096) else None
    found = _FEED.match(_BEFORE_FEED.sub(b"", plain, count=1))
    return None if found is None else "feed" if found[1] else "sitemap"


def _first_line_is_object(plain: bytes) -> bool:
    line, newline, _ = plain.lstrip().partition(b"\n")
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, RecursionError):
        # A first row longer than the bytes at hand is cut off: its opening has to do.
        return not newline and len(plain) >= 1 << 15 and bool(re.match(rb'\{\s*"[^"\n]+"\s*:', line))
