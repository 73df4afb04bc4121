"""Parquet, by batches of rows (pyarrow, an optional package)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from inquit.read.opening import Opened, Source, whole
from inquit.read.options import COLUMNS, Options
from inquit.read.table import Row, rows_read
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

_BATCH_ROWS = 256


def parquet(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """Articles of a Parquet file; raises Trouble of code extra-missing or archive-broken."""
    try:
        import pyarrow  # noqa: PLC0415 - optional
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise Trouble("extra-missing", "reading Parquet needs: pip install 'inquit[parquet]'") from error
    try:
        # The end of the file says where its columns are: only a file on disk can be read in parts.
        seekable = source.path is not None and source.path.is_file() and not opening.packed
        file = pq.ParquetFile(source.path if seekable else io.BytesIO(whole(opening.stream, options.max_bytes)))
        yield from rows_read(_rows(file, options), source, options)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise Trouble("archive-broken", f"the Parquet file could not be read: {error}") from error


def _rows(file: Any, options: Options) -> Iterator[Row]:  # noqa: ANN401 - pyarrow has no types
    names = list(file.schema_arrow.names)
    wanted = {options.columns.get(ours, ours) for ours in COLUMNS}
    needed = {options.columns.get("text", "text"), *options.columns.values()}
    columns = [name for name in names if name in wanted]
    if not needed <= set(names):
        # The caller is to hear of all columns there are.
        yield 1, dict.fromkeys(names)
        return
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=columns):
        for row in batch.to_pylist():
            number += 1
            yield number, row
