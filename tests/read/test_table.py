from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from inquit.read.dates import iso as read_date


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_json_lines_become_articles(reading):
    row = {
        "id": 7,
        "text": "One.\r\n### Two.",
        "title": "T",
        "outlet": "O",
        "published": "2018-07-16 00:41:32",
        "url": "https://x.example",
        "authors": ["Ann Lee", "Max Roe"],
    }
    [article], [] = reading("a.jsonl", lines(row))
    assert article.text == "One.\n### Two."
    assert (article.external_id, article.title, article.outlet, article.url) == ("7", "T", "O", "https://x.example")
    assert article.published == "2018-07-16T00:41:32"
    assert article.authors == ("Ann Lee", "Max Roe")


def test_row_without_id_has_no_external_id(reading):
    [article], [] = reading("a.jsonl", lines({"text": "One."}))
    assert article.external_id is None


def test_csv_with_a_byte_order_mark_and_long_rows_becomes_articles(reading):
    long = "word " * 100_000
    [first, second], [] = reading(
        "a.csv",
        f'\ufeffid,text,authors\r\n1,"Two\r\nlines, ""so""",Ann Lee; Max Roe\r\n2,{long},"Ann Lee, Max Roe"\r\n',
    )
    assert first.text == 'Two\nlines, "so"'
    assert first.authors == second.authors == ("Ann Lee", "Max Roe")
    assert second.text == long


@pytest.mark.parametrize("sign", [";", "\t"])
def test_csv_with_another_delimiter_is_read(reading, sign):
    [article], [] = reading("a.csv", f"id{sign}text\n1{sign}Words, and words.\n")
    assert (article.external_id, article.text) == ("1", "Words, and words.")


def test_parquet_becomes_articles(tmp_path, reading):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    when = datetime(2020, 1, 2, 3, 4, tzinfo=UTC)
    table = pa.table(
        {"text": ["One.", None, "Two."], "id": [1, 2, 3], "published": [when, when, None], "extra": [1, 2, 3]}
    )
    pq.write_table(table, tmp_path / "t.parquet")
    data = (tmp_path / "t.parquet").read_bytes()
    articles, [problem] = reading("a.parquet", data)
    assert [(a.external_id, a.text, a.published) for a in articles] == [
        ("1", "One.", "2020-01-02T03:04:00+00:00"),
        ("3", "Two.", None),
    ]
    assert problem.code == "row"
    [], [missing] = reading("b.parquet", data, columns={"outlet": "publisher"})
    assert missing.code == "column-missing"
    assert "extra" in missing.message


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz"])
def test_packed_tables_are_read(reading, name):
    data = lines({"text": "One."}) if "jsonl" in name else "text,id\nOne.,1\n"
    [article], [] = reading(name, gzip.compress(data.encode()))
    assert article.text == "One."


def test_columns_are_mapped(reading):
    [article], [] = reading("a.csv", "body,publisher\nWords.,Ours\n", columns={"text": "body", "outlet": "publisher"})
    assert (article.text, article.outlet) == ("Words.", "Ours")


