"""WACZ 1.x (Webrecorder): web archives in a ZIP, with a list of the pages that they were made for."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

import msgspec
from msgspec.structs import replace

from inquit.read.address import plain
from inquit.read.archive import Inner, T, opened_entry
from inquit.read.bounded import Budget
from inquit.read.making import made, sound
from inquit.read.opening import Source, whole
from inquit.read.options import Options
from inquit.read.pieces import PagePiece
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

_ARCHIVES = re.compile(r"archive/.+\.w?arc(?:\.gz)?", re.IGNORECASE)
_LISTS = re.compile(r"pages/.+\.jsonl", re.IGNORECASE)
_PACKAGE = "datapackage.json"
_TITLES_MOST = 500_000
_LINE_MOST = 2**20


def is_wacz(archive: ZipFile, source: Source) -> bool:
    """Tell a WACZ from another ZIP."""
    names = archive.namelist()
    return (source.name or "").lower().endswith(".wacz") or (
        _PACKAGE in names and any(_ARCHIVES.fullmatch(name) for name in names)
    )


def wacz(archive: ZipFile, source: Source, options: Options, inner: Inner[T], budget: Budget) -> Iterator[T | Problem]:
    """The articles of its web archives, with the titles of its list where a page states none.

    Pages that are to be read elsewhere carry that title with them.
    """
    yield from _checked(archive, source, budget)
    entries = [entry for entry in archive.infolist() if _ARCHIVES.fullmatch(entry.filename)]
    if not entries:
        raise Trouble("broken", "there is no web archive in the package")
    titles: dict[str, str] = {}
    for entry in archive.infolist():
        if _LISTS.fullmatch(entry.filename):
            yield from _listed(archive, entry, source, budget, titles)
    for entry in entries:
        part = Source(f"{source.shown}/{sound(entry.filename)}", sound(entry.filename.rpartition("/")[2]), path=None)
        try:
            yield from titled(inner(opened_entry(archive, entry, budget), part), titles, options)
        except Trouble as trouble:
            yield trouble.problem(part.shown)


def _checked(archive: ZipFile, source: Source, budget: Budget) -> Iterator[Problem]:
    try:
        described = msgspec.json.decode(
            whole(opened_entry(archive, archive.getinfo(_PACKAGE), budget), _LINE_MOST * 64)
        )
        stated = described.get("wacz_version") if isinstance(described, dict) else None
        if not isinstance(stated, str) or not stated.startswith("1."):
            raise Trouble("kind", f"the package states no version of WACZ that is known, but {stated!r:.40}")  # noqa: TRY301
    except KeyError:
        yield Problem(code="broken", message=f"{_PACKAGE} is missing from the package", input=source.shown)
    except (msgspec.DecodeError, RecursionError) as error:
        yield Problem(code="broken", message=f"{_PACKAGE} is no JSON: {error}", input=source.shown)
    except Trouble as trouble:
        yield trouble.problem(source.shown)


def _listed(
    archive: ZipFile, entry: ZipInfo, source: Source, budget: Budget, titles: dict[str, str]
) -> Iterator[Problem]:
    """Fill in the titles of a list of pages, by address."""
    try:
        for line in _lines(opened_entry(archive, entry, budget)):
            try:
                page = msgspec.json.decode(line)
            except (msgspec.DecodeError, RecursionError):
                continue
            if isinstance(page, dict) and isinstance(page.get("url"), str) and isinstance(page.get("title"), str):
                titles.setdefault(_place(page["url"]), " ".join(sound(page["title"]).split()))
            if len(titles) >= _TITLES_MOST:
                return
    except Trouble as trouble:
        yield trouble.problem(f"{source.shown}/{sound(entry.filename)}")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    buffered = io.BufferedReader(cast("io.RawIOBase", stream))
    while line := buffered.readline(_LINE_MOST):
        yield line


def _place(address: str) -> str:
    try:
        return plain(address)
    except Trouble:
        return sound(address)


def titled(records: Iterator[T], titles: Mapping[str, str], options: Options) -> Iterator[T]:
    """The records with the titles, by address, of articles that have none."""
    renamed: dict[str | None, str] = {}
    for record in records:
        found: object = record
        if isinstance(record, Problem):
            found = replace(record, article=renamed.get(record.article, record.article))
        elif isinstance(record, PagePiece):
            found = replace(record, title=titles.get(_place(record.address)))
        elif isinstance(record, Article):
            title = titles.get(record.external_id or "")
            found = article = _with_title(record, title, options) if title and record.title is None else record
            renamed = {record.id: article.id}
        yield cast("T", found)


def _with_title(article: Article, title: str, options: Options) -> Article:
    head = f"{title}\n\n"
    links = (replace(link, span=(link.span[0] + len(head), link.span[1] + len(head))) for link in article.links)
    return made(
        head + article.text,
        options,
        external_id=article.external_id,
        title=title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        authors=article.authors,
        links=tuple(links),
    )
