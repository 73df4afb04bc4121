"""The forms on the pages: each of them makes the ruling that it says, which is shown at once, and undone."""

from __future__ import annotations

import time

import pytest
from desk import client, ledger, log_in, with_people
from page_ledgers import tree, words

from inquit.keep import Ledger
from inquit.web.addresses import at


@pytest.fixture
def path(tmp_path):
    return ledger(tmp_path / "news.db")


@pytest.fixture
def web(path):
    with client(path) as found:
        yield found


def form(page, says, **fields):
    """The values of the form that makes a ruling of this kind, with some of them filled in, and its action."""
    for found in page.xpath("//form[@action='/rule']"):
        kinds = found.xpath(".//input[@name='says']/@value")
        if says in kinds:
            given = {node.get("name"): node.get("value") or "" for node in found.xpath(".//input[@type='hidden']")}
            names = {node.get("name") for node in found.xpath(".//input | .//select | .//textarea")}
            assert set(fields) <= names
            return given | {"says": says} | fields
    raise AssertionError(f"no form for {says}")


def send(web, address, says, **fields):
    """Fill in the form of a page, send it, and go where that leads."""
    gone = web.post("/rule", data=form(tree(web.get(address).text), says, **fields))
    assert gone.status_code == 303, gone.text
    answer = web.get(gone.headers["location"])
    assert answer.status_code == 200
    return tree(answer.text)


def first(path, *, attributed=True):
    with Ledger.open(path) as kept:
        article = next(a for a in kept.articles())
        statement = next(s for s in kept.statements(article.id) if (s.attribution is not None) == attributed)
    return article, statement


def on(article, statement):
    return f"/article/{article.id}?rule={statement.id}"


def test_a_statement_that_is_ruled_none_leaves_the_pages_and_comes_back(web, path):
    article, statement = first(path, attributed=False)
    before = len(tree(web.get(f"/article/{article.id}").text).xpath("//li[contains(@class, 'entry')]"))
    page = send(web, on(article, statement), "not-a-statement", reason="a heading")
    assert len(page.xpath("//li[contains(@class, 'entry')]")) == before - 1
    history = words(page.xpath("//ol[@class='history']")[0])
    assert "no statement" in history
    assert "because a heading" in history
    assert web.get(f"/statement/{statement.id}").status_code == 404
    [undo] = page.xpath("//ol[@class='history']//form")
    gone = web.post(undo.get("action"), data={node.get("name"): node.get("value") for node in undo.xpath(".//input")})
    page = tree(web.get(gone.headers["location"]).text)
    assert len(page.xpath("//li[contains(@class, 'entry')]")) == before
    assert "withdrawn" in words(page.xpath("//ol[@class='history']")[0])
    assert not page.xpath("//ol[@class='history']//form")


def test_another_source_is_shown_at_once_also_on_its_own_page(web, path):
    article, statement = first(path)
    page = send(web, on(article, statement), "wrong-source", value="Harbour Master")
    assert "Harbour Master" in words(page.xpath("//div[@class='ledger']")[0])
    assert len(tree(web.get("/source?name=harbour+master").text).xpath("//li[@class='said']")) == 1


def test_a_statement_can_be_ruled_the_outlets_own(web, path):
    article, statement = first(path)
    page = tree(web.get(on(article, statement)).text)
    [own] = page.xpath("//form[@action='/rule'][.//input[@name='value'][@value='null']]")
    gone = web.post("/rule", data={node.get("name"): node.get("value") or "" for node in own.xpath(".//input")})
    assert gone.status_code == 303
    with Ledger.open(path) as kept:
        assert [s.attribution for s in kept.statements(article.id) if s.content == statement.content] == [None]


def test_other_words_can_be_ruled_the_content(web, path):
    article, statement = first(path)
    text = article.text
    right = text[statement.content[0][0] : statement.content[0][1]].split(" ", 1)[1]
    page = send(web, on(article, statement), "wrong-span", value=right)
    assert right in [node.text for node in page.xpath("//li[contains(@class, 'entry')]//p[@class='what']")]


