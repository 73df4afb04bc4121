"""Whom "who", "which" and "that" stand for, and whom several names together."""

from __future__ import annotations

import pytest

from inquit.extract.resolve import Resolver
from inquit.marked import parse
from inquit.records import Standing


def resolved(marked: str) -> tuple[str | None, Standing]:
    """Entity and standing of the last statement of a marked text, each resolved in its turn."""
    parsed = parse(marked)
    resolver = Resolver(parsed.text)
    found = [resolver.resolve(s.source, s.cue, None, s.content) for s in parsed.statements if not s.own_voice][-1]
    return found.entity, found.standing


@pytest.mark.parametrize(
    ("before", "entity"),
    [
        ("It cites experts", "experts"),
        ("Word came from five Ellin villages", "five Ellin villages"),
        ("She pays a sum a year to groups", "groups"),
        ("It was a letter to residents", "residents"),
        ("She met the clerks", "clerks"),
        ("She spoke to a clerk last week", "clerk"),
        ("They met Ilse Brandt —", "Ilse Brandt"),
        ("It was aimed at Ilse Brandt and allies,", "Ilse Brandt and allies"),
        ("Support came from Norland and Lunholm,", "Norland and Lunholm"),
        ("Support came from Norland and Lunholm", "Lunholm"),
    ],
)
def test_who_stands_for_what_is_right_before_it(before: str, entity: str) -> None:
    assert resolved(f"{before} {{s who}} {{c said}} {{t the gate held}}.")[0] == entity


@pytest.mark.parametrize(
    ("before", "entity"),
    [
        ("She leads the Tide Institute in Norland,", "Tide Institute"),
        ("It was a warning to residents", "warning to residents"),
        ("Prices have been steady over the past year,", "which"),
        ("He weighs 236 pounds,", "which"),
    ],
)
def test_which_stands_for_no_land_and_no_time(before: str, entity: str) -> None:
    assert resolved(f"{before} {{s which}} {{c said}} {{t the gate held}}.")[0] == entity


def test_a_verb_in_the_singular_is_of_one() -> None:
    assert resolved("She met Norland and Acme, {s which} {c says} {t the gate held}.")[0] == "Acme"


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("Duarte, Voss, and Maat", "Duarte, Voss, and Maat"),
        ("Duarte, Voss and other divers", "Duarte, Voss and other divers"),
        ("Minister of Tides, Ana Duarte,", "Ana Duarte"),
        ("Norland’s Minister of Tides, Ana Duarte,", "Ana Duarte"),
        ("Ana Duarte of Brandt Tides & Partners Ltd", "Ana Duarte"),
        ("Maat & Lask", "Maat & Lask"),
        ("Ana Duarte, head of Acme and Norland Tides", "Ana Duarte"),
    ],
)
def test_several_names_are_several_and_one_is_one(source: str, entity: str) -> None:
    assert resolved(f"Ana Duarte met Voss. {{s {source}}} {{c said}} {{t the gate held}}.")[0] == entity


def test_a_pronoun_beside_a_name_means_whom_it_means() -> None:
    text = "{s1 Ana Duarte} {c1 said} {t1 it rained}. {s2 She and Lask} {c2 said} {t2 the gate held}."
    assert resolved(text) == ("Ana Duarte and Lask", "person")


def test_a_month_makes_no_report() -> None:
    assert resolved("{s April’s report} {c said} {t the gate held}.") == ("April’s report", "document")


def test_they_are_not_whom_they_accuse() -> None:
    before = "{s1 The villagers} {c1 said} {t1 no}. {s2 The clerks} {c2 said} {t2 so}."
    assert resolved(f"{before} {{s3 They}} {{c3 accuse}} {{t3 the clerks of theft}}.")[0] == "villagers"


@pytest.mark.parametrize("source", ["The expert", "The 37-year-old"])
def test_a_description_of_one_person_is_whoever_is_in_view(source: str) -> None:
    text = f"{{s1 Tide expert Ana Duarte}} {{c1 said}} {{t1 it rained}}. {{s2 {source}}} {{c2 said}} {{t2 so}}."
    assert resolved(text) == ("Ana Duarte", "person")


def test_a_title_before_the_name_of_a_land_makes_it_a_persons() -> None:
    text = "{s1 Minister Jordan Maat} {c1 said} {t1 so}. {s2 Jordan Maat} {c2 said} {t2 no}."
    assert resolved(text) == ("Jordan Maat", "person")
    assert resolved("{s Jordan} {c said} {t so}.") == ("Jordan", "institution")


@pytest.mark.parametrize(
    ("source", "party"),
    [
        ("White House Tides Director Ana Duarte", "United States"),
        ("Police spokesman Joris Maat", "Joris Maat"),
        ("Another officer, Wing Commander Ana Duarte", "Ana Duarte"),
        ("Neither leader", "Neither leader"),
        ("Acme spokesman Joris Maat", "Acme"),
    ],
)
def test_a_word_before_an_office_is_no_body_unless_it_names_one(source: str, party: str) -> None:
    found = parse(f"{{s {source}}} {{c said}} {{t so}}.")
    [one] = [s for s in found.statements if not s.own_voice]
    assert Resolver(found.text).resolve(one.source, one.cue).party == party


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("The French brochure", ("France", "institution")),
        ("A French study", ("French study", "document")),
        ("The Acme brochure", ("Acme", "person")),
    ],
)
def test_the_adjective_of_a_land_is_no_name_of_who_made_a_thing(source: str, found: tuple[str, Standing]) -> None:
    assert resolved(f"{{s {source}}} {{c said}} {{t so}}.") == found
