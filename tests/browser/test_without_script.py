"""Where scripts are off the pages and their forms work all the same."""

from __future__ import annotations

import pytest
from browsing import Hand
from playwright.sync_api import expect
from test_ruling import KINDS, UNMARKED, entry

TOLD = "a full and public inquiry"


@pytest.fixture
def plain(tab):
    return lambda address: tab(address, java_script_enabled=False)


@pytest.mark.parametrize(
    "name", ["/", "/claim/{ident:str}", "/article/{ident:str}", "/source", "/outlet", "/search", "/watch"]
)
def test_a_page_says_the_same_without_script(plain, tab, reader, story, name):
    address = story.addresses().get(name, name)
    without, with_ = plain(reader).go(address), tab(reader).go(address)
    said = [page.locator("main p, main li, main td").all_inner_texts() for page in (without, with_)]
    assert said[0] == said[1]


def test_a_number_leads_to_its_entry_without_script(plain, reader, story):
    page = plain(reader).go(f"/article/{story.article}")
    page.locator(".text a.num").last.click()
    expect(page.locator(".entry").last).to_be_in_viewport()


def test_the_search_finds_without_script(plain, reader):
    page = plain(reader).go("/")
    page.get_by_role("search", name="Search the ledger").get_by_role("searchbox").fill("crane")
    page.keyboard.press("Enter")
    expect(page.locator(".said").first).to_be_visible()


def test_a_statement_is_ruled_on_without_script_and_that_undone(plain, desk, story):
    page = plain(desk).go(f"/article/{story.article}")
    entry(page, TOLD).locator(".ruling").click()
    form = page.locator("#rule form").first
    expect(form.locator("q")).to_have_text(TOLD)
    form.locator("[value=wrong-source]").check()
    form.locator("[name=value]").fill("Harbour Master")
    form.get_by_role("button").click()
    expect(entry(page, TOLD).locator(".name")).to_have_text("Harbour Master")
    page.locator(".told").get_by_role("button", name="Undo").click()
    expect(entry(page, TOLD).locator(".name")).to_have_text("Greta Solheim")


def test_a_missed_statement_and_a_grade_are_given_without_script(plain, desk, story):
    page = plain(desk).go(f"/article/{story.article}")
    KINDS["missed"].make(Hand(page, "mouse"), page)
    expect(page.locator(".entry .what").get_by_text(UNMARKED, exact=True)).to_be_visible()
    page.goto(f"{desk}/claim/{story.claim}")
    KINDS["credibility"].make(Hand(page, "mouse"), page)
    expect(page.locator(".history li").first).to_contain_text("credibility 4")


def test_claims_are_found_and_joined_without_script(plain, desk, story):
    page = plain(desk).go(f"/claim/{story.claim}")
    page.locator("summary", has_text="It is the same as another claim").click()
    page.get_by_label("Words of the other claim").fill("crane")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="Join them").click()
    expect(page.get_by_text("Your rulings are kept.")).to_be_visible()


def test_a_brief_is_made_without_script(plain, reader):
    page = plain(reader).go("/brief")
    with page.expect_download() as found:
        page.get_by_role("button", name="Make the brief").click()
    assert found.value.suggested_filename.endswith(".html")
