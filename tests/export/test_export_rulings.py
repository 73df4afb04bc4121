"""What people have ruled, in the formats that have a place for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
from export_sample import exported, rulings, sample
from stix2validator import ValidationOptions, validate_string

from inquit.evaluate import brat
from inquit.export import export_folder, records, write
from inquit.keep import Draft, Ledger
from inquit.records import Article, Claim, Reading, Record, Ruling, Statement


def kept(path: Path) -> Ledger:
    """A ledger that holds the sample's articles and links."""
    found = sample()
    ledger = Ledger.create(path / "l")
    for article in (one for one in found if isinstance(one, Article)):
        said = tuple(s for s in found if isinstance(s, Statement) and s.article == article.id)
        ledger.keep(Reading(article=article, statements=said))
    ledger.keep_links([], [one for one in found if isinstance(one, Claim)])
    return ledger


def said(number: int) -> Statement:
    return [one for one in sample() if isinstance(one, Statement)][number]


def objects(found: list[Record]) -> list[dict[str, Any]]:
    return json.loads(exported("stix", found))["objects"]


def labels(found: list[dict[str, Any]], kind: str, **wanted: str) -> list[str]:
    """The Admiralty labels of the first object of that kind with these values."""
    one = next(o for o in found if o["type"] == kind and all(o.get(k) == v for k, v in wanted.items()))
    return [label for label in one["labels"] if label.startswith("admiralty")]


def rated(ruling: Ruling, **changes: object) -> list[Record]:
    return [msgspec.structs.replace(ruling, **changes), *sample()]


def test_json_lines_have_every_ruling_oldest_first_withdrawn_ones_too_after_claims(tmp_path: Path) -> None:
    with kept(tmp_path) as ledger:
        first = ledger.rule(Draft(about=said(0).id, says="note", value="seen", who="Ida Moor"))
        second = ledger.rule(Draft(about="Harbour Post", says="reliability", value="b", who="Ida Moor"))
        ledger.withdraw(first.id, who="Jonas Velde")
        with (tmp_path / "out").open("wb") as stream:
            write(ledger, "jsonl", stream)
        lines = [json.loads(line) for line in (tmp_path / "out").read_bytes().splitlines()]
        assert [one["id"] for one in lines if one["type"] == "ruling"] == [first.id, second.id]
        assert [one["withdrawn_by"] for one in lines if one["type"] == "ruling"] == ["Jonas Velde", None]
        kinds = [one["type"] for one in lines]
        assert kinds.index("ruling") > kinds.index("claim")


def test_a_rating_in_force_is_the_label_of_the_source_and_a_note_by_the_one_who_rated() -> None:
    [_, rating] = rulings(sample())
    found = objects([rating, *sample()])
    assert labels(found, "identity", name=rating.about) == ['admiralty-scale:source-reliability="b"']
    note = next(o for o in found if o.get("authors") == ["Ida Moor"])
    identity = next(o for o in found if o.get("name") == rating.about)
    assert (note["content"], note["object_refs"]) == ("has been right on the port", [identity["id"]])
    assert note["created"] == "2031-05-02T09:01:00.000Z"


def test_the_last_rating_counts_and_a_withdrawn_one_does_not() -> None:
    [_, rating] = rulings(sample())
    again = msgspec.structs.replace(rating, id="r1:3", value="D")
    name = rating.about
    assert labels(objects([rating, again, *sample()]), "identity", name=name) == [
        'admiralty-scale:source-reliability="d"'
    ]
    undone = msgspec.structs.replace(again, withdrawn="2031-05-03T00:00:00Z")
    assert labels(objects([rating, undone, *sample()]), "identity", name=name) == [
        'admiralty-scale:source-reliability="b"'
    ]


def test_credibility_is_that_of_a_statement_or_a_claim() -> None:
    [_, rating] = rulings(sample())
    claim = next(one for one in sample() if isinstance(one, Claim))
    for about in (said(0).id, claim.id):
        found = objects(rated(rating, about=about, says="credibility", value="2"))
        notes = [o for o in found if 'admiralty-scale:information-credibility="2"' in o.get("labels", [])]
        assert len(notes) == 2
        assert notes[0]["id"] in notes[1]["object_refs"]


