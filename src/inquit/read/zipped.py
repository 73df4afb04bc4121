"""ZIP: an archive of files, or one of the formats that are made of one."""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipFile

from inquit.read.archive import Inner, T, files_of_zip, opened_zip
from inquit.read.epub import epub, is_epub
from inquit.read.opening import Opened, Source
from inquit.read.options import Options
from inquit.read.trouble import Trouble
from inquit.read.wacz import is_wacz, wacz
from inquit.records import Article, Problem

_OFFICE = ("[Content_Types].xml", "META-INF/manifest.xml", "content.xml")


def zipped(opening: Opened, source: Source, options: Options, inner: Inner[T]) -> Iterator[T | Article | Problem]:
    """The articles in it; raises Trouble of code archive-broken, broken, empty, kind or too-large."""
    with opened_zip(opening, source) as (archive, budget):
        if is_wacz(archive, source):
            yield from wacz(archive, source, options, inner, budget)
        elif is_epub(archive, source):
            yield from epub(archive, source, options, budget)
        elif _is_office(archive):
            raise Trouble("kind", "this is an office document: save it as text, HTML or PDF")
        elif not archive.namelist():
            raise Trouble("empty", "there is nothing in the archive")
        else:
            yield from files_of_zip(archive, source, inner, budget)


def _is_office(archive: ZipFile) -> bool:
    names = set(archive.namelist())
    return _OFFICE[0] in names or set(_OFFICE[1:]) <= names
