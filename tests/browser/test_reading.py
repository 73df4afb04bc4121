"""A reader's hands: keys that lead through the pages, and text and ledger that lead to each other."""

from __future__ import annotations

import pytest
from browsing import DESKTOP, PHONE, SIZES
from playwright.sync_api import expect

FOCUSED = """
() => {
  const node = document.activeElement;
  const {top, bottom, left, right, width} = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  return {
    name: (node.getAttribute("aria-label") || node.labels?.[0]?.innerText || node.innerText || node.title).trim(),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    inView: width > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
    html: node.outerHTML.slice(0, 120),
  };
}
"""


@pytest.fixture
def article(tab, reader, story):
    return tab(reader).go(f"/article/{story.article}")


@pytest.fixture
def number(article):
    return article.locator(".text a.num")


@pytest.fixture
def entry(article):
    return article.locator(".entry")


@SIZES
@pytest.mark.parametrize("name", ["/", "/claim/{ident:str}", "/article/{ident:str}", "/search"])
def test_whatever_the_tab_key_leads_to_has_a_name_is_in_view_and_marked(tab, reader, story, name, size):
    page = tab(reader, size).go(story.addresses()[name])
    for _ in range(40):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        assert found["name"], found
        assert found["marked"], found
        assert found["inView"], found


def test_the_first_key_leads_past_the_bar(tab, reader):
    page = tab(reader).go("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_tab_key_goes_in_the_order_of_the_page(tab, reader):
    page = tab(reader).go("/")
    last = -1
    for _ in range(30):
        page.keyboard.press("Tab")
        place = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        assert place > last
        last = place


def test_a_slash_leads_to_the_search_and_is_a_letter_there(tab, reader):
    page = tab(reader).go("/articles")
    page.keyboard.press("/")
    field = page.get_by_role("search", name="Search the ledger").get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("crane /j")
    expect(field).to_have_value("crane /j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    assert "q=crane" in page.url


@pytest.mark.parametrize("path", ["/", "/articles", "/sources", "/search?q=crane"])
def test_j_and_k_go_from_line_to_line_and_enter_opens_one(tab, reader, path):
    page = tab(reader).go(path)
    lines = page.locator("[data-line]")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(lines.nth(place)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith(path))


def test_keys_go_from_statement_to_statement_across_and_let_go(article, number, entry):
    for key, place in (("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1)):
        article.keyboard.press(key)
        expect(number.nth(place)).to_be_focused()
        expect(entry.nth(place)).to_contain_class("on")
        expect(article.locator(".entry.on")).to_have_count(1)
    article.keyboard.press("Enter")
    expect(entry.nth(1).locator("> .num")).to_be_focused()
    article.keyboard.press("Enter")
    expect(number.nth(1)).to_be_focused()
    article.keyboard.press("Escape")
    expect(article.locator(".on")).to_have_count(0)


def test_pointing_at_words_marks_their_entry_and_pointing_at_an_entry_its_words(article, entry):
    article.locator(".text .run[data-s='1']").first.hover()
    expect(entry.nth(1)).to_contain_class("near")
    entry.nth(0).hover()
    expect(entry.nth(1)).not_to_contain_class("near")
    for run in article.locator(".text .run[data-s='0']").all():
        expect(run).to_contain_class("near")


def test_a_click_on_words_shows_their_entry_and_on_an_entry_its_words(article, number, entry):
    last = entry.count() - 1
    assert article.locator(".ledgerpane").evaluate("node => node.scrollTop") == 0
    article.locator(f".text .run[data-s='{last}']").first.click()
    expect(entry.nth(last)).to_contain_class("on")
    expect(entry.nth(last)).to_be_in_viewport()
    article.evaluate("scrollTo(0, 0)")
    entry.nth(last).locator(".what").click()
    expect(number.last).to_be_in_viewport()
    expect(article.locator(f".text .run[data-s='{last}']").first).to_contain_class("on")


def test_on_a_phone_a_tap_on_words_brings_their_entry_and_another_takes_it_away(tab, reader, story):
    page = tab(reader, PHONE, has_touch=True).go(f"/article/{story.article}")
    page.locator(".text .run[data-s='1']").first.tap()
    expect(page.locator(".entry.sheet")).to_be_in_viewport()
    page.locator("h1").tap()
    expect(page.locator(".entry.sheet")).to_have_count(0)


def test_an_address_of_a_statement_leads_to_it(tab, reader, story):
    page = tab(reader, DESKTOP).go(f"/statement/{story.statement}")
    expect(page.locator(".entry.on")).to_have_count(1)
    expect(page.locator(".text a.num:focus")).to_be_in_viewport()


def test_an_address_of_a_statement_leads_to_it_however_late_the_scripts_come(tab, reader, story):
    one = tab(reader, DESKTOP)
    held = []

    def hold(route):
        held.append(route)

    one.page.route("**/page.js*", hold)
    one.page.goto(f"{reader}/statement/{story.statement}", wait_until="commit")
    # Another script of the page has run, and frames were drawn, before this one is there.
    one.page.wait_for_function("document.querySelector('.text a.num') && document.readyState === 'interactive'")
    one.page.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    held[0].continue_()
    expect(one.page.locator(".entry.on")).to_have_count(1)
    expect(one.page.locator(".text a.num:focus")).to_be_in_viewport()


def test_filters_of_an_article_hide_and_bring_back(article, entry):
    every = entry.count()
    article.locator(".filters [name=voice]").select_option("own")
    expect(article.locator(".entry:visible")).to_have_count(article.locator(".entry.own").count())
    article.get_by_role("button", name="Show all").click()
    expect(article.locator(".entry:visible")).to_have_count(every)


def test_a_filtered_page_has_an_address_to_hand_on(tab, reader):
    page = tab(reader).go("/search")
    form = page.get_by_role("search", name="Search with filters")
    form.get_by_label("Words").fill("crane")
    form.get_by_label("Stance").select_option("denies")
    form.get_by_role("button", name="Search").click()
    statements = page.locator("section", has=page.get_by_role("heading", name="Statements"))
    found = statements.locator(".said").all_inner_texts()
    assert found
    assert all("denies" in one for one in found)
    other = tab(reader).go(page.url.removeprefix(reader))
    assert other.locator("section").last.locator(".said").all_inner_texts() == found
    expect(other.get_by_label("Stance")).to_have_value("denies")
