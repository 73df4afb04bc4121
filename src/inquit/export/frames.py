"""Data frames of records: pandas, polars, Arrow.

``statements`` has the columns of the CSV export, so the words and not the spans; the other tables have the keys of
their records, as the Parquet export does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any, Literal, TypeAlias, get_args

import msgspec

from inquit.errors import UsageError, WorkError
from inquit.export.statement_rows import COLUMNS, NUMBERS, StatementRows
from inquit.export.wording import encodable
from inquit.records import Article, Claim, Copy, Problem, Record, Ruling, Statement

Table: TypeAlias = Literal["statements", "articles", "claims", "copies", "problems", "rulings"]

TABLES: Mapping[str, type[Record]] = {
    "statements": Statement,
    "articles": Article,
    "claims": Claim,
    "copies": Copy,
    "problems": Problem,
    "rulings": Ruling,
}
"""The tables that there are, and the kind of record that each has a row for."""


def pandas_frame(records: Iterable[Record], table: Table = "statements") -> Any:  # noqa: ANN401 - pandas may be missing
    """A ``pandas.DataFrame``; what holds several things is an object. Raises as ``checked`` and ``_library`` do."""
    kind, pandas = checked(table), _library("pandas", "pandas")
    if kind is not Statement:
        return pandas.DataFrame.from_records(_plain(records, kind), columns=_keys(kind))
    found = pandas.DataFrame(_statements(records), columns=list(COLUMNS))
    return found.astype({"score": "float64", "independent_sources": "Int64"})


def polars_frame(records: Iterable[Record], table: Table = "statements") -> Any:  # noqa: ANN401 - polars may be missing
    """A ``polars.DataFrame``, typed throughout. Raises as ``checked`` and ``_library`` do."""
    kind, polars = checked(table), _library("polars", "polars")
    if kind is not Statement:
        schema = {field.encode_name: _polars(polars, field.type) for field in msgspec.structs.fields(kind)}
        return polars.DataFrame(_plain(records, kind), schema=schema)
    types = {str: polars.String, int: polars.Int64, float: polars.Float64}
    schema = {name: types[NUMBERS.get(name, str)] for name in COLUMNS}
    return polars.DataFrame(_statements(records), schema=schema, orient="row")


def arrow_table(records: Iterable[Record], table: Table = "statements") -> Any:  # noqa: ANN401 - pyarrow has no types
    """A ``pyarrow.Table``, typed throughout. Raises as ``checked`` and ``_library`` do."""
    kind, pa = checked(table), _library("pyarrow", "'inquit[parquet]'")
    if kind is not Statement:
        whole = import_module("inquit.export.parquet").schema()
        return pa.Table.from_pylist(_plain(records, kind), schema=pa.schema([whole.field(key) for key in _keys(kind)]))
    types = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    schema = pa.schema([(name, types[NUMBERS.get(name, str)]) for name in COLUMNS])
    return pa.Table.from_pylist([dict(zip(COLUMNS, row, strict=True)) for row in _statements(records)], schema=schema)


def checked(table: str) -> type[Record]:
    """The kind of record that a table has a row for; raises UsageError where there is no such table."""
    if table not in TABLES:
        raise UsageError(f"there is no table {table!r}: the tables are {', '.join(TABLES)}")
    return TABLES[table]


def _library(name: str, package: str) -> Any:  # noqa: ANN401 - a module that may be missing
    try:
        return import_module(name)
    except ImportError as error:
        raise WorkError(f"this data frame needs {name}: pip install {package}") from error


def _statements(records: Iterable[Record]) -> list[list[object]]:
    rows = StatementRows()
    for record in records:
        rows.write(encodable(record))
    return list(rows.close())


def _plain(records: Iterable[Record], kind: type[Record]) -> list[dict[str, Any]]:
    keys = _keys(kind)
    found = (msgspec.to_builtins(encodable(record)) for record in records if isinstance(record, kind))
    return [{key: one[key] for key in keys} for one in found]


def _keys(kind: type[Record]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(kind)]


def _polars(polars: Any, kind: Any) -> Any:  # noqa: ANN401 - annotations are values of every sort
    """The type of an annotation: a record is a struct, ``X | None`` is X, a pair of numbers a list."""
    plain = {str: polars.String, int: polars.Int64, float: polars.Float64, bool: polars.Boolean}
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = msgspec.structs.fields(kind)
        return polars.Struct([polars.Field(field.encode_name, _polars(polars, field.type)) for field in fields])
    if kind in plain:
        return plain[kind]
    parts = [part for part in get_args(kind) if part not in (type(None), ...)]
    if getattr(kind, "__origin__", None) is tuple:
        return polars.List(_polars(polars, parts[0]))
    return polars.String if isinstance(parts[0], str) else _polars(polars, parts[0])  # a Literal's first value
