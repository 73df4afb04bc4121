"""Links of pages and of feeds' entries: those in the text, with their words and nothing else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring
from pages import page

from inquit.read.html_links import anchored, hyperlinks

WIRE = "https://meridianwire.example/bridge"


def links(outcome) -> list[tuple[str, str]]:
    """The words of the links, and what they lead to."""
    [article], _ = outcome
    return [(article.text[slice(*link.span)], link.address) for link in article.links]


def linked(href: str) -> str:
    return f"<p>The piers were cracked, <a href='{href}'>a wire reported</a> on Monday evening.</p>"


def test_a_link_has_its_words_and_its_address(reading):
    assert links(reading("a.html", page(linked(WIRE)))) == [("a wire reported", WIRE)]


def test_the_text_is_the_same_with_and_without_links(reading):
    with_links, without = (reading("a.html", page(part)) for part in (linked(WIRE), linked("")))
    assert with_links[0][0].text == without[0][0].text
    assert without[0][0].links == ()


def test_a_link_is_told_by_its_place_where_its_words_stand_twice(reading):
    twice = f"<p>He said yes on Monday, and <a href='{WIRE}'>yes</a> on Tuesday, before he said yes again.</p>"
    [article], _ = reading("a.html", page(twice))
    [link] = article.links
    assert article.text[: link.span[0]].endswith("on Monday, and ")


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/b?utm_source=feed", "https://wendcourier.example/b"),
        ("b#top", "https://wendcourier.example/a/b"),
        ("//meridianwire.example/bridge", WIRE),
        (" HTTPS://MeridianWire.example/bridge ", WIRE),
        (f"{WIRE}?a=1&amp;fbclid=x", f"{WIRE}?a=1"),
        ("https://meridianwire.example/a b", "https://meridianwire.example/a%20b"),
    ],
)
def test_addresses_are_in_their_normal_form(reading, href, address):
    found = links(reading("a.html", page(linked(href)), url="https://wendcourier.example/a/1"))
    assert found == [("a wire reported", address)]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://x.example",
        "data:text/html,x",
        "mailto:ann@wend.example",
        "ftp://meridianwire.example/a",
        "file:///etc/passwd",
        "http://",
        "http://[",
        "https://ann:secret@meridianwire.example/",
        "https://meridianwire.example/" + "x" * 2000,
        "#top",
        "https://wendcourier.example/a/1#comments",
        "",
    ],
)
def test_what_leads_to_no_other_page_is_none(reading, href):
    assert links(reading("a.html", page(linked(href)), url="https://wendcourier.example/a/1")) == []


def test_links_outside_the_text_are_none(reading):
    aside = "<aside><p>Read also: <a href='https://x.example/1'>The ferry that never came</a></p></aside>"
    picture = "<p><a href='https://x.example/2'><img src='b.jpg'></a></p>"
    assert links(reading("a.html", page(linked(WIRE), picture, body=aside))) == [("a wire reported", WIRE)]


def test_of_very_many_links_some_are_kept_and_soon(reading):
    many = "".join(
        f"<p>A line about pier {n} with <a href='https://x.example/{n}'>a link</a>.</p>" for n in range(3000)
    )
    begun = time.monotonic()
    assert len(links(reading("a.html", page(many)))) == 200
    assert time.monotonic() - begun < 30


def test_white_space_and_marks_around_a_link_stand_outside(reading):
    odd = f"<p>She said <q>we <a href='{WIRE}'>\n will   not </a> wait</q> on Monday<br><a href='/x'> evening </a>.</p>"
    found = links(reading("a.html", page(odd), url="https://wendcourier.example/a/1"))
    assert found == [("will not", WIRE), ("evening", "https://wendcourier.example/x")]


def test_a_link_around_paragraphs_and_one_that_never_ends_do_no_harm(reading):
    around = (
        f"<a href='https://x.example/1'><p>The bridge was built in the time of the old count.</p></a>{linked(WIRE)}"
    )
    assert ("a wire reported", WIRE) in links(reading("a.html", page(around)))
    assert reading("a.html", page(f"<p>It <a href='{WIRE}'>fell", "<p>and stood.</p>"))[0]


def test_an_entry_of_a_feed_has_its_links(reading):
    said = f"<p>The harbour closed at noon, <a href='{WIRE}'>a wire</a> reported.</p>"
    text = "<p>The quay was swept on Monday, as on every other day.</p>" * 12
    feed = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        "<channel><title>Harbour Post</title>"
        "<item><title>Quay closed</title><link>https://harbourpost.example/a</link>"
        f"<content:encoded><![CDATA[{said}{text}]]></content:encoded></item></channel></rss>"
    )
    assert links(reading("feed.xml", feed)) == [("a wire", WIRE)]


WORDS = st.text(alphabet="ab .\n\u00a0", min_size=1, max_size=8)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
def test_links_have_the_words_between_their_marks(pairs):
    markup = "".join(f"{before}<a href='https://x.example/{n}'>{words}</a>" for n, (before, words) in enumerate(pairs))
    tree = fromstring(f"<div><p>{markup}</p></div>")
    found = anchored(tree)
    text = "\n\n".join(one.words for one in found)
    got = {link.address: text[slice(*link.span)] for link in hyperlinks(text, found, None, str)}
    for n, (_, words) in enumerate(pairs):
        assert got.get(f"https://x.example/{n}", "").split() == words.split()
