"""Who a source is within its article, where the whole article matters; the marked cases hold the single phenomena."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit import pipeline
from inquit.extract.decode import Draft, nested
from inquit.extract.names import directory
from inquit.extract.people import People
from inquit.extract.resolve import NOBODY, Resolver
from inquit.extract.standing import stands
from inquit.extract.statements import attributed
from inquit.marked import parse
from inquit.records import Article


def entities(marked: str) -> list[str | None]:
    """The entity of each statement of a marked text, in the order in which they stand."""
    parsed = parse(marked)
    roles = [(s.source, s.cue, s.content) for s in parsed.statements if not s.own_voice]
    found = attributed(Article(id="a1:0", text=parsed.text), nested([Draft(*r, score=1.0) for r in roles]), "test")
    by_roles = {
        (s.attribution.source, s.attribution.cue, s.content): s.attribution.entity for s in found if s.attribution
    }
    return [by_roles[r] for r in roles]


def test_without_a_source_there_is_nobody():
    assert Resolver("Allegedly it rained.").resolve((), ((0, 9),)) == NOBODY


def test_what_an_office_is_for_is_no_part_of_the_name():
    text = "{s1 Minister for Harbours Jacob Mandisa} {c1 said} {t1 it did}. {s2 Minister Mandisa} {c2 said} {t2 so}."
    assert entities(text) == ["Jacob Mandisa", "Jacob Mandisa"]


def test_what_is_called_a_newspaper_once_is_one_when_it_speaks():
    parsed = parse("The gate was shut, as the newspaper Dagens Ellin found. {s Dagens Ellin} {c said} {t it was open}.")
    [one] = [s for s in parsed.statements if not s.own_voice]
    found = Resolver(parsed.text).resolve(one.source, one.cue)
    assert (found.entity, found.standing) == ("Dagens Ellin", "outlet")
    founder = parse("It was in the newspaper Ana Duarte founded. {s Ana Duarte} {c said} {t it was open}.")
    [one] = [s for s in founder.statements if not s.own_voice]
    assert Resolver(founder.text).resolve(one.source, one.cue).standing == "person"


@pytest.mark.parametrize(("name", "pronoun"), [("US", "us"), ("WHO", "who")])
def test_a_name_in_capitals_is_no_pronoun(name: str, pronoun: str) -> None:
    text = f"The fund had money from {name}, {{s1 which}} {{c1 said}} {{t1 it did}}. {{s2 It}} {{c2 added}} {{t2 so}}."
    assert entities(text) == [name, name]
    assert stands(name, name).kind == "institution"
    assert stands(pronoun, pronoun).kind in ("group", "person")


def test_a_pronoun_is_never_whom_another_pronoun_means():
    assert entities("{s1 He} {c1 said} {t1 it rained}. {s2 She} {c2 said} {t2 it did not}.") == ["He", "She"]


def test_who_speaks_in_a_later_paragraph_is_not_whom_an_earlier_pronoun_means():
    text = (
        "“{t1 {s2 He} {c2 thinks} {t2 it rains}},” {s1 Lena Pohl} {c1 said} of {v3 Otto Brandt}.\n\n"
        "“{t4 It rained},” {s4 Karsten Holm} {c4 said}."
    )
    assert "Karsten Holm" not in entities(text)[:2]


@pytest.mark.parametrize(
    ("text", "name", "sex"),
    [
        ("Mr. Ashby Loren sat. Loren spoke.", "Ashby Loren", "he"),
        ("The actress Ashby Loren sat.", "Ashby Loren", "she"),
        ("Ashby Loren, a spokeswoman for Acme, sat.", "Ashby Loren", "she"),
        ("Ashby Loren broke his wrist.", "Ashby Loren", "he"),
        ("Maria Loren sat.", "Maria Loren", "she"),
        ("Ashby Loren sat.", "Ashby Loren", None),
        ("Ashby Loren told Vesper Lund that he was wrong.", "Vesper Lund", None),
    ],
)
def test_titles_callings_first_names_and_pronouns_tell_whether_it_is_he_or_she(text: str, name: str, sex: str | None):
    assert People(text, directory(text)).sex(name) == sex


def test_whom_the_article_calls_its_own_is_a_body():
    text = "Loren Lund closed its factories."
    assert People(text, directory(text)).is_body("Loren Lund")


def test_an_office_is_its_last_holder_s():
    text = "Gov. Irma Stell left. Odo Grimley, the governor since May, came. The governor spoke."
    people = People(text, directory(text))
    assert people.holder(["governor"], text.index("left")) == "Irma Stell"
    assert people.holder(["governor"], text.index("The governor")) == "Odo Grimley"


@given(st.text(max_size=120), st.data())
def test_no_text_makes_it_fail(text: str, data: st.DataObject):
    ends = st.integers(0, max(0, len(text) - 1))
    start = data.draw(ends)
    source = ((start, data.draw(st.integers(start, len(text)))),) if text else ()
    assert Resolver(text).resolve(source, (), content=source).standing


def test_an_outlet_that_is_called_post_is_no_post_that_somebody_sent() -> None:
    text = (
        "{s1 The spokeswoman Ines Hallgard} {c1 denied} {t1 the crack}. "
        "{s2 The Harbour Post} {c2 reported} {t2 that it was there}. "
        "{s3 Its editor, Olav Brenner,} {c3 stood by} {t3 it}."
    )
    assert entities(text)[1] == "Harbour Post"


def test_its_is_nobodys_party() -> None:
    text = "The Harbour Post stood firm. Its editor, Olav Brenner, said so."
    start = text.index("Its")
    found = Resolver(text).resolve(((start, text.index(" said")),), ((text.index("said"), text.index("said") + 4),))
    assert (found.entity, found.party) == ("Olav Brenner", "Olav Brenner")


def test_he_also_said_goes_on_with_who_spoke_in_the_sentence_before_whatever_the_heads_make_of_it() -> None:
    text = (
        "Tobias Renn said he had sent men abroad. Renn stated in a second interview that he was immune.\n\n"
        "In 2015 Norland’s president, Viktor Lask, claimed that Lunholm had helped them.\n\n"
        "He also went on to accuse Lunholm of giving them trucks."
    )
    resolver = Resolver(text)
    resolver._chances = lambda *_: {"Tobias Renn": 0.9}  # type: ignore[method-assign]
    for name in ("Tobias Renn", "Renn", "Viktor Lask"):
        at = text.index(name) if name != "Renn" else text.index("Renn stated")
        resolver.resolve(((at, at + len(name)),), ())
    he = text.index("He also")
    assert resolver.resolve(((he, he + 2),), ()).entity == "Viktor Lask"


def test_she_is_the_woman_whom_the_apposition_calls_so() -> None:
    text = (
        "Ines Hallgard, a spokeswoman for the Ellinport Port Authority, told Meridian Wire that engineers were "
        "examining the wreck. “We will publish what they find,” she said."
    )
    found = pipeline.reading(Article(id="a1:0", text=text)).statements
    assert {s.attribution.entity for s in found if s.attribution} == {"Ines Hallgard"}


@pytest.mark.parametrize(
    ("owner", "entity"),
    [("Voss's", "Rita Voss"), ("Voss’", "Rita Voss"), ("the ministry's", "ministry"), ("Friday's", "Friday's")],
)
def test_whose_criticism_it_is_is_who_criticised_but_a_day_is_nobody(owner: str, entity: str) -> None:
    text = f"Rita Voss won in May. Nobody expected {{s1 {owner}}} {{c1 criticism of}} {{t1 the treaty with Ellin}}."
    assert entities(text) == [entity]


def test_what_a_body_has_gathered_is_its_word() -> None:
    text = "According to {s1 reliable information received by the Norland Harbour Agency}, {t1 the quay had sunk}."
    [one] = [s for s in parse(text).statements if not s.own_voice]
    found = Resolver(parse(text).text).resolve(one.source, one.cue)
    assert (found.entity, found.through) == (
        "Norland Harbour Agency",
        "reliable information received by the Norland Harbour Agency",
    )
    letter = parse("{s1 A letter received by the Norland Harbour Agency} {c1 said} {t1 the quay had sunk}.")
    [one] = [s for s in letter.statements if not s.own_voice]
    assert Resolver(letter.text).resolve(one.source, one.cue).entity != "Norland Harbour Agency"
