"""The parts of claims: vectors, candidates, clusters, contents, keys of sources, carriage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.link.carriage import Media, carried
from inquit.link.contents import Capitals, Content, content
from inquit.link.owners import outlet_key
from inquit.link.sources import Names, Sources, name_parts
from inquit.link.vectors import encode, vectors
from inquit.link.words import TOKEN, stem, whole
from inquit.records import Article, Attribution, Standing, Statement


def article(text: str) -> Article:
    return Article(id="a1:0", text=text)


def taken(words: str, beside: str = "") -> Content:
    statement = Statement(id="s1:0", article="a1:0", content=((0, len(words)),), score=1.0, by="hand/1")
    return content(words, statement, Capitals([article(f"{beside} {words}")]))


def attribution(entity: str | None, standing: Standing, **more: str) -> Attribution:
    return Attribution(source=(), cue=(), entity=entity, standing=standing, stance="affirms", framing="neutral", **more)  # type: ignore[arg-type]


def test_vectors_are_unit_rows_that_do_not_depend_on_their_neighbours():
    texts = ["the crane fell onto the quay", "", "ferries carry passengers", "🙂"]
    rows = encode(texts)
    assert rows.shape == (4, vectors().width)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows[[0, 2]], axis=1), 1.0, rtol=1e-5)
    assert not rows[1].any()
    for i, text in enumerate(texts):
        np.testing.assert_array_equal(encode([text])[0], rows[i])


def test_a_paraphrase_is_nearer_than_another_topic():
    crane, paraphrase, other = encode(
        [
            "the crane collapsed onto the quay",
            "the crane fell on the dock",
            "parliament approved the budget for schools",
        ]
    )
    assert crane @ paraphrase > crane @ other + 0.2


def test_no_texts_have_no_rows():
    assert encode([]).shape == (0, vectors().width)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("twelve officers", "12 officers", True),
        ("$88 million", "88,000,000 crowns", True),
        ("about 90 million crowns", "88 million crowns", True),
        ("91 officers", "88 officers", False),
        ("2,500 people", "2.5 people", False),
    ],
)
def test_numbers_are_read_in_digits_and_words(one: str, other: str, alike: bool):
    (first,), (second,) = taken(one).numbers, taken(other).numbers
    assert first.equals(second) is alike


@pytest.mark.parametrize(("words", "first"), [("US ships left", False), ("ships left us", True), ("I’m off", True)])
def test_the_state_is_not_us(words: str, first: bool):
    assert taken(words).first is first


def test_a_year_is_no_number():
    own = taken("the flood of 2019 drowned 40 sheep")
    assert own.years == {2019}
    assert [n.value for n in own.numbers] == [40]


@pytest.mark.parametrize(
    ("words", "negated"),
    [
        ("the port never inspected the crane", {"inspect", "cran"}),
        ("the port inspected the crane", set()),
        ("it is not only the crane that fell", set()),
        ("she would not rule out a strike", set()),
        ("reports of cracks are false", {"report", "crack"}),
    ],
)
def test_a_negation_bears_on_the_words_next_to_it(words: str, negated: set[str]):
    assert taken(words).negated == negated


def test_a_word_that_others_write_small_is_no_name_at_the_start_of_a_sentence():
    own = taken("Inspectors met Duarte", beside="The inspectors left. Then Ana Duarte said that Duarte had called.")
    assert own.names == {"duart"}
    assert "inspector" in own.stems


def test_a_nation_and_its_people_are_one_name():
    assert taken("the Russian fleet", "a Russian ship").names == taken("Russia’s fleet", "near Russia now").names


@pytest.mark.parametrize(
    ("one", "other"),
    [("President Ana Duarte", "Ana Duarte"), ("Lunholm Foreign Minister Ana Duarte Monday", "Lunholm Ana Duarte")],
)
def test_titles_and_days_are_no_part_of_a_name(one: str, other: str):
    assert name_parts(one) == name_parts(other)


def test_a_surname_is_the_person_whom_the_articles_name_most():
    full, short = attribution("Ana Duarte", "person"), attribution("Duarte", "person")
    whole = ("Ana Duarte", "person", None)
    sources = Sources([Names([whole, whole]), Names([("Rui Duarte", "person", None), ("Duarte", "person", None)])])
    assert sources.entity(short) == sources.entity(full)


def test_a_party_is_that_of_most_statements():
    usual = ("Ana Duarte", "person", "Lunholm")
    sources = Sources([Names([usual, usual]), Names([("Ana Duarte", "person", "Monday")])])
    assert sources.party(attribution("Ana Duarte", "person", party="Monday")) == "Lunholm"


@pytest.mark.parametrize(
    "name", ["The Harbour Post", "Harbour Post", "harbourpost.com", "https://www.harbourpost.com/x"]
)
def test_an_outlet_and_its_site_are_one(name: str):
    assert outlet_key(name) == "harbourpost"


@pytest.mark.parametrize(
    ("said", "cue", "words", "carriage", "medium"),
    [
        (None, "", "the crane fell", "bare", None),
        (None, "", "the crane reportedly fell", "vague", None),
        (None, "", "the crane fell, Reuters reported", "relay", "Reuters"),
        (attribution("Ana Duarte", "person"), "said", "the crane fell", "origin", None),
        (attribution("Reuters", "outlet"), "reported", "the crane fell", "relay", "Reuters"),
        (attribution("a newspaper", "outlet"), "said", "the crane fell", "relay", None),
        (attribution("media reports", "outlet"), "say", "the crane fell", "vague", None),
        (attribution(None, "none"), "is believed", "the crane fell", "vague", None),
        (attribution("Ana Duarte", "person", through="Reuters"), "was quoted", "the crane fell", "relay", "Reuters"),
        (
            attribution("Ana Duarte", "person", through="an interview with Reuters"),
            "said",
            "it fell",
            "origin",
            "Reuters",
        ),
    ],
)
def test_carriage_is_how_far_the_source_still_shows(
    said: Attribution | None, cue: str, words: str, carriage: str, medium: str | None
):
    found = carried(said, cue, words, Media([]))
    assert (found.carriage, found.medium) == (carriage, medium)


def test_a_source_that_the_reader_missed_is_not_taken_for_one_left_out():
    assert not carried(None, "", "the crane fell, a welder said", Media([])).certain
    assert not carried(attribution(None, "none"), "called", "the crane unsafe", Media([])).certain
    assert carried(attribution(None, "none"), "is called", "the crane unsafe", Media([])).certain


@given(text=st.text(max_size=60) | st.text(alphabet="nN'’t sd1,.$%-U S", max_size=30))
def test_no_content_is_too_odd_to_be_taken_apart(text: str):
    own = taken(text)
    assert own.stems <= {stem(whole(w)) for w in TOKEN.findall(text)}
