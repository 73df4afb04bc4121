"""Which kind of input is it: by its name, else by its first bytes."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec

from inquit.read.trouble import Trouble

Kind: TypeAlias = Literal["text", "html", "jsonl", "csv", "parquet"]

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
}
_BEFORE_MARKUP = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p|h1)[\s>/]", re.IGNORECASE)
_OTHERS = {
    b"%PDF": "a PDF: convert it to text or HTML first",
    b"PK\x03\x04": "a ZIP archive (or an office document): unpack or convert it first",
    b"WARC/": "a web archive: unpack its pages first",
    b"<rss": "a feed: save the pages it names",
    b"<feed": "a feed: save the pages it names",
    b"<?xml": "XML, of a kind that is not read",
}


def by_name(name: str | None) -> Kind | None:
    """The kind that a file's name says it is, a final ``.gz`` aside."""
    if name is None:
        return None
    stem = name.lower().removesuffix(".gz")
    dot = stem.rfind(".")
    return _SUFFIXES.get(stem[dot:]) if dot >= 0 else None


def by_bytes(head: bytes) -> Kind:
    """The kind that the first bytes look like; raises Trouble of code kind for those known not to be readable."""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if plain.startswith(b"PAR1"):
        return "parquet"
    markup = _BEFORE_MARKUP.sub(b"", plain, count=1)
    if _HTML.match(markup):
        return "html"
    for magic, meaning in _OTHERS.items():
        if plain.startswith(magic) or markup.startswith(magic):
            raise Trouble("kind", f"this is {meaning}")
    return "jsonl" if _first_line_is_object(plain) else "text"


def _first_line_is_object(plain: bytes) -> bool:
    line, newline, _ = plain.lstrip().partition(b"\n")
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, RecursionError):
        # A first row longer than the bytes at hand is cut off: its opening has to do.
        return not newline and len(plain) >= 1 << 15 and bool(re.match(rb'\{\s*"[^"\n]+"\s*:', line))
