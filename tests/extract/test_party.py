"""For whom a name speaks, by the article's own words."""

from __future__ import annotations

import pytest

from inquit.extract.countries import country, country_in
from inquit.extract.names import directory
from inquit.extract.party import Parties, body_of, owners
from inquit.extract.standing import standing


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("Norland’s foreign minister, Teodor Lask, spoke.", "Teodor Lask", "Norland"),
        ("The president of Norland, Ana Duarte, spoke.", "Ana Duarte", "Norland"),
        ("Ana Duarte, a director of Orrin Foods, spoke.", "Ana Duarte", "Orrin Foods"),
        ("Orrin Foods spokeswoman Ana Duarte spoke.", "Ana Duarte", "Orrin Foods"),
        ("Norland Foreign Minister Teodor Lask spoke.", "Teodor Lask", "Norland"),
        ("Russian Foreign Minister Teodor Lask spoke.", "Teodor Lask", "Russia"),
        ("The Swedish ambassador Ana Duarte spoke.", "Ana Duarte", "Sweden"),
        ("Norland’s ambassador to the Tide Union, Ana Duarte, spoke.", "Ana Duarte", "Norland"),
        ("Ana Duarte, the Orrin campaign’s political director, spoke.", "Ana Duarte", "Orrin campaign"),
        ("Ana Duarte, who chairs the charity Warm Hands, spoke.", "Ana Duarte", "Warm Hands"),
        ("Norland Gov. Ana Duarte spoke.", "Ana Duarte", "Norland"),
    ],
)
def test_an_office_tells_the_body(text: str, name: str, body: str) -> None:
    assert owners(text, directory(text))[name].name == body


def test_a_name_beside_an_office_of_somebody_else_belongs_to_nobody() -> None:
    text = "Ana Duarte met the president of Norland. Later Teodor Lask, who lives in Velmar, spoke."
    assert not {"Ana Duarte", "Teodor Lask"} & set(owners(text, directory(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Ana Duarte, a former director of Orrin Foods, spoke.",
        "Former Norland President Ana Duarte spoke.",
        "Orrin’s rival Ana Duarte spoke.",
        "Communications Minister Ana Duarte spoke.",
        "Senate Republican Leader Ana Duarte spoke.",
        "Ana Duarte, minister for Health, spoke.",
    ],
)
def test_what_is_no_body_or_no_longer_held_gives_no_party(text: str) -> None:
    assert "Ana Duarte" not in owners(text, directory(text))


def test_a_spokeswoman_of_a_minister_speaks_for_the_state() -> None:
    text = "Norland’s foreign minister, Teodor Lask, sat. Lask’s spokeswoman, Ana Duarte, spoke."
    own = text.index("Ana"), text.index(", spoke")
    assert Parties(text, directory(text)).of("Ana Duarte", "Ana Duarte", "person", own).name == "Norland"


def test_members_of_parliaments_speak_for_themselves() -> None:
    assert body_of("Republican Sen.") is None
    assert body_of("Russian President") == ("Russia", "Russian")
    assert body_of("President") is None


def test_countries_are_known_by_name_adjective_and_seat() -> None:
    assert [country(w) for w in ("the U.S.", "Swedish", "Kremlin", "Norland")] == [
        "United States",
        "Sweden",
        "Russia",
        None,
    ]
    assert country_in("Swedish Ministry of Health") == "Sweden"
    assert country_in("Ministry of Health of Norland") == "Norland"
    assert country_in("Ministry of Health") is None
    assert country_in("Harbour Ministry of Norland") == "Norland"
    assert country_in("American Library Association") is None
    assert country_in("Clean Harbours Sweden") is None


def test_a_surname_is_that_of_whom_the_article_names_most() -> None:
    text = "Mara Voss came with her brother. Henrik Voss spoke, Henrik Voss sang, and Voss slept."
    assert directory(text).fullest("Voss") == "Henrik Voss"


def test_a_headline_makes_no_names() -> None:
    text = "Crane Falls On Quay, Duarte Tells Council\nAna Duarte told the council that the crane fell."
    assert directory(text).fullest("Duarte") == "Ana Duarte"
    assert "Duarte Tells Council" not in {n.text for n in directory(text).names}


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("US Secretary of State Anto Voss said so.", "Anto Voss", "United States"),
        ("Lt. Gen. Ahmed Karan said so.", "Ahmed Karan", "Ahmed Karan"),
        ("Brigadier General Vico Blanko said so.", "Vico Blanko", "Vico Blanko"),
        ("Homeland Security Secretary Ana Duarte said so.", "Ana Duarte", "United States"),
        ("The US mayor Anto Voss yesterday warned China about it.", "China", "China"),
        ("Norland named the president of France, Ana Duarte. Xi Jinping of France met Ana Duarte.", "France", "France"),
    ],
)
def test_titles_and_portfolios_are_no_bodies_and_verbs_no_offices(text: str, name: str, party: str) -> None:
    known = directory(text)
    assert name in {n.text for n in known.names}
    at = text.rindex(name)
    assert Parties(text, known).of(name, name, standing(name, name), (at, at + len(name))).name == party


def test_two_ministries_of_one_name_speak_for_the_states_that_own_them() -> None:
    text = "Ukraine’s Defense Ministry said so. Russia’s Defense Ministry said no."
    parties = Parties(text, directory(text))
    at = text.index("Defense"), text.rindex("Defense")
    spans = [(a, a + len("Defense Ministry")) for a in at]
    of = [
        parties.of(f"{who}’s Defense Ministry", "Defense Ministry", "institution", span).name
        for who, span in zip(("Ukraine", "Russia"), spans, strict=True)
    ]
    assert of == ["Ukraine", "Russia"]


def test_an_acronym_spells_a_name_of_several_parts() -> None:
    known = directory(
        "Tides, Ports and Dykes Norland (TPDN) was late. TPDN said so. Tides, Ports and Dykes Norland did."
    )
    assert [n.text for n in known.names].count("Tides, Ports and Dykes Norland") == 2
    assert known.fullest("TPDN") == "Tides, Ports and Dykes Norland"


def test_a_state_is_not_the_body_that_has_its_name() -> None:
    known = directory("The Free Youth France was banned. France’s army chief, General Asim Karan, spoke of France.")
    assert known.fullest("France") == "France"


def test_an_office_before_a_rank_tells_the_state() -> None:
    text = "French exercise director Brigadier General Vico Blanko said so."
    assert owners(text, directory(text))["Vico Blanko"].name == "France"


def test_an_apostrophe_that_stands_apart_is_nobody() -> None:
    assert body_of("’ mayor") is None
    assert body_of("Orrin ’ mayor") == ("Orrin", "Orrin")
