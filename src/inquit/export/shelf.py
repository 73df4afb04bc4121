"""Values kept by name in a temporary file, so that a ledger of any size is exported in little memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
_IN_MEMORY = 1 << 24  # bytes before the file is one on disk


class Shelf(Generic[T]):
    """Values of one type by their names; in memory is only where each lies (about 100 bytes a value)."""

    def __init__(self, kind: type[T]) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as the shelf
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def put(self, name: str, value: T) -> None:
        """Keep a value; one that had the name is forgotten."""
        data = self._encode(value)
        self._file.seek(self._end)
        self._file.write(data)
        self._places[name] = (self._end, len(data))
        self._end += len(data)

    def get(self, name: str) -> T | None:
        """The value of that name."""
        place = self._places.get(name)
        if place is None:
            return None
        self._file.seek(place[0])
        return self._decode(self._file.read(place[1]))

    def values(self) -> Iterator[T]:
        """Every value, in the order in which they were first put."""
        for name in self._places:
            value = self.get(name)
            if value is not None:
                yield value

    def close(self) -> None:
        """Give the file back."""
        self._file.close()
