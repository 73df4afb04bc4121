"""Credits: the lines that say where a text comes from, and those that only look like it."""

from __future__ import annotations

import pytest

from inquit.link.agencies import Names, agencies
from inquit.link.credit import mentions
from inquit.link.lines import captions, paragraphs, quotations
from inquit.records import Article

NAMES = Names(["Harbour Post", "dailylantern.example.org", "Slate", None])


def read(text: str, authors: tuple[str, ...] = ()):
    return [(m.name, m.place) for m in mentions(Article(id="a1:0", text=text, authors=authors), NAMES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ELLIN, May 9 (Reuters) - The quay is closed.", [("Reuters", "dateline")]),
        ("The quay is closed, Reuters reported on Monday.", []),
        ("Jo Lind (AP)", []),
        ("By Jo Lind and Ada Moor, Harbour Post", [("Harbour Post", "byline")]),
        ("The Associated Press — By JO LIND - Associated Press", [("Associated Press", "byline")]),
        ("Los Angeles Times (TNS)", [("Tribune News Service", "byline")]),
        ("Source: AFP", [("Agence France-Presse", "byline")]),
        ("dpa", [("Deutsche Presse-Agentur", "byline")]),
        ("By Jo Slate", []),
        ("By Jo Lind, Slate", [("Slate", "byline")]),
        ("Copyright (c) 2031 by Reuters. All rights reserved.", [("Reuters", "copyright line")]),
        ("First published at dailylantern.example.org.", [("dailylantern.example.org", "acknowledgement")]),
        ("The closure was first reported by the Harbour Post.", [("Harbour Post", "acknowledgement")]),
        ("The mayor read the Harbour Post. She contributed to this report.", []),
        ("Crowd Storms The Associated Press", []),
        ("Pool via Reuters", []),
    ],
)
def test_a_credit_is_read_where_it_stands_as_one(text, expected):
    assert read(f"A headline\n{text}\nMore of the story follows here.") == expected


def test_the_authors_of_a_page_are_a_byline():
    assert read("The quay is closed.", ("Jo Lind, AP",)) == [("Associated Press", "byline")]


def test_hash_signs_part_paragraphs_as_line_breaks_do():
    assert read("A headline ### By Reuters ### The quay is closed.") == [("Reuters", "byline")]


def test_an_outlet_is_known_by_its_name_its_address_and_a_part_of_a_site():
    assert {NAMES.of_outlet(o) for o in ("Reuters", "reuters.com", "www.reuters.com/world")} == {"Reuters"}
    assert NAMES.of_outlet("dailylantern.example.org") == "dailylantern.example.org"


def test_no_two_agencies_share_a_name_or_a_site():
    for field in ("aliases", "sites"):
        given = [entry for agency in agencies().agency for entry in getattr(agency, field)]
        assert len(given) == len(set(given))


def test_quotations_end_with_their_paragraph_and_apostrophes_open_none():
    text = "She said \"yes.\nThe boys' club isn't open; 'so it is' he wrote, “and stays so”."
    assert [text[s:e].strip("\"'“”") for s, e in quotations(text)] == ["yes.", "so it is", "and stays so"]


def test_a_caption_is_a_short_paragraph_with_the_credit_of_a_picture():
    text = "A quay in Ellin. (Jo Lind/AP)\nThe quay is closed, and a file photo shows cracks." + " word" * 300
    assert [text[s:e] for s, e in captions(text)] == ["A quay in Ellin. (Jo Lind/AP)"]


def test_paragraphs_hold_all_that_is_not_white_space():
    assert [("  a \n\n b ###c\n"[s:e]) for s, e in paragraphs("  a \n\n b ###c\n")] == ["a", "b", "c"]
