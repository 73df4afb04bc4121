"""Which capitals make a name, and which name a short one stands for."""

from __future__ import annotations

import pytest

from inquit.extract.names import directory, find


def names(text: str) -> list[str]:
    return [n.text for n in find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Tuesday Duarte spoke.", ["Duarte"]),
        ("Ana Duarte Tuesday spoke.", ["Ana Duarte"]),
        ("In March Voss sang.", ["Voss"]),
        ("Theodora May sang.", ["Theodora May"]),
        ("He said that May 5 was dry.", []),
        ("The D.N.B. I knew is gone.", ["D.N.B."]),
        ("He's here, and the US knows.", ["US"]),
        ("the Auditor's Office of Ellin", ["Auditor's Office of Ellin"]),
        ("Velmar's Office for Tides", ["Velmar", "Office for Tides"]),
        ("General Motors and General Castell", ["General Motors", "Castell"]),
        ("Minister for Harbours Jacob Mandisa spoke.", ["Jacob Mandisa"]),
        ("MEC for Harbours Jacob Mandisa spoke.", ["Jacob Mandisa"]),
        ("Rep. Mike Voss, R-Wis., spoke to Cora Pell (D-MA) on D-Day.", ["Mike Voss", "Cora Pell", "D-Day"]),
    ],
)
def test_days_pronouns_and_owners_are_no_part_of_a_name(text: str, found: list[str]):
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("The Harbour Union of Ellin met. Ellin slept.", "Ellin", "Ellin"),
        ("Omar Sabri Halim fled. Sabri spoke.", "Sabri", "Omar Sabri Halim"),
        ("Fahmi Loren spoke. Fahmi sat.", "Fahmi", "Fahmi Loren"),
        ("Ana Duarte and Ana Loren spoke. Ana sat.", "Ana", "Ana"),
        ("President Voss came with first lady Cora Voss. Voss spoke.", "Voss", "Voss"),
        ("The mayor came with his wife, Cora Voss. Voss spoke.", "Voss", "Cora Voss"),
        ("President Voss came. Cora Voss spoke.", "Voss", "Cora Voss"),
    ],
)
def test_a_short_name_stands_for_one_longer_name(text: str, short: str, full: str):
    assert directory(text).fullest(short) == full


@pytest.mark.parametrize(
    ("text", "address", "full"),
    [
        ("David Voss and his wife, Anna Voss, came. David Voss spoke.", "Mrs.", "Anna Voss"),
        ("David Voss and his wife, Anna Voss, came. David Voss spoke.", "Mr.", "David Voss"),
        ("David Voss came.", "Mrs.", "Mrs. Voss"),
        ("Kesh Voss came.", "Mrs.", "Kesh Voss"),
    ],
)
def test_an_address_tells_two_of_one_surname_apart(text: str, address: str, full: str):
    assert directory(text).addressed("Voss", address) == full


@pytest.mark.parametrize("day", ["", ", March 2", ", Feb. 13"])
def test_a_dateline_holds_no_names(day: str):
    text = f"ELLIN{day} (Meridian Wire) — Lantern Holdings closed."
    assert [n.text for n in directory(text).names] == ["Lantern Holdings"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("David Watt of Rosen Research spoke.", ["David Watt"]),
        ("The Georgia Bureau of Tides met.", ["Georgia Bureau of Tides"]),
        ("Brave Marina Loren spoke.", ["Marina Loren"]),
    ],
)
def test_what_stands_beside_a_person_s_name_is_no_part_of_it(text: str, found: list[str]):
    assert names(text)[:1] == found


def test_a_heading_that_ends_with_a_quotation_names_nobody_by_its_capitals() -> None:
    text = "Ana Duarte Calls Mara Voss’s ‘Gate’ Her ‘Best Work’\n\nAna Duarte praised it. Mara Voss built it."
    assert directory(text).fullest("Ana Duarte") == "Ana Duarte"


def test_who_is_addressed_as_a_woman_is_not_who_is_addressed_as_a_man() -> None:
    text = "Sir Fenno Maat left. Lady Maat stayed."
    assert directory(text).addressed("Maat", "Lady") == "Lady Maat"
    assert directory(text).addressed("Maat", "Sir") == "Fenno Maat"


def test_who_holds_one_office_is_one_however_late_the_full_name_comes() -> None:
    early = "Voss left. President Voss spoke. Voss came."
    assert directory(f"{early} “Yes,” said President Mara Voss.").fullest("Voss") == "Mara Voss"
    assert directory(f"{early} “Yes,” said Mara Voss.").fullest("Voss") == "Voss"


def test_a_first_name_is_short_for_the_name_and_not_for_what_its_bearer_owns() -> None:
    text = "Kamala Brandis' Norland years. Kamala Brandis left. Kamala came back."
    assert directory(text).fullest("Kamala") == "Kamala Brandis"


@pytest.mark.parametrize(
    "heading",
    [
        "Duarte Says She Sees The Ellin Ferry As A Threat To The U.K.",
        "The bridge is shut since divers found cracks in it. (RELATED: Duarte Wants Brenner To Cancel The Meeting)",
    ],
)
def test_capitals_of_a_heading_make_no_name(heading: str) -> None:
    text = f"{heading}\nOn Monday Duarte came to the town hall. There Duarte said that the bridge was not safe."
    assert directory(text).fullest("Duarte") == "Duarte"


def test_a_sentence_of_names_is_no_heading() -> None:
    text = "Ana Duarte, of the Ellin Ferry Company, spoke to Olav Brenner on Monday.\nDuarte left."
    assert directory(text).fullest("Duarte") == "Ana Duarte"
