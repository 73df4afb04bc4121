"""PDF (pypdfium2, an optional package): the text of all pages as one article.

PDFium was measured at 320 pages a second, with the words of a two-column paper in their order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from inquit.read.dates import iso
from inquit.read.html_text import letters
from inquit.read.making import about, made, sound
from inquit.read.opening import Opened, Source, whole
from inquit.read.options import Options
from inquit.read.pdf_lines import Line, paragraphs
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

_PAGES_MOST = 3000
_WORDS_LEAST = 3
_PASSWORD = 4  # PDFium's number for it
_LINE_ENDS = re.compile(r"(\r\n|\r|\n|\ufffe)")
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})(?:(Z)|([+-])(\d{2})'?(\d{2})?)?)?")
_NO_TITLE = re.compile(
    r"untitled.*|\S+|(?:microsoft )?(?:word|powerpoint|excel) ?- .*|document\d*|(?:layout|slide|print) ?\d*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][^\d@\\/:]{2,60}")
_PARTED = re.compile(r"\s*(?:;|,|\band\b|&)\s*")
_READABLE_LEAST = 0.5


class _Read(NamedTuple):
    pages: list[list[Line]]
    total: int
    failed: int


def pdf(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """The document as one Article; raises Trouble of code extra-missing, broken, encrypted, empty or too-large."""
    document = _opened(opening, source, options.max_bytes)
    try:
        said = {key: sound(document.get_metadata_value(key)) for key in ("Title", "Author", "CreationDate")}
        found = _pages(document, options.max_bytes)
    finally:
        document.close()
    blocks = _checked(paragraphs(found.pages), found)
    title = options.title or _title(said["Title"], blocks, found)
    if title and not _stands(title, blocks):
        blocks.insert(0, title)
    article = made(
        "\n\n".join(blocks),
        options,
        external_id=source.name,
        title=title,
        published=_date(said["CreationDate"]),
        authors=tuple(name for name in _PARTED.split(said["Author"]) if _NAME.fullmatch(name) and " " in name),
        url=source.address,
    )
    yield article
    yield from _problems(article, found, source)


def _problems(article: Article, found: _Read, source: Source) -> Iterator[Problem]:
    if article.published is None:
        yield about(article, "no-date", "the document states no date; say it with --published", source.shown)
    pictures = found.total - found.failed - sum(map(bool, found.pages))
    if pictures:
        message = f"{pictures} of {found.total} pages are pictures, or empty"
        yield about(article, "passed-over", message, source.shown)
    if found.failed:
        yield about(article, "broken", f"{found.failed} of {found.total} pages are damaged", source.shown)


def _opened(opening: Opened, source: Source, max_bytes: int) -> Any:  # noqa: ANN401 - pypdfium2 has no types
    try:
        import pypdfium2  # noqa: PLC0415 - optional
    except ImportError as error:
        raise Trouble("extra-missing", "reading PDF needs: pip install 'inquit[pdf]'") from error
    in_parts = source.path is not None and source.path.is_file() and not opening.packed
    given = source.path if in_parts else whole(opening.stream, max_bytes)
    try:
        return pypdfium2.PdfDocument(given)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Trouble("encrypted", "the document is locked with a password: save it without one") from error
        raise Trouble("broken", f"the document could not be opened: {error}") from error
    except OSError as error:
        raise Trouble("unreadable", f"reading failed: {error.strerror or error}") from error


def _pages(document: Any, max_bytes: int) -> _Read:  # noqa: ANN401
    """The lines of each page; raises Trouble of code too-large."""
    import pypdfium2  # noqa: PLC0415

    count = len(document)
    if count > _PAGES_MOST:
        raise Trouble("too-large", f"the document has {count} pages, more than {_PAGES_MOST}: split it")
    pages: list[list[Line]] = []
    failed = size = 0
    for number in range(count):
        try:
            page = document[number]
            text = page.get_textpage()
            lines = list(_lines(text))
            text.close()
            page.close()
        except (pypdfium2.PdfiumError, ValueError):
            failed += 1
            continue
        size += sum(len(line.words) for line in lines)
        if size > max_bytes:
            raise Trouble("too-large", f"the text is longer than {max_bytes}")
        pages.append(lines)
    return _Read(pages, count, failed)


def _lines(text: Any) -> Iterator[Line]:  # noqa: ANN401
    """The lines of a page, with their places where PDFium tells these for each of its characters."""
    words = text.get_text_range()
    placed = len(words) == text.count_chars()
    at = 0
    parts = _LINE_ENDS.split(words)
    for part, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
        kept = part.strip()
        if kept:
            start = at + part.index(kept[0])
            box = _box(text, start, start + len(kept) - 1) if placed else (0.0, 0.0, 0.0, 0.0)
            yield Line(sound(kept), *box, broken=end == "\ufffe")
        at += len(part) + len(end)


def _box(text: Any, first: int, last: int) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Left and right end of a line, its lower edge, and the size of its letters, as the page scales it."""
    from pypdfium2 import raw  # noqa: PLC0415

    left, bottom, _, _ = text.get_charbox(first, loose=True)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text.raw, first, matrix)
    size = raw.FPDFText_GetFontSize(text.raw, first) * math.hypot(matrix.c, matrix.d)
    return left, text.get_charbox(last, loose=True)[2], bottom, size


def _checked(blocks: list[str], found: _Read) -> list[str]:
    """The paragraphs; raises Trouble where they hold no words."""
    words = "".join(blocks)
    if sum(len(block.split()) for block in blocks) < _WORDS_LEAST:
        if found.total and found.failed == found.total:
            raise Trouble("broken", "none of its pages could be read")
        raise Trouble("empty", "its pages are pictures: make the text in them searchable first (OCR, e.g. ocrmypdf)")
    if sum(map(str.isalpha, words)) < _READABLE_LEAST * len(words.replace(" ", "")):
        raise Trouble("binary", "its fonts do not say which letters they show: make it searchable first (OCR)")
    return blocks


def _title(stated: str, blocks: list[str], found: _Read) -> str | None:
    """The title that the document states, where it is one; else what is set in the largest letters at its beginning."""
    stated = " ".join(stated.split())
    if 5 <= len(stated) <= 250 and not _NO_TITLE.fullmatch(stated):
        return stated
    lines = next((page for page in found.pages if page), [])
    largest = max((line.size for line in lines), default=0.0)
    rest = sorted(line.size for page in found.pages for line in page)
    if largest <= 1.2 * rest[len(rest) // 2]:
        return None
    head = letters(" ".join(line.words for line in lines if line.size > 0.95 * largest))
    return next((block for block in blocks[:4] if letters(block) == head and len(block) <= 250), None)


def _stands(title: str, blocks: list[str]) -> bool:
    """Tell whether the document begins with its title, also where that is set in two sizes, or below another line."""
    key = letters(title)
    found = [letters(block) for block in blocks[:4]]
    return key in found or any("".join(found[at:]).startswith(key) for at in range(len(found)))


def _date(stated: str) -> str | None:
    """The time of creation (PDF 32000-1, 7.9.4) in ISO 8601."""
    found = _DATE.match(stated)
    if found is None:
        return None
    year, month, day, hour, minute, second, zulu, sign, hours, minutes = found.groups()
    time = f"T{hour}:{minute}:{second}" if hour else ""
    zone = ("Z" if zulu else f"{sign}{hours}:{minutes or '00'}" if sign else "") if time else ""
    return iso(f"{year}-{month}-{day}{time}{zone}")
