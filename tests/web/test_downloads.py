"""Briefs and pictures from the pages: the files that the command line makes, as files to be kept."""

from __future__ import annotations

import sys
import threading
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from page_ledgers import client, hostile, sample, tree, words

from inquit.keep import Ledger
from inquit.web import pictures
from inquit.web.addresses import at
from inquit.web.frame import POLICY
from inquit.web.pages import brief_form

MADE = {"html": "text/html", "md": "text/markdown"}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return sample(tmp_path_factory.mktemp("downloads") / "sample.db")


@pytest.fixture(scope="module")
def web(path):
    with client(path) as found:
        yield found


@pytest.fixture(scope="module")
def claim(path):
    with Ledger.open(path) as kept:
        return max(kept.claims(), key=lambda one: len(one.occurrences))


def file(web, address):
    """An answer that is a file to be kept, under the policy of every answer."""
    answer = web.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    return answer


@pytest.mark.parametrize("to", MADE)
def test_a_brief_is_a_file_of_the_format_that_was_chosen(web, claim, to):
    answer = file(web, f"/brief/file?to={to}&claim={claim.id}&title=For+the+desk")
    assert answer.headers["content-type"].startswith(MADE[to])
    assert answer.headers["content-disposition"].endswith(f'.{to}"')
    assert "For the desk" in answer.text
    assert claim.text in answer.text


@pytest.mark.parametrize(("to", "module", "begins"), [("docx", "docx", b"PK"), ("pdf", "typst", b"%PDF")])
def test_a_brief_as_docx_or_pdf_begins_as_such_a_file(web, claim, to, module, begins):
    pytest.importorskip(module, reason="these come with the extra brief")
    assert file(web, f"/brief/file?to={to}&claim={claim.id}").content.startswith(begins)


@pytest.mark.parametrize(("to", "module"), [("docx", "docx"), ("pdf", "typst")])
def test_where_an_extra_is_not_there_the_page_says_which_and_how_to_get_it(web, monkeypatch, to, module):
    monkeypatch.setitem(sys.modules, module, None)
    answer = web.get(f"/brief/file?to={to}")
    assert answer.status_code == 503
    assert "pip install 'inquit[brief]'" in words(tree(answer.text).xpath("//main")[0])
    form = tree(web.get("/brief").text)
    assert form.xpath(f"//input[@value='{to}'][@disabled]")
    assert "inquit[brief]" in words(form.xpath("//fieldset")[0])


