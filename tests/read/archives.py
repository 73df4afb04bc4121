"""Archives of invented pages, written for a test."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

from pages import page
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

STORY = "<p>“The {} stays shut,” said Ana Duarte, who speaks for the harbour of Ellin.</p>"


class Writer(WARCWriter):
    """Writes records from memory: warcio's own temporary files are closed by nobody."""

    def _create_temp_file(self):
        return io.BytesIO()


def story(number: int) -> str:
    """A page that no other number has."""
    return page(STORY.format(f"gate {number}"))


def warc_of(*pages: bytes | str, packed: bool = True, **headers: str) -> bytes:
    """A web archive with a request and an answer for each page, the n-th at ``https://harbourpost.example/n``."""
    out = io.BytesIO()
    writer = Writer(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "a test"}))
    for number, markup in enumerate(pages):
        add(writer, "request", number, b"", {})
        add(writer, "response", number, markup, {"Content-Type": "text/html; charset=utf-8"} | headers)
    return out.getvalue()


def add(
    writer: Writer, kind: str, number: int, body: bytes | str, headers: dict[str, str], *, status="200 OK", **warc: str
) -> None:
    """One more record."""
    http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
    if kind == "request":
        http = StatusAndHeaders("/ HTTP/1.1", [("Host", "harbourpost.example")], protocol="GET")
    record = writer.create_warc_record(
        f"https://harbourpost.example/{number}",
        kind,
        payload=io.BytesIO(body.encode() if isinstance(body, str) else body),
        http_headers=http,
        warc_headers_dict={"WARC-Date": "2026-03-02T10:00:00Z"} | warc,
    )
    writer.write_record(record)


def members(packed: bytes) -> list[bytes]:
    """The gzip members of an archive, each still packed."""
    found, starts = [], []
    at = 0
    while (at := packed.find(b"\x1f\x8b\x08", at)) >= 0:
        starts.append(at)
        at += 1
    for start, end in zip(starts, [*starts[1:], len(packed)], strict=True):
        gzip.decompress(packed[start:end])
        found.append(packed[start:end])
    return found


def zip_of(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_of(files: dict[str, bytes | str], mode: str = "w") -> bytes:
    """A tar archive, packed with gzip where ``mode`` is ``w:gz``."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            raw = data.encode() if isinstance(data, str) else data
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))
    return out.getvalue()


CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
CHAPTER = (
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Part {0}</title></head><body><h2>Gate {0} stays shut</h2>'
    "<p>“Gate {0} stays shut,” said Ana Duarte, who speaks for the harbour of Ellin, on Monday.</p>"
    "<p>The council had asked for it to be opened before the spring, when the ferries come back to Norland.</p>"
    "</body></html>"
)


def epub_of(*chapters: str, meta: str = "", **others: bytes | str) -> bytes:
    """An EPUB whose reading order is a cover and the chapters."""
    files: dict[str, bytes | str] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    items = "".join(
        f'<item id="c{n}" href="ch%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    files["OEBPS/book.opf"] = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Harbour Review</dc:title>'
        f"<dc:creator>Lena Roth</dc:creator><dc:date>2026-03-02</dc:date>{meta}</metadata>"
        '<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f'<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>{items}</manifest>'
        f'<spine><itemref idref="cover"/><itemref idref="nav"/>{order}</spine></package>'
    )
    files["OEBPS/cover.xhtml"] = "<html><body><h1>Harbour Review</h1><p>March</p></body></html>"
    for number, chapter in enumerate(chapters):
        files[f"OEBPS/ch {number}.xhtml"] = chapter
    return zip_of(files | others)
