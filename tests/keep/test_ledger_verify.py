"""A ledger that somebody tampered with, or a disk spoiled, is found out."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from ledger_sample import links, made, reading

from inquit.errors import WorkError
from inquit.keep import Ledger

TAMPERED = {
    "UPDATE article SET title = 'Another' WHERE number = 1": "not that of the article's content",
    "UPDATE statement SET id = 's1:0' WHERE number = 1": "not that of the statement's place",
    "UPDATE statement SET entity = 'Somebody' WHERE number = 2": "columns do not agree",
    "UPDATE statement SET body = json_set(body, '$.content[0][1]', 9999) WHERE number = 1": "not within the text",
    "UPDATE statement SET body = json_set(body, '$.evidence.span[1]', 9999) WHERE number = 2": "not within the text",
    "UPDATE statement SET body = json_set(body, '$.inside', 's1:0') WHERE number = 3": "the article does not have",
    "UPDATE statement SET body = '{}' WHERE number = 2": "damaged",
    "UPDATE problem SET body = json_set(body, '$.span[1]', 9999) WHERE number = 1": "span of a problem",
    "DELETE FROM statement WHERE number IN (SELECT statement FROM occurrence)": "names a row of statement",
    "DELETE FROM occurrence": "no occurrence",
    "UPDATE claim SET body = json_set(body, '$.denied_by', json('[\"s1:0\"]'))": "names s1:0",
    "UPDATE claim_id SET alias_of = id": "circle",
    "UPDATE claim_id SET alias_of = (SELECT max(id) FROM claim_id) WHERE id < (SELECT max(id) FROM claim_id)": "alias",
    "DELETE FROM article_words_data WHERE id > 10": "index",
    "INSERT INTO article_words (rowid, title, text) VALUES (99, 'x', 'y')": "index does not agree",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "l"
    with Ledger.create(path) as ledger:
        ledger.keep(reading(number) for number in range(30))
        ledger.keep_links(*links(ledger.readings()))
        assert ledger.verify() == []
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []
    return path


@pytest.mark.parametrize("sql", TAMPERED)
def test_what_was_tampered_with_is_found(path: Path, sql: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute(sql)
    connection.close()
    with Ledger.open(path, write=True) as ledger:
        assert any(TAMPERED[sql] in finding for finding in ledger.verify())


def test_damaged_pages_are_found(path: Path) -> None:
    connection = apsw.Connection(str(path))
    pages = connection.execute("SELECT pageno - 1 FROM dbstat WHERE name = 'statement'").fetchall()
    connection.close()
    data = bytearray(path.read_bytes())
    for (page,) in pages:
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(data)
    with Ledger.open(path, write=True) as ledger:
        findings = ledger.verify()
        assert findings
        assert all(len(finding) > 10 for finding in findings)
        with pytest.raises(WorkError, match="damaged"):
            list(ledger.readings())


def test_a_reading_with_untrue_ids_is_found(tmp_path: Path) -> None:
    true = made("The pier is closed.", [{"content": "The pier is closed."}])
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(true)
        ledger._store.rows("UPDATE article SET id = 'a1:made-up'")
        findings = ledger.verify()
    assert any("a1:made-up" in finding for finding in findings)
    assert any(true.statements[0].id in finding for finding in findings)
