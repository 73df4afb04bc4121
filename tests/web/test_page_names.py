"""The pages of names and of ids: whom a source speaks for, in how many outlets, and where a short id leads."""

from __future__ import annotations

import pytest
from ledger_sample import made
from page_ledgers import client, sample, tree, words

from inquit.keep import Ledger
from inquit.web.addresses import at

OUTLETS = 45
OFTEN = 12
"""Statements of one outlet that tell the right party of somebody."""


def told(number, outlet, party):
    said = {"source": "Ana Duarte", "cue": "said", "content": f"berth {number} is safe", "party": party}
    return made(f"Ana Duarte said berth {number} is safe.", [said], outlet=outlet, title=f"Berth {number}")


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """Somebody in more outlets than a page tells, for a party that most statements do not tell or tell wrongly."""
    path = tmp_path_factory.mktemp("names") / "names.db"
    with Ledger.create(path) as kept:
        kept.keep(told(n, f"Outlet {n}", None) for n in range(OUTLETS))
        kept.keep(told(100 + n, "Outlet 1", "Port of Ellin") for n in range(OFTEN))
        kept.keep([told(200, "Outlet 2", "If"), told(201, "Outlet 2", "People")])
        kept.keep(
            made(f"Jonas Velde said {n}.", [{"source": "Jonas Velde", "cue": "said", "content": n, "party": party}])
            for n, party in (("yes", "Ellin"), ("no", "Norland"), ("perhaps", None))
        )
    with client(path) as found:
        yield found


def parties(web):
    rows = tree(web.get("/sources").text).xpath("//table[@class='names']/tbody/tr")
    return {words(row.xpath("th")[0]): words(row.xpath("td[@data-label='Party']")[0]) for row in rows}


def test_a_list_names_the_party_that_two_in_three_statements_tell_and_none_that_is_odd(web):
    assert parties(web) == {"Ana Duarte": "Port of Ellin", "Jonas Velde": "–"}


def test_a_source_counts_every_outlet_though_it_shows_the_first_of_them(web):
    page = tree(web.get(at("/source", name="Ana Duarte")).text)
    assert f"{OUTLETS} outlets" in words(page.xpath("//ul[@class='glance']")[0])
    rows = page.xpath("//table[@class='matrix']/tbody/tr")
    assert len(rows) < OUTLETS
    assert f"and {OUTLETS - len(rows)} more with fewer statements" in words(page)


def test_a_source_speaks_for_no_party_that_few_of_its_statements_tell(web):
    page = tree(web.get(at("/source", name="Ana Duarte")).text)
    assert page.xpath("//p[@class='byline']//a/text()") == ["Port of Ellin"]
    both = tree(web.get(at("/source", name="Jonas Velde")).text)
    assert sorted(both.xpath("//p[@class='byline']//a/text()")) == ["Ellin", "Norland"]


def test_one_of_a_thing_is_told_as_one(tmp_path):
    path = tmp_path / "one.db"
    with Ledger.create(path) as kept:
        kept.keep([told(1, "Harbour Post", None)])
    with client(path) as web:
        story, outlet, source = (
            [words(item) for item in tree(web.get(address).text).xpath("//ul[@class='glance']/li")]
            for address in ("/", at("/outlet", name="Harbour Post"), at("/source", name="Ana Duarte"))
        )
    assert story[:3] == ["1 article", "1 outlet", "1 statement"]
    assert outlet[:2] == ["1 article", "1 statement"]
    assert source[:2] == ["1 statement", "1 outlet"]


def test_an_id_that_is_cut_as_commands_print_it_leads_to_its_page(tmp_path):
    path = sample(tmp_path / "sample.db")
    with Ledger.open(path) as kept:
        claim = next(kept.claims())
    first = claim.occurrences[0]
    with client(path) as web:
        for kind, ident in (("claim", claim.id), ("statement", first.statement), ("article", first.article)):
            moved = web.get(f"/{kind}/{ident[:13]}")
            assert (moved.status_code, moved.headers["location"]) == (302, f"/{kind}/{ident}")
            assert web.get(f"/{kind}/{ident[:3]}").status_code == 404
            assert web.get(f"/{kind}/{ident}0").status_code == 404
        assert web.get(f"/claim/{first.article[:13]}").status_code == 404
