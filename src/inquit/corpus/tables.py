"""The tables of a corpus: a row a record and a column a key of the contract, and a few columns more."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias, get_args

import msgspec

from inquit.errors import WorkError
from inquit.records import Article, Problem, Statement

Table: TypeAlias = Literal["articles", "statements", "problems"]
TABLES: tuple[Table, ...] = get_args(Table)

_RECORDS: dict[Table, type[msgspec.Struct]] = {"articles": Article, "statements": Statement, "problems": Problem}


class More(NamedTuple):
    """A column that the contract does not have."""

    name: str
    kind: type


MORE: dict[Table, tuple[More, ...]] = {
    "articles": (More("words", int), More("prepared", bytes)),
    "statements": (More("words", str),),
    "problems": (),
}
"""Beside the keys of the contract: how many words a text has and what linking compares of it; a content's words."""


def columns(table: Table) -> list[str]:
    """The names of a table's columns, in order."""
    keys = (field.encode_name for field in msgspec.structs.fields(_RECORDS[table]))
    return [*keys, *(more.name for more in MORE[table])]


def schemas() -> dict[Table, Any]:
    """The Arrow schema of each table. Raises WorkError where pyarrow is missing."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional

        from inquit.export.parquet import arrow_type  # noqa: PLC0415
    except ImportError as error:
        raise WorkError("a corpus is written as Parquet, which needs: pip install 'inquit[parquet]'") from error
    plain = {int: pa.int64(), bytes: pa.binary(), str: pa.string()}
    return {
        table: pa.schema(
            [
                *((field.encode_name, arrow_type(field.type)) for field in msgspec.structs.fields(record)),
                *((more.name, plain[more.kind]) for more in MORE[table]),
            ]
        )
        for table, record in _RECORDS.items()
    }
