"""EPUB 2 and 3: each document of the reading order that holds more than a few words is an article.

A collection, a magazine or a calibre of the day's news has one article a document, a book a chapter. The publisher is
the outlet, else the title of the whole; its date is that of all of them.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from inquit.read.archive import opened_entry
from inquit.read.bounded import Budget
from inquit.read.dates import iso
from inquit.read.feed_xml import parsed
from inquit.read.html_encoding import page_decoded
from inquit.read.making import about, made, sound
from inquit.read.markup import words
from inquit.read.opening import Source, whole
from inquit.read.options import Options
from inquit.read.passed import passed_over
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

_CONTAINER = "META-INF/container.xml"
_LOCKED = "META-INF/encryption.xml"
# A cover, a title page, a dedication.
_WORDS_LEAST = 25
_MOST = 20_000
_MEDIA = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_FRONT = re.compile(
    r"""<(?:body|section|nav)\b[^>]*\bepub:type\s*=\s*["'](?:[^"']*\s)?(?:toc|cover|titlepage|copyright-page|index|landmarks)\b""",
    re.IGNORECASE,
)


class _Book(NamedTuple):
    """What the package says of the whole, and the names of its documents in the order of reading."""

    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    documents: tuple[str, ...]


def is_epub(archive: ZipFile, source: Source) -> bool:
    """Tell an EPUB from another ZIP."""
    return (source.name or "").lower().endswith(".epub") or _CONTAINER in archive.namelist()


def epub(archive: ZipFile, source: Source, options: Options, budget: Budget) -> Iterator[Article | Problem]:
    """Its articles; raises Trouble of code broken where the package cannot be made out, and of code empty."""
    book = _book(archive, budget, options.max_bytes)
    locked = _locked(archive, budget, options.max_bytes)
    passed: Counter[str] = Counter()
    count = 0
    for name in book.documents[:_MOST]:
        shown = f"{source.shown}/{sound(name)}"
        if name in locked:
            passed["locked by the seller (DRM)"] += 1
            continue
        try:
            markup, trouble = page_decoded(_part(archive, name, budget, options.max_bytes))
        except Trouble as error:
            yield error.problem(shown)
            continue
        article = None if _FRONT.search(markup, 0, 4096) else _article(markup, name, book, source, options)
        if article is None:
            passed["of a few words, such as a cover"] += 1
            continue
        count += 1
        yield article
        if trouble:
            yield about(article, "decoding", trouble, shown)
    yield from passed_over(passed, "document", source)
    if not count and not passed:
        raise Trouble("empty", "there is no document in the reading order")


def _article(markup: str, name: str, book: _Book, source: Source, options: Options) -> Article | None:
    found = words(markup, options.title)
    if found.size() < _WORDS_LEAST:
        return None
    return made(
        found.text(),
        options,
        external_id=f"{source.name or '-'}/{sound(name)}",
        title=found.title,
        outlet=book.publisher or book.title,
        published=book.published,
        authors=book.authors,
        links=found.links(),
    )


def _book(archive: ZipFile, budget: Budget, max_bytes: int) -> _Book:
    container = _xml(archive, _CONTAINER, budget, max_bytes)
    path = next((e.get("full-path") for e in _named(container, "rootfile") if e.get("full-path")), None)
    if path is None:
        raise Trouble("broken", f"{_CONTAINER} names no package")
    package = _xml(archive, path, budget, max_bytes)
    hrefs = {
        item.get("id"): item.get("href")
        for item in _named(package, "item")
        if item.get("href") and item.get("media-type") in _MEDIA and "nav" not in (item.get("properties") or "").split()
    }
    order = [hrefs.get(e.get("idref")) for e in _named(package, "itemref") if e.get("linear") != "no"]
    folder = posixpath.dirname(path)
    return _Book(
        title=_first(package, "title"),
        publisher=_first(package, "publisher"),
        authors=tuple(dict.fromkeys(filter(None, (_words(e) for e in _named(package, "creator"))))),
        published=_date(package),
        documents=tuple(dict.fromkeys(posixpath.normpath(posixpath.join(folder, unquote(h))) for h in order if h)),
    )


def _date(package: Any) -> str | None:  # noqa: ANN401 - an element of lxml
    """The date of publication; EPUB 2 may have several, each with an event."""
    dates = _named(package, "date")
    event = "{http://www.idpf.org/2007/opf}event"
    dates.sort(key=lambda e: (e.get(event) or "publication") != "publication")
    return next((found for e in dates if (found := iso(_words(e)))), None)


def _locked(archive: ZipFile, budget: Budget, max_bytes: int) -> set[str]:
    """The names of encrypted parts; fonts are often among them, which takes nothing away."""
    if _LOCKED not in archive.namelist():
        return set()
    references = _named(_xml(archive, _LOCKED, budget, max_bytes), "CipherReference")
    return {posixpath.normpath(unquote(e.get("URI") or "")) for e in references}


def _xml(archive: ZipFile, name: str, budget: Budget, max_bytes: int) -> Any:  # noqa: ANN401
    try:
        return parsed(page_decoded(_part(archive, name, budget, max_bytes))[0]).root
    except Trouble as trouble:
        raise Trouble("broken", f"{sound(name)}: {trouble.message}") from trouble


def _part(archive: ZipFile, name: str, budget: Budget, max_bytes: int) -> bytes:
    try:
        entry = archive.getinfo(name)
    except KeyError as error:
        raise Trouble("broken", "it is missing from the package") from error
    return whole(opened_entry(archive, entry, budget), max_bytes)


def _named(root: Any, name: str) -> list[Any]:  # noqa: ANN401
    return [e for e in root.iter(etree.Element) if str(e.tag).rpartition("}")[2] == name]


def _first(root: Any, name: str) -> str | None:  # noqa: ANN401
    return next((words for e in _named(root, name) if (words := _words(e))), None)


def _words(element: Any) -> str | None:  # noqa: ANN401
    return " ".join("".join(element.itertext()).split()) or None
