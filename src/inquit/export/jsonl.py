"""JSON lines: every record as the contract has it, nothing lost.

A lone surrogate is written as its JSON escape, which RFC 8259 allows (section 8.2) and Python and JavaScript read.
"""

from __future__ import annotations

import json
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
        try:
            line = self._encode(record)
        except UnicodeEncodeError:
            line = json.dumps(msgspec.to_builtins(record), separators=(",", ":")).encode("ascii")
        self._stream.write(line + b"\n")

    def close(self) -> None:
        """Nothing is left to do."""
