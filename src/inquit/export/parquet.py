"""Parquet: every record as the contract has it, a row a record and a column a key, for DuckDB, pandas and polars.

The columns are made from the records' own types, so nothing is lost and a new key is a new column. A key that a kind of
record does not have is null. Each row group holds records of one kind, so a query for one kind reads no other.
"""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Any, BinaryIO, get_args

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from inquit.records import Article, Claim, Copy, Problem, Record, Ruling, Statement

KINDS = (Article, Statement, Copy, Claim, Ruling, Problem)
"""The kinds of records in the file, in the order in which the last row groups are written."""
_GROUP_ROWS = 20_000
_GROUP_CHARACTERS = 1 << 26  # of the texts of articles


class _Tap(io.RawIOBase):
    """A stream until it is shut: a writer that is given up must not write an end that makes its file look whole."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self.shut = False

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed has the private ReadableBuffer
        view = memoryview(data)
        if not self.shut:
            self._stream.write(view)
        return view.nbytes


class ParquetFile:
    """Row groups are written as they fill; in memory are at most ``_GROUP_ROWS`` records of each kind."""

    def __init__(self, stream: BinaryIO) -> None:
        self._schema = schema()
        self._tap = _Tap(stream)
        self._file = pq.ParquetWriter(pa.PythonFile(self._tap, mode="w"), self._schema, compression="zstd")
        self._waiting: dict[type[Record], list[Any]] = defaultdict(list)
        self._characters = 0

    def write(self, record: Record) -> None:
        """Take one record."""
        waiting = self._waiting[type(record)]
        waiting.append(msgspec.to_builtins(record))
        self._characters += len(record.text) if isinstance(record, Article) else 0
        if len(waiting) == _GROUP_ROWS or self._characters > _GROUP_CHARACTERS:
            self._flush(type(record))

    def close(self) -> None:
        """Write what waits and the file's end."""
        for kind in KINDS:
            self._flush(kind)
        self._file.close()

    def __del__(self) -> None:
        # pyarrow's writer ends its file when it is taken away.
        self._tap.shut = True

    def _flush(self, kind: type[Record]) -> None:
        rows = self._waiting.pop(kind, [])
        if rows:
            self._file.write_table(pa.Table.from_pylist(rows, schema=self._schema), row_group_size=len(rows))
        if kind is Article:
            self._characters = 0


def schema() -> Any:  # noqa: ANN401 - pyarrow has no types
    """The Arrow schema: ``type``, then the keys of every kind of record in the order of the contract."""
    columns = {"type": pa.string()}
    for kind in KINDS:
        for field in msgspec.structs.fields(kind):
            columns.setdefault(field.encode_name, arrow_type(field.type))
    return pa.schema(list(columns.items()))


def arrow_type(kind: Any) -> Any:  # noqa: ANN401 - annotations are values of every sort
    """The Arrow type of a field's annotation: a record is a struct, ``X | None`` is X, a pair of numbers a list."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return pa.struct([(field.encode_name, arrow_type(field.type)) for field in msgspec.structs.fields(kind)])
    if kind in _PLAIN:
        return _PLAIN[kind]
    parts = [part for part in get_args(kind) if part not in (type(None), ...)]
    if getattr(kind, "__origin__", None) is tuple:
        return pa.list_(arrow_type(parts[0]))
    return arrow_type(parts[0]) if not isinstance(parts[0], str) else pa.string()  # a Literal's first value


_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