def test_the_validator_finds_nothing_wrong_with_ratings_and_notes() -> None:
    found = rulings(sample())
    found += [msgspec.structs.replace(found[1], id="r1:4", about=said(0).id, says="note", value="ask\nher")]
    checked = validate_string(exported("stix", [*found, *sample()]).decode(), ValidationOptions(version="2.1"))
    known = ("is not a valid UUIDv4 ID", "has a URL but no hash")
    assert [str(e) for e in (*(checked.errors or ()), *checked.warnings) if not any(k in str(e) for k in known)] == []


def test_a_rating_stays_with_a_claim_that_has_another_id_now(tmp_path: Path) -> None:
    with kept(tmp_path) as ledger:
        [claim] = ledger.claims()
        ledger.rule(Draft(about=claim.id, says="credibility", value="3", who="Ida Moor"))
        ledger._store.rows("INSERT INTO claim_id VALUES ('c1:older', ?, 0, ?)", said(0).id, claim.id)
        ledger.rule(Draft(about="c1:older", says="credibility", value="4", who="Ida Moor"))
        found = [one for one in records(ledger, "stix") if isinstance(one, Ruling)]
        assert {one.about for one in found} == {claim.id}


def training(ledger: Ledger, folder: Path) -> None:
    folder.mkdir()
    export_folder(records(ledger, "training"), "training", folder)


def test_training_data_are_the_articles_that_people_have_corrected_as_they_are_shown(tmp_path: Path) -> None:
    with kept(tmp_path) as ledger:
        article = said(0).article
        ledger.rule(Draft(about=said(3).id, says="not-a-statement", who="Ida Moor"))
        ledger.rule(Draft(about=said(0).id, says="wrong-span", value='{"cue":["told"]}', who="ida_moor/2"))
        training(ledger, tmp_path / "out")
        [found] = brat.load(tmp_path / "out")
        shown = [s for s in ledger.statements(article) if s.attribution is not None]
        assert found.ident == article.replace(":", "-")
        assert [sorted(one.cue) for one in found.readings[0]] == [sorted(s.attribution.cue) for s in shown]
        [marks] = (tmp_path / "out" / "attributions").iterdir()
        assert marks.name == f"{found.ident}_ida-moor-2.ann"
        assert "ruled: wrong-span by ida_moor/2" in marks.read_text(encoding="utf-8")


def test_training_data_have_no_article_whose_rulings_are_all_withdrawn(tmp_path: Path) -> None:
    with kept(tmp_path) as ledger:
        ruling = ledger.rule(Draft(about=said(0).id, says="not-a-statement", who="Ida Moor"))
        ledger.rule(Draft(about=said(3).id, says="note", value="no correction", who="Ida Moor"))
        ledger.withdraw(ruling.id, who="Ida Moor")
        training(ledger, tmp_path / "out")
        assert list((tmp_path / "out" / "text").iterdir()) == []
        lines = (tmp_path / "out" / "corrections.jsonl").read_bytes().splitlines()
        assert [(one["id"], one["withdrawn_by"]) for one in map(json.loads, lines)] == [(ruling.id, "Ida Moor")]


def test_what_a_person_found_is_marked_as_such_in_training_data(tmp_path: Path) -> None:
    with kept(tmp_path) as ledger:
        value = {"content": ["we knew"], "source": ["Ana Duarte"], "cue": ["told"]}
        drafted = Draft(about=said(0).article, says="missed", value=json.dumps(value), who="Ida Moor")
        made = ledger.rule(drafted)
        training(ledger, tmp_path / "out")
        [marks] = (tmp_path / "out" / "attributions").iterdir()
        assert "ruled: missed, by Ida Moor" in marks.read_text(encoding="utf-8")
        assert made.article == said(0).article
