"""Links in the sentence of a statement: whom it has the claim from, or which outlet it names."""

from __future__ import annotations

import pytest

from bench.chain_files import Labels, Told, reading
from inquit.link.claims import find_claims
from inquit.link.hyperlinks import place
from inquit.records import Claim

CRACKED = "the crane at berth nine in Ellin had been cracked since May"
UPPER = "The crane at berth nine in Ellin had been cracked since May"
QUILL = "https://lantern.example/port/crane"
VELDE = "https://harbourpost.example/2031/crane-cracked"


def told(key: str, outlet: str, hour: int, marked: str, *labels: Labels, url: str | None = None, **links: str) -> Told:
    named = dict(enumerate(labels, 1))
    linked = {words.replace("_", " "): to for words, to in links.items()}
    return Told(key, outlet, f"2031-06-02T{hour:02}:00:00Z", marked, named, url, linked)


def lantern() -> Told:
    return told("lantern", "Daily Lantern", 8, f"{{s1 Mara Quill}} {{c1 said}} {{t1 that {CRACKED}}}.", url=QUILL)


def post() -> Told:
    return told("post", "Harbour Post", 9, f"{{s1 Jonas Velde}} {{c1 said}} {{t1 that {CRACKED}}}.", url=VELDE)


NOBODY = Labels(standing="none")


def courier(marked: str, *labels: Labels, hour: int = 12, **links: str) -> Told:
    return told("courier", "Ellin Courier", hour, marked, *labels, **links)


def claimed(*articles: Told) -> tuple[Claim, dict[str, str]]:
    """The one claim of the articles, and what its statements are called: ``key.number``."""
    read = [(article.key, *reading(article)) for article in articles]
    [claim] = find_claims([found for _, found, _ in read], [])
    return claim, {ident: f"{key}.{number}" for key, _, ids in read for number, ident in ids.items()}


def draws(*articles: Told) -> set[tuple[str, str, str]]:
    claim, names = claimed(*articles)
    return {(names[draw.from_], names[draw.to], draw.by) for draw in claim.draws}


def carriage(*articles: Told, of: str = "courier.1") -> str:
    claim, names = claimed(*articles)
    return next(o.carriage for o in claim.occurrences if names[o.statement] == of)


HEARSAY = f"{{t1 {UPPER}}}, {{c1 it was said}} at the port."


def test_hearsay_has_the_claim_from_the_article_that_its_sentence_links_to():
    assert draws(lantern(), post(), courier(HEARSAY, NOBODY)) == {("post.1", "courier.1", "time")}
    linked = courier(HEARSAY, NOBODY, it_was_said=QUILL)
    assert draws(lantern(), post(), linked) == {("lantern.1", "courier.1", "link")}


def test_a_source_that_is_named_draws_on_the_article_linked_to_that_has_the_same_source():
    again = f"{{s1 Mara Quill}} {{c1 said}} {{t1 {CRACKED}}}."
    assert draws(lantern(), post(), courier(again)) == {("lantern.1", "courier.1", "words")}
    assert draws(lantern(), post(), courier(again, said=QUILL)) == {("lantern.1", "courier.1", "link")}


def test_own_voice_has_the_claim_from_the_article_that_its_sentence_links_to():
    own = f"{{v1 {UPPER}}}. Ships wait in the roads."
    assert draws(lantern(), post(), courier(own, cracked=QUILL)) == {("lantern.1", "courier.1", "link")}


def test_a_link_at_the_end_of_a_quotation_s_sentence_counts():
    quoted = f"“{{t1 {UPPER}.}}” {{c1 It was said}} so at the port. Ships wait."
    assert ("lantern.1", "courier.1", "link") in draws(lantern(), post(), courier(quoted, NOBODY, cracked=QUILL))


