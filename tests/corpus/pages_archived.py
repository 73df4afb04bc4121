"""Corpora of tests: inputs with invented words, and what a folder holds."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).parent


class Writer(WARCWriter):
    """Writes records from memory: warcio's own temporary files are closed by nobody."""

    def _create_temp_file(self):
        return io.BytesIO()


def page(number: int, words: str = "stays shut") -> str:
    """A page that no other number has."""
    said = f"“The gate {number} {words},” said Ana Duarte, who speaks for the harbour of Ellin."
    day = "<meta property='article:published_time' content='2026-03-02T10:00:00Z'>"
    body = f"<h1>Gate {number}</h1><p>{said}</p><p>Nobody else was at the quay {number}.</p>"
    return f"<html><head><title>Gate {number}</title>{day}</head><body><article>{body}</article></body></html>"


def warc(path: Path, pages: list[str], start: int = 0) -> Path:
    """A web archive of pages, the n-th at ``https://harbourpost.example/n``."""
    with path.open("wb") as file:
        writer = Writer(file, gzip=path.suffix == ".gz")
        for number, markup in enumerate(pages, start):
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            address = f"https://harbourpost.example/{number}"
            record = writer.create_warc_record(
                address, "response", payload=io.BytesIO(markup.encode()), http_headers=http
            )
            writer.write_record(record)
    return path


def table(path: Path, texts: list[str], start: int = 0) -> Path:
    """A table of JSON lines with a text each."""
    rows = ({"id": str(number), "text": text, "outlet": "Harbour Post"} for number, text in enumerate(texts, start))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def rows(folder: Path, kind: str = "articles") -> list[dict]:
    """All rows of a table of a corpus."""
    return [row for path in sorted((folder / kind).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def ids(folder: Path) -> list[str]:
    """The ids of its articles, in order of id."""
    return sorted(row["id"] for row in rows(folder))