def test_a_statement_that_was_missed_is_added_with_who_says_it(web, path):
    article, _ = first(path)
    missed = article.text.split(". ")[-1].rstrip(".")
    page = send(web, f"/article/{article.id}", "missed", value=missed, entity="Harbour Master")
    entries = [words(node) for node in page.xpath("//li[contains(@class, 'entry')]")]
    assert any(missed in entry and "Harbour Master" in entry for entry in entries)


def test_a_claim_is_rated_and_noted_and_its_history_tells_so(web, path):
    with Ledger.open(path) as kept:
        claim = next(kept.claims())
    send(web, f"/claim/{claim.id}", "credibility", value="3", reason="two ports say so")
    page = send(web, f"/claim/{claim.id}", "note", value="ask <b>the port</b>")
    history = words(page.xpath("//ol[@class='history']")[0])
    assert "credibility 3" in history
    assert "ask <b>the port</b>" in history
    assert "because two ports say so" in history


def test_an_occurrence_is_taken_out_of_a_claim(web, path):
    with Ledger.open(path) as kept:
        claim = max(kept.claims(), key=lambda one: len(one.occurrences))
    out = claim.occurrences[-1].statement
    page = send(web, f"/claim/{claim.id}", "not-same-claim", about=out, reason="another crane")
    line = page.xpath("//ol[@class='history']/li")[0]
    assert f"not the same claim as “{claim.text}”" in words(line)
    assert claim.id not in words(line)
    assert f"/claim/{claim.id}" in line.xpath(".//bdi/a/@href")
    assert " UTC " in words(line.xpath("span")[0]) + " "


def test_a_source_is_rated_and_given_its_other_name(web, path):
    _, statement = first(path)
    name = statement.attribution.entity
    page = send(web, at("/source", name=name), "reliability", value="B", reason="long experience")
    assert "reliability B" in words(page.xpath("//ol[@class='history']")[0])
    gone = web.post(
        "/rule", data=form(tree(web.get(at("/source", name=name)).text), "same-entity", value="The Harbour Master")
    )
    assert gone.status_code == 303
    assert tree(web.get("/source?name=The+Harbour+Master").text).xpath("//li[@class='said']")


def test_an_outlet_is_rated(web, path):
    article, _ = first(path)
    page = send(web, at("/outlet", name=article.outlet), "reliability", value="C", reason="prints what it is sent")
    assert "reliability C" in words(page.xpath("//ol[@class='history']")[0])


def test_what_was_ruled_is_listed_the_newest_first_and_by_whom(web, path):
    with Ledger.open(path) as kept:
        claims = [claim.id for claim in kept.claims()][:2]
    for number, claim in enumerate(claims):
        send(web, f"/claim/{claim}", "note", value=f"note {number}")
        time.sleep(0.01)
    page = tree(web.get("/rulings").text)
    assert [words(node) for node in page.xpath("//ol[@class='history']/li//bdi")] == ["note 1", "note 0"]
    assert not tree(web.get("/rulings?who=Nobody").text).xpath("//ol[@class='history']/li")
    assert tree(web.get("/rulings?who=Ana+Duarte").text).xpath("//ol[@class='history']/li")


def test_two_at_once_see_each_others_ruling_and_none_is_lost(web, path):
    with Ledger.open(path) as kept:
        claim = next(kept.claims())
    mine, theirs = (
        form(tree(web.get(f"/claim/{claim.id}").text), "credibility", value=value, reason="x") for value in ("2", "5")
    )
    assert web.post("/rule", data=theirs).status_code == 303
    conflict = web.post("/rule", data=mine)
    assert conflict.status_code == 409
    with Ledger.open(path) as kept:
        assert [one.value for one in kept.rulings(about=claim.id)] == ["5"]


def test_a_reader_sees_rulings_and_no_forms(path):
    with_people(path, bo="analyst", cy="reader")
    with client(path, auth=True) as web:
        log_in(web, "cy")
        article, statement = first(path)
        page = tree(web.get(on(article, statement)).text)
        assert not page.xpath("//form[starts-with(@action, '/rule')]")
