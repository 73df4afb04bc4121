from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.extract.standing import standing

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.mark.parametrize(
    ("words", "entity", "kind"),
    [
        ("Ilse Brandt", "Ilse Brandt", "person"),
        ("Brandt", "Ilse Brandt", "person"),
        ("Brandt", "Brandt", "person"),
        ("she", "Ilse Brandt", "person"),
        ("she", None, "person"),
        ("Mr Oakum", None, "person"),
        ("PM", "PM", "person"),
        ("Velmar’s foreign minister, Ilse Brandt", "Ilse Brandt", "person"),
        ("Marine Corps Major Tom Quill", "Tom Quill", "person"),
        ("grocer Pia Hallam", None, "person"),
        ("Ilse Brandt and Tom Quill", None, "person"),
        ("the Ministry of Tides", "Ministry of Tides", "institution"),
        ("it", "Ministry of Tides", "institution"),
        ("it", None, "institution"),
        ("Lantern Holdings", None, "institution"),
        ("the company", "Hallmark Quarries", "institution"),
        ("the Port Sorrel police department", None, "institution"),
        ("Norway", "Norway", "institution"),
        ("the N.R.B.", None, "institution"),
        ("the authorities", None, "institution"),
        ("residents of the valley", None, "group"),
        ("Residents", None, "group"),
        ("International tide experts", None, "group"),
        ("six fishermen", None, "group"),
        ("they", None, "group"),
        ("health officials in Ardesh", None, "group"),
        ("a source", None, "anonymous"),
        ("a senior official who asked not to be named", "senior official who asked not to be named", "anonymous"),
        ("people familiar with the merger", None, "anonymous"),
        ("two senior officials", None, "anonymous"),
        ("a clerk, speaking on condition of anonymity", None, "anonymous"),
        ("a customer at the inn", None, "anonymous"),
        ("the Coast Courier", "Coast Courier", "outlet"),
        ("the Velmar News Agency", None, "outlet"),
        ("Reuters", "Reuters", "outlet"),
        ("a local newspaper", None, "outlet"),
        ("a study of hedgehogs", None, "document"),
        ("court filings", None, "document"),
        ("the report", "the report", "document"),
        ("about 3 in 10 voters", "about 3 in 10 voters", "group"),
        ("Some in Ellin", "Some in Ellin", "group"),
        ("Mediators", "Mediators", "group"),
        ("mothers across the valley", "mothers across the valley", "group"),
        ("The aquarium", "aquarium", "institution"),
        ("A regular customer at the inn", "regular customer at the inn", "anonymous"),
        ("", None, "none"),
        ("  ", "", "none"),
    ],
)
def test_words_and_their_shape_give_the_standing(words: str, entity: str | None, kind: str):
    assert standing(words, entity) == kind


def test_a_name_goes_before_the_description_that_hides_it():
    assert standing("an official familiar with the plan", "Ilse Brandt") == "person"


@given(st.text(max_size=40), st.none() | st.text(max_size=40))
def test_no_words_make_it_fail(words: str, entity: str | None):
    assert standing(words, entity)


@pytest.mark.shared
def test_standing_keeps_its_floor_on_the_labelled_articles():
    labels = sorted((SHARED / "gold" / "dev" / "labels").glob("*.json"))
    if not labels:
        pytest.skip("the labelled articles are not beside the checkout")
    right = total = 0
    for path in labels:
        text = (SHARED / "gold" / "dev" / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8")
        for s in json.loads(path.read_text(encoding="utf-8"))["statements"]:
            words = " ".join(text[a:b] for a, b in s["source"] or ())
            right += standing(words, s["entity"]) == s["standing"]
            total += 1
    assert right / total >= 0.9
