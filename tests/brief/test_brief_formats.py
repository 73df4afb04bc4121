"""Each format of a brief: it opens, holds what the brief says, and no text of others is markup in it."""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import lxml.html
import pytest
from brief_sample import STORY, kept
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquit.brief import FORMATS, Brief, brief, render
from inquit.errors import UsageError, WorkError
from inquit.keep import Ledger

MADE = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
HOSTILE = (
    "</title><script>alert(1)</script> [x](javascript:1) *a* _b_ `c` # d | e $f$ #eval(read) "
    "\x1b[31m \u202e \ud800 ~ & <b>"
)
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "article", "div", "p"),
    *("h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "a", "b", "i", "q", "bdi", "cite", "code", "span"),
}


def made(path: Path) -> Brief:
    with Ledger.open(path) as ledger:
        return brief(ledger, made=MADE)


def hostile(path: Path, words: str, url: str = "javascript:alert(1)") -> Brief:
    safe = (
        words.replace("\\", "/").replace("{", "(").replace("}", ")").replace("\n", " ").replace("\r", " ").strip()
        or "x"
    )
    rows = tuple(
        row._replace(outlet=f"{row.outlet} {words}", title=words, text=f"{row.text} {safe}", force=row.force)
        for row in STORY
    )
    return made(kept(path, rows, authors=(words,), url=url))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    return made(kept(tmp_path_factory.mktemp("formats") / "crane.db"))


@pytest.fixture(scope="module")
def worst(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    return hostile(tmp_path_factory.mktemp("formats") / "worst.db", HOSTILE)


def text_of_docx(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    return "\n".join(
        "".join(node.text or "" for node in p._p.iter() if node.tag.endswith("}t")) for p in document.paragraphs
    )


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_brief_gives_the_same_bytes(story: Brief, to: str) -> None:
    first = render(story, to)
    time.sleep(2.1 if to == "docx" else 0)  # a ZIP file tells two seconds apart
    assert render(story, to) == first


@pytest.mark.parametrize("to", ["html", "md", "docx"])
def test_every_format_holds_the_statements_their_sources_and_their_notes(story: Brief, to: str) -> None:
    data = render(story, to)
    text = text_of_docx(data) if to == "docx" else data.decode()
    for words in (
        "Rests on one source only",
        "A port official, who asked not to be named",
        "that inspectors had warned of cracks in the crane",
        "Denied by Ines Hallgard (Meridian Wire).",
        "Source descriptors",
        "Source summary statement",
        "Port denies that inspectors warned of cracks",
        "Tue 3 Mar 2026 10:30",
        story.notes[0].statement,
    ):
        assert words in text


def test_html_needs_nothing_from_elsewhere_and_its_links_lead_somewhere(story: Brief) -> None:
    tree = lxml.html.document_fromstring(render(story, "html").decode())
    assert {node.tag for node in tree.iter() if isinstance(node.tag, str)} <= ELEMENTS
    assert not tree.xpath("//@src | //link | //script | //@style | //*[@onclick]")
    places = set(tree.xpath("//@id"))
    inner = [address[1:] for address in tree.xpath("//a/@href") if address.startswith("#")]
    assert inner
    assert set(inner) <= places
    assert len(places) == len(tree.xpath("//@id"))
    assert [len(tree.xpath(f"//h{level}")) for level in (1, 2)] == [1, 4]


def test_in_html_no_text_of_others_is_an_element_or_a_link(worst: Brief) -> None:
    tree = lxml.html.document_fromstring(render(worst, "html").decode())
    assert {node.tag for node in tree.iter() if isinstance(node.tag, str)} <= ELEMENTS
    assert all(address.startswith("#") for address in tree.xpath("//a/@href"))
    assert "alert(1)" in tree.text_content()


def test_in_markdown_no_text_of_others_is_markup(worst: Brief) -> None:
    text = render(worst, "md").decode()
    assert "\\<script\\>" in text
    assert "\\[x\\](javascript:1) \\*a\\* \\_b\\_ \\`c\\` \\# d \\| e \\$f\\$" in text
    assert not re.search(r"(?<!\\)<(?!https?:)", text)
    assert "](<javascript" not in text
    assert "\x1b" not in text


def test_markdown_has_a_footnote_for_every_reference(story: Brief) -> None:
    text = render(story, "md").decode()
    defined = set(re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE))
    assert defined == set(re.findall(r"\[\^(\d+)\](?!:)", text)) == {"1", "2", "3", "4"}


def test_a_word_document_has_headings_and_links_to_its_notes(story: Brief) -> None:
    data = render(story, "docx")
    document = Document(io.BytesIO(data))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "Summary",
        "Claims",
        "Notes",
        "How this brief was made",
    ]
    assert document.core_properties.title == story.title
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        xml = packed.read("word/document.xml").decode()
        links = packed.read("word/_rels/document.xml.rels").decode()
    anchors, names = (
        set(re.findall(r'w:anchor="(\w+)"', xml)),
        set(re.findall(r'w:bookmarkStart w:id="\d+" w:name="(\w+)"', xml)),
    )
    assert anchors
    assert anchors <= names
    assert "https://news.example/0" in links


def test_a_word_document_takes_any_text_and_links_to_the_web_only(worst: Brief) -> None:
    data = render(worst, "docx")
    assert "<script>alert(1)" in text_of_docx(data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert "javascript" not in packed.read("word/_rels/document.xml.rels").decode()


def test_a_pdf_is_tagged_and_takes_any_text(story: Brief, worst: Brief) -> None:
    for found in (story, worst):
        data = render(found, "pdf")
        assert data.startswith(b"%PDF-1.7")
        assert b"/MarkInfo" in data
        assert b"javascript" not in data
    assert b"https://news.example/0" in render(story, "pdf")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.text(st.characters(), min_size=1, max_size=60))
def test_any_words_can_stand_in_any_format(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    found = hostile(tmp_path_factory.mktemp("any") / "l", words, url=f"https://news.example/{words}")
    assert all(render(found, to) for to in FORMATS)


@pytest.mark.parametrize(("to", "module"), [("docx", "docx"), ("pdf", "typst")])
def test_a_missing_extra_is_named(story: Brief, to: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, FORMATS[to][0], raising=False)
    with pytest.raises(WorkError, match=r"needs: pip install 'inquit\[brief\]'"):
        render(story, to)


def test_an_unknown_format_is_wrong_usage(story: Brief) -> None:
    with pytest.raises(UsageError, match="html, md, docx, pdf"):
        render(story, "odt")
