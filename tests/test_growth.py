"""A ledger that grows bit by bit holds what one linked at once holds, whatever came when and went again."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.growing import seed, varied
from inquit import pipeline
from inquit.export import records
from inquit.keep import Ledger, linking
from inquit.link import bonds, meetings
from inquit.records import Claim, Reading

ARTICLES = 16


@cache
def articles() -> Sequence[Reading]:
    story = seed(None)
    return [*story, *islice(varied(story, number=3), ARTICLES - len(story))]


@pytest.fixture(autouse=True)
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few make a crowd that these articles have some."""
    monkeypatch.setattr(bonds, "CROWD", 4)
    monkeypatch.setattr(meetings, "CROWD", 3)
    monkeypatch.setattr(meetings, "_FIRST", 2)


def contents(ledger: Ledger) -> list[bytes]:
    """All records; claims without their ids, which may have been minted from an occurrence that came first."""
    found = [msgspec.structs.replace(r, id="") if isinstance(r, Claim) else r for r in records(ledger)]
    return sorted(map(msgspec.json.encode, found))


def at_once(path: Path, readings: Iterable[Reading]) -> list[bytes]:
    with Ledger.create(path) as ledger:
        ledger.keep(readings)
        pipeline.link(ledger)
        return contents(ledger)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(0, 3))
def test_no_order_or_split_of_additions_and_forgets_shows(
    tmp_path_factory: pytest.TempPathFactory, number: int, steps: int, forgotten: int
) -> None:
    rng = random.Random(number)
    order = rng.sample(articles(), len(articles()))
    gone = order[:forgotten]
    rng.shuffle(order)
    cuts = [0, *sorted(rng.sample(range(1, len(order)), steps)), len(order)]
    folder = tmp_path_factory.mktemp("growth")
    with Ledger.create(folder / "bit by bit") as ledger:
        for first, last in pairwise(cuts):
            ledger.keep(order[first:last])
            pipeline.link(ledger)
        for reading in gone:
            ledger.forget(reading.article.id)
            if rng.random() < 0.5:
                pipeline.link(ledger)
        pipeline.link(ledger)
        assert ledger.verify() == []
        assert contents(ledger) == at_once(folder / "at once", [r for r in articles() if r not in gone])


def test_going_through_everything_finds_what_looking_it_up_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = at_once(tmp_path / "one", articles())
    monkeypatch.setattr(linking, "_MANY", 1)
    monkeypatch.setattr(meetings, "_ALL", 1)
    assert at_once(tmp_path / "other", articles()) == looked_up


def test_a_run_that_ends_before_its_links_are_kept_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    half = len(articles()) // 2
    with Ledger.create(tmp_path / "cut off") as ledger:
        ledger.keep(articles()[:half])
        pipeline.link(ledger)
        ledger.keep(articles()[half:])
        with monkeypatch.context() as patched:
            patched.setattr(pipeline, "update_claims", stopped)
            with pytest.raises(KeyboardInterrupt):
                pipeline.link(ledger)
        assert ledger.links_due()
        assert ledger.verify() == []
        pipeline.link(ledger)
        assert contents(ledger) == at_once(tmp_path / "whole", articles())


def test_a_claim_keeps_its_id_while_others_come_and_go(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger") as ledger:
        ledger.keep(articles()[:9])
        pipeline.link(ledger)
        before = {c.id: {o.statement for o in c.occurrences} for c in ledger.claims()}
        ledger.keep(articles()[9:])
        pipeline.link(ledger)
        for ident, statements in before.items():
            now = ledger.claim(ident)
            assert now is None or statements & {o.statement for o in now.occurrences}
        for reading in articles()[9:]:
            ledger.forget(reading.article.id)
        pipeline.link(ledger)
        assert {c.id: {o.statement for o in c.occurrences} for c in ledger.claims()} == before


def test_the_words_of_an_article_that_was_linked_are_in_no_file_once_it_is_forgotten(tmp_path: Path) -> None:
    def held() -> bytes:
        return b"".join(p.read_bytes() for p in sorted(tmp_path.iterdir())).lower()

    one, *others = articles()
    with Ledger.create(tmp_path / "ledger") as ledger:
        ledger.keep(others)
        pipeline.link(ledger)
        own = {word.encode() for word in one.article.text.lower().split() if len(word) > 5}
        own -= {word for word in own if word in held()}
        assert own
        ledger.keep(one)
        pipeline.link(ledger)
        assert all(word in held() for word in own)
        ledger.forget(one.article.id)
        assert [word for word in own if word in held()] == []
