"""Web archives: WARC (ISO 28500) and ARC 1.0, compressed or not, record by record; Common Crawl's are such files.

warcio reads the headers of records and answers, and ARC. It was measured at 1,400 records a second, beside fastwarc's
3,000, where finding a page's main text takes 40 a second; it is pure Python, 0.2 MB and reads from any stream.
"""

from __future__ import annotations

import codecs
import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import msgspec
from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from inquit.read.address import plain
from inquit.read.fetch_body import body
from inquit.read.html import page
from inquit.read.making import about, sound
from inquit.read.opening import Opened, Source, opened_bytes
from inquit.read.options import Options
from inquit.read.passed import passed_over
from inquit.read.pieces import PagePiece
from inquit.read.text import texts
from inquit.read.trouble import Trouble
from inquit.read.warc_members import Damaged, Run, gzip_runs, plain_runs
from inquit.records import Article, Problem

# Without a handler its messages would reach stderr.
logging.getLogger("warcio").addHandler(logging.NullHandler())

_READ = re.compile(r"\s*(?:text/html|application/xhtml\+xml|(?P<plain>text/plain))\b", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_NOT_PACKED = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_ABOUT_THE_CRAWL = frozenset({"warcinfo", "request", "metadata", "arc_header", "continuation"})
_NO_PAGE = "without a web page"
_STATUS = "with another status than 200"
_REVISIT = "of a page that had been recorded before"
_CHUNK = 1 << 16


def warc(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """An Article for each web page that was answered with 200; the other records are counted in one Problem.

    A broken record is a Problem that names its offset, and the next sound one is read.
    """
    for found in warc_pages(opening, source, options):
        if isinstance(found, Problem):
            yield found
        else:
            yield from page_read(found, options)


def warc_pages(opening: Opened, source: Source, options: Options) -> Iterator[PagePiece | Problem]:
    """The web pages of an archive as they were recorded, each to be read by itself, and the Problems of records."""
    passed: Counter[str] = Counter()
    for run in gzip_runs(opening.raw) if opening.packed else plain_runs(opening.raw):
        for offset, found in _records(run, source, options.max_bytes, passed):
            if isinstance(found, str):
                message = f"the record at byte {offset} is passed over: {found}"
                yield Problem(code="record", message=message, input=source.shown)
            else:
                yield found
    yield from passed_over(passed, "record", source)


def page_read(found: PagePiece, options: Options) -> Iterator[Article | Problem]:
    """The Article of a page of an archive, and what is to be told of it."""
    address = page_address(found)
    linked = address if address.lower().startswith(("http://", "https://")) else None
    source = Source(f"{found.shown}: {address}", address or None, path=None, address=linked)
    article = None
    try:
        opening = opened_bytes(found.data, source, found.charset)
        for record in (texts if found.plain else page)(opening, source, options):
            if isinstance(record, Article):
                article = record
            elif record.code == "no-date" and found.fetched:
                stated = f"{record.message} (it was fetched at {found.fetched})"
                record = msgspec.structs.replace(record, message=stated)  # noqa: PLW2901 - the same, with more said
            yield record
    except Trouble as trouble:
        yield trouble.problem(source.shown)
    if article is not None and found.cut:
        yield about(article, "record", "the crawler has kept the beginning of the page only", source.shown)


def page_address(found: PagePiece) -> str:
    """The address of a page in its normal form; as it was recorded where it has none."""
    with suppress(Trouble):
        return plain(found.address)
    return found.address


def _records(run: Run, source: Source, max_bytes: int, passed: Counter[str]) -> Iterator[tuple[int, PagePiece | str]]:
    """Each page of the run with the offset of its record, and in words what is wrong with a record."""
    loader = ArcWarcRecordLoader(verify_http=False)
    while True:
        offset = run.place
        try:
            begins = run.at_record()
            offset = run.place
            if begins is None:
                return
            if not begins:
                raise Damaged("no record begins here")  # noqa: TRY301 - one way out of a broken place
            found = _record(run, loader, f"{source.shown}, byte {offset}", max_bytes)
        except Damaged as error:
            yield offset, str(error)
            if not _recovered(run):
                return
            continue
        if isinstance(found, PagePiece):
            yield offset, found
        elif found:
            passed[found] += 1


def _recovered(run: Run) -> bool:
    try:
        return run.seek_record()
    except Damaged:
        return False


def _record(run: Run, loader: ArcWarcRecordLoader, shown: str, max_bytes: int) -> PagePiece | str | None:
    """The page of the next record, why it holds none, or None for one about the crawl itself; raises Damaged."""
    record = _parsed(run, loader)
    if record.rec_type in _ABOUT_THE_CRAWL:
        found: PagePiece | str | None = None
    elif record.rec_type == "revisit":
        found = _REVISIT
    elif record.rec_type == "response" and (record.http_headers is None or _status(record) != "200"):
        found = _STATUS
    elif not (kind := _READ.match(_media(record))):
        found = _NO_PAGE
    elif record.raw_stream.limit > max_bytes:
        raise Damaged(f"it holds more than {max_bytes} bytes; raise max_bytes to read it")
    elif kind["plain"] and record.rec_type != "conversion":
        found = _NO_PAGE
    else:
        found = _page(record, shown, max_bytes, plain=kind["plain"] is not None)
    while record.raw_stream.limit:
        if not record.raw_stream.read(_CHUNK):
            raise Damaged("it ends early")
    return found


def _parsed(run: Run, loader: ArcWarcRecordLoader) -> ArcWarcRecord:
    """The record with the headers of its answer, its stream before the body; raises Damaged."""
    try:
        record = loader.parse_record_stream(run, no_record_parse=True)
        if record.length is None:
            raise Damaged("its header states no length")  # noqa: TRY301 - warcio raises the like
        uri = record.rec_headers.get_header("WARC-Target-URI") or ""
        record.http_headers = loader.load_http_headers(record.rec_type, uri, record.raw_stream, record.length)
    except (Damaged, Trouble):
        raise
    except Exception as error:
        raise Damaged(f"its header could not be read ({type(error).__name__}: {error})") from error
    return record


def _status(record: ArcWarcRecord) -> str:
    return str(record.http_headers.get_statuscode())


def _media(record: ArcWarcRecord) -> str:
    """The type of what the record holds: as the server states it, else as the crawler found it to be."""
    http = record.http_headers
    stated = http.get_header("Content-Type") if http is not None else record.content_type
    return str(stated or record.rec_headers.get_header("WARC-Identified-Payload-Type") or "")


def _page(record: ArcWarcRecord, shown: str, max_bytes: int, *, plain: bool) -> PagePiece:
    expected = record.raw_stream.limit
    data = record.raw_stream.read(expected) if expected else b""
    if len(data) < expected:
        raise Damaged("it ends early")
    http, head = record.http_headers, record.rec_headers
    if http is not None:
        data = _decoded(data, http.get_header("Transfer-Encoding"), http.get_header("Content-Encoding"), max_bytes)
    charset = _CHARSET.search(_media(record))
    return PagePiece(
        shown=shown,
        data=data,
        address=sound(head.get_header("WARC-Target-URI") or ""),
        charset=charset[1] if charset else None,
        fetched=head.get_header("WARC-Date"),
        cut=any(head.get_header(name) is not None for name in ("WARC-Truncated", "WARC-Segment-Number")),
        plain=plain,
    )


def _decoded(data: bytes, transfer: str | None, encoding: str | None, max_bytes: int) -> bytes:
    """A body without its chunks and its content encoding; raises Damaged.

    Many archives hold a page unpacked under the headers that it came with.
    """
    if (transfer or "").strip().lower() == "chunked":
        chunks = ChunkedDataReader(io.BytesIO(data))
        data = b"".join(iter(lambda: chunks.read(_CHUNK), b""))
    named = (encoding or "").strip().lower()
    if named in _NOT_PACKED or data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        return data
    if named not in _PACKED:
        raise Damaged(f"its page is packed with {named!r}, which is not read")
    try:
        return body([data], named, max_bytes)[0]
    except Trouble as trouble:
        raise Damaged(f"its page could not be unpacked: {trouble.message}") from trouble
