"""Every kind of ruling through the pages, by mouse and by keyboard alone: seen at once, in the history, and undone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

import pytest
from browsing import Hand, Story, serving
from playwright.sync_api import Locator, Page, expect

from inquit.web.addresses import at

OWN = "The quay was empty and nobody was hurt."
TOLD = "a full and public inquiry"
UNMARKED = "shortly before midnight"
REASON = "heard it on the quay"


class Kind(NamedTuple):
    """How a ruling is made on the page of ``at``, what the history calls it, and what shows that it holds."""

    at: Callable[[Story], str]
    make: Callable[[Hand, Page], None]
    told: str
    shows: Callable[[Page], Locator] | None = None


def article(story: Story) -> str:
    return f"/article/{story.article}"


def claim(story: Story) -> str:
    return f"/claim/{story.claim}"


def source(story: Story) -> str:
    return at("/source", name=story.entity)


def outlet(story: Story) -> str:
    return at("/outlet", name=story.outlet)


def entry(page: Page, words: str) -> Locator:
    return page.locator(".entry").filter(has=page.locator(".what", has_text=words))


def on_statement(words: str, says: str, value: str | None = None) -> Callable[[Hand, Page], None]:
    def make(hand: Hand, page: Page) -> None:
        hand.press(entry(page, words).locator(".ruling"))
        form = page.locator("#rule form").first
        expect(form.locator("[type=radio]").first).to_be_focused()
        hand.tick(form.locator(f"[value={says}]"))
        if value is not None:
            hand.write(form.locator("[name=value]"), value)
        hand.write(form.get_by_label("Why"), REASON)
        hand.press(form.get_by_role("button"))

    return make


def own_voice(hand: Hand, page: Page) -> None:
    hand.press(entry(page, TOLD).locator(".ruling"))
    hand.press(page.get_by_role("button", name="own voice"))


def filled(summary: str, **fields: str) -> Callable[[Hand, Page], None]:
    """Open the details of that summary and fill in its form."""

    def make(hand: Hand, page: Page) -> None:
        hand.press(page.locator("summary", has_text=summary))
        form = page.locator("details[open] form")
        for name, value in fields.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("node => node.tagName") == "SELECT":
                hand.pick(field, value)
            else:
                hand.write(field, value)
        hand.press(form.get_by_role("button"))

    return make


KINDS = {
    "not-a-statement": Kind(article, on_statement(OWN, "not-a-statement"), "no statement"),
    "wrong-source": Kind(
        article,
        on_statement(TOLD, "wrong-source", "Harbour Master"),
        "somebody else says it",
        lambda page: entry(page, TOLD).locator(".name", has_text="Harbour Master"),
    ),
    "own voice": Kind(
        article,
        own_voice,
        "somebody else says it the outlet itself",
        lambda page: page.locator(".entry.own", has_text=TOLD),
    ),
    "wrong-span": Kind(
        article,
        on_statement(TOLD, "wrong-span", "public inquiry"),
        "other words are meant",
        lambda page: page.locator(".entry .what").get_by_text("public inquiry", exact=True),
    ),
    "note on a statement": Kind(article, on_statement(TOLD, "note", "ask the mayor"), "note ask the mayor"),
    "missed": Kind(
        article,
        filled("A statement was missed", value=UNMARKED, entity="Harbour Master", reason=REASON),
        "a statement was missed",
        lambda page: page.locator(".entry .what").get_by_text(UNMARKED, exact=True),
    ),
    "wrong-outlet": Kind(
        article,
        filled("It is of another outlet", value="Ellin Courier", reason=REASON),
        "published by Ellin Courier",
        lambda page: page.locator(".byline", has_text="Ellin Courier"),
    ),
    "wrong-date": Kind(
        article,
        filled("It is of another date", value="2026-03-05", reason=REASON),
        "published on 2026-03-05",
        lambda page: page.locator(".byline", has_text="2026-03-05"),
    ),
    "note on an article": Kind(article, filled("Leave a note", value="seen in print"), "note seen in print"),
    "not-same-claim": Kind(
        claim, filled("An occurrence does not belong", about="2 ·", reason=REASON), "not the same claim as"
    ),
    "credibility": Kind(claim, filled("Rate credibility", value="4", reason=REASON), "credibility 4"),
    "note on a claim": Kind(claim, filled("Leave a note", value="two calls"), "note two calls"),
    "reliability of a source": Kind(source, filled("Rate reliability", value="C", reason=REASON), "reliability C"),
    "note on a source": Kind(source, filled("Leave a note", value="works nights"), "note works nights"),
    "reliability of an outlet": Kind(outlet, filled("Rate reliability", value="D", reason=REASON), "reliability D"),
    "note on an outlet": Kind(outlet, filled("Leave a note", value="sold in May"), "note sold in May"),
}
by_hand = pytest.mark.parametrize("by", ["mouse", "keyboard"])


@pytest.fixture(scope="module")
def shared(story, tmp_path_factory):
    """A reader for all of these tests: each undoes what it rules."""
    with serving(story.copied(tmp_path_factory.mktemp("ruling"))) as address:
        yield address


@by_hand
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_ruling_is_seen_at_once_told_in_the_history_and_undone(tab, shared, story, kind, by):
    page = tab(shared).go(kind.at(story))
    hand = Hand(page, by)
    entries = page.locator(".entry").count()
    kind.make(hand, page)
    expect(page.get_by_text("Your ruling is kept.")).to_be_visible()
    newest = page.locator(".history li").first
    expect(newest).to_contain_text(kind.told)
    if kind.shows:
        expect(kind.shows(page)).to_be_visible()
    if kind.told == "no statement":
        assert page.locator(".entry").count() == entries - 1
    hand.press((page.locator(".told") if by == "mouse" else newest).get_by_role("button", name="Undo"))
    expect(newest).to_contain_text("withdrawn")
    expect(newest.get_by_role("button")).to_have_count(0)
    if kind.shows:
        expect(kind.shows(page)).to_have_count(0)
    assert page.locator(".entry").count() == entries


@by_hand
def test_claims_that_were_found_by_words_are_joined_whole_and_parted_again(tab, desk, story, by):
    page = tab(desk).go(claim(story))
    hand = Hand(page, by)
    rows = page.locator(".links tbody tr")
    before = rows.count()
    hand.press(page.locator("summary", has_text="It is the same as another claim"))
    hand.write(page.get_by_label("Words of the other claim"), "engineers wreck")
    hand.press(page.get_by_role("button", name="Find"))
    other = page.get_by_role("checkbox", name="engineers were examining")
    expect(other).to_be_in_viewport()
    if by == "keyboard":
        hand.reach(other)
        page.keyboard.press("Space")
    else:
        other.check()
    form = page.get_by_role("form", name="Join claims")
    hand.write(form.get_by_label("Why"), REASON)
    hand.press(form.get_by_role("button", name="Join them"))
    expect(page.locator(".history li").first).to_contain_text("the same claim as")
    _reloaded_until(page, lambda: rows.count() != before)
    assert rows.count() > before
    hand.press(page.locator(".history li").first.get_by_role("button"))
    expect(page.locator(".history li").first).to_contain_text("withdrawn")

    def parted() -> bool:
        # While the two are one, the address leads on to that of the other.
        page.goto(f"{desk}/claim/{story.claim}")
        return rows.count() == before

    _reloaded_until(page, parted)


@by_hand
def test_a_source_gets_its_other_name_and_its_own_back(tab, desk, story, by):
    page = tab(desk).go(source(story))
    hand = Hand(page, by)
    filled("somebody else under another name", value="Harbour Master", reason=REASON)(hand, page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour Master")
    expect(page.get_by_text("Your ruling is kept.")).to_be_visible()
    page.goto(f"{desk}/rulings")
    expect(page.locator(".history li").first).to_contain_text("the same as Harbour Master")
    page.go_back()
    hand.press(page.locator(".told").get_by_role("button", name="Undo"))
    expect(page.get_by_role("heading", level=1)).to_have_text(story.entity)
    expect(page.locator(".history li").first).to_contain_text("withdrawn")


def test_claims_follow_a_ruling_while_the_page_says_so(tab, desk, story):
    page = tab(desk).go(claim(story))
    rows = page.locator(".links tbody tr")
    before = rows.count()
    KINDS["not-same-claim"].make(Hand(page, "mouse"), page)
    # A page that is loaded anew before the ruling has been answered would take it back.
    expect(page.get_by_text("Your ruling is kept.")).to_be_visible()
    _reloaded_until(page, lambda: not page.locator("[data-linking]").count())
    expect(rows).to_have_count(before - 1)


def test_what_two_people_rule_at_once_is_shown_to_the_second_who_decides(tab, desk, story):
    mine, theirs = (tab(desk) for _ in range(2))
    for one in (mine, theirs):
        one.go(claim(story))
    KINDS["note on a claim"].make(Hand(theirs.page, "mouse"), theirs.page)
    KINDS["credibility"].make(Hand(mine.page, "mouse"), mine.page)
    page = mine.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody ruled meanwhile")
    expect(page.locator("section", has=page.get_by_role("heading", name="Theirs"))).to_contain_text("two calls")
    expect(page.locator("section", has=page.get_by_role("heading", name="Yours"))).to_contain_text("4")
    assert "409" in mine.trouble.pop()
    page.get_by_role("button", name="Rule so all the same").click()
    expect(page.locator(".history li")).to_contain_text(["credibility 4", "two calls", "credibility 3"])


def test_words_selected_in_the_text_go_into_the_form(tab, reader, story):
    page = tab(reader).go(article(story))
    page.locator("summary", has_text="A statement was missed").click()
    _select(page, UNMARKED)
    expect(page.locator("#missed [name=value]").first).to_have_value(UNMARKED)
    entry(page, TOLD).locator(".ruling").click()
    page.locator("#rule [value=wrong-span]").check()
    _select(page, "public inquiry")
    expect(page.locator("#rule [name=value]").first).to_have_value("public inquiry")


def test_words_selected_across_a_number_leave_the_number_out(tab, reader, story):
    page = tab(reader).go(article(story))
    page.locator("summary", has_text="A statement was missed").click()
    paragraph = page.locator(".text p", has_text="The quay was empty")
    paragraph.evaluate("node => getSelection().selectAllChildren(node)")
    expect(page.locator("#missed [name=value]").first).to_have_value(
        "The boom, which is 48 metres long, came down shortly before midnight on Saturday. "
        "The quay was empty and nobody was hurt. Two of the port’s five berths are closed."
    )


def _select(page: Page, words: str) -> None:
    """Drag the mouse over words of the text, which may stand on two lines."""
    page.locator(".text p", has_text=words).first.scroll_into_view_if_needed()
    first, last = page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
          while (!walker.nextNode().data.includes(words));
          const range = document.createRange();
          range.setStart(walker.currentNode, walker.currentNode.data.indexOf(words));
          range.setEnd(walker.currentNode, range.startOffset + words.length);
          const lines = [...range.getClientRects()];
          return [lines[0], lines.at(-1)].map(({left, right, top, bottom}) => ({left, right, y: (top + bottom) / 2}));
        }""",
        words,
    )
    page.mouse.move(first["left"] + 0.5, first["y"])
    page.mouse.down()
    page.mouse.move(last["right"] - 0.5, last["y"], steps=4)
    page.mouse.up()


def _reloaded_until(page: Page, holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page.reload()
        if holds():
            return
        page.wait_for_timeout(250)
    raise AssertionError("it never held")
