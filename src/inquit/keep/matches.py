"""Where the words of a search stand in what was found: a function that SQL calls ``matches``."""

from __future__ import annotations

import apsw
import msgspec

from inquit.records import Span, Spans
from inquit.text import merged


def register(connection: apsw.Connection) -> None:
    """Make ``matches(TABLE, COLUMN)`` known: JSON of the spans, in code points of the column, that match the query."""
    connection.register_fts5_function("matches", _matches)


def _matches(api: apsw.FTS5ExtensionApi, /, *given: apsw.SQLiteValue) -> str:
    column = int(str(given[0]))
    encoded = api.column_text(column)
    tokens = api.tokenize(encoded, api.column_locale(column), include_colocated=False)
    found = [
        (tokens[first][0], tokens[first + len(phrase) - 1][1])
        for number, phrase in enumerate(api.phrases)
        for first in api.phrase_column_offsets(number, column)
    ]
    return msgspec.json.encode(_code_points(encoded, merged(found))).decode()


def _code_points(encoded: bytes, spans: Spans) -> list[Span]:
    """Spans of bytes as spans of code points."""
    out: list[Span] = []
    at = before = 0
    for start, end in spans:
        begin = before + _length(encoded[at:start])
        before = begin + _length(encoded[start:end])
        out.append((begin, before))
        at = end
    return out


def _length(encoded: bytes) -> int:
    return len(encoded.decode("utf-8", "surrogatepass"))
