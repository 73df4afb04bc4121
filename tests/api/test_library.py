"""``import inquit``: reading, a ledger, data frames."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import inquit
from inquit.errors import UsageError, WorkError
from inquit.export import write
from inquit.export.statement_rows import COLUMNS
from inquit.keep import Ledger as Kept
from inquit.records import Article, Claim, Problem, Reading, Statement

TEXT = (
    'The harbour master, Ana Duarte, said on Monday: "The crane is safe." '
    "Officials of the port denied that it had cracked."
)
OTHER = "Jonas Velde of the Port of Ellin said on Tuesday that the sluice had been closed for a week."


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "story.db"
    with inquit.open(path, write=True) as ledger:
        assert len(ledger.add("examples")) == 9
    return path


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_importing_the_package_imports_nothing_else_of_it_and_only_what_python_has_anyway() -> None:
    code = "import sys, types, importlib; had = set(sys.modules); import inquit; print(*set(sys.modules) - had)"
    assert _run(code).split() == ["inquit"]


def test_what_the_package_names_is_there() -> None:
    assert set(inquit.__all__) <= set(dir(inquit))
    assert all(getattr(inquit, name) is not None for name in inquit.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        inquit.nothing  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize(
    "before", ["", "import inquit.read;", "from inquit import pipeline;", "from inquit import read;"]
)
def test_read_is_called_whatever_was_imported_before(before: str) -> None:
    code = f"{before}import inquit; from inquit.read import Options; print(len(inquit.read({TEXT!r})))"
    assert _run(code) == "1\n"


def test_a_text_is_read_with_what_is_known_of_it() -> None:
    found = inquit.read(TEXT, outlet="Harbour Post", published="2031-04-08")
    assert [(one.outlet, one.text, one.external_id) for one in found.articles] == [("Harbour Post", TEXT, None)]
    assert "The crane is safe" in [found.words(one) for one in found.statements]
    assert {one.attribution.entity for one in found.statements if one.attribution} >= {"Ana Duarte"}
    assert found[0].article == found.articles[0]


def test_a_text_its_bytes_and_its_article_are_read_alike() -> None:
    found = [inquit.read(one) for one in (TEXT, TEXT.encode(), inquit.article(TEXT))]
    assert found[0].readings == found[1].readings == found[2].readings
    assert found[0].statements


def test_an_article_of_our_making_has_the_id_of_the_same_text_read() -> None:
    known = {"outlet": "Harbour Post", "published": "2031-04-08", "title": "Crane"}
    assert inquit.article(TEXT, **known) == inquit.read(TEXT, **known).articles[0]  # type: ignore[arg-type]


def test_a_string_that_names_a_file_is_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "two words.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for given in ("two words.txt", tmp_path / "two words.txt", str(tmp_path)):
        assert [one.external_id for one in inquit.read(given).articles] == ["two words.txt"]


@pytest.mark.parametrize("given", ["artcle.txt", Path("no such folder"), "no such file.html", "nowhere"])
def test_a_path_that_leads_nowhere_is_the_callers_trouble(given: str | Path) -> None:
    with pytest.raises(UsageError, match="there is no file or folder"):
        inquit.read(given)


def test_among_several_inputs_one_that_leads_nowhere_is_a_problem() -> None:
    found = inquit.read([TEXT, "artcle.txt", OTHER])
    assert len(found) == 2
    assert [(one.code, one.input) for one in found.problems] == [("not-found", "artcle.txt")]


@pytest.mark.parametrize("given", [3, None, [TEXT, 3]])
def test_what_is_no_input_is_told_with_what_is(given: object) -> None:
    with pytest.raises(UsageError, match="is nothing to read: give a text, a path"):
        inquit.read(given)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["", " \n", "\ud800 lone", b"\x00\x01\x02"])
def test_odd_texts_never_raise(given: str | bytes) -> None:
    found = inquit.read(given)
    assert len(found) + len(found.problems) >= 1


def test_readings_come_one_by_one() -> None:
    def given() -> object:
        yield TEXT
        raise AssertionError("the second input was asked for before the first was handed on")

    first = next(inquit.readings(given()))  # type: ignore[arg-type]
    assert isinstance(first, Reading)


def test_a_ledger_is_asked_for_everything_it_has(story: Path) -> None:
    with inquit.open(story) as ledger, Kept.open(story) as kept:
        assert list(ledger.articles()) == list(kept.articles())
        assert list(ledger.statements()) == [s for one in kept.readings() for s in one.statements]
        assert {one.id for one in ledger.claims()} == {one.id for one in kept.claims()}
        assert list(ledger.copies()) == list(kept.copies())
        assert list(ledger.sources()) == list(kept.sources())


def test_statements_are_sought_by_source_and_words(story: Path) -> None:
    with inquit.open(story) as ledger:
        found = list(ledger.statements(source="hallgard", stance="denies"))
        assert found
        assert all("Hallgard" in (one.attribution.entity or "") for one in found if one.attribution)
        assert found == [one for one in ledger.statements(source="hallgard") if one.attribution.stance == "denies"]  # type: ignore[union-attr]
        assert {one.id for one in ledger.statements(words="crane")} < {one.id for one in ledger.statements()}
        with pytest.raises(UsageError, match="cannot be sought by speaker: words, article, source"):
            next(ledger.statements(speaker="Hallgard"))
        with pytest.raises(UsageError, match="stance"):
            next(ledger.statements(stance="shouts"))


def test_claims_are_sorted_and_chosen(story: Path) -> None:
    with inquit.open(story) as ledger:
        losses = [len(one.laundering) for one in ledger.claims(sort="laundering")]
        assert losses == sorted(losses, reverse=True)
        assert losses[0] > 0
        assert len(ledger.claims(limit=2)) == 2
        assert len(ledger.claims("inquiry")) < len(losses)
        assert ledger.claims(until="2025") == []
        with pytest.raises(UsageError, match="no date"):
            ledger.claims(since="yesterday")
        with pytest.raises(UsageError, match="no order 'size'"):
            ledger.claims(sort="size")  # type: ignore[arg-type]


def test_a_search_gives_records(story: Path) -> None:
    with inquit.open(story) as ledger:
        hits = ledger.search("crane", limit=50)
        assert {type(one.record) for one in hits} == {Article, Statement}
        assert all("crane" in one.text.lower() for one in hits)


def test_a_claim_is_traced_by_record_id_beginning_or_statement(story: Path) -> None:
    with inquit.open(story) as ledger:
        claim = ledger.claims(sort="laundering")[0]
        said = ledger.kept.statement(claim.occurrences[-1].statement)
        assert said is not None
        traces = [ledger.trace(one) for one in (claim, claim.id, claim.id[:12], said, said.id)]
        assert {one.claim.id for one in traces} == {claim.id}
        assert len(traces[0].chain.links) == len(claim.occurrences)
        assert len(traces[0].chain.copies) > 0
        with pytest.raises(UsageError, match="stands in no claim"):
            ledger.trace(next(ledger.articles()).id)


def test_adding_gives_what_is_new_and_links_it(tmp_path: Path) -> None:
    with inquit.open(tmp_path / "new.db", write=True) as ledger:
        one = inquit.article(OTHER, outlet="Daily Lantern", published="2031-04-08")
        assert len(ledger.add(one)) == 1
        assert len(ledger.add([one, OTHER, "artcle.txt"], outlet="Meridian Wire", published="2031-04-09")) == 1
        assert [one.code for one in ledger.problems()] == ["not-found"]
        assert [len(claim.occurrences) for claim in ledger.claims(limit=1)] == [2]


def test_a_ledger_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkError, match="there is no ledger"):
        inquit.open(tmp_path / "none.db")


def test_a_ledger_opened_for_reading_is_not_written_to(story: Path) -> None:
    with inquit.open(story) as ledger, pytest.raises(UsageError, match="opened for reading"):
        ledger.add(TEXT)


def test_the_table_of_statements_has_the_columns_and_values_of_the_csv_export(story: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow comes with the extra parquet")
    stream = io.BytesIO()
    with inquit.open(story) as ledger:
        table = ledger.to_arrow()
        write(ledger.kept, "csv", stream)
    wanted = list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))
    assert table.schema.names == list(COLUMNS)
    found = [{key: "" if value is None else str(value) for key, value in row.items()} for row in table.to_pylist()]
    assert [{k: v.removeprefix("'") for k, v in row.items()} for row in wanted] == found
    assert any(row["claim"] for row in found)


@pytest.mark.parametrize("table", ["articles", "claims", "copies", "problems", "rulings"])
def test_other_tables_have_a_row_a_record(story: Path, table: str) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow comes with the extra parquet")
    with inquit.open(story) as ledger:
        records = [msgspec.to_builtins(one) for one in getattr(ledger, table)()]
        found = ledger.to_arrow(table).to_pylist()  # type: ignore[arg-type]
    keys = {key for one in records for key in one} - {"type"}
    assert sorted(str(one.get("id")) for one in found) == sorted(str(one.get("id")) for one in records)
    assert all(set(one) == keys for one in found)


def test_a_table_that_there_is_not_is_told(story: Path) -> None:
    for one in ("to_pandas", "to_polars", "to_arrow"):
        with inquit.open(story) as ledger, pytest.raises(UsageError, match="no table 'people': the tables are statem"):
            getattr(ledger, one)("people")


@pytest.mark.parametrize(
    ("method", "library", "repair"),
    [
        ("to_pandas", "pandas", "pip install pandas"),
        ("to_polars", "polars", "pip install polars"),
        ("to_arrow", "pyarrow", r"pip install 'inquit\[parquet\]'"),
    ],
)
def test_a_missing_library_is_told_with_the_repair(
    monkeypatch: pytest.MonkeyPatch, method: str, library: str, repair: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(WorkError, match=repair):
        getattr(inquit.read(TEXT), method)()


def test_pandas_frames_have_numbers_where_numbers_are(story: Path) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    with inquit.open(story) as ledger:
        frame, claims = ledger.to_pandas(), ledger.to_pandas("claims")
    assert list(frame.columns) == list(COLUMNS)
    assert str(frame.score.dtype) == "float64"
    assert frame.independent_sources.dropna().min() >= 1
    assert list(claims.columns) == [field.encode_name for field in msgspec.structs.fields(Claim)]
    assert inquit.read("").to_pandas().empty


def test_polars_frames_are_typed_even_when_they_are_empty(story: Path) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    with inquit.open(story) as ledger:
        for table in ("statements", "articles", "claims", "copies", "problems", "rulings"):
            frame = ledger.to_polars(table)
            assert frame.schema == inquit.read("").to_polars(table).schema
            assert polars.Null not in frame.dtypes
        assert ledger.to_polars().filter(polars.col("framing") == "distancing").height > 0


def test_problems_make_a_table_too() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow comes with the extra parquet")
    found = inquit.read([TEXT, "artcle.txt"])
    assert [one["code"] for one in found.to_arrow("problems").to_pylist()] == [one.code for one in found.problems]
    assert all(isinstance(one, Problem) for one in found.problems)