@pytest.mark.parametrize(
    ("name", "data", "columns", "names"),
    [
        ("a.csv", "id,body\n1,Words.\n", {}, ("'text'", "'body'", "--column text=")),
        (
            "a.jsonl",
            lines({"id": 1, "body": "Words."}, {"id": 2, "body": "More."}),
            {},
            ("'text'", "'body'", "--column text="),
        ),
        ("a.csv", "text\nWords.\n", {"outlet": "publisher"}, ("'publisher'", "--column outlet=")),
        ("a.jsonl", lines({"text": "Words."}), {"outlet": "publisher"}, ("'publisher'", "--column outlet=")),
    ],
)
def test_missing_column_is_one_problem_that_names_those_there_are(reading, name, data, columns, names):
    articles, [problem] = reading(name, data, columns=columns)
    assert (articles, problem.code) == ([], "column-missing")
    assert all(part in problem.message for part in names)


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.jsonl", '{"text": "One."}\n{"text": broken\n{"text": "Two."}\n', "line 2"),
        ("a.jsonl", '{"text": "One."}\n[1]\n\n{"text": "Two."}\n', "line 2"),
        ("a.jsonl", '{"text": "One."}\n{"text": 5}\n{"text": "Two."}\n', "line 2"),
        ("a.jsonl", '{"text": "One."}\n{"id": 5}\n{"text": "Two."}\n', "line 2"),
        ("a.csv", "id,text\n1,One.\n2\n3,Two.\n", "line 3"),
        ("a.csv", "id,text\n1,One.\n2,b,c\n3,Two.\n", "line 3"),
        ("a.csv", 'id,text\n1,One.\n2,"open\n3,Two.\n', "line 3"),
    ],
)
def test_one_bad_row_is_a_problem_and_the_rest_goes_on(reading, name, data, line):
    articles, [problem] = reading(name, data)
    assert [a.text for a in articles] == ["One.", "Two."]
    assert problem.code == "row"
    assert line in problem.message


def test_date_that_is_none_is_unset_with_a_problem(reading):
    [article], [problem] = reading("a.jsonl", lines({"text": "One.", "published": "last week"}))
    assert article.published is None
    assert (problem.code, problem.article) == ("date", article.id)


@pytest.mark.parametrize(
    ("published", "iso"),
    [
        ("2018-07-16", "2018-07-16"),
        ("2018-07-16T00:41:32-04:00", "2018-07-16T00:41:32-04:00"),
        ("2018-07-16T00:41:32.123456789Z", "2018-07-16T00:41:32.123456789Z"),
        ("2018-07-16 00:41:32", "2018-07-16T00:41:32"),
        ("2018-07-16 00:41:32 +0200", "2018-07-16T00:41:32+02:00"),
        ("2018/7/6", "2018-07-06"),
        ("20180716", "2018-07-16"),
        (1531702892, "2018-07-16T01:01:32+00:00"),
        (1531702892000, "2018-07-16T01:01:32+00:00"),
        ("1531702892", "2018-07-16T01:01:32+00:00"),
        ("July 16, 2018", "2018-07-16"),
        ("16 Jul 2018", "2018-07-16"),
        ("Mon, 16 Jul 2018 00:41:32 -0400", "2018-07-16T00:41:32-04:00"),
        ("7/16/2018", "2018-07-16"),
        ("7/6/2018", None),
        ("2018-02-30", None),
        ("2018-07-16T25:00", None),
        (2018, None),
        (float("inf"), None),
        (True, None),
        ({"a": 1}, None),
    ],
)
def test_dates_become_iso_or_nothing(published, iso):
    assert read_date(published) == iso


def test_lone_surrogate_is_replaced_with_a_problem(reading):
    [article], [problem] = reading("a.jsonl", '{"text": "One \\ud83d two."}\n')
    assert article.text == "One \ufffd two."
    assert problem.code == "decoding"


def test_row_beyond_the_limit_is_a_problem_and_the_rest_goes_on(reading):
    articles, [problem] = reading("a.jsonl", lines({"text": "x" * 5000}, {"text": "Two."}), max_bytes=1000)
    assert [a.text for a in articles] == ["Two."]
    assert problem.code == "too-large"


def test_table_larger_than_the_limit_is_read_row_by_row(reading):
    articles, [] = reading("a.csv", "text\n" + "Some words of news.\n" * 500, max_bytes=1000)
    assert len(articles) == 500


@pytest.mark.parametrize(
    ("name", "data"), [("a.csv", "text,id\n"), ("a.csv", "\n"), ("a.jsonl", ""), ("a.jsonl", "\n\n")]
)
def test_table_without_rows_is_empty(reading, name, data):
    articles, [problem] = reading(name, data)
    assert (articles, problem.code) == ([], "empty")
