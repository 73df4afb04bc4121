"""JSON lines: every record as the contract has it, nothing lost."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from inquit.records import Record


class JsonLines:
    """One record a line, UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._encode = msgspec.json.Encoder().encode

    def write(self, record: Record) -> None:
        """Write the record's line."""
        self._stream.write(self._encode(record) + b"\n")

    def close(self) -> None:
        """Nothing is left to do."""
