"""Which kind of input is it: by its name, else by its first bytes."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec

from inquit.read.trouble import Trouble

Kind: TypeAlias = Literal[
    "text", "html", "feed", "sitemap", "jsonl", "csv", "parquet",
    "warc", "zip", "tar", "mail", "mbox", "pdf", "json", "newsml", "brat",
]  # fmt: skip

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
    ".warc": "warc",
    ".arc": "warc",
    ".zip": "zip",
    ".wacz": "zip",
    ".epub": "zip",
    ".tar": "tar",
    ".tgz": "tar",
    ".eml": "mail",
    ".mbox": "mbox",
    ".mbx": "mbox",
    ".ann": "brat",
    ".pdf": "pdf",
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
_NEWSML = re.compile(rb"<(?:[\w.-]+:)?(?:newsMessage|newsItem|packageItem|nitf)[\s>]")
_JSON_FEED = re.compile(rb'"https?:\\?/\\?/jsonfeed\.org\\?/version')
_JSON = re.compile(rb"\s*(?:\{\s*\"[^\"\n]*\"\s*:|\[\s*\{\s*\")")
_MAGIC: dict[bytes, Kind] = {
    b"%PDF-": "pdf",
    b"PAR1": "parquet",
    b"WARC/": "warc",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
}
_ARC = re.compile(rb"filedesc:\S* \S+ \d{8,14} \S+ \d+\r?\n")
_MAILBOX = re.compile(rb"From \S[^\n]*\d{4}(?: [+-]\d{4})?\s*\n")
_HEADER = re.compile(rb"[!-9;-~]{1,80}:")
# Beside sender and date, which a press release may have too.
_OF_MAIL = frozenset({b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to"})
_USTAR = slice(257, 262)
_OTHERS = {
    b"\x28\xb5\x2f\xfd": "a file packed with Zstandard: unpack it first, or pack it with gzip",
    b"\xfd7zXZ": "a file packed with xz: unpack it first, or pack it with gzip",
    b"BZh": "a file packed with bzip2: unpack it first, or pack it with gzip",
    b"7z\xbc\xaf": "a 7-Zip archive: unpack it first",
    b"Rar!": "a RAR archive: unpack it first",
    b"<?xml": "XML, of a kind that is not read",
}


def by_name(name: str | None) -> Kind | None:
    """The kind that a file's name says it is, a final ``.gz`` aside."""
    if name is None:
        return None
    stem = name.lower().removesuffix(".gz")
    dot = stem.rfind(".")
    return _SUFFIXES.get(stem[dot:]) if dot >= 0 else None


def kind_of(name: str | None, head: bytes) -> Kind:
    """The kind of a file of that name with those first bytes; raises Trouble as ``by_bytes`` does."""
    suffix = (name or "").lower().removesuffix(".gz").rpartition(".")[2]
    if suffix == "json":
        return _json(head.removeprefix(b"\xef\xbb\xbf"))
    found = by_name(name) or by_bytes(head)
    if suffix == "xml" and found == "text":
        raise Trouble("kind", _OTHERS[b"<?xml"])
    return found


def by_answer(media: str, head: bytes) -> Kind:
    """The kind of what an address gave, whose server calls it ``media``; raises Trouble as ``by_bytes`` does."""
    found = _feed(head.removeprefix(b"\xef\xbb\xbf"))
    return found or _MEDIA.get(media) or by_bytes(head)


def by_bytes(head: bytes) -> Kind:
    """The kind that the first bytes look like; raises Trouble of code kind for those known not to be readable."""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if (packed := _by_magic(plain)) is not None:
        return packed
    if (feed := _feed(plain)) is not None:
        return feed
    if _NEWSML.match(_BEFORE_FEED.sub(b"", plain, count=1)):
        return "newsml"
    markup = _BEFORE_MARKUP.sub(b"", plain, count=1)
    if _HTML.match(markup):
        return "html"
    for magic, meaning in _OTHERS.items():
        if plain.startswith(magic) or markup.startswith(magic):
            raise Trouble("kind", f"this is {meaning}")
    if _first_line_is_object(plain):
        return "jsonl"
    if _JSON.match(plain):
        return "json"
    return "text"


def _json(plain: bytes) -> Kind:
    """What goes by the name of JSON: a feed, one object a line, or an array or object over several."""
    if _feed(plain) == "feed":
        return "feed"
    first, _, rest = plain.strip().partition(b"\n")
    return "jsonl" if rest.strip() and _first_line_is_object(first + b"\n") else "json"


def _by_magic(plain: bytes) -> Kind | None:
    for magic, kind in _MAGIC.items():
        if plain.startswith(magic):
            return kind
    if _ARC.match(plain):
        return "warc"
    if plain[_USTAR] == b"ustar":
        return "tar"
    return _by_headers(plain)


def _by_headers(plain: bytes) -> Kind | None:
    """Mail, which begins with its headers, and mailboxes, where a line comes before them."""
    box = _MAILBOX.match(plain)
    head = re.split(rb"\r?\n\r?\n", plain[box.end() if box else 0 :], maxsplit=1)[0]
    names = {line.partition(b":")[0].lower() for line in head.splitlines() if _HEADER.match(line)}
    if not all(_HEADER.match(line) or line[:1] in b" \t" for line in head.splitlines()):
        return None
    if {b"from", b"date"} <= names and names & _OF_MAIL:
        return "mbox" if box else "mail"
    return None


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
