"""The pages of the reader over invented ledgers: what they show, how they are filtered, and what reaches no browser."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from litestar.testing import TestClient
from page_ledgers import client, hostile, sample, tree, versions, words

from inquit.keep import Ledger
from inquit.link.owners import known_outlets
from inquit.show.safe import shown
from inquit.web.addresses import at
from inquit.web.app import Parts, make_app

PLAIN = (
    *("/", "/sources", "/sources?kind=party", "/outlets", "/articles", "/copies", "/problems", "/search", "/brief"),
    *("/watch", "/watch?kind=changes", "/watch?kind=log"),
)
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)> ' & &amp;",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "\x00\x1b[31m\u202edesrever",
    "lone \ud800 surrogate",
    "שלום עולם",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return sample(tmp_path_factory.mktemp("web") / "sample.db")


@pytest.fixture(scope="module")
def web(path):
    with client(path) as found:
        yield found


def addresses(path: Path) -> list[str]:
    """One of every page, of what the ledger holds."""
    with Ledger.open(path) as kept:
        article, claim = next(kept.articles()), next(kept.claims())
        statement = next(s for s in kept.statements(article.id) if s.attribution)
        outlet = article.outlet
        entity, party = statement.attribution.entity, statement.attribution.party or statement.attribution.entity
    named = [("/outlet", outlet), ("/source", entity), ("/party", party)]
    return [
        *PLAIN,
        f"/article/{article.id}",
        f"/article/{article.id}?rule={statement.id}",
        f"/claim/{claim.id}",
        *(at(page, name=name) for page, name in named if name),
    ]


def test_every_page_has_its_landmarks_one_heading_and_the_headers_that_keep_code_out(web, path):
    for address in addresses(path):
        answer = web.get(address)
        if answer.status_code == 404 and address.startswith("/party"):
            continue
        assert answer.status_code == 200, address
        page = tree(answer.text)
        assert len(page.xpath("//h1")) == 1, address
        assert page.xpath("count(//main[@id='main']) * count(//header//nav) * count(//body/footer)") == 1, address
        assert page.xpath("//a[@class='skip'][@href='#main']"), address
        assert page.xpath("string(//title)").endswith("inquit"), address
        assert not page.xpath("//style | //script[not(@src)] | //@style | //*[starts-with(name(@*), 'on')]"), address
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_no_id_stands_twice_in_a_page_and_every_inner_link_leads_somewhere(web, path):
    for address in addresses(path):
        page = tree(web.get(address).text)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), address
        inner = {href[1:] for href in page.xpath("//@href") if href.startswith("#")}
        assert inner <= set(ids), address


def test_styles_and_scripts_come_from_the_reader_itself(web):
    page = tree(web.get("/").text)
    for address in page.xpath("//link[@rel='stylesheet']/@href | //script/@src"):
        answer = web.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] in {"text/css", "text/javascript"}
    assert web.get("/static/../app.py").status_code == 404
    assert web.get("/static/app.py").status_code == 404


def test_the_story_counts_what_the_ledger_holds(web, path):
    with Ledger.open(path) as kept:
        counts, claims = kept.counts(), list(kept.claims())
        outlets = {a.id: (a.outlet or "").lower() for a in kept.articles()}
    glance = words(tree(web.get("/").text).xpath("//*[@class='glance']")[0])
    for number, name in (
        (counts.articles, "articles"),
        (counts.outlets, "outlets"),
        (counts.statements, "statements"),
        (counts.own_voice, "in own voice"),
        (counts.claims, "claims"),
        (counts.copies, "copies"),
        (counts.problems, "problems"),
    ):
        assert f"{number:,} {name}" in glance
    rows = {
        row.xpath("string(.//a/@href)"): row
        for row in tree(web.get("/").text).xpath("//table[@class='claims']/tbody/tr")
    }
    assert len(rows) == len(claims)
    for claim in claims:
        cells = [words(cell).split()[0] for cell in rows[f"/claim/{claim.id}"].xpath("td")[:4]]
        carried = len({outlets[o.article] for o in claim.occurrences})
        told = (carried, claim.independent_sources, len(claim.laundering), len(claim.denied_by))
        assert cells == [str(number) for number in told]


def test_a_cell_of_the_grid_leads_to_its_claims(web):
    page = tree(web.get("/").text)
    for link in page.xpath("//table[@class='grid']//td/a"):
        found = tree(web.get(link.get("href")).text)
        assert len(found.xpath("//table[@class='claims']/tbody/tr")) == int(link.text)


@pytest.mark.parametrize("order", ["outlets", "independence", "losses", "denials", "newest", "oldest"])
def test_claims_come_in_every_order(web, order):
    answer = web.get(f"/?sort={order}")
    assert answer.status_code == 200
    chosen = tree(answer.text).xpath("//p[@class='sorts']/a[@aria-current]/@href")
    assert chosen == [f"/?sort={order}"]


def test_filters_leave_the_claims_that_have_such_a_statement(web, path):
    with Ledger.open(path) as kept:
        articles = {a.id: a for a in kept.articles()}
        claims = {
            c.id for c in kept.claims() if any(articles[o.article].outlet == "Daily Lantern" for o in c.occurrences)
        }
    rows = tree(web.get("/?outlet=LANTERN").text).xpath("//table[@class='claims']/tbody/tr//th//a[1]/@href")
    assert {row.removeprefix("/claim/") for row in rows} == claims
    assert not tree(web.get("/?outlet=100%25").text).xpath("//table[@class='claims']")


def test_what_is_new_is_counted_from_a_day_on(web, path):
    with Ledger.open(path) as kept:
        published = {a.id: a.published for a in kept.articles()}
        claim = next(c for c in kept.claims() if any(published[o.article] == "2031-04-08" for o in c.occurrences))
    day = tree(web.get("/?new=2031-04-08").text)
    [row] = day.xpath(f"//table[@class='claims']/tbody/tr[.//a[@href='/claim/{claim.id}']]")
    articles = {
        o.article for o in claim.occurrences if (published[o.article] or "").startswith("2031-04-08T07") is False
    }
    new = {a for a in articles if published[a] == "2031-04-08"} | {
        o.article for o in claim.occurrences if published[o.article] == "2031-04-08T07:10:00+01:00"
    }
    assert words(row.xpath("td")[5]) in {f"+{len(new)}", "all"}
    none = tree(web.get("/?only=new&new=2132").text)
    assert "Only claims with new articles, that is, published since 2132-01-01" in words(none)
    assert not none.xpath("//table[@class='claims']")


def test_a_long_list_is_shown_a_page_at_a_time(tmp_path):
    with client(sample(tmp_path / "long.db", 120)) as web:
        seen: list[str] = []
        address = "/articles"
        while address:
            page = tree(web.get(address).text)
            seen += page.xpath("//table[@class='articles']//th/a/@href")
            address = page.xpath("string(//a[@rel='next']/@href)")
        assert len(seen) == len(set(seen)) == 120
        assert "none" not in words(page.xpath("//nav[@class='pager']")[0])
        assert "101–120 of 120" in words(page.xpath("//nav[@class='pager']")[0])


@pytest.mark.parametrize("page", ["0", "-3", "x", "9999999999", "²", ""])
def test_a_page_that_cannot_be_is_another_one(web, page):
    assert web.get("/articles", params={"page": page}).status_code == 200


def test_a_claim_shows_each_occurrence_and_leads_to_its_statement(web, path):
    with Ledger.open(path) as kept:
        claim = next(kept.claims())
    page = tree(web.get(f"/claim/{claim.id}").text)
    links = page.xpath("//table[@class='links']//p[@class='title']/a/@href")
    assert links == [f"/statement/{o.statement}" for o in claim.occurrences]
    assert len(page.xpath("//*[name()='svg']")) == 1
    moved = web.get(links[0])
    assert moved.status_code == 302
    article, _, anchor = moved.headers["location"].partition("#")
    entry = tree(web.get(article).text).xpath(f"//a[@id='{anchor}']")
    assert len(entry) == 1


def test_an_alias_of_a_claim_leads_to_what_it_has_become_part_of(tmp_path):
    path = sample(tmp_path / "merged.db")
    with Ledger.open(path, write=True) as kept:
        one, other = list(kept.claims())[:2]
        occurrences = (*one.occurrences, *other.occurrences)
        rest = [c for c in kept.claims() if c.id not in {one.id, other.id}]
        kept.keep_links(list(kept.copies()), [msgspec.structs.replace(one, occurrences=occurrences), *rest])
        now = kept.claim(other.id)
        old = one.id if now.id == other.id else other.id
    with client(path) as web:
        moved = web.get(f"/claim/{old}")
        assert (moved.status_code, moved.headers["location"]) == (302, f"/claim/{now.id}")


def test_an_article_shows_every_statement_in_the_text_and_in_the_ledger(web, path):
    with Ledger.open(path) as kept:
        article = next(kept.articles())
        statements = kept.statements(article.id)
        claimed = {o.statement: c.id for c in kept.claims() for o in c.occurrences}
    page = tree(web.get(f"/article/{article.id}").text)
    assert len(page.xpath("//div[@class='text']//a[contains(@class, 'num')]")) == len(statements)
    entries = page.xpath("//li[contains(@class, 'entry')]")
    assert len(entries) == len(statements)
    for n, statement in enumerate(statements):
        links = page.xpath(f"//li[@id='a0-s{n}']//p[@class='ties']/a/@href")
        assert (f"/claim/{claimed.get(statement.id)}" in links) == (statement.id in claimed)


def test_a_source_is_shown_with_all_that_it_is_made_to_say(web, path):
    with Ledger.open(path) as kept:
        said = [
            s for r in kept.readings() for s in r.statements if s.attribution and s.attribution.entity == "Ana Duarte"
        ]
    assert said
    page = tree(web.get("/source", params={"name": "ANA DUARTE"}).text)
    assert page.xpath("string(//h1)") == "Ana Duarte"
    assert len(page.xpath("//li[@class='said']")) == len(said)
    assert sum(int(words(cell)) for cell in page.xpath("//table[@class='matrix']//td")) == len(said)
    assert "Port of Ellin" in words(page.xpath("//header[@class='head']")[0])


def test_a_source_can_be_filtered_and_its_filters_are_in_the_address(web, path):
    with Ledger.open(path) as kept:
        said = sum(
            s.attribution is not None and s.attribution.entity == "Ana Duarte"
            for r in kept.readings()
            for s in r.statements
            if r.article.outlet == "Ellin Courier"
        )
    page = tree(web.get("/source?name=Ana+Duarte&outlet=Ellin+Courier&stance=affirms").text)
    assert len(page.xpath("//li[@class='said']")) == said
    assert page.xpath("string(//input[@name='outlet']/@value)") == "Ellin Courier"
    assert page.xpath("//select[@name='stance']/option[@selected]")[0].text == "affirms"


def test_an_outlet_tells_how_much_it_says_itself(web, path):
    with Ledger.open(path) as kept:
        readings = [r for r in kept.readings() if r.article.outlet == "Harbour Post"]
    statements = [s for r in readings for s in r.statements]
    own = sum(s.attribution is None for s in statements)
    glance = words(tree(web.get("/outlet?name=harbour+post").text).xpath("//*[@class='glance']")[0])
    assert f"{len(readings)} articles{len(statements)} statements" in glance
    assert f"{own / len(statements) * 100:.0f}% own voice ({own})" in glance


def test_searching_finds_statements_with_all_the_words(web, path):
    with Ledger.open(path) as kept:
        hits = [hit for hit in kept.search("crane safe", limit=1000) if hit.kind == "statement"]
    page = tree(web.get("/search?q=crane+safe").text)
    assert {node.get("id") for node in page.xpath("//li[@class='said'][@id]")} == {hit.id for hit in hits}
    assert page.xpath("//mark")


@pytest.mark.parametrize(
    "asked",
    ['"', "'; DROP TABLE claim; --", "NEAR(a b", "title:x OR *", "AND", "()", "\x00", "-", "^a*", "%", "é" * 400],
)
def test_syntax_of_sql_or_of_the_index_in_a_search_breaks_nothing(web, asked):
    for page in ("/search", "/"):
        assert web.get(page, params={"q": asked}).status_code == 200
    for key in ("source", "party", "outlet", "name"):
        assert web.get("/sources", params={key: asked}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing", 404),
        ("/claim/c1:0000", 404),
        ("/article/x", 404),
        ("/statement/s1:none", 404),
        ("/source?name=Nobody", 404),
        ("/outlet?name=Nothing", 404),
        ("/source", 400),
        ("/?since=soon", 400),
        ("/search?until=2026-99", 400),
    ],
)
def test_what_is_not_there_or_cannot_be_is_told_in_the_same_frame(web, address, status):
    answer = web.get(address)
    assert answer.status_code == status
    page = tree(answer.text)
    assert page.xpath("count(//header//nav) * count(//h1)") == 1
    assert "content-security-policy" in answer.headers


def test_a_list_of_nothing_says_so_once(web):
    page = tree(web.get("/search?q=zyxwvut").text)
    assert len(page.xpath("//p[@class='nothing']")) == 1
    assert page.xpath("//nav[@class='pager']") == []


def test_problems_are_listed_with_their_articles(web, path):
    with Ledger.open(path) as kept:
        problems = list(kept.problems())
    page = tree(web.get("/problems").text)
    assert len(page.xpath("//ul[@class='problems']/li")) == len(problems)
    assert page.xpath("//ul[@class='problems']/li//a/@href")[0].startswith("/article/a1:")


def test_an_old_version_counts_nowhere_and_says_so(tmp_path):
    path = versions(tmp_path / "versions.db")
    with Ledger.open(path) as kept:
        old, new = sorted(kept.articles(), key=lambda a: a.published)
    with client(path) as web:
        assert len(tree(web.get("/source?name=Ana+Duarte").text).xpath("//li[@class='said']")) == 1
        assert tree(web.get("/articles").text).xpath("//table[@class='articles']//th/a/@href") == [f"/article/{new.id}"]
        assert "1 article 1 outlet 1 statement" in words(tree(web.get("/").text).xpath("//*[@class='glance']")[0])
        assert (
            len(tree(web.get("/search?q=crane").text).xpath("//li[@class='said']")) == 2
        )  # the article, the statement
        page = tree(web.get(f"/article/{old.id}").text)
        assert page.xpath("string(//p[contains(@class, 'told')]/a/@href)") == f"/article/{new.id}"
        assert len(page.xpath("//ol[@class='versions']/li")) == 2
        assert not tree(web.get(f"/article/{new.id}").text).xpath("//p[contains(@class, 'told')]")


def test_a_version_that_is_forgotten_makes_the_one_before_count_again(tmp_path):
    path = versions(tmp_path / "versions.db")
    with Ledger.open(path, write=True) as kept:
        old, new = sorted(kept.articles(), key=lambda a: a.published)
        kept.forget(new.id)
    with client(path) as web:
        assert tree(web.get("/articles").text).xpath("//table[@class='articles']//th/a/@href") == [f"/article/{old.id}"]
        assert len(tree(web.get("/source?name=Ana+Duarte").text).xpath("//li[@class='said']")) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words_on_every_page(tmp_path, text):
    path = hostile(tmp_path / "hostile.db", text)
    with client(path) as web:
        for address in addresses(path):
            answer = web.get(address)
            # A name that no address can hold leads to a page that says so.
            assert answer.status_code == 200 or ("\ud800" in text and answer.status_code == 404), address
            page = tree(answer.text)
            assert not page.xpath("//script[not(@src)] | //img | //@onerror"), address
            assert not [href for href in page.xpath("//@href") if href.lower().startswith("javascript")], address
            assert "49" not in page.xpath("string(//h1)"), address
        if "\x00" not in text and "\ud800" not in text:
            with Ledger.open(path) as kept:
                article = next(kept.articles())
            assert shown(text) in tree(web.get(f"/article/{article.id}").text).xpath("string(//h1)")


def test_a_ledger_that_is_gone_is_told_as_trouble_of_the_machine(tmp_path):
    with client(tmp_path / "nothing.db") as web:
        answer = web.get("/")
        assert answer.status_code == 503
        assert "there is no ledger" in words(tree(answer.text))


def test_an_outlet_is_known_by_the_file_of_the_desk(path):
    desk = b"""
    [[outlet]]
    name = "Harbour Post"
    aliases = ["Daily Lantern"]
    [[owner]]
    name = "Norland Press"
    outlets = ["Harbour Post", "Meridian Wire"]
    party = "Norland"
    """
    plain = words(tree(render(path, known_outlets())).xpath("//header[@class='head']")[0])
    assert "Norland" not in plain
    told = words(tree(render(path, known_outlets().with_file(desk, "desk.toml"))).xpath("//header[@class='head']")[0])
    for part in ("owned by Norland Press", "speaks for Norland", "Also written: Daily Lantern", "Meridian Wire"):
        assert part in told
        assert part not in plain


def render(path, outlets):
    with TestClient(make_app(path, Parts(outlets=outlets))) as web:
        return web.get("/outlet?name=Harbour+Post").text
