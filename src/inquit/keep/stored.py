"""Records and words as SQLite holds them.

Words are TEXT. Words with lone surrogates, which UTF-8 cannot hold, are a BLOB in which the surrogates are encoded like
any other code point; so every text comes back as it went in.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

import msgspec

from inquit.errors import WorkError

Words = str | bytes
_Kind = TypeVar("_Kind")


def stored(words: str) -> Words:
    """Words as a value that SQLite can hold."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return words.encode("utf-8", "surrogatepass")
    return words


def words(value: Words) -> str:
    """Words as they were before they were stored."""
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")


def packed(record: object) -> Words:
    """A record as JSON."""
    try:
        return msgspec.json.encode(record).decode()
    except UnicodeEncodeError:
        return stored(json.dumps(msgspec.to_builtins(record), ensure_ascii=False, separators=(",", ":")))


_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def _decoder(kind: type[_Kind]) -> msgspec.json.Decoder[_Kind]:
    return _decoders.get(kind) or _decoders.setdefault(kind, msgspec.json.Decoder(kind))


def unpacked(value: Words, kind: type[_Kind]) -> _Kind:
    """The record of that kind again; raises WorkError when it is none."""
    try:
        if isinstance(value, str):
            return _decoder(kind).decode(value)
        return msgspec.convert(json.loads(words(value)), kind)
    except (msgspec.MsgspecError, ValueError) as error:
        raise WorkError(f"a record of the ledger is damaged ({error}): `inquit verify` says which") from error
