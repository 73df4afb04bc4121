"""JSON lines, CSV and Parquet: read back by msgspec, csv, pyarrow and DuckDB."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import jsonschema
import msgspec
import pyarrow.parquet as pq
import pytest
from export_sample import HOSTILE, exported, hostile, sample

from inquit.export import parquet
from inquit.export.wording import encodable
from inquit.records import Record, Statement

ROOT = Path(__file__).parents[2]


def test_json_lines_come_back_as_the_same_records() -> None:
    lines = exported("jsonl", sample()).splitlines()
    assert [msgspec.json.decode(line, type=Record) for line in lines] == sample()
    schema = json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8"))
    for line in lines:
        jsonschema.validate(json.loads(line), schema)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_json_lines_keep_every_character(words: str) -> None:
    lines = exported("jsonl", hostile(words)).splitlines()
    assert [msgspec.convert(json.loads(line), Record) for line in lines] == hostile(words)


def test_csv_has_the_words_the_claim_and_the_chain_of_a_statement() -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv", sample()).decode("utf-8"), newline="")))
    assert [row["statement"] for row in rows] == [one.id for one in sample() if isinstance(one, Statement)]
    first = rows[0]
    assert (first["source"], first["cue"]) == ("harbour master Ana Duarte", "told")
    assert first["content"] == "The crane was cracked … and we knew"
    assert (first["carriage"], first["independent_sources"]) == ("origin", "1")
    assert first["chain"] == (
        "person: Ana Duarte > office: harbour master > body: Ellin Harbour Office > party: Port of Ellin"
    )
    assert first["why"] == "stance: told affirms"
    assert rows[4]["entity"] == rows[4]["claim"] == ""


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_csv_keeps_words_apart_and_hands_no_formula_to_a_spreadsheet(words: str) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv", hostile(words)).decode("utf-8"), newline="")))
    assert len(rows) == 2
    for row in rows:
        wanted = encodable(hostile(words)[0]).outlet
        assert row["outlet"] in {wanted, f"'{wanted}"}
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def rows_of(data: bytes) -> list[dict[str, object]]:
    return pq.read_table(io.BytesIO(data)).to_pylist()


def test_parquet_rows_are_the_records() -> None:
    back = []
    for row in rows_of(exported("parquet", sample())):
        kind = next(kind for kind in (*parquet.KINDS,) if kind.__struct_config__.tag == row["type"])
        names = [field.encode_name for field in msgspec.structs.fields(kind)]
        back.append(msgspec.convert({"type": row["type"], **{name: row[name] for name in names}}, Record))
    assert sorted(back, key=repr) == sorted(sample(), key=repr)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_parquet_keeps_every_character_that_utf_8_has(words: str) -> None:
    texts = [row["text"] for row in rows_of(exported("parquet", hostile(words))) if row["type"] == "article"]
    assert texts == [encodable(record).text for record in hostile(words) if record.__struct_config__.tag == "article"]


def test_parquet_is_asked_by_duckdb_for_one_kind_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    path.write_bytes(exported("parquet", sample()))
    query = (
        f"SELECT a.outlet, s.attribution.entity, s.attribution.chain[2].name FROM '{path}' s JOIN '{path}' a"  # noqa: S608
        " ON s.article = a.id WHERE s.type = 'statement' AND a.type = 'article' AND s.form = 'direct'"
    )
    assert duckdb.sql(query).fetchall() == [("Harbour Post", "Ana Duarte", "harbour master")]


def test_a_row_group_of_parquet_has_one_kind_and_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 2)
    file = pq.ParquetFile(io.BytesIO(exported("parquet", sample())))
    groups = [file.read_row_group(number).column("type").to_pylist() for number in range(file.num_row_groups)]
    assert all(len(set(group)) == 1 and len(group) <= 2 for group in groups)
    assert sum(map(len, groups)) == len(sample())
