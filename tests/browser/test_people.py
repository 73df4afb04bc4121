"""Several people: they log in, see what they may do, and manage their accounts with a browser."""

from __future__ import annotations

import pytest
from browsing import SIZES, serving
from desk import PASSWORD, with_people
from playwright.sync_api import expect
from test_loading import AXE, GRAVE, SIDEWAYS
from test_ruling import claim

PAGES = ("/login", "/account", "/people")


@pytest.fixture(scope="module")
def office(story, tmp_path_factory):
    """The address of a reader for ana, an admin, bo, an analyst, and cy, a reader."""
    path = with_people(story.copied(tmp_path_factory.mktemp("office")), ana="admin", bo="analyst", cy="reader")
    with serving(path, "--auth") as address:
        yield address


def log_in(page, name, password=PASSWORD):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


@SIZES
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_accounts_is_sound_and_open_to_all(tab, office, path, size):
    one = tab(office, size)
    page = one.go("/login?next=/people")
    if path != "/login":
        log_in(page, "ana")
        expect(page.get_by_role("heading", level=1)).to_have_text("People")
        one.go(path)
    assert page.evaluate(SIDEWAYS) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AXE)
        assert page.evaluate(GRAVE, None) == []


def test_with_keys_alone_somebody_logs_in_lands_where_they_wanted_and_logs_out(tab, office, story):
    page = tab(office).go(claim(story))
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    page.get_by_label("Name").focus()
    page.keyboard.type("bo")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{claim(story)}")
    expect(page.get_by_role("link", name="bo", exact=True)).to_be_visible()
    page.get_by_role("button", name="Log out").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    page.goto(office + claim(story))
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")


def test_a_wrong_password_says_so_and_keeps_the_name(tab, office):
    one = tab(office)
    page = one.go("/login")
    log_in(page, "cy", "not the password")
    expect(page.get_by_role("alert")).to_have_text("Name and password do not fit.")
    expect(page.get_by_label("Name")).to_have_value("cy")
    assert "403" in one.trouble.pop()


def test_a_reader_sees_what_was_ruled_and_no_way_to_rule(tab, office, story):
    page = tab(office).go(claim(story))
    log_in(page, "cy")
    expect(page.locator(".history li")).to_have_count(1)
    assert page.locator("[action^='/rule']").count() == 0


def test_an_analyst_rules_in_their_own_name_and_only_they_or_an_admin_undo_it(tab, office, story):
    bo, cy, ana = (tab(office) for _ in range(3))
    for one, name in ((bo, "bo"), (cy, "cy"), (ana, "ana")):
        log_in(one.go(claim(story)), name)
    bo.page.locator("summary", has_text="Leave a note").click()
    bo.page.locator("details[open] textarea").fill("two calls")
    bo.page.locator("details[open] button").click()
    line = bo.page.locator(".history li").first
    expect(line).to_contain_text("bo note two calls")
    cy.page.reload()
    expect(cy.page.locator(".history li").first).to_contain_text("bo note two calls")
    expect(cy.page.locator(".history button")).to_have_count(0)
    ana.page.reload()
    ana.page.locator(".history li").first.get_by_role("button").click()
    expect(ana.page.locator(".history li").first).to_contain_text("by ana")


def test_an_admin_adds_somebody_gives_them_a_role_and_removes_them(tab, office):
    page = tab(office).go("/login?next=/people")
    log_in(page, "ana")
    form = page.locator("form", has=page.get_by_role("button", name="Add"))
    form.get_by_label("Name").fill("dee")
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button").click()
    role = page.get_by_label("Role of dee")
    expect(role).to_have_value("reader")
    role.select_option("analyst")
    row = page.locator("tr", has=role)
    row.get_by_role("button", name="Give").click()
    expect(role).to_have_value("analyst")
    row.get_by_role("button", name="Remove dee").click()
    expect(role).to_have_count(0)
