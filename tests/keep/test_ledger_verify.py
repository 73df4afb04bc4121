"""A ledger that somebody tampered with, or a disk spoiled, is found out."""

from __future__ import annotations

import re
from pathlib import Path

import apsw
import pytest
from ledger_sample import links, made, reading

from inquit.errors import WorkError
from inquit.keep import Fingerprints, Ledger, Unit, WatchedFeed, WatchedPage

TAMPERED = {
    "UPDATE article SET title = 'Another' WHERE number = 1": "not that of the article's content",
    "UPDATE statement SET id = 's1:0' WHERE number = 1": "not that of the statement's place",
    "UPDATE statement SET entity = 'Somebody' WHERE number = 2": "columns do not agree",
    "UPDATE statement SET body = json_set(body, '$.content[0][1]', 9999) WHERE number = 1": "not within the text",
    "UPDATE statement SET body = json_set(body, '$.evidence.span[1]', 9999) WHERE number = 2": "not within the text",
    "UPDATE statement SET body = json_set(body, '$.inside', 's1:0') WHERE number = 3": "the article does not have",
    "UPDATE statement SET body = '{}' WHERE number = 2": ": the record is damaged",
    "UPDATE problem SET body = json_set(body, '$.span[1]', 9999) WHERE number = 1": "span of a problem",
    "DELETE FROM statement WHERE number IN (SELECT statement FROM occurrence)": "names a row of statement",
    "DELETE FROM occurrence": "no occurrence",
    "UPDATE claim SET body = json_set(body, '$.denied_by', json('[\"s1:0\"]'))": "names s1:0",
    "UPDATE claim_id SET alias_of = id": "circle",
    "UPDATE claim_id SET alias_of = (SELECT max(id) FROM claim_id) WHERE id < (SELECT max(id) FROM claim_id)": "alias",
    "DELETE FROM article_words_data WHERE id > 10": "index",
    "INSERT INTO article_words (rowid, title, text) VALUES (99, 'x', 'y')": "index does not agree",
    "UPDATE claim SET body = json_set(body, '$.circular', json('[\"s1:0\"]'))": "names s1:0",
    "UPDATE article SET instant = 7.5 WHERE number = 1": "place in time",
    "UPDATE state SET linked = revision + 1": "table state",
    "UPDATE copy SET body = json_set(body, '$.to', 'a1:0')": "the copy from",
    "DELETE FROM told WHERE statement = 1": "table told",
    "UPDATE tally SET outlets = 99": "table tally",
    "UPDATE named SET statements = 99": "table named",
    "DELETE FROM unit_key WHERE (key | place) - (key & place) = 7": "not found by all of its keys",
    "DELETE FROM mark": "not found by all of its fingerprints",
    "DELETE FROM alike WHERE article < other": "not the other way round",
    "DELETE FROM unit": "what is compared of it is not there",
    "UPDATE watched_page SET due = 99": "the page's columns",
    "UPDATE watched_feed SET body = json_set(body, '$.address', 'x')": "the feed's address",
    "UPDATE version SET at = 99 WHERE position = 1": "not in order",
}
_FOLLOWING = {
    *("claim", "claim_id", "occurrence", "copy", "state", "told", "tally", "named", "article_words"),
    *("unit", "unit_key", "mark", "alike"),
}
MENDED = [
    sql for sql in TAMPERED if re.split("UPDATE |FROM |INTO ", sql)[1].split()[0] in _FOLLOWING or "instant" in sql
]


def prepared(ledger: Ledger) -> None:
    """Two articles that are linked, one of them an older version of a page."""
    first, second = (reading(number) for number in (1, 2))
    units = [Unit(number, b"u", b"a", b"v", [number, 100]) for number in (7, 8)]
    ledger.keep_units(
        [Fingerprints(first.article.id, [1, 2], b"\0\1", b""), Fingerprints(second.article.id, [2, 3], b"\0\2", b"")],
        [(first.statements[0].id, 7), (second.statements[0].id, 8)],
        units,
    )
    with ledger.linking() as links:
        numbers = [links.texts._known[n].number for n in sorted(links.texts.fresh())]
        links.texts.join(numbers[0], (numbers[1], 0.9, 0.5, b"\x80", 1.0, True))
        links.texts.join(numbers[1], (numbers[0], 0.9, 0.5, b"\x80", -1.0, False))
    watching = ledger.watching()
    watching.keep(WatchedFeed(address="https://harbourpost.example/feed"))
    page = WatchedPage(address="https://harbourpost.example/1", feed="f", mark="m", first=0.0, due=None)
    watching.keep(pages=[page])
    for number, at in ((28, 1.0), (29, 2.0)):
        watching.keep_version(watching.page(page.address) or page, reading(number).article.id, at)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "l"
    with Ledger.create(path) as ledger:
        ledger.keep(reading(number) for number in range(30))
        prepared(ledger)
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


@pytest.mark.parametrize("sql", TAMPERED)
def test_every_finding_names_what_mends_it(path: Path, sql: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute(sql)
    connection.close()
    with Ledger.open(path, write=True) as ledger:
        for finding in ledger.verify():
            assert any(word in finding for word in ("restore a backup", "inquit verify", "put a sound copy"))


@pytest.mark.parametrize("sql", MENDED)
def test_what_follows_from_the_records_is_made_anew(path: Path, sql: str) -> None:
    with Ledger.open(path) as ledger:
        readings, ids = list(ledger.readings()), {claim.id for claim in ledger.claims()}
    connection = apsw.Connection(str(path))
    connection.execute(sql)
    connection.close()
    with Ledger.open(path, write=True) as ledger:
        assert ledger.verify() != []
        ledger.mend()
        assert ledger.links_due()
        assert len(list(ledger.unprepared())) == 29
        ledger.keep_links(*links(ledger.readings()))
        assert ledger.verify() == []
        assert list(ledger.readings()) == readings
        assert {claim.id for claim in ledger.claims()} == ids


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
