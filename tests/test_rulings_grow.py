"""Rulings, withdrawals, articles that come and links that are made, in any order: what is shown is that of them all.

INQUIT_ROUNDS=50 is the long form.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec
import pytest

from inquit import ids, pipeline
from inquit.errors import UsageError
from inquit.export import records
from inquit.keep import Draft, Ledger
from inquit.link import bonds, meetings
from inquit.records import Article, Claim, Reading, Ruling

ROUNDS = int(os.environ.get("INQUIT_ROUNDS", "3"))
OUTLETS = ("Harbour Post", "Meridian Wire", "Daily Lantern")


@cache
def articles() -> Sequence[Reading]:
    """The story that ships, and some of its articles once more, as other outlets print them."""
    story = [r for r in pipeline.readings(["examples"]) if isinstance(r, Reading)]
    return [
        *story,
        *(pipeline.reading(reprinted(r.article, outlet)) for r, outlet in zip(story, OUTLETS, strict=False)),
    ]


def reprinted(article: Article, outlet: str) -> Article:
    title, text = article.title, article.text.replace(" said", " told reporters", 1)
    ident = ids.article_id(external_id=None, outlet=outlet, published="2031-04-08", title=title, text=text)
    return Article(id=ident, outlet=outlet, published="2031-04-08", title=title, text=text)


@pytest.fixture(autouse=True)
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few make a crowd that these articles have some."""
    monkeypatch.setattr(bonds, "CROWD", 4)
    monkeypatch.setattr(meetings, "CROWD", 3)
    monkeypatch.setattr(meetings, "_FIRST", 2)


def shown(ledger: Ledger) -> list[bytes]:
    """All records but rulings; claims without their ids, which may have been minted from what came first."""
    found = [msgspec.structs.replace(r, id="") if isinstance(r, Claim) else r for r in records(ledger)]
    return sorted(msgspec.json.encode(r) for r in found if not isinstance(r, Ruling))


def wanted(ledger: Ledger, chance: random.Random, *, on_claims: bool) -> Draft:
    """Some ruling or other on what is shown; ``on_claims``, whose ids are of the ledger's own history, also."""
    reading = chance.choice([r for r in ledger.readings() if r.statements])
    one, other = chance.choice(reading.statements), chance.choice([s for r in ledger.readings() for s in r.statements])
    text, names = reading.article.text, [s.entity for s in ledger.sources()]
    start = chance.randrange(len(text) - 40)
    span = [[start, start + chance.randint(3, 40)]]
    claims = [c.id for c in ledger.claims()] if on_claims else []
    about, says, value = chance.choice(
        [
            (one.id, "same-claim", other.id),
            (one.id, "not-same-claim", other.id),
            (one.id, "same-claim", chance.choice(claims or [other.id])),
            (one.id, "not-same-claim", chance.choice(claims or [other.id])),
            (chance.choice(names), "same-entity", chance.choice(names)),
            (one.id, "wrong-span", json.dumps({"content": span})),
            (one.id, "wrong-source", chance.choice(names)),
            (one.id, "wrong-source", "null"),
            (one.id, "not-a-statement", None),
            (reading.article.id, "missed", json.dumps({"content": span})),
            (reading.article.id, "missed", json.dumps({"content": span, "entity": chance.choice(names)})),
            (reading.article.id, "wrong-outlet", chance.choice(OUTLETS)),
            (reading.article.id, "wrong-date", f"2031-0{chance.randint(1, 9)}-02"),
        ]
    )
    return msgspec.convert({"about": about, "says": says, "value": value, "who": "Ana Duarte"}, Draft)


def ruled(ledger: Ledger, chance: random.Random, count: int, *, on_claims: bool = False) -> None:
    """Rulings, some withdrawn again, with links made in between or not."""
    for _ in range(count):
        try:
            ruling = ledger.rule(wanted(ledger, chance, on_claims=on_claims))
        except UsageError:
            continue
        if chance.random() < 0.3:
            ledger.withdraw(
                chance.choice([one for one in ledger.rulings() if not one.withdrawn] or [ruling]).id, who="Ida Moor"
            )
        if chance.random() < 0.4:
            pipeline.link(ledger)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_is_shown_is_that_of_the_rulings_in_force_whatever_came_when(tmp_path: Path, number: int) -> None:
    chance, folder = random.Random(number), tmp_path
    order = chance.sample(articles(), len(articles()))
    half = chance.randint(4, len(order))
    with Ledger.create(folder / "bit by bit") as ledger:
        ledger.keep(order[:half])
        pipeline.link(ledger)
        ruled(ledger, chance, 6)
        ledger.keep(order[half:])
        ruled(ledger, chance, 6)
        pipeline.link(ledger)
        assert ledger.verify() == []
        assert not ledger.links_due()
        with Ledger.create(folder / "at once") as other:
            other.keep(articles())
            for one in reversed(ledger.rulings()):
                # Of what a person had added, and has withdrawn since, there is nothing to be ruled.
                with suppress(UsageError):
                    if one.withdrawn is None:
                        other.rule(Draft(about=one.about, says=one.says, value=one.value, who=one.who, at=one.at))
            pipeline.link(other)
            assert shown(ledger) == shown(other)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_with_all_rulings_withdrawn_nothing_shows_that_there_were_any(tmp_path: Path, number: int) -> None:
    chance, folder = random.Random(number), tmp_path
    with Ledger.create(folder / "ledger") as ledger:
        ledger.keep(articles())
        pipeline.link(ledger)
        before = list(records(ledger))
        ruled(ledger, chance, 8, on_claims=True)
        held = [one.id for one in ledger.rulings() if one.withdrawn is None]
        for ident in chance.sample(held, len(held)):
            ledger.withdraw(ident, who="Ida Moor")
        pipeline.link(ledger)
        assert ledger.verify() == []
        assert [r for r in records(ledger) if not isinstance(r, Ruling | Claim)] == [
            r for r in before if not isinstance(r, Claim)
        ]
        assert shown(ledger) == sorted(
            msgspec.json.encode(msgspec.structs.replace(r, id="") if isinstance(r, Claim) else r) for r in before
        )


def test_an_article_that_is_forgotten_and_back_before_links_are_made_is_where_it_was(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger") as ledger:
        ledger.keep(articles())
        pipeline.link(ledger)
        before = shown(ledger)
        for reading in articles():
            ledger.forget(reading.article.id)
            ledger.keep(reading)
            pipeline.link(ledger)
            assert shown(ledger) == before


def test_a_claim_goes_with_the_ruling_without_which_its_statements_say_too_little(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger") as ledger:
        ledger.keep(articles())
        pipeline.link(ledger)
        before = shown(ledger)
        compared = set(ledger._store.rows("SELECT statement.id FROM saying JOIN statement ON number = statement"))
        short = [s.id for r in ledger.readings() for s in r.statements if (s.id,) not in compared][:2]
        for _ in range(2):
            ruling = ledger.rule(Draft(about=short[0], says="same-claim", value=short[1], who="Ana Duarte"))
            pipeline.link(ledger)
            assert any({o.statement for o in c.occurrences} >= set(short) for c in ledger.claims())
            ledger.withdraw(ruling.id, who="Ana Duarte")
            pipeline.link(ledger)
            assert shown(ledger) == before