def test_a_picture_as_png_says_what_it_needs_where_that_is_not_there(path, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with client(path) as web:
        answer = web.get("/picture/outlets.png")
        assert answer.status_code == 503
        assert "pip install 'inquit[pictures]'" in words(tree(answer.text).xpath("//main")[0])
        assert "/picture/outlets.png" not in web.get("/").text
        assert "/picture/outlets.svg" in web.get("/").text


def test_a_brief_of_what_the_story_shows_tells_those_claims_and_how_it_was_asked(web):
    page = tree(web.get("/?q=crane&outlet=lantern").text)
    [address] = page.xpath("//a[.='Brief']/@href")
    shown = page.xpath("//table[@class='claims']//a[@class='claimed']/@href")
    form = tree(web.get(address).text)
    assert form.xpath("//ol[@class='brief-claims']//a/@href") == shown
    kept = {field.get("name"): field.get("value") for field in form.xpath("//form[@action='/brief/file']//input")}
    assert {"q": "crane", "outlet": "lantern"}.items() <= kept.items()
    told = file(web, "/brief/file?to=md&q=crane").text
    assert "hold" in told
    assert "crane" in told


def test_a_search_leads_to_the_brief_of_the_same_where_a_brief_can_ask_for_it(web, claim):
    def ways(address):
        return tree(web.get(address).text).xpath("//p[@class='ways']/a/@href")

    assert ways("/search?q=crane&outlet=lantern") == ["/brief?q=crane&outlet=lantern"]
    assert ways(at("/search", claim=claim.id)) == [at("/brief", claim=claim.id)]
    assert ways("/search?q=crane&stance=affirms") == ways("/search?q=zeppelin") == []


def test_a_brief_of_a_cell_of_the_grid_tells_the_claims_of_that_cell(web):
    cell = tree(web.get("/").text).xpath("//table[@class='grid']//td/a/@href")[0]
    shown = tree(web.get(cell).text).xpath("//table[@class='claims']//a[@class='claimed']/text()")
    told = file(web, f"/brief/file?to=md&{urlsplit(cell).query}").text
    assert all(text in told for text in shown)
    assert parse_qs(urlsplit(cell).query).keys() == {"outlets", "sources"}


def test_excerpts_are_as_short_as_the_form_says(web, claim):
    with_words = file(web, f"/brief/file?to=md&claim={claim.id}&excerpt=3").text
    without = file(web, f"/brief/file?to=md&claim={claim.id}&excerpt=0").text
    assert "Excerpts are cut to 3 words" in with_words
    assert "No passages are quoted" in without


@pytest.mark.parametrize("asked", ["q=zeppelin", "claim=c1:00", "claim=x", "outlets=8&sources=1"])
def test_a_brief_of_nothing_is_none_and_tells_nothing_of_the_machine(web, path, asked):
    answer = web.get(f"/brief/file?{asked}")
    assert answer.status_code == 404
    assert "No claim fits" in answer.text
    assert str(path) not in answer.text


@pytest.mark.parametrize("name", ["outlets.svg", "matrix.svg", "chain.svg?claim={}", "outlets.svg?claim={}&width=390"])
def test_a_picture_is_a_file_without_script(web, claim, name):
    answer = file(web, f"/picture/{name.format(claim.id)}")
    assert answer.headers["content-type"] == "image/svg+xml"
    picture = tree(answer.text)
    assert picture.xpath("//*[name()='svg']")
    assert not picture.xpath("//script | //*[starts-with(name(@*), 'on')]")


def test_a_picture_as_png_begins_as_one(web):
    pytest.importorskip("typst", reason="it comes with the extra pictures")
    assert file(web, "/picture/outlets.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "status"),
    [("chain.svg", 400), ("chain.svg?claim=c1:00", 404), ("crane.svg", 404), ("chain.gif", 404), ("matrix", 404)],
)
def test_a_picture_that_there_is_not_says_so(web, name, status):
    assert web.get(f"/picture/{name}").status_code == status


def test_pages_of_claims_lead_to_their_brief_and_pictures(web, claim):
    page = tree(web.get(f"/claim/{claim.id}").text)
    for address in page.xpath("//p[@class='ways']//a/@href"):
        assert web.get(address).status_code == 200, address
    assert at("/brief", claim=claim.id) in page.xpath("//p[@class='ways']/a/@href")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\x00\x1b[31m\u202edis", "lone \ud800 surrogate"])
def test_hostile_words_break_no_file_and_name_none(tmp_path, text):
    with client(hostile(tmp_path / "hostile.db", text)) as web:
        for address in ("/brief/file?to=html", "/brief/file?to=md", "/picture/outlets.svg", "/picture/matrix.svg"):
            answer = file(web, address)
            assert "<script>alert" not in answer.text.replace("`", "")


def test_while_a_file_is_made_pages_are_answered(path, monkeypatch):
    begun, may_end = threading.Event(), threading.Event()

    def slow(*_, **__):
        begun.set()
        may_end.wait(20)
        return "<svg></svg>"

    monkeypatch.setattr(pictures, "matrix_in", slow)
    with client(path) as web:
        waiting = [threading.Thread(target=web.get, args=("/picture/matrix.svg",)) for _ in range(3)]
        for one in waiting:
            one.start()
        assert begun.wait(20)
        before = time.monotonic()
        assert web.get("/articles").status_code == 200
        assert not may_end.is_set()
        assert time.monotonic() - before < 15
        may_end.set()
        for one in waiting:
            one.join()


def test_the_limits_of_the_form_are_those_of_the_file(web):
    page = tree(web.get("/brief?limit=9999&excerpt=9999").text)
    for name, most in (("limit", brief_form.MOST), ("excerpt", brief_form.MOST_EXCERPT)):
        [field] = page.xpath(f"//form[@action='/brief/file']//input[@name='{name}']")
        assert field.get("value") == field.get("max") == str(most)
