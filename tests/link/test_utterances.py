"""Whose word an utterance is: one's own twice, another's handed on, one utterance whose speaker is read in two ways."""

from __future__ import annotations

import msgspec
import pytest
from newsroom import Newsroom, linked, own, said

from inquit.records import Claim, Reading

CRACKS = "inspectors had found cracks in the Ellinport crane"
FIRST = "the old crane at Ellinport has stood in salt water for ninety years and nobody ever painted it"
SECOND = "so the harbour board will take it down before the winter storms come back to the bay"


def day(n: int) -> str:
    return f"2026-03-{n:02d}T09:00:00Z"


def quoted(reading: Reading) -> Reading:
    """The same article, its statements read as direct quotations."""
    return msgspec.structs.replace(
        reading, statements=tuple(msgspec.structs.replace(s, form="direct") for s in reading.statements)
    )


def nested(entity: str) -> tuple[Claim, str]:
    """The claim of an article in which Ana Duarte says what ``entity`` thinks, and the outer statement."""
    news = Newsroom()
    reading = news.publish("Harbour Post", day(1), said("Ana Duarte", f"that, as was thought, {CRACKS}"))
    inner = news.publish("Harbour Post", day(1), said(entity, CRACKS)).statements[0]
    (outer,) = reading.statements
    end = outer.content[0][1]
    inner = msgspec.structs.replace(
        inner, article=reading.article.id, inside=outer.id, content=((end - len(CRACKS), end),)
    )
    first = msgspec.structs.replace(reading, statements=(outer, inner))
    (claim,) = linked([first, news.publish("Daily Lantern", day(2), own(CRACKS))], [])
    return claim, outer.id


@pytest.mark.parametrize(
    ("entity", "carriage"), [("Ana Duarte", "origin"), ("you", "origin"), ("Olav Brenner", "relay")]
)
def test_who_says_what_he_thinks_hands_on_nobodys_word(entity: str, carriage: str):
    claim, outer = nested(entity)
    assert {o.statement: o.carriage for o in claim.occurrences}[outer] == carriage


def test_a_quotation_in_parts_that_two_articles_had_is_one_utterance_whoever_is_read_as_its_speaker():
    news = Newsroom()
    parts = [
        news.publish("Harbour Post", day(1), said("Ana Duarte", FIRST)),
        news.publish("Daily Lantern", day(2), said("Ana Duarte", SECOND)),
    ]
    whole = news.publish("Ellin Courier", day(3), said("Olav Brenner", f"{FIRST}, {SECOND}"))
    for claim in linked([*map(quoted, parts), quoted(whole)], []):
        assert {o.entity for o in claim.origins} == {"Ana Duarte"}
        assert claim.independent_sources == 1


def test_a_later_quotation_that_holds_an_earlier_one_whole_is_that_utterance():
    news = Newsroom()
    short = news.publish("Harbour Post", day(1), said("Ana Duarte", FIRST))
    whole = news.publish("Ellin Courier", day(3), said("Olav Brenner", f"{FIRST}, {SECOND}, {CRACKS}, as they said"))
    (claim,) = linked([quoted(short), quoted(whole)], [])
    assert [o.entity for o in claim.origins] == ["Ana Duarte"]


def test_two_who_say_it_in_other_words_stay_two():
    news = Newsroom()
    news.publish("Harbour Post", day(1), said("Ana Duarte", CRACKS))
    news.publish("Daily Lantern", day(2), said("Olav Brenner", f"before the fall {CRACKS}"))
    assert news.claim("found cracks").independent_sources == 2


@pytest.mark.parametrize(("is_copy", "sources"), [(True, 1), (False, 2)])
def test_the_same_words_in_a_copy_are_no_second_source(is_copy: bool, sources: int):
    news = Newsroom()
    wire = news.publish("Meridian Wire", day(1), said("Ana Duarte", CRACKS))
    lantern = news.publish("Daily Lantern", day(2), said("Olav Brenner", CRACKS))
    if is_copy:
        news.copied(wire, lantern, "Meridian Wire")
    assert news.claim("found cracks").independent_sources == sources


@pytest.mark.parametrize(("entity", "carriage"), [("you", "bare"), ("people", "vague"), ("dockers", "origin")])
def test_a_word_for_anybody_is_no_source(entity: str, carriage: str):
    news = Newsroom()
    asked = news.publish("Harbour Post", day(1), said(entity, CRACKS, standing="group", party=None))
    news.publish("Daily Lantern", day(2), said("Ana Duarte", CRACKS))
    claim = news.claim("found cracks")
    assert {o.statement: o.carriage for o in claim.occurrences}[asked.statements[0].id] == carriage


@pytest.mark.parametrize(
    ("source", "cue", "outer", "inner"),
    [
        ("Olav Brenner", "revealed", "relay", "origin"),
        ("Olav Brenner", "would reveal", "origin", "origin"),
        ("Olav Brenner", "should reveal", "origin", "origin"),
        ("we", "know", "origin", "origin"),
        ("our neighbours", "know", "relay", "origin"),
    ],
)
@pytest.mark.parametrize("outlet", ["Harbour Post", None])
def test_what_somebody_will_or_should_say_and_what_we_know_is_the_speakers_word(
    source: str, cue: str, outer: str, inner: str, outlet: str | None
):
    news = Newsroom()
    words = f"that {source} {cue} that {CRACKS}"
    reading = news.publish("Harbour Post", day(1), said("Ana Duarte", words))
    (around,) = reading.statements
    at = {part: (words.index(part), words.index(part) + len(part)) for part in (source, cue, CRACKS)}
    name = "Olav Brenner" if source == "Olav Brenner" else "Ellinport Harbour"
    held = news.publish("Harbour Post", day(1), said(name, CRACKS)).statements[0]
    assert held.attribution is not None
    who = msgspec.structs.replace(held.attribution, source=(at[source],), cue=(at[cue],))
    within = msgspec.structs.replace(
        held, article=reading.article.id, inside=around.id, content=(at[CRACKS],), attribution=who
    )
    article = msgspec.structs.replace(reading.article, outlet=outlet)
    first = msgspec.structs.replace(reading, article=article, statements=(around, within))
    (claim,) = linked([first, news.publish("Daily Lantern", day(2), own(CRACKS))], [])
    found = {o.statement: o.carriage for o in claim.occurrences}
    assert (found[around.id], found[within.id]) == (outer, inner)
    assert [o.entity for o in claim.origins] == [name if outer == "relay" else "Ana Duarte"]
