"""Who speaks against a claim: denials, negations that bear on it, opposite words; and what only looks like one."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import Line, Newsroom, own, said

from inquit.link.compared import Said
from inquit.link.contents import Capitals, content
from inquit.link.sides import sides
from inquit.link.stating import Whole
from inquit.link.units import names_of

TWICE = "the port of Ellin inspected the old crane in November"


def statements(*lines: Line) -> list[Said]:
    news = Newsroom()
    readings = [news.publish(f"Outlet {i}", f"2026-03-{i + 1:02d}", line) for i, line in enumerate(lines)]
    capitals = Capitals(r.article for r in readings)
    found = []
    for i, reading in enumerate(readings):
        (one,) = reading.statements
        words = reading.article.text[one.content[0][0] : one.content[0][1]]
        taken = content(words, one, capitals)
        entity = (one.attribution and one.attribution.entity) or ""
        found.append(
            Said(
                statement=one,
                article=reading.article,
                time=float(i),
                text=words,
                content=taken,
                entity=entity,
                outer=None,
                names=names_of(Whole(reading)),
            )
        )
    return found


def side(words: str, *others: str, **more: object) -> str:
    """The side of one statement beside two or more that put the claim forward."""
    lines = [said(f"Person {i}", other) for i, other in enumerate(others or (TWICE, TWICE))]
    return sides(statements(*lines, said("Olav Brenner", words, **more)))[-1]


@pytest.mark.parametrize(
    "words",
    [
        "the port of Ellin did not inspect the old crane in November",
        "the port of Ellin never inspected the old crane in November",
        "it was false that the port of Ellin inspected the old crane in November",
        "the claim that the port of Ellin inspected the old crane in November is untrue",
        "nobody inspected the old crane in November",
        "the port of Ellin failed to inspect the old crane in November",
    ],
)
def test_who_negates_what_others_say_is_against_it(words: str):
    assert side(words) == "against"


@pytest.mark.parametrize(
    "words",
    [
        "the port of Ellin inspected not only the old crane in November",
        "the port of Ellin had not ruled out that it inspected the old crane in November",
        "the port of Ellin inspected the old crane in November, which is not old",
        "the port of Ellin inspected the old crane in November. It did not say who paid",
        "the port of Ellin inspected the old crane in November but would not say why",
        "the old crane had never been safer than after the port of Ellin inspected it in November",
    ],
)
def test_a_negation_of_another_matter_is_not_against(words: str):
    assert side(words) == "for"


def test_who_denies_a_negation_puts_forward_what_it_negates():
    assert side("that the port of Ellin did not inspect the old crane in November", stance="denies") == "for"


def test_who_denies_is_against():
    assert side(TWICE, stance="denies") == "against"


def test_who_asks_is_on_neither_side():
    assert side(TWICE, stance="questions") == "neither"


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("the springs of Tarn were unsafe to drink from", "the springs of Tarn were safe to drink from"),
        ("the pass above Hollin is closed", "the pass above Hollin is open"),
        ("the abbot is innocent of the fire", "the abbot is guilty of the fire"),
    ],
)
def test_the_opposite_word_is_against(words: str, others: str):
    assert side(words, others, others) == "against"


def test_a_prefix_of_a_short_stem_makes_no_opposite():
    assert (
        side("the talks in Tarn were intense", "the talks in Tarn were tense", "the talks in Tarn were tense") == "for"
    )


def test_a_denial_in_the_cue_counts_with_the_content():
    news = Newsroom()
    text = "The palace did not expect an easy meeting"
    reading = news.publish("Harbour Post", "2026-03-01", own(text))
    assert sides(statements(own("the palace did not expect an easy meeting"), own(reading.article.text)))[-1] == "for"


def test_where_most_negate_who_affirms_is_against():
    never = "the port of Ellin never inspected the old crane in November"
    assert side(TWICE, never, never) == "against"


@given(words=st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_no_content_is_too_odd_for_a_side(words: list[str]):
    found = sides(statements(*(said("Ana Duarte", w) for w in words)))
    assert len(found) == len(words)


def test_who_denies_what_most_negate_says_what_they_say():
    negated = "the port does not expect large ships in November"
    assert side("large ships in November", negated, negated, stance="denies") == "for"
    assert side("large ships in November", TWICE, stance="denies") == "against"


@pytest.mark.parametrize(
    ("cue", "taken"),
    [
        ("was not happy about", "neither"),
        ("had given no thought to", "neither"),
        ("denied", "against"),
        ("did not believe in", "against"),
    ],
)
def test_who_does_not_like_a_thing_denies_nothing(cue: str, taken: str) -> None:
    topic = "the inspection of the old crane in November by the port of Ellin"
    first, last = statements(said("Ana Duarte", topic), said("Olav Brenner", f"{cue} {topic}", stance="denies"))
    spans = ((0, len(cue)),), ((len(cue) + 1, len(cue) + 1 + len(topic)),)
    who = msgspec.structs.replace(last.statement.attribution, cue=spans[0])
    told = msgspec.structs.replace(last.statement, attribution=who, content=spans[1])
    assert sides([first, replace(last, statement=told, text=topic, content=first.content)])[-1] == taken
