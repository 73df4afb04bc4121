"""``inquit datasette``: what it says of tables is true of the ledger's own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import inquit
from inquit.cli.main import inquit as cli


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("datasette") / "story.db"
    with inquit.open(path, write=True) as kept:
        kept.add("examples")
    return path


@pytest.fixture(scope="module")
def told(ledger: Path) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["datasette", str(ledger)])
    assert done.exit_code == 0
    found: dict[str, Any] = json.loads(done.stdout)["databases"]["story"]
    return found


@pytest.fixture(scope="module")
def opened(ledger: Path) -> Iterator[sqlite3.Connection]:
    """The ledger as Datasette opens it: read only, by Python's own SQLite."""
    connection = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    yield connection
    connection.close()


def _tables(opened: sqlite3.Connection) -> set[str]:
    """The tables but for those in which full-text search keeps its own, which Datasette hides by itself."""
    found = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    own = {f"{one}{end}" for one in found for end in ("_config", "_data", "_docsize", "_idx")}
    return {one for one in found - own if not one.startswith("sqlite_") and f"{one}_idx" not in found}


def _columns(opened: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in opened.execute(f"PRAGMA table_info([{table}])")}


def test_every_table_is_described_or_hidden_and_none_that_is_not_there(
    told: dict[str, Any], opened: sqlite3.Connection
) -> None:
    assert set(told["tables"]) == _tables(opened)
    assert all(one.get("hidden") or one["description"].endswith(".") for one in told["tables"].values())


def test_no_table_is_hidden_because_its_name_begins_like_a_hidden_one(told: dict[str, Any]) -> None:
    hidden = tuple(name for name, table in told["tables"].items() if table.get("hidden"))
    assert not [name for name, table in told["tables"].items() if not table.get("hidden") and name.startswith(hidden)]


def test_every_key_names_the_column_that_it_refers_to(told: dict[str, Any], opened: sqlite3.Connection) -> None:
    for name in told["tables"]:
        assert all(row[4] is not None for row in opened.execute(f"PRAGMA foreign_key_list([{name}])")), name


def test_every_column_of_a_described_table_is_described(told: dict[str, Any], opened: sqlite3.Connection) -> None:
    for name, table in told["tables"].items():
        if not table.get("hidden"):
            assert set(table["columns"]) == _columns(opened, name), name


def test_facets_labels_orders_and_search_name_what_there_is(told: dict[str, Any], opened: sqlite3.Connection) -> None:
    for name, table in told["tables"].items():
        columns = _columns(opened, name)
        named = {*table.get("facets", ()), *(table[key] for key in ("label_column", "sort_desc") if key in table)}
        assert named <= columns, name
        if "fts_table" in table:
            assert table["fts_pk"] in columns
            sql = f"SELECT count(*) FROM [{name}] WHERE [{table['fts_pk']}] IN (SELECT rowid FROM {table['fts_table']}"  # noqa: S608 - our own names
            assert opened.execute(f"{sql} WHERE {table['fts_table']} MATCH 'crane')").fetchone()[0] > 0


@pytest.mark.parametrize("name", ["statements", "claims", "chain", "framings"])
def test_every_query_runs_and_finds_something(name: str, told: dict[str, Any], opened: sqlite3.Connection) -> None:
    assert set(told["queries"]) == {"statements", "claims", "chain", "framings"}
    query = told["queries"][name]
    assert query["title"]
    assert query["description"].endswith(".")
    rows = opened.execute(query["sql"], {"words": "crane", "claim": "c1:"}).fetchall()
    assert rows
    assert any(len([value for value in row if value is not None]) > 3 for row in rows)


def test_it_is_written_to_a_file_whole(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "metadata.json"
    assert CliRunner().invoke(cli, ["datasette", str(ledger), "--out", str(out)]).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["title"].startswith("story: ")


def test_datasette_itself_shows_the_ledger_so(ledger: Path, told: dict[str, Any]) -> None:
    app = pytest.importorskip("datasette.app", reason="datasette is not installed")
    import asyncio  # noqa: PLC0415

    async def asked(*paths: str) -> list[Any]:
        shown = app.Datasette([str(ledger)], metadata={"databases": {"story": told}})
        await shown.invoke_startup()
        answers = [await shown.client.get(path) for path in paths]
        assert [one.status_code for one in answers] == [200] * len(paths)
        return answers

    pages = asyncio.run(asked("/story.json", "/story/claims.json", *(f"/story/{name}" for name in told["tables"])))
    visible = {one["name"] for one in pages[0].json()["tables"] if not one["hidden"]}
    assert visible == {name for name, table in told["tables"].items() if not table.get("hidden")}
    assert pages[1].json()["rows"]
    [found] = asyncio.run(asked("/story/statement?_search=crane"))
    assert "Cracks in crane" in found.text
    assert told["tables"]["statement"]["description"] in found.text.replace("&#39;", "'")
