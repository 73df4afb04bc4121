"""The story that ships in the wheel: nine pages whose facts the demo and the docs rely on."""

from __future__ import annotations

import json
import re
from datetime import datetime
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

STORY = Path(str(files("inquit"))) / "data" / "story"
PAGES = sorted(STORY.glob("*.html"))
CARRIED = "02-meridian-wire"
# Where each outlet's page style keeps its text.
BODY = {
    "Harbour Post": "//div[@class='hp-body']/p",
    "Meridian Wire": "//div[@class='copy']/p",
    "Daily Lantern": "//*[@itemprop='articleBody']/p",
    "Ellin Courier": "//div[@class='entry-content']/p",
    "Capital Standard": "//*[@data-component='body']/p",
}
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)


def tree_of(page: Path) -> etree._Element:
    return html.document_fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def card_of(page: Path) -> dict:
    """The page's JSON-LD NewsArticle, which may stand in a graph."""
    (script,) = tree_of(page).xpath("//script[@type='application/ld+json']/text()")
    card = json.loads(script)
    (article,) = [node for node in card.get("@graph", [card]) if node["@type"] == "NewsArticle"]
    return article


def outlet_of(page: Path) -> str:
    return card_of(page)["publisher"]["name"]


def published(page: Path) -> datetime:
    return datetime.fromisoformat(card_of(page)["datePublished"])


def text_of(page: Path) -> str:
    return "\n".join(p.text_content().strip() for p in tree_of(page).xpath(BODY[outlet_of(page)]))


def named(stem: str) -> Path:
    return STORY / f"{stem}.html"


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def copied_share(later: str, earlier: str, run: int = 8) -> float:
    """Share, 0 to 1, of the later text's words that stand in the earlier one in runs of ``run`` words or more."""
    ours, theirs = words_of(later), words_of(earlier)
    known = {tuple(theirs[i : i + run]) for i in range(len(theirs) - run + 1)}
    starts = [i for i in range(len(ours) - run + 1) if tuple(ours[i : i + run]) in known]
    return len({i + k for i in starts for k in range(run)}) / len(ours)


def test_copied_share_counts_only_words_in_long_runs():
    assert copied_share("a b c d e f g h x y", "z a b c d e f g h") == 0.8
    assert copied_share("a b c d e f g x y z", "a b c d e f g") == 0.0


def test_the_story_is_nine_pages_numbered_in_order():
    assert [p.name[:3] for p in PAGES] == [f"0{n}-" for n in range(1, 10)]
    assert [p.stem[3:] for p in PAGES] == [outlet_of(p).lower().replace(" ", "-") for p in PAGES]


def test_at_least_five_outlets_tell_the_story():
    assert len({outlet_of(p) for p in PAGES}) >= 5


def test_times_of_publication_rise_strictly_over_three_days_of_2026():
    times = [published(p) for p in PAGES]
    assert all(earlier < later for earlier, later in pairwise(times))
    assert len({t.date() for t in times}) == 3
    assert {t.year for t in times} == {2026}


@each_page
def test_a_page_is_valid_utf8_without_html_comments(page: Path):
    page.read_bytes().decode("utf-8", "strict")
    assert not tree_of(page).xpath("//comment()")


@each_page
def test_time_element_and_json_ld_agree_and_state_a_zone(page: Path):
    assert tree_of(page).xpath("//time/@datetime") == [card_of(page)["datePublished"]]
    assert published(page).utcoffset() is not None


@each_page
def test_headline_stands_in_title_heading_and_json_ld(page: Path):
    tree, headline = tree_of(page), card_of(page)["headline"]
    assert tree.xpath("string(//h1)").strip() == headline
    assert tree.xpath("string(//title)").startswith(headline)
    assert tree.xpath("//meta[@property='og:site_name']/@content") == [outlet_of(page)]


@each_page
def test_canonical_link_is_an_example_domain_and_the_address_in_json_ld(page: Path):
    (address,) = tree_of(page).xpath("//link[@rel='canonical']/@href")
    assert address == card_of(page)["mainEntityOfPage"]
    assert urlsplit(address).netloc.endswith(".example")


@each_page
def test_a_byline_on_the_page_names_the_author_of_the_json_ld(page: Path):
    (author,) = card_of(page)["author"]
    assert author["name"] in tree_of(page).xpath("string(//body)")


@each_page
def test_an_article_has_90_to_220_words(page: Path):
    assert 90 <= len(text_of(page).split()) <= 220


@each_page
def test_a_page_has_furniture_that_is_not_in_the_article(page: Path):
    everything = tree_of(page).xpath("string(//body)")
    article = " ".join(words_of(text_of(page)))
    assert re.search("share", everything, re.IGNORECASE)
    related = tree_of(page).xpath("//li/a | //td/a | //a[@class='card']/h4")
    assert len(related) >= 3
    assert not [a.text for a in related if len(words_of(a.text)) > 3 and " ".join(words_of(a.text)) in article]


def test_most_pages_invite_a_reply():
    inviting = [p for p in PAGES if "leave a reply" in tree_of(p).xpath("string(//body)").lower()]
    assert len(inviting) >= 6


@pytest.mark.parametrize("copy", ["03-daily-lantern", "04-ellin-courier"])
def test_a_copy_shares_at_least_60_percent_of_its_words_with_the_wire(copy: str):
    assert copied_share(text_of(named(copy)), text_of(named(CARRIED))) >= 0.6


def test_the_articles_that_are_no_copies_share_little_with_any_earlier_one():
    copies = {"03-daily-lantern", "04-ellin-courier"}
    own = [p for p in PAGES if p.stem not in copies]
    shares = [copied_share(text_of(b), text_of(a)) for i, b in enumerate(own) for a in own[:i]]
    assert max(shares) < 0.3


def test_one_copy_keeps_the_credit_and_the_other_drops_it():
    assert "Meridian Wire" in text_of(named("03-daily-lantern"))
    dropped = text_of(named("04-ellin-courier"))
    assert "Meridian Wire" not in dropped
    assert "Harbour Post" not in dropped


def test_the_claim_starts_with_an_anonymous_official_and_returns_to_its_first_outlet_as_confirmed():
    first, last = text_of(named("01-harbour-post")), text_of(named("08-harbour-post"))
    assert "an unnamed port official claimed" in first
    assert "confirmed by Meridian Wire, the Ellin Courier and the Capital Standard" in last


def test_one_article_states_the_claim_in_its_own_voice_and_corrects_it_later():
    bare, correction = text_of(named("05-capital-standard")), text_of(named("09-capital-standard"))
    assert "\nThe boom had been cracked for weeks before it fell." in bare
    assert "Correction:" in correction
