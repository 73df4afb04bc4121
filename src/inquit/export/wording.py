"""Words of records as other formats can hold them. No character comes or goes, so every span stays true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec

from inquit.records import Article, Span, Spans

R = TypeVar("R", bound=msgspec.Struct)

_PLACE = re.compile(r"[A-Za-z0-9._~:@%\[\]-]+")
_SAFE = "%/:@!$&'()*+,;=-._~?"
_STRAY = re.compile("%(?![0-9A-Fa-f]{2})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def encodable(record: R) -> R:
    """The record with U+FFFD for every lone surrogate, which UTF-8 cannot hold; the record itself where it has none."""
    try:
        msgspec.json.encode(record)
    except UnicodeEncodeError:
        return msgspec.convert(_replaced(msgspec.to_builtins(record)), type(record))
    return record


def for_xml(text: str) -> str:
    """The text with U+FFFD for every character that XML 1.0 forbids (its production 2, Char)."""
    return _NOT_XML.sub("\ufffd", text)


def words(text: str, spans: Spans) -> str:
    """The words of the spans, an ellipsis between them."""
    return " … ".join(text[start:end] for start, end in spans)


def on_one_line(text: str) -> str:
    """The text with one space for every run of white space."""
    return " ".join(text.split())


def fragments(text: str, spans: Spans) -> Iterator[Span]:
    """The parts of the spans that lie on one line, without white space at their ends, in their order."""
    for start, end in spans:
        at = start
        for line in text[start:end].splitlines(keepends=True):
            kept = line.strip()
            if kept:
                begin = at + len(line) - len(line.lstrip())
                yield begin, begin + len(kept)
            at += len(line)


def web_address(article: Article) -> str | None:
    """The article's address as a URI (RFC 3986), odd characters percent-encoded; None where it has none on the web."""
    try:
        parts = urlsplit(article.url or "")
        place = parts.netloc.encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in {"http", "https"} or not _PLACE.fullmatch(place):
        return None
    path, query, fragment = (_STRAY.sub("%25", quote(part, safe=_SAFE)) for part in parts[2:])
    return urlunsplit((parts.scheme, place, path, query, fragment))


def urn(ident: str) -> str:
    """An IRI for a record's id; the name ``inquit`` is not registered (RFC 8141 would have it so)."""
    return f"urn:inquit:{ident}"


def _replaced(value: object) -> object:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _replaced(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(v) for v in value]
    return value
