"""What inputs are taken apart into: pieces that can be read by themselves, in any order and on any machine."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from inquit.records import Article, Problem


class FilePiece(msgspec.Struct, frozen=True, kw_only=True, tag="file"):
    """A file with its bytes as they are, packed or not; ``depth`` archives are around it.

    ``shown`` names it in Problems, ``name`` is the file's own without folders.
    """

    shown: str
    name: str | None
    data: bytes
    depth: int = 0


class PagePiece(msgspec.Struct, frozen=True, kw_only=True, tag="page"):
    """A page of a web archive.

    ``charset`` as the server stated it, ``fetched`` in ISO 8601, ``cut`` by the crawler, ``plain`` text rather than
    HTML; ``title`` is one that a list of pages has.
    """

    shown: str
    data: bytes
    address: str
    charset: str | None
    fetched: str | None
    cut: bool
    plain: bool
    title: str | None = None


class MailPiece(msgspec.Struct, frozen=True, kw_only=True, tag="mail"):
    """A mail of a mailbox."""

    shown: str
    name: str
    data: bytes


class FetchedPiece(msgspec.Struct, frozen=True, kw_only=True, tag="fetched"):
    """What an address gave; ``address`` is where redirects led."""

    shown: str
    address: str
    data: bytes
    media: str
    charset: str | None


class ReadPiece(msgspec.Struct, frozen=True, kw_only=True, tag="read"):
    """An Article of a table, which is read in one pass, with its Problems."""

    shown: str
    article: Article
    problems: tuple[Problem, ...] = ()


Piece: TypeAlias = FilePiece | PagePiece | MailPiece | FetchedPiece | ReadPiece
