"""What a notebook shows of a reading and of a claim."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import lxml.html
import pytest
from lxml import etree

import inquit
from inquit.show.notebook import MOST

TEXT = 'The harbour master, Ana Duarte, said: "The crane is safe." Officials denied that it had cracked.'
HOSTILE = '<script>alert(1)</script> Ana Duarte said that "</style><img src=x onerror=alert(1)>" was </div> a threat.'


def _shown(found: inquit.Readings) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(found._repr_html_())


def test_the_text_stands_there_whole_with_its_statements_marked() -> None:
    found = inquit.read(TEXT)
    page = _shown(found)
    for number in page.xpath("//a"):
        number.text = ""
    marked = {"".join(run.itertext()) for run in page.xpath("//span[contains(@class, 'content')]")}
    assert "The crane is safe" in marked
    text = "".join(page.xpath("//*[@class='inquit-text']")[0].itertext())
    assert TEXT in text


def test_every_statement_has_a_row_that_its_number_leads_to() -> None:
    found = inquit.read(TEXT)
    page = _shown(found)
    rows = {row.get("id") for row in page.xpath("//tbody/tr")}
    assert len(rows) == len(found.statements) > 1
    assert {a.get("href")[1:] for a in page.xpath("//*[@class='inquit-text']//a")} == rows


def test_two_cells_share_no_id() -> None:
    ids = [_shown(inquit.read(text)).xpath("//@id") for text in (TEXT, TEXT + " It rained.")]
    assert not set(ids[0]) & set(ids[1])


def test_texts_cannot_become_elements_and_nothing_runs() -> None:
    found = inquit.read(HOSTILE, title="<b>T</b>", outlet="<i onclick=x>O</i>")
    assert found.statements
    page = _shown(found)
    assert not page.xpath("//script | //img | //b[text()='T'] | //*[@onclick or @onerror]")
    assert "alert(1)</script>" in "".join(page.xpath("//*[@class='inquit-text']")[0].itertext())


def test_the_style_reaches_nothing_outside_and_asks_for_nothing() -> None:
    html = inquit.read(TEXT)._repr_html_()
    [style] = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    plain = re.sub(r"/\*.*?\*/|@media[^{]*\{", "", style, flags=re.DOTALL)
    selectors = [one.strip() for group in re.findall(r"([^{}]+)\{", plain) for one in group.split(",")]
    assert selectors
    assert all(one.startswith(".inquit") for one in selectors)
    assert "url(" not in html
    assert "http" not in html


def test_problems_and_more_articles_are_told() -> None:
    found = inquit.read([*(f"{TEXT} It rained for {n} days." for n in range(MOST + 2)), "artcle.txt"])
    words = "".join(_shown(found).itertext())
    assert "and 2 articles more" in words
    assert "not-found" in words
    assert "artcle.txt" in words
    assert "Nothing was read." in "".join(_shown(inquit.read("")).itertext())


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> inquit.Trace:
    path: Path = tmp_path_factory.mktemp("notebook") / "story.db"
    with inquit.open(path, write=True) as ledger:
        ledger.add("examples")
        return ledger.trace(ledger.claims(sort="laundering")[0])


def test_a_claim_is_shown_as_its_chain(trace: inquit.Trace) -> None:
    page = lxml.html.fromstring(trace._repr_html_())
    [source] = page.xpath("//img/@src")
    picture = base64.b64decode(source.removeprefix("data:image/svg+xml;base64,")).decode()
    assert picture == trace.svg()
    assert etree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
    assert trace.claim.text[:40] in "".join(page.itertext())
    assert "independent source" in page.xpath("//img/@alt")[0]
