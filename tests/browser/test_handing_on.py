"""What is handed on: briefs and pictures, made with the mouse or with keys alone, and a watch page to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import PHONE, Hand
from playwright.sync_api import expect
from test_ruling import by_hand, claim


@by_hand
def test_a_brief_of_the_story_is_chosen_made_and_kept(tab, reader, by):
    page = tab(reader).go("/")
    hand = Hand(page, by)
    hand.press(page.get_by_role("link", name="Brief"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A brief to hand on")
    hand.write(page.get_by_role("search", name="Choose the claims").get_by_label("Words"), "crane")
    hand.press(page.get_by_role("button", name="Choose"))
    form = page.get_by_role("form", name="Make the brief")
    if by == "keyboard":
        hand.reach(form.get_by_role("radio").first)
    hand.tick(form.get_by_role("radio", name="Markdown"))
    hand.write(form.get_by_label("Words of an article"), "5")
    hand.write(form.get_by_label("Title"), "Crane 4")
    with page.expect_download() as found:
        hand.press(form.get_by_role("button", name="Make the brief"))
    told = Path(found.value.path()).read_text("utf-8")
    assert found.value.suggested_filename.endswith(".md")
    assert told.startswith("# Crane 4")
    assert "cut to 5 words" in told


def test_on_a_phone_a_brief_of_a_claim_is_a_page_that_opens_by_itself(tab, reader, story, tmp_path):
    page = tab(reader, PHONE).go(claim(story))
    page.get_by_role("link", name="Brief").click()
    with page.expect_download() as found:
        page.get_by_role("button", name="Make the brief").click()
    found.value.save_as(tmp_path / "brief.html")
    text = (tmp_path / "brief.html").read_text("utf-8")
    assert "<h1" in text
    assert "<script" not in text


@pytest.mark.parametrize("name", ["chain as SVG", "outlets over time as SVG", "outlets over time as PNG"])
def test_pictures_of_a_claim_are_files(tab, reader, story, name):
    page = tab(reader).go(claim(story))
    link = page.get_by_role("link", name=name)
    if not link.count():
        pytest.skip("PNG comes with the extra pictures")
    with page.expect_download() as found:
        link.click()
    assert Path(found.value.path()).stat().st_size > 1000
    assert found.value.suggested_filename.endswith(name[-3:].lower())


@by_hand
def test_what_is_watched_is_gone_through_and_the_log_filtered(tab, reader, by):
    page = tab(reader).go("/")
    hand = Hand(page, by)
    hand.press(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Watch"))
    expect(page.get_by_role("row", name="lantern.example")).to_contain_text("3 failures in a row")
    hand.press(page.get_by_role("link", name="articles that changed"))
    expect(page.locator(".change").first).to_contain_text("Ana Duarte")
    hand.press(page.get_by_role("link", name="log of requests"))
    expect(page.get_by_role("heading", name="Log of requests")).to_be_visible()
    hand.pick(page.get_by_label("Outcome"), "trouble")
    hand.press(page.get_by_role("search", name="Filter the log").get_by_role("button"))
    expect(page.locator(".fetches tbody tr")).to_have_count(2)
