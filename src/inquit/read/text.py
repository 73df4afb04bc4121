"""Plain text and Markdown: taken as they are."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from inquit.read.making import about, made
from inquit.read.opening import Opened, Source, whole
from inquit.read.options import Options
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem
from inquit.text import normalised

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")


def texts(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """The file as one Article; raises Trouble of code too-large, binary or empty."""
    text, trouble = decoded(whole(opening.stream, options.max_bytes))
    text = normalised(text)
    if not text.strip():
        raise Trouble("empty", "there is nothing but white space in it" if text else "there is nothing in it")
    article = made(text, options, external_id=source.name, url=source.address)
    yield article
    if trouble:
        yield about(article, "decoding", trouble, source.shown)


def decoded(data: bytes) -> tuple[str, str | None]:
    """Bytes as text and, where they did not fit UTF-8 or their byte-order mark, what was done about it.

    Raises Trouble of code binary.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    if is_binary(data):
        raise Trouble("binary", "the bytes are no text (a picture, a document of another program?)")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return guessed(data, error.start)


def guessed(data: bytes, start: int) -> tuple[str, str]:
    """Bytes that are no UTF-8, first at byte ``start``, and what was done about it."""
    replaced = data.decode("utf-8", "replace")
    lost = replaced.count("\ufffd")
    if lost < sum(1 for c in replaced if c > "\x7f") - lost:
        return replaced, f"byte {start} is no UTF-8: {lost} places were replaced by U+FFFD"
    try:
        return data.decode("cp1252"), f"byte {start} is no UTF-8: read as Windows-1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), f"byte {start} is no UTF-8: read as Latin-1"


def is_binary(data: bytes) -> bool:
    """Tell bytes that hold a NUL, or many control characters, from text."""
    if b"\0" in data:
        return True
    head = data[:4096]
    return sum(1 for b in head if b < 32 and b not in _TEXT_CONTROLS) > len(head) / 20


def _marked(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        text = data.decode(encoding)
        trouble = None
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        trouble = f"byte {error.start} does not fit the byte-order mark's encoding: replaced by U+FFFD"
    if "\0" in text:
        raise Trouble("binary", "the bytes are no text: there are NUL characters in it")
    return text, trouble
