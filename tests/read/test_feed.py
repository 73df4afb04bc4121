"""Feeds and sitemaps as inputs: every format, and what is found in place of one."""

from __future__ import annotations

import contextlib
import gzip
import json
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.read.feed import entry_article
from inquit.read.feed_entries import Feed
from inquit.read.feed_json import json_feed
from inquit.read.feed_xml import xml_feed
from inquit.read.html_floods import without_floods
from inquit.read.options import Options
from inquit.read.sitemap import sitemap_entries
from inquit.read.trouble import Trouble

SAID = "The harbour closed at noon, Ana Duarte said. “We saw cracks,” she told reporters."
WHOLE = f"<p>{SAID}</p><p>{'The quay was swept on Monday, as on every other day. ' * 12}</p>"
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour Post - World</title>'
    '<atom:link rel="self" href="https://harbourpost.example/feed"/><link>https://harbourpost.example/</link>'
)
RSS = f"""{HEAD}<item><title>Harbour &amp;amp; quay closed</title><media:title>Not this one</media:title>
<link>https://harbourpost.example/a</link><guid isPermaLink="false">7</guid><dc:creator>Lea Brandt</dc:creator>
<pubDate>Mon, 02 Mar 2026 07:10:00 +0100</pubDate><description>Only the beginning …</description>
<content:encoded><![CDATA[{WHOLE}]]></content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harbourpost.example/news/">
<title>World | Harbour Post</title><link href="/"/><entry><title>Harbour &amp; quay closed</title>
<link rel="replies" href="a/comments"/><link href="a"/><published>2026-03-02T07:10:00+01:00</published>
<updated>2026-03-02T09:00:00Z</updated><author><name>Lea Brandt</name><uri>https://x.example</uri></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{WHOLE}</div></content></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Post",
        "items": [
            {
                "id": "7",
                "url": "/a",
                "title": "Harbour & quay closed",
                "content_html": WHOLE,
                "date_published": "2026-03-02T07:10:00+01:00",
                "authors": [{"name": "Lea Brandt"}],
            }
        ],
    }
)


def entries(text: str, address: str | None = "https://harbourpost.example/feed") -> Feed:
    return (json_feed if text.startswith("{") else xml_feed)(text, address)


@pytest.mark.parametrize("text", [RSS, ATOM, JSON], ids=["rss", "atom", "json"])
def test_every_format_says_the_same(text):
    [entry] = entries(text).entries
    article = entry_article(entry, Options())
    assert article.title == "Harbour & quay closed"
    assert article.outlet == "Harbour Post"
    assert article.published == "2026-03-02T07:10:00+01:00"
    assert article.authors == ("Lea Brandt",)
    assert article.url in {"https://harbourpost.example/a", "https://harbourpost.example/news/a"}
    assert article.external_id == article.url
    assert article.text.startswith(f"Harbour & quay closed\n\n{SAID}\n\nThe quay was swept")


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed", "feed.xml.gz"])
@pytest.mark.parametrize("text", [RSS, ATOM], ids=["rss", "atom"])
def test_a_feed_is_known_by_its_first_bytes(reading, name, text):
    data = gzip.compress(text.encode()) if name.endswith(".gz") else text
    [article], problems = reading(name, data)
    assert (article.outlet, problems) == ("Harbour Post", [])


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff",
        "\n\n<?xml version='1.0'?>",
        "<!-- a > b --><?xml-stylesheet href='x'?>",
        "<!DOCTYPE rss [<!ENTITY a 'b'>]>",
    ],
)
def test_what_stands_before_the_root_does_not_hide_a_feed(reading, before):
    [article], _ = reading("feed", before + RSS.partition("?>")[2])
    assert article.title == "Harbour & quay closed"


def test_a_json_feed_is_no_table(reading):
    [article], problems = reading("feed.json", JSON)
    assert (article.title, problems) == ("Harbour & quay closed", [])


def test_a_feed_in_another_encoding_is_read(reading):
    text = (
        RSS.replace('encoding="utf-8"', 'encoding="windows-1251"')
        .replace("Lea Brandt", "Лея")
        .replace("“", '"')
        .replace("”", '"')
    )
    [article], _ = reading("feed.xml", text.encode("cp1251"))
    assert article.authors == ("Лея",)
    [article], _ = reading("feed.xml", RSS.encode("utf-16"))
    assert SAID in article.text


def test_an_entry_that_is_cut_off_is_only_a_link(reading):
    for end in (
        "…",
        "[...]",
        "Read more",
        "Continue reading →",
        "The post Harbour closed appeared first on Harbour Post.",
    ):
        articles, [problem] = reading("feed.xml", RSS.replace("]]>", f"<p>{end}</p>]]>"))
        assert (articles, problem.code) == ([], "links-only")


def test_entries_that_are_links_are_counted_in_one_problem(reading):
    more = "".join(f"<item><title>{n}</title><link>https://wire.example/{n}</link></item>" for n in range(7))
    [article], [problem] = reading("feed.xml", RSS.replace("</channel>", more + "</channel>"))
    assert article.title == "Harbour & quay closed"
    assert (problem.code, problem.message.startswith("7 links")) == ("links-only", True)


def test_an_entry_without_a_link_is_taken_however_short(reading):
    [article], problems = reading("feed.xml", f"{HEAD}<item><description>{SAID}</description></item></channel></rss>")
    assert (article.text, [p.code for p in problems]) == (SAID, ["no-date"])


@pytest.mark.parametrize(
    "feed", ["<rss></rss>", HEAD, "<urlset></urlset>", '{"version":"https://jsonfeed.org/version/1","items":[]}']
)
def test_a_feed_without_entries_is_empty(reading, feed):
    _, problems = reading("feed", feed)
    assert problems[-1].code in {"empty", "feed-broken"}


def test_a_truncated_feed_is_read_as_far_as_it_goes(reading):
    second = RSS.replace("</channel></rss>", "<item><title>Cut o")
    [article], problems = reading("feed.xml", second)
    assert article.title == "Harbour & quay closed"
    assert "feed-broken" in [p.code for p in problems]


def test_a_feed_that_is_not_well_formed_keeps_its_words():
    text = f"""{HEAD}<item><title>Fish & chips &eacute;t&eacute; &nbsp;now</title><link>https://harbourpost.example/a?b=1&c=2</link>
    <bogus:thing>x</bogus:thing><dc:creator>Lea \x0bBrandt</dc:creator></item></channel></rss>"""
    [entry] = entries(text).entries
    assert entry.title.replace("  ", " ") in {"Fish & chips été now", "Fish chips été now"}
    assert entry.authors == ("Lea Brandt",)
    assert entries(text).broken


def test_whom_the_feed_has_it_from_is_kept():
    credit = RSS.replace("<guid", '<source url="https://wire.example/rss">Meridian Wire</source><guid')
    [entry] = entries(credit).entries
    assert (entry.outlet, entry.credit) == ("Harbour Post", "Meridian Wire")
    assert entry_article(entry, Options()).authors == ("Lea Brandt",)
    anonymous = credit.replace("<dc:creator>Lea Brandt</dc:creator>", "")
    assert entry_article(entries(anonymous).entries[0], Options()).authors == ("Meridian Wire",)


def test_an_aggregator_names_the_outlet_behind_each_link():
    text = f"""{HEAD}<item><title>Bridge open</title><link>https://lantern.example/b</link>
    <source url="https://www.lantern.example">Daily Lantern</source></item></channel></rss>"""
    [entry] = entries(text, "https://news.example/rss").entries
    assert (entry.outlet, entry.credit) == ("Daily Lantern", None)


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>lea@harbourpost.example (Lea Brandt)</author>", ("Lea Brandt",)),
        ("<author>lea@harbourpost.example</author>", ()),
        ("<author>Lea Brandt</author>", ("Lea Brandt",)),
        ("<author><name>Lea Brandt</name><email>lea@x.example</email></author>", ("Lea Brandt",)),
        ("<dc:creator>Lea Brandt</dc:creator><dc:creator>Rui Costa</dc:creator>", ("Lea Brandt", "Rui Costa")),
    ],
)
def test_authors_are_names(author, name):
    [entry] = entries(f"{HEAD}<item><title>x</title>{author}</item></channel></rss>").entries
    assert entry.authors == name


def test_an_entry_has_another_mark_when_it_changed():
    marks = {
        entries(text).entries[0].mark
        for text in (RSS, RSS.replace("closed", "open"), RSS.replace("07:10", "08:10"), RSS)
    }
    assert len(marks) == 3


def test_a_permanent_guid_is_the_link_where_there_is_none():
    [entry] = entries(f"{HEAD}<item><guid>https://harbourpost.example/a</guid></item></channel></rss>").entries
    assert entry.address == "https://harbourpost.example/a"


def test_rdf_is_read():
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ellin Courier</title></channel>
    <item><title>Bridge open</title><link>https://ellincourier.example/b</link><dc:date>2026-03-02</dc:date></item></rdf:RDF>"""
    found = entries(text)
    assert found.title == "Ellin Courier"
    assert [(e.address, e.published) for e in found.entries] == [("https://ellincourier.example/b", "2026-03-02")]


