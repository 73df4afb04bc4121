"""The pages over the story that ships: their numbers are those of the library."""

from __future__ import annotations

import pytest
from page_ledgers import client, tree, words

from inquit import pipeline
from inquit.keep import Ledger
from inquit.show.account import counted, counts
from inquit.web.addresses import at


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("story") / "story.db"
    with Ledger.create(path) as kept:
        list(pipeline.add(kept, ["examples"]))
        pipeline.link(kept)
    return path


@pytest.fixture(scope="module")
def web(path):
    with client(path) as found:
        yield found


def test_every_claim_of_the_story_is_a_row_with_its_outlets_sources_losses_and_denials(web, path):
    with Ledger.open(path) as kept:
        outlets = {article.id: article.outlet for article in kept.articles()}
        claims = list(kept.claims())
    rows = tree(web.get("/").text).xpath("//table[@class='claims']/tbody/tr")
    told = {
        row.xpath("string(th/a/@href)"): tuple(int(words(cell).split()[0]) for cell in row.xpath("td")[:4])
        for row in rows
    }
    assert told == {
        f"/claim/{claim.id}": (
            len({outlets[o.article] for o in claim.occurrences}),
            claim.independent_sources,
            len(claim.laundering),
            len(claim.denied_by),
        )
        for claim in claims
    }


def test_the_claim_with_most_outlets_comes_first_and_rests_on_one_source(web):
    row = tree(web.get("/").text).xpath("//table[@class='claims']/tbody/tr")[0]
    assert words(row.xpath("td")[0]).startswith("5")
    assert "warns" in row.xpath("td")[1].get("class")


def test_a_claim_too_long_to_be_told_whole_has_the_numbers_and_dates_of_all_of_it(web, path, monkeypatch):
    with Ledger.open(path) as kept:
        claim = max(kept.claims(), key=lambda one: len(one.occurrences))
    whole = tree(web.get(f"/claim/{claim.id}").text)
    monkeypatch.setattr("inquit.web.pages.claim.MOST", 2)
    cut = tree(web.get(f"/claim/{claim.id}").text)
    assert len(cut.xpath("//table[@class='links']/tbody/tr")) == 2
    for part in ("//header//p[@class='byline']", "//header//ul[@class='glance']"):
        assert words(cut.xpath(part)[0]) == words(whole.xpath(part)[0])
    assert f"The first 2 of {len(claim.occurrences)} occurrences are shown" in words(cut)


def test_claims_that_were_taken_back_or_come_back_to_their_outlet_are_flagged(web, path):
    with Ledger.open(path) as kept:
        wanted = {
            f"/claim/{claim.id}": {word for word, ids in told.items() if ids}
            for claim in kept.claims()
            for told in [{"taken back by an outlet": claim.corrected_by, "circular": claim.circular}]
        }
    rows = tree(web.get("/").text).xpath("//table[@class='claims']/tbody/tr/th")
    flags = {row.xpath("string(a/@href)"): row.xpath("string(p[contains(@class, 'flags')])") for row in rows}
    assert {ident: set(filter(None, words.split(" · "))) for ident, words in flags.items()} == wanted
    assert {"taken back by an outlet", "circular"} in wanted.values()


def test_the_chain_has_a_mark_for_every_article_and_a_row_for_every_statement(web, path):
    with Ledger.open(path) as kept:
        claim = max(kept.claims(), key=lambda one: len(one.occurrences))
    page = tree(web.get(f"/claim/{claim.id}").text)
    assert len(page.xpath("//*[name()='svg']//a")) == len({o.article for o in claim.occurrences})
    assert len(page.xpath("//table[@class='links']/tbody/tr")) == len(claim.occurrences)
    glance = words(page.xpath("//*[@class='glance']")[0])
    assert f"{len({o.article for o in claim.occurrences})} articles" in glance
    assert f"{len(claim.denied_by)} denial" in glance
    assert f"{claim.independent_sources} independent source" in glance


def test_every_article_has_the_numbers_of_its_report(web, path):
    with Ledger.open(path) as kept:
        readings = list(kept.readings())
    for reading in readings:
        found = counts(reading)
        page = tree(web.get(f"/article/{reading.article.id}").text)
        glance = words(page.xpath("//*[@aria-label='At a glance']")[0])
        for number, name in ((found.statements, "statement"), (found.sources, "source"), (found.nested, "nested")):
            assert f"{number} {name}" in glance
        said = [s for s in reading.statements if s.attribution]
        assert len(page.xpath("//li[contains(@class, 'entry')]//summary[.='Why']")) == sum(bool(s.why) for s in said)


def test_every_source_of_the_story_has_a_page_with_all_its_statements(web, path):
    with Ledger.open(path) as kept:
        said: dict[str, int] = {}
        for reading in kept.readings():
            for one in (s.attribution for s in reading.statements if s.attribution):
                if one.entity and one.standing != "none":
                    said[one.entity.casefold()] = said.get(one.entity.casefold(), 0) + 1
    for name, number in said.items():
        page = tree(web.get(at("/source", name=name)).text)
        assert words(page.xpath("//*[@class='glance']/li")[0]) == counted(number, "statement")
        stances = sum(int(words(node).split()[0]) for node in page.xpath("//*[@class='glance']/li")[2:])
        assert stances == number


def test_an_outlet_tells_its_favourite_cues_and_whom_it_relays(web):
    page = tree(web.get("/outlet?name=Daily+Lantern").text)
    cues, relayed = page.xpath("//section[h2='Favourite cues' or h2='Whom it relays']")
    assert "said" in words(cues)
    assert "Harbour Post" in words(relayed)


def test_a_source_that_several_outlets_carry_is_set_out_by_outlet_and_framing(web):
    page = tree(web.get("/source?name=Ines+Hallgard").text)
    rows = {
        words(row.xpath("th")[0]): [int(words(c)) for c in row.xpath("td")]
        for row in page.xpath("//table[@class='matrix']/tbody/tr")
    }
    assert set(rows) >= {"Meridian Wire", "Daily Lantern"}
    address = page.xpath("//table[@class='matrix']//td/a/@href")[0]
    number = int(page.xpath("//table[@class='matrix']//td/a")[0].text)
    assert len(tree(web.get(address).text).xpath("//li[@class='said']")) == number


def test_the_party_of_a_source_leads_to_those_who_speak_for_it(web):
    page = tree(web.get("/source?name=Ines+Hallgard").text)
    [party] = page.xpath("//header[@class='head']//a[starts-with(@href, '/party')]/@href")
    assert "Ines Hallgard" in words(tree(web.get(party).text).xpath("//section[h2='Who speaks for it']")[0])
