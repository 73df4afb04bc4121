"""Inputs taken apart into pieces, without reading what takes long; and the reading of a piece.

The pieces of an input are the same ones in the same order each time, so a place among them can be remembered. What
comes of them is what ``read`` gives, but that each mail of a mailbox tells of its own attached files.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, cast

from inquit.read import read_fetched
from inquit.read.archive import Inner, tar
from inquit.read.dispatch import DEEPEST, READERS, named_read
from inquit.read.fetch import Fetched, Fetcher, Validators
from inquit.read.grouping import with_problems
from inquit.read.kinds import Kind, kind_of
from inquit.read.mail import mail
from inquit.read.mbox import mails
from inquit.read.opening import Opened, Source, opened, opened_bytes, opened_member, whole
from inquit.read.options import Options
from inquit.read.pieces import FetchedPiece, FilePiece, MailPiece, PagePiece, Piece, ReadPiece
from inquit.read.plugged import plugged
from inquit.read.text import decoded
from inquit.read.trouble import Trouble
from inquit.read.wacz import titled
from inquit.read.warc import page_address, page_read, warc_pages
from inquit.read.zipped import zipped
from inquit.records import Article, Problem

# Of one article, or as many as a page can hold; they are taken whole, and a worker reads them.
_WHOLE: frozenset[Kind] = frozenset({"feed", "html", "mail", "newsml", "pdf", "sitemap", "text"})


class Place:
    """How many bytes of an input have been taken apart."""

    def __init__(self) -> None:
        self.bytes = 0

    def watched(self, stream: BinaryIO) -> BinaryIO:
        """The stream, of which what is read is counted."""
        return cast("BinaryIO", _Watched(stream, self))


class _Watched(io.RawIOBase):
    def __init__(self, stream: BinaryIO, place: Place) -> None:
        super().__init__()
        self._stream = stream
        self._place = place

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed has the private WriteableBuffer
        part = self._stream.read(len(buffer))
        self._place.bytes += len(part)
        buffer[: len(part)] = part
        return len(part)


def pieces(source: Source, options: Options, place: Place, stdin: BinaryIO | None = None) -> Iterator[Piece | Problem]:
    """The pieces of a file or of standard input, and the Problems of what cannot be taken apart."""
    try:
        with opened(source, stdin, place.watched) as opening:
            yield from _grouped(_named(opening, source, options), source)
    except Trouble as trouble:
        yield trouble.problem(source.shown)


def stream_pieces(stream: BinaryIO, source: Source, options: Options, place: Place) -> Iterator[Piece | Problem]:
    """The pieces of a stream that is no file of this machine."""
    try:
        yield from _grouped(_named(opened_member(place.watched(stream), source), source, options), source)
    except Trouble as trouble:
        yield trouble.problem(source.shown)


def fetched_pieces(address: str, fetcher: Fetcher) -> Iterator[Piece | Problem]:
    """What an address gives, as one piece."""
    try:
        found = fetcher.fetch(address)
    except Trouble as trouble:
        yield trouble.problem(address)
        return
    yield FetchedPiece(
        shown=address, address=found.address, data=found.body or b"", media=found.media, charset=found.charset
    )


def piece_read(piece: Piece, options: Options) -> Iterator[Article | Problem]:
    """Articles, each before its Problems, and Problems of a piece; what is wrong with it is a Problem."""
    try:
        yield from _read(piece, options)
    except Trouble as trouble:
        yield trouble.problem(piece.shown)


def _read(piece: Piece, options: Options) -> Iterator[Article | Problem]:
    if isinstance(piece, PagePiece):
        found = page_read(piece, options)
        yield from titled(found, {page_address(piece): piece.title}, options) if piece.title else found
    elif isinstance(piece, FilePiece):
        source = Source(piece.shown, piece.name, path=None)
        yield from named_read(opened_bytes(piece.data, source, None), source, options, piece.depth)
    elif isinstance(piece, MailPiece):
        source = Source(piece.shown, piece.name, path=None)
        yield from mail(opened_bytes(piece.data, source, None), source, options)
    elif isinstance(piece, FetchedPiece):
        unknown = Validators(piece.address)
        yield from read_fetched(
            Fetched(piece.shown, piece.address, piece.data, piece.media, piece.charset, unknown), options
        )
    else:
        yield piece.article
        yield from piece.problems


def _named(opening: Opened, source: Source, options: Options, depth: int = 0) -> Iterator[Piece | Article | Problem]:
    name = source.name or ""
    kind = None if plugged(name) is not None else kind_of(name, opening.head)
    if kind == "text" and depth:
        # Of an archive what is no text is counted, and not a Problem each.
        decoded(opening.head)
    if kind is None or kind in _WHOLE or name.lower().endswith(".epub"):
        yield FilePiece(shown=source.shown, name=source.name, data=whole(opening.raw, options.max_bytes), depth=depth)
    elif kind == "warc":
        yield from warc_pages(opening, source, options)
    elif kind == "mbox":
        yield from _mails(opening, source, options)
    elif kind in {"tar", "zip"}:
        if depth > DEEPEST:
            raise Trouble("kind", "an archive in an archive that is in one itself: unpack it first")
        inner: Inner[Piece | Article | Problem] = partial(_member, options=options, depth=depth + 1)
        if kind == "tar":
            yield from tar(opening, source, inner)
        else:
            yield from zipped(opening, source, options, inner)
    else:
        yield from READERS[kind](opening, source, options)


def _member(stream: BinaryIO, source: Source, *, options: Options, depth: int) -> Iterator[Piece | Article | Problem]:
    yield from _named(opened_member(stream, source), source, options, depth)


def _mails(opening: Opened, source: Source, options: Options) -> Iterator[MailPiece | Problem]:
    for offset, data in mails(opening, options.max_bytes):
        shown = f"{source.shown}, byte {offset}"
        if data is None:
            message = f"the mail is longer than {options.max_bytes} bytes"
            yield Problem(code="too-large", message=message, input=shown)
        else:
            yield MailPiece(shown=shown, name=f"{source.name or '-'}/{offset}", data=data)


def _grouped(found: Iterator[Piece | Article | Problem], source: Source) -> Iterator[Piece | Problem]:
    """Articles that were read on the way as pieces with their Problems."""
    for one in with_problems(_told(found, source)):
        if isinstance(one, tuple):
            yield ReadPiece(shown=source.shown, article=one[0], problems=tuple(one[1]))
        else:
            yield one


def _told(found: Iterator[Piece | Article | Problem], source: Source) -> Iterator[Piece | Article | Problem]:
    try:
        yield from found
    except Trouble as trouble:
        yield trouble.problem(source.shown)