def test_a_sitemap_gives_its_newest_pages_first():
    text = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc> https://harbourpost.example/old </loc><lastmod>2026-03-01</lastmod></url>
    <url><loc>/new</loc><lastmod>2026-03-02T07:10:00Z</lastmod></url>
    <url><loc>/undated</loc></url><url><lastmod>2026-03-03</lastmod></url></urlset>"""
    found = sitemap_entries(text, "https://harbourpost.example/sitemap.xml")
    assert [e.address.rpartition("/")[2] for e in found.entries] == ["new", "old", "undated"]


def test_a_sitemap_as_an_input_is_links(reading):
    _, [problem] = reading("sitemap.xml", "<urlset><url><loc>https://harbourpost.example/a</loc></url></urlset>")
    assert (problem.code, problem.message.startswith("1 link")) == ("links-only", True)


# -- what would hurt

NESTED = "".join(f'<!ENTITY {"abcdefghij"[i + 1]} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
HOSTILE = {
    "entities in entities": f'<!DOCTYPE rss [<!ENTITY a "lol">{NESTED}]><rss><item><title>&j;</title></item></rss>',
    "one entity often": f'<!DOCTYPE rss [<!ENTITY a "{"x" * 10**5}">]><rss><item><title>{"&a;" * 10**5}</title></item>',
    "entities in an attribute": f'<!DOCTYPE rss [<!ENTITY a "lol">{NESTED}]><rss><item><link href="&j;"/></item></rss>',
    "depth": "<rss><item>" + "<a>" * 200_000,
    "attributes": "<rss><item " + " ".join(f'a{n}="x"' for n in range(50_000)) + "/></rss>",
    "declarations": "<rss>" + "<!ENTITY " * 100_000,
    "comments": "<rss><item><description><![CDATA[" + "<!--" * 100_000,
    "dots": f"<rss><item><link>http://x.example</link><description>{'. ' * 300_000}</description></item></rss>",
    "opened tags": "<rss><item><description><![CDATA[" + "<a " * 300_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("reader", [xml_feed, sitemap_entries])
def test_a_hostile_feed_is_done_with_quickly(text, reader):
    start = time.process_time()
    with contextlib.suppress(Trouble):
        found = reader(text, "https://harbourpost.example/feed")
        assert sum(len(e.title or "") + len(e.address or "") for e in found.entries) < 10**6
    assert time.process_time() - start < 3


FLOODS = {
    "quoted": " ".join(f'a{n}="x"' for n in range(100_000)),
    "bare": " ".join(f"a{n}" for n in range(100_000)),
    "with the end of a tag in each": " ".join(f'a{n}=">"' for n in range(100_000)),
    "without spaces": "".join(f'a{n}="x"' for n in range(100_000)),
    "slashed": "/".join(f"a{n}" for n in range(100_000)),
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_attributes_costs_the_attributes_only(reading, flood):
    start = time.process_time()
    [article], _ = reading("a.html", f"<html><body><article>{WHOLE}<p {flood}>The bridge is open.</p></article>")
    assert article.text.endswith("The bridge is open.")
    text = RSS.replace("]]>", f"<p {flood}>The bridge is open.</p>]]>")
    assert entry_article(entries(text).entries[0], Options()).text.endswith("The bridge is open.")
    assert time.process_time() - start < 5


def test_a_large_page_without_a_flood_stays_as_it_is():
    script = "<script>for (i = 0; i<n.length; i++) { a = 'it\\'s'; b = /'/; }</script>"
    page = (
        "<p>It's fine.</p>" * 9000
        + script
        + "<a title=O'Brien>x</a><!-- <p -->"
        + '<p class="b">“So” he said.</p>' * 9000
    )
    assert len(page) > 2**18
    assert without_floods(page) == page


@pytest.mark.parametrize(
    "kind", ["SYSTEM 'file:///etc/hostname'", "SYSTEM 'http://127.0.0.1:1/x'", "PUBLIC 'x' 'file:///etc/hostname'"]
)
def test_nothing_is_loaded_from_elsewhere(kind):
    for doctype in (f"<!DOCTYPE rss [<!ENTITY a {kind}>]>", f"<!DOCTYPE rss {kind}>"):
        [entry] = entries(f"{doctype}<rss><item><title>x&a;y</title></item></rss>").entries
        assert entry.title in {"x&a;y", "xy"}


@pytest.mark.parametrize("seed", range(40))
def test_a_mangled_feed_is_never_raised(reading, seed):
    noise = random.Random(seed)
    data = bytearray(noise.choice([RSS, ATOM, JSON]).encode())
    for _ in range(noise.randint(1, 40)):
        at = noise.randrange(len(data))
        data[at : at + noise.randint(0, 30)] = noise.choice(
            [b"", b"<", b"&", b"]]>", b"\xff\x00", b'"', b"http://[::1"]
        )
    articles, problems = reading("feed.rss", bytes(data))
    assert articles or problems


KEYS = st.sampled_from(["url", "title", "content_html", "content_text", "authors", "author", "name", "date_published"])
SCALARS = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20))
def test_no_json_is_raised(value):
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [value], "title": value})
    for entry in json_feed(text, "https://harbourpost.example/feed").entries:
        entry_article(entry, Options())
