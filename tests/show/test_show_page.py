"""The page: hostile words stay words, every statement is in text and ledger, and nothing is left to colour or net."""

import base64
import hashlib
import re

import lxml.html
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from show_sample import reading, sample

from inquit.records import Evidence, Problem
from inquit.show.page import page
from inquit.show.runs import paragraphs
from inquit.show.safe import shown

HOSTILE = "</script><script>alert(1)</script><!-- \"'><img src=x onerror=alert(1)> &lt;b&gt; ]]> <svg/onload=x>"

TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "script",
    "body",
    "a",
    "header",
    "main",
    "section",
    "h1",
    "h2",
    "h3",
    "p",
} | {
    *("div", "span", "b", "i", "bdi", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("form", "label", "select", "option", "button", "output", "footer", "kbd", "code", "nav"),
}
ATTRIBUTES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "href",
    "class",
    "id",
    "tabindex",
    "dir",
    "role",
    "type",
} | {
    *("aria-label", "aria-live", "aria-hidden", "hidden", "value", "scope", "rel"),
    *("data-s", "data-voice", "data-source", "data-party", "data-framing", "data-label"),
}


def parsed(readings):
    return lxml.html.document_fromstring(page(readings).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def text_of(tree, key="a0"):
    """The article's text as the page shows it, paragraph by paragraph, without the numbers put into it."""
    paragraphs_shown = []
    for paragraph in tree.xpath(f"//*[@id='{key}-text']/p"):
        for sign in paragraph.xpath(".//*[contains(@class, 'num') or @class='again']"):
            sign.drop_tree()
        paragraphs_shown.append(paragraph.text_content())
    return paragraphs_shown


def assert_only_our_own_elements(tree):
    assert {element.tag for element in tree.iter()} <= TAGS
    assert {name for element in tree.iter() for name in element.attrib} <= ATTRIBUTES
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == len(tree.xpath("//title")) == 1


def words(tree, number, role, key="a0"):
    found = tree.xpath(f"//*[@id='{key}-text']//span[contains(concat(' ', @class, ' '), ' {role} ')]")
    return [run.text for run in found if str(number) in run.get("data-s").split()]


def test_every_statement_of_the_sample_is_linked_from_text_to_ledger_and_back():
    tree = parsed([sample()])
    for number in range(15):
        (label,) = tree.xpath(f"//*[@id='a0-t{number}']")
        (entry,) = tree.xpath(f"//*[@id='a0-s{number}']")
        assert label.get("href") == f"#a0-s{number}"
        assert entry.xpath("./a/@href") == [f"#a0-t{number}"]


def test_ids_are_unique_and_every_inner_link_has_its_target():
    tree = parsed([sample(), sample(), reading("Nothing.")])
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_the_text_is_shown_word_for_word():
    article = sample().article
    assert text_of(parsed([sample()])) == [article.text[start:end] for start, end in paragraphs(article.text)]


def test_marks_by_which_a_corpus_parts_paragraphs_part_them():
    tree = lxml.html.fromstring(page([reading("By Jo Lind ### The quay is shut. ### It rains in C# ###1 and 2.")]))
    shown_text = [" ".join(p.text_content().split()) for p in tree.xpath("//*[@class='text']//p")]
    assert shown_text == ["By Jo Lind", "The quay is shut.", "It rains in C# ###1 and 2."]


def test_the_ledger_says_who_how_and_what():
    entry = parsed([sample()]).xpath("//*[@id='a0-s7']")[0].text_content()
    for part in ("Olu Brandt", "Tidewright", "person", "claims", "affirms", "distancing", "indirect", "sensor", "0.77"):
        assert part in entry
    assert "evidence lacking “without offering evidence”" in entry


def test_a_discontinuous_content_is_marked_in_both_places_and_nowhere_else():
    tree = parsed([sample()])
    assert words(tree, 1, "content") == ["Nobody was hurt", "and the hull is sound"]
    assert tree.xpath("//*[@id='a0-text']//*[@class='again']/text()") == ["…2"]


def test_the_words_of_a_nested_statement_belong_to_the_outer_one_too():
    tree = parsed([sample()])
    assert "".join(words(tree, 8, "content")).startswith("that Brandt himself had")
    (inner,) = [run for run in tree.xpath("//span[contains(@class, 'd3')]") if run.text == "a repair"]
    assert inner.get("data-s").split() == ["10", "9", "8"]
    assert tree.xpath("//*[@id='a0-s10']//*[@class='facts']")[0].text_content() == "inside 8.1"


def test_overlapping_contents_are_cut_into_runs_that_name_both():
    tree = parsed(
        [reading("one two three", {"content": ((0, 7),), "entity": "A"}, {"content": ((4, 13),), "entity": "B"})]
    )
    runs = [
        (run.text, run.get("data-s")) for run in tree.xpath("//*[@id='a0-text']//span[contains(@class, 'content')]")
    ]
    assert runs == [("one ", "0"), ("two", "0 1"), (" three", "1")]


def test_own_voice_is_told_apart_in_text_and_ledger():
    tree = parsed([sample()])
    assert "The trials cost the town 4.2 million crowns." in words(tree, 11, "own")
    assert tree.xpath("//*[@id='a0-s11']/@data-voice") == ["own"]
    assert "Own voice" in tree.xpath("//*[@id='a0-s11']")[0].text_content()


def test_an_article_without_statements_says_so():
    assert "No statement was found in this text." in parsed([reading("Fog.")]).text_content()


def test_an_empty_text_and_an_empty_page_are_pages():
    assert text_of(parsed([reading("", {"content": ()})])) == [""]
    assert parsed([]).xpath("//h1/text()") == ["0 articles"]


def test_several_articles_have_a_table_of_contents():
    tree = parsed([sample(), reading("Fog.", title="Fog & frost")])
    assert tree.xpath("//nav//a/@href") == ["#a0", "#a1"]
    assert tree.xpath("//nav//a/bdi/text()")[1] == "Fog & frost"


def test_problems_are_shown_with_code_and_words():
    assert "quote-unclosed" in parsed([sample()]).xpath("//*[@class='problems']")[0].text_content()


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "שלום <b>עולם</b> ",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿👩‍👩‍👧 said 🚢",
        "e\u0301\u0323 a\u0300",
        "\x1b]0;x\x07\x00\u202edesrever\u2066",
        "\ud800 lone",
    ],
)
def test_hostile_and_foreign_text_stays_text(text):
    spans = {
        "content": ((1, 4),),
        "source": ((3, 6),),
        "cue": ((6, 7),),
        "entity": text,
        "party": text,
        "through": text,
    }
    of_article = {
        "title": text,
        "outlet": text,
        "url": text,
        "published": text,
        "authors": (text,),
        "external_id": text,
    }
    found = reading(text, spans, {"content": ((0, 2),)}, **of_article)
    tree = parsed([found])
    assert "".join(text_of(tree)).strip() == shown(text).strip()
    assert tree.xpath("//*[@class='name']")[0].text_content() == " ".join(shown(text).split())
    assert_only_our_own_elements(tree)


