"""Claims that are one: found by words from the page of a claim, chosen, joined together, and parted again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from desk import client, log_in, token, with_people
from ledger_sample import reading
from page_ledgers import tree, words

from inquit import pipeline
from inquit.keep import Draft, Ledger


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    path = tmp_path_factory.mktemp("joining") / "linked.db"
    with Ledger.create(path) as kept:
        kept.keep(map(reading, range(12)))
        pipeline.link(kept)
    return path


@pytest.fixture
def path(linked, tmp_path):
    return Path(shutil.copy(linked, tmp_path / "joining.db"))


@pytest.fixture
def claims(path):
    with Ledger.open(path) as kept:
        return sorted(kept.claims(), key=lambda claim: claim.id)


@pytest.fixture
def web(path):
    with client(path) as found:
        yield found


def found(web, claim, asked):
    return tree(web.get(f"/claim/{claim.id}", params={"find": asked}).text)


def join(web, claim, *others, **more):
    page = web.get(f"/claim/{claim.id}").text
    form = {"_csrf_token": token(page), "about": claim.id, "back": f"/claim/{claim.id}", "others": list(others), **more}
    return web.post("/rule/join", data=form)


def in_force(path):
    """The rulings that join claims, by the claim that each names."""
    with Ledger.open(path) as kept:
        return {one.value: one for one in kept.rulings() if one.says == "same-claim" and one.withdrawn is None}


def test_other_claims_are_found_by_words_and_the_claim_itself_is_not_among_them(web, claims):
    page = found(web, claims[0], "safe")
    ids = page.xpath("//input[@name='others']/@value")
    assert set(ids) == {claim.id for claim in claims[1:] if "safe" in claim.text}
    assert page.xpath("//details[@open]//input[@name='find']/@value") == ["safe"]
    assert ids


def test_words_that_no_other_claim_holds_say_so_and_syntax_is_words(web, claims):
    for asked in ("zeppelin", '"', "NOT (", "text:*", "%"):
        page = found(web, claims[0], asked)
        assert not page.xpath("//input[@name='others']")
        assert "No other claim holds all of these words." in words(page)


@pytest.mark.parametrize("number", [1, 2])
def test_one_or_more_claims_are_joined_each_by_a_ruling_that_can_be_undone(web, path, claims, number):
    one, *others = claims[: number + 1]
    answer = join(web, one, *(other.id for other in others), reason="the same crane")
    assert answer.status_code == 303
    held = in_force(path)
    assert set(held) == {other.id for other in others}
    assert {(ruling.reason, ruling.who) for ruling in held.values()} == {("the same crane", "Ana Duarte")}
    told = tree(web.get(answer.headers["location"], follow_redirects=True).text)
    assert len(told.xpath("//*[@role='status']//button[starts-with(., 'Undo')]")) == number
    for ident in told.xpath("//*[@role='status']//input[@name='id']/@value"):
        form = {"_csrf_token": told.xpath("string(//input[@name='_csrf_token']/@value)"), "id": ident}
        assert web.post("/rule/withdraw", data=form).status_code == 303
    assert in_force(path) == {}


def test_a_claim_may_be_named_by_its_id(web, path, claims):
    one, other = claims[:2]
    assert join(web, one, other=f" {other.id} ").status_code == 303
    assert set(in_force(path)) == {other.id}


@pytest.mark.parametrize(
    "others", [[], ["c1:00"], ["own"], ["other", "c1:00"]], ids=["none", "unknown", "own", "mixed"]
)
def test_what_cannot_be_joined_is_told_and_nothing_is_done(web, path, claims, others):
    named = {"own": claims[0].id, "other": claims[1].id}
    answer = join(web, claims[0], *(named.get(one, one) for one in others))
    assert answer.status_code == 400
    assert in_force(path) == {}


def test_who_ruled_meanwhile_is_shown_with_all_that_was_chosen_and_one_decides(web, path, claims):
    one, *others = claims[:3]
    seen = tree(web.get(f"/claim/{one.id}").text).xpath(
        "string(//form[@action='/rule/join']/input[@name='seen']/@value)"
    )
    with Ledger.open(path, write=True) as kept:
        kept.rule(Draft(about=one.id, says="note", value="two calls", who="Bo"))
    answer = join(web, one, *(other.id for other in others), seen=seen)
    assert answer.status_code == 409
    page = tree(answer.text)
    assert "two calls" in words(page)
    form = page.xpath("//form[@action='/rule/join']")[0]
    fields = [(field.get("name"), field.get("value")) for field in form.xpath(".//input")]
    assert [value for name, value in fields if name == "others"] == [other.id for other in others]
    sent = {name: value for name, value in fields if name != "others"} | {"others": [other.id for other in others]}
    assert web.post("/rule/join", data=sent).status_code == 303
    assert set(in_force(path)) == {other.id for other in others}


def test_who_may_only_read_finds_no_form_and_joins_nothing(path, claims):
    with_people(path, cy="reader")
    with client(path, auth=True) as web:
        log_in(web, "cy")
        assert "/rule/join" not in web.get(f"/claim/{claims[0].id}?find=safe").text
        page = web.get("/").text
        form = {"_csrf_token": token(page), "about": claims[0].id, "others": [claims[1].id]}
        assert web.post("/rule/join", data=form).status_code == 403
