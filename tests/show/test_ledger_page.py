"""The page of a claim: everything of its chain is in it, hostile words stay words, and nothing runs or loads."""

import base64
import hashlib
import re

import lxml.html
import msgspec
import pytest
from chain_sample import Ledger, story
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.show.chain import chain
from inquit.show.safe import one_line
from inquit.show.story_page import story_page

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "a", "main", "header", "section", "h1", "h2", "p", "ul", "li"),
    *("b", "bdi", "span", "table", "thead", "tbody", "tr", "th", "td", "div", "footer"),
    *("svg", "desc", "rect", "path", "text", "circle"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "href", "class", "id", "tabindex", "dir", "role", "scope"),
    *("rel", "aria-label", "aria-labelledby", "data-label", "xmlns", "width", "height", "viewbox"),
    *("x", "y", "d", "cx", "cy", "r", "stroke-dasharray"),
}


def page(ledger):
    return story_page(chain(ledger.claim, ledger.statements, ledger.articles, ledger.copies))


def parsed(html):
    return lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def hostile(text):
    force = {"entity": text, "party": text, "through": text, "standing": "outlet"}
    rows = [(text, text, text, "relay", force, "{s It} {c said} {t so}."), (text, text, text, "bare", None, "{v So}.")]
    ledger = Ledger(rows * 2, text=text, losses=((0, 1, "source"), (1, 2, "framing")), copies=((0, 1, 0.5, "dropped"),))
    ledger.articles = {key: msgspec.structs.replace(one, url=text) for key, one in ledger.articles.items()}
    ledger.copies = [msgspec.structs.replace(ledger.copies[0], origin=text, reasons=(text,))]
    ledger.claim = msgspec.structs.replace(ledger.claim, id=text, reasons=(text,))
    return ledger


def assert_only_our_own_elements(tree):
    assert {element.tag for element in tree.iter()} <= TAGS
    assert {name.lower() for element in tree.iter() for name in element.attrib} <= ATTRIBUTES
    assert len(tree.xpath("//style")) == 1


def row(tree, number):
    return " ".join(tree.xpath(f"//*[@id='o{number}']")[0].text_content().split())


def test_every_occurrence_has_a_row_with_its_sentence():
    tree = parsed(page(story()))
    assert len(tree.xpath("//table[@class='links']/tbody/tr")) == 6
    for words in ("Mon 07:10", "Harbour Post", "anonymous", "distancing", "alleged that inspectors", "origin"):
        assert words in row(tree, 1)
    assert "Nobody was hurt" not in row(tree, 1)
    for words in ("(no attribution)", "states", "copies Meridian Wire, 91%", "← attribution lost here"):
        assert words in row(tree, 3)
    assert "circular: returns to itself" in row(tree, 5)
    assert "for Ellinport" in row(tree, 6)


def test_source_cue_and_content_are_marked_in_the_sentence():
    tree = parsed(page(story()))
    runs = tree.xpath("//*[@id='o2']//span[starts-with(@class, 'run')]")
    assert [(run.get("class"), run.text) for run in runs] == [
        ("run content", "Inspectors had warned of cracks in a harbour crane"),
        ("run cue", "according to"),
        ("run source", "the Harbour Post"),
    ]


def test_picture_table_and_copies_point_at_each_other():
    tree = parsed(page(story()))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [href[1:] for href in tree.xpath("//@href") if href.startswith("#")]
    assert set(inner) == {"occurrences", *(f"o{n}" for n in range(1, 7))}
    assert set(inner) <= set(ids)


def test_origins_copies_and_reasons_are_told():
    text = " ".join(parsed(page(story())).text_content().split())
    for words in (
        "port official who asked not to be named, Mon 2 Mar 2026",
        "credit dropped",
        "no number differs",
        "0.90",
    ):
        assert words in text
    assert "6 articles4 outlets1 independent source1 denial3 losses on the way1 circular0 corrections" in text


def test_a_claim_that_was_taken_back_says_so_at_a_glance_and_in_the_picture():
    ledger = story()
    last = ledger.claim.occurrences[-1].statement
    ledger.claim = msgspec.structs.replace(ledger.claim, corrected_by=(last,))
    tree = parsed(page(ledger))
    assert "1 correction" in [" ".join(item.text_content().split()) for item in tree.xpath("//ul[@class='glance']/li")]
    assert "takes it back" in [text.text for text in tree.xpath("//*[name()='svg']//*[name()='text']")]


def test_nothing_runs_and_only_our_own_style_counts():
    html = page(story())
    policy = parsed(html).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert not re.findall(r"""<script|(?:src|srcset|style)=|@import|url\(|\son\w+=""", html)


def test_an_empty_chain_is_a_page():
    tree = parsed(page(Ledger(())))
    assert not tree.xpath("//svg")
    assert tree.xpath("//h1/text()") == ["Inspectors had warned of cracks in the harbour crane"]


HOSTILE = [
    "</script><script>alert(1)</script><!-- \"'><img src=x onerror=alert(1)> &lt;b&gt; ]]> <svg/onload=x>",
    "</title></style></svg><b x=1>",
    "\x1b]0;x\x07\x00\u202edesrever\u2066",
    "javascript:alert(1)",
    "\ud800 lone",
    "שלום <b>עולם</b>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text):
    tree = parsed(page(hostile(text)))
    assert_only_our_own_elements(tree)
    assert tree.xpath("//h1")[0].text_content() == one_line(text)
    assert tree.xpath("//*[@class='reasons']/li/bdi")[0].text_content().strip() == text.translate(
        {0x1B: "␛", 7: "␇", 0: "␀", 0x202E: "\ufffd", 0x2066: "\u2060", 0xD800: "\ufffd"}
    )
    assert all(href.startswith("#") for href in tree.xpath("//@href"))


BITS = st.sampled_from(["<", ">", '"', "'", "&", "</script>", "</style>", "<!--", "]]>", "<b x=1>", "\x00", "\u202e"])


@settings(max_examples=50, deadline=None)
@given(st.lists(BITS | st.characters(), max_size=20).map("".join))
def test_no_text_creates_an_element_or_an_attribute(text):
    assert_only_our_own_elements(parsed(page(hostile(text))))


def test_endless_titles_are_cut():
    assert len(page(hostile("endless " * 1250))) < 250_000