@pytest.mark.parametrize(
    ("marked", "labels", "links"),
    [
        # another source than that of the article linked to
        (f"{{s1 Ana Duarte}}, unlike others, {{c1 said}} {{t1 that {CRACKED}}}.", (), {"others": QUILL}),
        # another sentence
        (HEARSAY + " The Lantern has a picture.", (NOBODY,), {"has_a_picture": QUILL}),
        ("The Lantern has a picture. " + HEARSAY, (NOBODY,), {"has_a_picture": QUILL}),
        # another paragraph, that ends without a mark
        ("Read what it is about\n" + HEARSAY, (NOBODY,), {"Read_what_it_is_about": QUILL}),
        # another page of that outlet
        (HEARSAY, (NOBODY,), {"it_was_said": QUILL + "/pictures"}),
        # its front page
        (HEARSAY, (NOBODY,), {"it_was_said": "https://lantern.example/"}),
    ],
)
def test_no_other_link_tells_whom_it_was_taken_from(marked: str, labels: tuple[Labels, ...], links: dict[str, str]):
    assert "link" not in {by for _, _, by in draws(lantern(), post(), courier(marked, *labels, **links))}


def test_an_article_that_is_later_is_not_what_it_was_taken_from():
    assert "link" not in {
        by for *_, by in draws(lantern(), post(), courier(HEARSAY, NOBODY, hour=7, it_was_said=QUILL))
    }


def test_who_names_one_medium_and_links_to_another_one_has_it_from_the_one_named():
    named = f"{{t1 {UPPER}}}, {{s1 the Harbour Post}} {{c1 reported}}, with a video."
    outlet = Labels(standing="outlet", entity="Harbour Post")
    assert ("post.1", "courier.1", "medium") in draws(lantern(), post(), courier(named, outlet, a_video=QUILL))
    assert ("post.1", "courier.1", "link") in draws(lantern(), post(), courier(named, outlet, a_video=VELDE))


def test_two_articles_that_link_to_each_other_lead_to_who_is_named():
    one = told("post", "Harbour Post", 9, HEARSAY, NOBODY, url=VELDE, it_was_said=QUILL)
    named = f"{{s1 Mara Quill}} {{c1 said}} {{t1 that {CRACKED}}}."
    other = told("lantern", "Daily Lantern", 9, named, url=QUILL, said=VELDE)
    claim, _ = claimed(one, other)
    assert [origin.entity for origin in claim.origins] == ["Mara Quill"]


def test_a_link_behind_the_cue_names_the_outlet_that_it_leads_to():
    reports = f"{{t1 {UPPER}}}, {{c1 it was reported}} on Monday."
    elsewhere = "https://www.harbourpost.example/2031/another-page"
    assert carriage(lantern(), post(), courier(reports, NOBODY)) == "vague"
    linked = courier(reports, NOBODY, it_was_reported=elsewhere)
    assert carriage(lantern(), post(), linked) == "relay"
    assert draws(lantern(), post(), linked) == {("post.1", "courier.1", "medium")}


@pytest.mark.parametrize(
    "links",
    [
        {"berth_nine": "https://harbourpost.example/2031/another-page"},
        {"on_Monday": "https://harbourpost.example/2031/another-page"},
        {"it_was_reported": "https://nobody-knows-it.example/page"},
        {"it_was_reported": "https://ellincourier.example/2031/of-our-own"},
    ],
)
def test_no_other_link_names_an_outlet(links: dict[str, str]):
    reports = f"{{t1 {UPPER}}}, {{c1 it was reported}} on Monday."
    assert carriage(lantern(), post(), courier(reports, NOBODY, **links)) == "vague"


def test_a_link_to_the_source_loses_nothing_and_its_absence_does():
    own = f"{{v1 {UPPER}}}. Ships wait in the roads."
    without, names = claimed(lantern(), courier(own))
    assert [(names[step.to], step.lost) for step in without.laundering] == [("courier.1", "source")]
    linked, _ = claimed(lantern(), courier(own, cracked=QUILL))
    assert linked.laundering == ()


@pytest.mark.parametrize(
    "address",
    [
        QUILL,
        "http://lantern.example/port/crane",
        "https://www.lantern.example/port/crane/",
        "https://LANTERN.example/port/crane?utm_source=feed&fbclid=3#top",
    ],
)
def test_one_page_is_one_place_however_one_comes_to_it(address: str):
    assert place(address) == place(QUILL)


@pytest.mark.parametrize("address", ["", "http://[", "port/crane", "https://lantern.example/port/crane?page=2"])
def test_another_page_is_another_place(address: str):
    assert place(address) != place(QUILL)