BITS = st.sampled_from(
    ["<", ">", '"', "'", "&", "</script>", "<!--", "]]>", "<b x=1>", "\x00", "\u202e", "\n", " ", "a", "é", "🚢"]
)
TEXTS = st.lists(BITS | st.characters(), max_size=30).map("".join)
SPANS = st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40)), max_size=3).map(tuple)


@settings(max_examples=60, deadline=None)
@given(st.tuples(TEXTS, TEXTS, TEXTS), st.tuples(SPANS, SPANS, SPANS))
def test_no_text_creates_an_element_or_an_attribute(texts, spans):
    (text, name, title), (content, source, inner) = texts, spans
    found = reading(
        text,
        {"content": content, "source": source, "entity": name, "party": name},
        {
            "content": inner,
            "cue": source,
            "entity": name,
            "inside": "s1:0",
            "evidence": Evidence(kind="lacking", span=(0, 3)),
        },
        title=title,
        outlet=name,
    )
    tree = parsed([found])
    assert_only_our_own_elements(tree)
    assert "".join("".join(text_of(tree)).split()) == "".join(shown(text).split())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " https://x.example", "JaVaScRiPt:x"])
def test_only_web_addresses_become_links(url):
    tree = parsed([reading("Fog.", url=url)])
    assert all(href.startswith("#") for href in tree.xpath("//a/@href"))


def test_the_policy_lets_only_our_own_style_and_script_run():
    html = page([sample()])
    policy = lxml.html.document_fromstring(html).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not re.findall(r"""(?:src|srcset|style)=|@import|url\(""", html)


def test_filters_are_hidden_until_the_script_runs_and_offer_what_is_there():
    tree = parsed([sample()])
    assert tree.xpath("//form/@hidden")
    assert "tidewright" in tree.xpath("//select[@name='party']/option/@value")
    offered = set(tree.xpath("//select[@name='source']/option/@value"))
    assert set(tree.xpath("//*[@data-source]/@data-source")) <= offered


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _long(colour):
    return "#" + "".join(c * 2 for c in colour[1:]) if len(colour) == 4 else colour


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_words_stand_out_from_every_ground_they_may_have(scheme):
    css = re.findall(r"<style>(.*?)</style>", page([]), re.DOTALL)[0]
    colours = {
        name: _long(value)
        for name, value in re.findall(r"--([\w-]+): (#\w+);", re.findall(r":root \{(.*?)\}", css, re.DOTALL)[scheme])
    }
    grounds = ("paper", "panel", "near", "on")
    pairs = [
        (ink, ground) for ink in ("ink", "quiet", "link", "source", "cue", "content", "warn") for ground in grounds
    ]
    for ink, ground in [
        *pairs,
        ("source", "source-ground"),
        ("warn", "warn-ground"),
        ("paper", "content"),
        ("paper", "ink"),
    ]:
        light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


def test_a_problem_without_place_or_message_is_shown():
    found = msgspec.structs.replace(reading("Fog."), problems=(Problem(code="no-date", message=""),))
    assert "no date of publication was found" in parsed([found]).text_content()
