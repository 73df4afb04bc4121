"""Chains of invented articles: what becomes a claim, on whose word it stands, and what is lost on the way."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import Newsroom, linked, own, said

from inquit.records import Reading

CRACKS = "inspectors had found cracks in the Ellinport crane"


def day(n: int, hour: int = 9) -> str:
    return f"2026-03-{n:02d}T{hour:02d}:00:00Z"


@pytest.fixture
def crane() -> Newsroom:
    """An anonymous word, carried on until its source is gone, denied, and given back to where it came from."""
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("a port official", CRACKS, standing="anonymous", framing="distancing"))
    wire = news.publish("Meridian Wire", day(2), said("Harbour Post", CRACKS, standing="outlet"))
    lantern = news.publish("Daily Lantern", day(2, 11), said("Harbour Post", CRACKS, standing="outlet"))
    news.copied(wire, lantern, "Meridian Wire")
    news.publish("Ellin Courier", day(2, 13), own(f"Reportedly {CRACKS}"))
    news.publish("Capital Standard", day(3), own("Inspectors had found cracks in the crane at Ellinport"))
    news.publish(
        "Meridian Wire",
        day(4),
        said(
            "Ines Hallgard",
            "that inspectors had found cracks in the Ellinport crane",
            stance="denies",
            party="Port Authority",
        ),
    )
    news.publish("Harbour Post", day(5), said("Capital Standard", CRACKS, standing="outlet", framing="endorsing"))
    return news


def test_every_outlet_s_word_is_one_claim(crane: Newsroom):
    claim = crane.claim("found cracks")
    assert [o.carriage for o in claim.occurrences] == ["origin", "relay", "relay", "vague", "bare", "origin", "relay"]


def test_a_chain_of_outlets_leads_back_to_one_anonymous_source(crane: Newsroom):
    claim = crane.claim("found cracks")
    assert [(o.entity, o.when) for o in claim.origins] == [("a port official, to Harbour Post", "2026-03-01")]
    assert claim.independent_sources == 1


def test_the_step_where_the_source_is_lost_runs_from_the_last_that_had_it(crane: Newsroom):
    claim = crane.claim("found cracks")
    lost = [(crane.outlets([s.from_, s.to]), s.lost) for s in claim.laundering if s.lost == "source"]
    assert lost == [(["Daily Lantern", "Ellin Courier"], "source"), (["Daily Lantern", "Capital Standard"], "source")]


def test_a_doubt_that_the_relay_drops_is_a_loss_of_framing(crane: Newsroom):
    claim = crane.claim("found cracks")
    lost = [crane.outlets([s.from_, s.to]) for s in claim.laundering if s.lost == "framing"]
    assert ["Harbour Post", "Meridian Wire"] in lost


def test_a_denial_is_of_the_claim_and_no_origin_of_it(crane: Newsroom):
    claim = crane.claim("found cracks")
    assert crane.outlets(claim.denied_by) == ["Meridian Wire"]
    assert "Ines Hallgard" not in {o.entity for o in claim.origins}


def test_two_outlets_that_name_each_other_have_it_from_the_first_of_them():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("Ellin Courier", CRACKS, standing="outlet"))
    news.publish("Ellin Courier", day(2), said("Harbour Post", CRACKS, standing="outlet"))
    claim = news.claim("found cracks")
    assert len(claim.origins) == claim.independent_sources == 1


def test_one_party_with_many_mouths_is_one_source():
    news = Newsroom()
    for i, (outlet, name) in enumerate(
        [
            ("Harbour Post", "Ana Duarte"),
            ("Daily Lantern", "Tomas Reiner"),
            ("Ellin Courier", "the ministry spokeswoman"),
        ]
    ):
        news.publish(
            outlet, day(i + 1), said(name, "the tunnel under Mount Sorrel will open in October", party="Lunholm")
        )
    claim = news.claim("Sorrel")
    assert len(claim.origins) == 3
    assert claim.independent_sources == 1


def test_sources_of_different_parties_are_independent():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("Ana Duarte", "Lunholm had closed the tunnel under Mount Sorrel"))
    news.publish(
        "Daily Lantern", day(2), said("Olav Brenner", "Lunholm had closed the tunnel under Mount Sorrel last week")
    )
    assert news.claim("Sorrel").independent_sources == 2


def test_ten_outlets_with_one_press_release_are_one_source():
    news = Newsroom()
    words = "Acme Ferries carried 41,000 passengers between Ellinport and Sorrel in May"
    for i in range(10):
        news.publish(
            f"Outlet {'ABCDEFGHIJ'[i]}",
            day(i + 1),
            said("Acme Ferries", words, standing="institution", through="a press release"),
        )
    claim = news.claim("Acme")
    assert len(claim.occurrences) == 10
    assert [o.entity for o in claim.origins] == ["Acme Ferries"]
    assert claim.independent_sources == 1
    assert claim.laundering == ()


def test_two_officials_who_may_be_one_person_are_one_source():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("a senior official", CRACKS, standing="anonymous"))
    news.publish("Daily Lantern", day(2), said("a port worker", f"{CRACKS} weeks before", standing="anonymous"))
    claim = news.claim("found cracks")
    assert len(claim.origins) == 2
    assert claim.independent_sources == 1


def test_two_who_are_held_back_by_different_bodies_are_two_sources():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("a Lunholm diplomat", CRACKS, standing="anonymous"))
    news.publish("Daily Lantern", day(2), said("a Sorrel engineer", f"{CRACKS} weeks before", standing="anonymous"))
    assert news.claim("found cracks").independent_sources == 2


def test_a_copy_adds_no_source():
    news = Newsroom()
    first = news.publish(
        "Meridian Wire", day(1), own("Three container ships ran aground off Cape Ellin on Sunday night")
    )
    second = news.publish(
        "Daily Lantern", day(2), own("Three container ships ran aground off Cape Ellin on Sunday night")
    )
    news.copied(first, second, "Meridian Wire")
    claim = news.claim("aground")
    assert [o.entity for o in claim.origins] == ["Meridian Wire"]
    assert claim.laundering == ()


def test_own_reporting_before_anybody_is_quoted_is_an_origin_and_no_loss():
    news = Newsroom()
    news.publish("Harbour Post", day(1), own("The boom of the Ellinport crane fell onto the North Quay"))
    news.publish(
        "Daily Lantern", day(2), said("Ana Duarte", "the boom of the Ellinport crane had fallen onto the North Quay")
    )
    claim = news.claim("boom")
    assert [o.entity for o in claim.origins] == ["Harbour Post", "Ana Duarte"]
    assert claim.independent_sources == 2
    assert claim.laundering == ()


def test_a_second_mention_within_an_article_is_no_loss():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("Ana Duarte", CRACKS))
    news.publish("Daily Lantern", day(2), own("Inspectors found cracks in Ellinport crane"), said("Ana Duarte", CRACKS))
    assert news.claim("found cracks").laundering == ()


def test_a_different_framing_of_another_source_is_no_loss():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("Ana Duarte", CRACKS, framing="distancing"))
    news.publish("Daily Lantern", day(2), said("Olav Brenner", f"that {CRACKS}", framing="endorsing"))
    assert news.claim("found cracks").laundering == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ferries carried 41,000 passengers in May", "Acme Ferries carried 12,000 passengers in May"),
        ("the flood of 2019 destroyed the bridge at Sorrel", "the flood of 2024 destroyed the bridge at Sorrel"),
        (
            "Ana Duarte had sold the old lighthouse at Cape Ellin",
            "Olav Brenner had sold the old lighthouse of his aunt",
        ),
        ("the council of Ellinport would sell the ferry terminal", "the council of Ellinport opened the swimming hall"),
    ],
    ids=["number", "year", "actor", "topic"],
)
def test_contents_that_differ_in_what_matters_are_no_claim(one: str, other: str):
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("Greta Solheim", one))
    news.publish("Daily Lantern", day(2), said("Lena Storvik", other))
    assert news.claims() == []


def test_an_opposite_that_is_affirmed_is_not_counted_for_the_claim():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("Ana Duarte", "the port of Ellinport inspected the crane in November"))
    news.publish(
        "Ellin Courier", day(1), said("Ana Duarte", "that the port of Ellinport inspected the crane in November")
    )
    news.publish(
        "Daily Lantern", day(2), said("Olav Brenner", "the port of Ellinport never inspected the crane in November")
    )
    for claim in news.claims():
        assert "Olav Brenner" not in {o.entity for o in claim.origins}


def test_each_speaking_of_himself_is_no_claim():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("Ana Duarte", "I have no interest in buying the old shipyard"))
    news.publish("Daily Lantern", day(2), said("Olav Brenner", "he had no interest in buying the old shipyard"))
    assert news.claims() == []


@pytest.mark.parametrize("words", ["it", "We will see", "no comment", "that", "12"])
def test_contents_that_say_nothing_are_no_claims(words: str):
    news = Newsroom()
    for i in range(3):
        news.publish(f"Outlet {i}", day(i + 1), said("Ana Duarte", words))
    assert news.claims() == []


def test_withheld_answers_are_no_claims():
    news = Newsroom()
    for i in range(3):
        news.publish(f"Outlet {i}", day(i + 1), said("Ana Duarte", CRACKS, stance="withholds"))
    assert news.claims() == []


def test_articles_without_date_or_outlet_are_linked_and_come_last():
    news = Newsroom()
    news.publish(None, None, own("Inspectors had found cracks in the crane at Ellinport"))
    news.publish("Harbour Post", day(1), said("Ana Duarte", CRACKS))
    claim = news.claim("found cracks")
    assert [o.carriage for o in claim.occurrences] == ["origin", "bare"]
    assert claim.laundering == ()
    assert claim.independent_sources == 1


def test_nothing_gives_no_claims():
    assert linked([], []) == []


def test_what_an_outlet_prints_under_every_article_is_no_claim():
    news = Newsroom()
    for i in range(3):
        news.publish("Harbour Post", day(i + 1), own("Harbour Lights: the port in five minutes every Friday"))
    assert news.claims() == []


def handed_on(news: Newsroom) -> Reading:
    """An article in which one says what another one says."""
    reading = news.publish("Harbour Post", day(1), said("Ana Duarte", f"that Olav Brenner says {CRACKS}"))
    inner = news.publish("Harbour Post", day(1), said("Olav Brenner", CRACKS)).statements[0]
    outer = reading.statements[0]
    start = outer.content[0][1] - len(CRACKS)
    inner = msgspec.structs.replace(
        inner, article=reading.article.id, inside=outer.id, content=((start, outer.content[0][1]),)
    )
    return msgspec.structs.replace(reading, statements=(outer, inner))


def test_the_speaker_whose_words_are_handed_on_is_the_origin():
    news = Newsroom()
    first = handed_on(news)
    (claim,) = linked([first, news.publish("Daily Lantern", day(2), own(CRACKS))], [])
    assert [o.entity for o in claim.origins] == ["Olav Brenner"]
    assert claim.independent_sources == 1


def test_a_sentence_and_its_own_clause_are_no_claim():
    assert linked([handed_on(Newsroom())], []) == []


def test_the_text_is_that_of_a_statement_which_stands_by_itself(crane: Newsroom):
    assert "crane" in crane.claim("found cracks").text


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_order_of_readings_and_copies_does_not_show(seed: int):
    news = Newsroom()
    for i in range(6):
        same_day = day(1 + i // 3)
        news.publish(
            f"Outlet {i}",
            same_day,
            said("Ana Duarte", f"{CRACKS} {'weeks before it fell' * (i % 2)}".strip()),
            own("Three ships ran aground off Cape Ellin"),
        )
    news.copied(news.readings[0], news.readings[4])
    news.copied(news.readings[1], news.readings[4])
    shuffled = list(news.readings)
    random.Random(seed).shuffle(shuffled)
    assert linked(shuffled, news.copies[::-1]) == news.claims()


def test_a_negation_of_something_else_is_no_denial():
    news = Newsroom()
    news.publish("Harbour Post", day(1), own("The two ministers shook hands at Cape Ellin but did not smile"))
    news.publish("Daily Lantern", day(2), own("The two ministers shook hands at Cape Ellin on Sunday"))
    assert news.claim("shook hands").denied_by == ()


def test_a_source_is_lost_between_the_two_that_are_most_alike():
    news = Newsroom()
    other = "cracks in the crane at Ellinport had been found by two inspectors"
    wire = news.publish("Meridian Wire", day(1), said("Ana Duarte", other), said("Ana Duarte", CRACKS))
    news.publish("Daily Lantern", day(2), own(CRACKS))
    (step,) = news.claim("found cracks").laundering
    assert step.from_ == wire.statements[1].id


def test_without_anybody_but_deniers_they_are_what_is_known():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("Ana Duarte", CRACKS, stance="denies"))
    news.publish("Daily Lantern", day(2), said("Ana Duarte", f"that {CRACKS}", stance="denies"))
    claim = news.claim("found cracks")
    assert len(claim.denied_by) == 2
    assert [o.entity for o in claim.origins] == ["Ana Duarte"]
