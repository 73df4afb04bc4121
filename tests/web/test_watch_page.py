"""The page of what is watched: feeds and their answers, articles that changed, the log."""

from __future__ import annotations

import pytest
from page_ledgers import FEED, client, sample, tree, watched, words

from inquit.keep import Fetch, Ledger, WatchedFeed

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    path = tmp_path_factory.mktemp("watch") / "watch.db"
    with Ledger.create(path) as kept:
        watched(kept)
        kept.watching().keep(WatchedFeed(address=f"javascript:{HOSTILE}", title=HOSTILE))
        for number in range(60):
            page = f"https://harbourpost.example/{number}"
            kept.watching().log(Fetch(address=page, at=1.0, seconds=0.1, status=200, size=9, outcome="fetched"))
    with client(path) as found:
        yield found


def rows(web, address):
    return [words(row) for row in tree(web.get(address).text).xpath("//table/tbody/tr")]


def test_each_feed_has_its_last_answer_and_when_it_is_asked_again(web):
    told = {row.split()[0]: row for row in rows(web, "/watch")}
    assert "fetch-timeout" in told["https://lantern.example/news.xml"]
    assert "not before" in told["https://lantern.example/news.xml"]
    assert "3 failures in a row" in told["https://lantern.example/news.xml"]
    assert "never: it is gone for good" in told["https://ellin.example/sitemap.xml"]
    assert "moved 301, then unchanged 304" in told["https://wire.example/rss"]
    assert "not asked yet" in told["https://new.example/atom"]
    assert "fetched 200 in the next round" in told["Harbour"]


def test_feeds_that_fail_come_first(web):
    first, second, third, *_ = rows(web, "/watch")
    assert "failure" in first
    assert "failure" in second
    assert "failure" not in third


def test_the_page_says_that_the_command_watches(web):
    assert "inquit watch watch.db" in words(tree(web.get("/watch").text).xpath("//header[@class='head']")[0])


def test_an_article_that_changed_leads_to_both_versions_and_tells_what_changed_in_its_statements(web):
    [one] = tree(web.get("/watch?kind=changes").text).xpath("//ol[@class='revisions']/li")
    told = [words(item) for item in one.xpath("ul/li")]
    assert told == ["source Jonas Velde Ana Duarte the tug was free", "new Two came at noon.", "gone No pilot came."]
    old, new = one.xpath(".//a[starts-with(@href, '/article/')]/@href")
    assert "old version" in web.get(old).text
    assert "This is an old version" not in web.get(new).text


def test_the_log_is_shown_a_page_at_a_time_the_newest_first(web):
    seen = rows(web, "/watch?kind=log")
    following = tree(web.get("/watch?kind=log").text).xpath("string(//a[@rel='next']/@href)")
    seen += rows(web, following)
    assert len(seen) == 65
    assert seen[0].startswith("https://harbourpost.example/59")
    assert not tree(web.get(following).text).xpath("//a[@rel='next']")


def test_the_log_is_filtered_by_address_and_outcome(web):
    assert len(rows(web, "/watch?kind=log&q=WIRE")) == 2
    assert len(rows(web, "/watch?kind=log&outcome=unchanged")) == 1
    failed = tree(web.get("/watch?kind=log&outcome=trouble").text).xpath("//tbody//th/a/@href")
    assert sorted(failed) == ["https://ellin.example/sitemap.xml", "https://lantern.example/news.xml"]
    assert "No request fits" in web.get("/watch?kind=log&q=%25").text


def test_a_feed_cannot_choose_what_a_click_runs(web):
    for address in ("/watch", "/watch?kind=log", "/watch?kind=changes"):
        page = tree(web.get(address).text)
        assert not page.xpath("//a[starts-with(@href, 'javascript')] | //script[not(@src)]")


def test_a_ledger_that_watches_nothing_says_how_to_begin(tmp_path):
    with client(sample(tmp_path / "none.db", 3)) as web:
        assert "inquit watch none.db https://…/feed" in words(tree(web.get("/watch").text))
        assert "No article has changed" in web.get("/watch?kind=changes").text
        assert "No request was made yet" in web.get("/watch?kind=log").text


def test_the_bar_leads_to_it(web):
    assert tree(web.get("/").text).xpath("//header[@class='bar']//a[@href='/watch']")
    assert FEED in web.get("/watch").text
