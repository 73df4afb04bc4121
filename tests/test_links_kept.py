"""Links from page to ledger to claim: kept as they were read, and what a claim draws on."""

from __future__ import annotations

import json
from pathlib import Path

import apsw
import msgspec
import pytest

from inquit import pipeline
from inquit.export import records
from inquit.keep import Ledger, migrations, opening
from inquit.read import Options
from inquit.records import Reading

CRACKED = "the crane at berth nine in Ellin had been cracked since May"
REST = {
    "lantern": "The port has eleven cranes, of which four were bought in the last ten years and seven are older. "
    "Nobody who works beside them was surprised when the news went round on Sunday morning before the first shift.",
    "post": "Ships for the upper berths go round by the lock when the tide is out, and wait in the roads if not. "
    "The harbour office keeps a list of who waits for how long, and publishes it once a year in the winter.",
    "courier": "A committee of the council looks into what the repairs of the old quays have cost so far this year. "
    "It meets in the town hall, behind closed doors, on the second and the last Thursday of each month.",
}
LANTERN, POST, COURIER = (f"https://{host}.example/crane" for host in ("dailylantern", "harbourpost", "ellincourier"))


def write(folder: Path, name: str, outlet: str, url: str, sentence: str) -> str:
    path = folder / f"{name}.html"
    path.write_text(
        f'<html><head><title>Crane</title><meta property="og:site_name" content="{outlet}">'
        f'<link rel="canonical" href="{url}">'
        f'<meta property="article:published_time" content="2031-06-0{list(REST).index(name) + 1}"></head>'
        f"<body><article><h1>Crane at {name}</h1><p>{sentence}</p><p>{REST[name]}</p></article></body></html>",
        encoding="utf-8",
    )
    return str(path)


@pytest.fixture
def pages(tmp_path: Path) -> list[str]:
    linked = f'The crane at berth nine in Ellin <a href="{LANTERN}?utm_source=x#top">had been cracked</a> since May.'
    return [
        write(tmp_path, "lantern", "Daily Lantern", LANTERN, f"Mara Quill, an engineer, said that {CRACKED}."),
        write(tmp_path, "post", "Harbour Post", POST, f"Jonas Velde, a crane driver, said that {CRACKED}."),
        write(tmp_path, "courier", "Ellin Courier", COURIER, linked),
    ]


def test_what_a_page_links_to_is_what_its_statement_draws_on(tmp_path: Path, pages: list[str]) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        list(pipeline.add(ledger, pages))
        pipeline.link(ledger)
        articles = {article.outlet: article for article in ledger.articles()}
        [link] = articles["Ellin Courier"].links
        assert link.address == LANTERN
        assert articles["Ellin Courier"].text[slice(*link.span)] == "had been cracked"
        home = {s.id: r.article.outlet for r in ledger.readings() for s in r.statements}
        [claim] = [c for c in ledger.claims() if "cracked" in c.text]
        drawn = {(home[draw.from_], home[draw.to], draw.by) for draw in claim.draws}
        assert ("Daily Lantern", "Ellin Courier", "link") in drawn
        assert ledger.verify() == []
        lines = [json.loads(msgspec.json.encode(record)) for record in records(ledger)]
        assert [line["links"] for line in lines if line.get("links")] == [
            [{"span": list(link.span), "address": LANTERN}]
        ]


def test_links_are_kept_as_they_were_read(tmp_path: Path, pages: list[str]) -> None:
    read = [one for one in pipeline.readings(pages, Options()) if isinstance(one, Reading)]
    with Ledger.create(tmp_path / "l") as ledger, Ledger.create(tmp_path / "other") as other:
        ledger.keep(read)
        assert {a.id: a.links for a in ledger.articles()} == {r.article.id: r.article.links for r in read}
        other.merge(ledger.path)
        assert list(other.articles()) == list(ledger.articles())


def test_a_ledger_from_before_links_were_kept_opens_and_has_none(
    tmp_path: Path, pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = migrations.MIGRATIONS.index(migrations.HYPERLINKS)
    with monkeypatch.context() as patch:
        for module in (migrations, opening):
            patch.setattr(module, "MIGRATIONS", migrations.MIGRATIONS[:at])
        opening.opened(tmp_path / "l", write=True, create=True).connection.close()
    connection = apsw.Connection(str(tmp_path / "l"))
    connection.execute(
        "INSERT INTO article (id, outlet, authors, text) VALUES ('a1:00000000000000000000', 'Post', '[]', 'Words.')"
    )
    connection.close()
    with Ledger.open(tmp_path / "l", write=True) as ledger:
        [article] = ledger.articles()
        assert article.links == ()
        list(pipeline.add(ledger, pages))
        assert any(one.links for one in ledger.articles())
