"""Tagged content hashes: the same article or statement has the same id on every machine and in every run.

An id is a tag with the version of its recipe (``a1:``, ``s1:``) and 20 hexadecimal digits of the BLAKE2b hash of
canonical JSON: UTF-8, no white space, keys as listed here.
"""

from __future__ import annotations

import hashlib

import msgspec

from inquit.records import Spans


def article_id(
    *, external_id: str | None, outlet: str | None, published: str | None, title: str | None, text: str
) -> str:
    """Id of an article: two outlets with the same words are two articles, the same input twice is one."""
    return "a1:" + _digest([external_id, outlet, published, title, text])


def statement_id(
    *, article: str, source: Spans, cue: Spans, content: Spans, inside: str | None, attributed: bool
) -> str:
    """Id of a statement: of its place in the article, never of the model or score that found it."""
    return "s1:" + _digest([article, attributed, source, cue, content, inside])


def claim_id(first: str) -> str:
    """Id of a claim: of the statement that was its first occurrence when it was minted."""
    return "c1:" + _digest([first])


def ruling_id(*, about: str, says: str, value: str | None, who: str, at: str) -> str:
    """Id of a ruling: of who ruled what about what, and when."""
    return "r1:" + _digest([about, says, value, who, at])


def file_id(data: bytes) -> str:
    """Id of a file's bytes, for model cards."""
    return "f1:" + hashlib.blake2b(data, digest_size=10).hexdigest()


def _digest(parts: list[object]) -> str:
    # A lone surrogate has no UTF-8 form; its escape stands for it.
    canonical = msgspec.json.encode(_encodable(parts))
    return hashlib.blake2b(canonical, digest_size=10).hexdigest()


def _encodable(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, list | tuple):
        return [_encodable(v) for v in value]
    return value
