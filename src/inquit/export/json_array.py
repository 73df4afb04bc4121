"""One JSON document of which an array is written item by item."""

from __future__ import annotations

from typing import BinaryIO

import msgspec


class JsonArray:
    """``before`` is the document's text up to the array, ``after`` what follows it; an item stands on its own line."""

    def __init__(self, stream: BinaryIO, before: str) -> None:
        self._stream = stream
        self._between = b"\n"
        self._encode = msgspec.json.Encoder().encode
        stream.write(before.encode() + b"[")

    def add(self, item: dict[str, object]) -> None:
        """Write an item, less those of its keys that are None or empty."""
        self._stream.write(self._between + self._encode(told(item)))
        self._between = b",\n"

    def end(self, after: str) -> None:
        """Close the array and write the rest of the document."""
        self._stream.write(b"\n]" + after.encode() + b"\n")


def told(item: dict[str, object]) -> dict[str, object]:
    """The keys of an object that have something to say; zero and False do, None, "" and [] do not."""
    return {key: value for key, value in item.items() if value not in (None, "", [], {}, ())}
