"""Rounds over feeds: what is kept, what is asked again and when, what is told."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from newsstand import Newsstand, answer, in_turn

from inquit import pipeline
from inquit.keep import Ledger
from inquit.read.fetch import Line, Manners
from inquit.records import Problem
from inquit.watch.rounds import Kept, Watch, Withdrawn, kept_changes

SAID = "The harbour closed at noon, Ana Duarte said. “We saw cracks,” she told reporters on Monday."
FILLER = "The quay was swept on Monday, as on every other day."
LONG = " ".join([FILLER] * 12)
LINE = Line(allowed=lambda ip: ip.is_loopback, resolve=lambda _host, _port: ["127.0.0.1"])


def page(said: str, title: str = "Harbour closed", published: str = "2026-03-02T07:10:00+01:00") -> str:
    return (
        f'<html><head><title>{title}</title><meta property="og:site_name" content="Harbour Post">'
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><article><h1>{title}</h1><p>{said}</p><p>{FILLER}</p></article></body></html>"
    )


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Harbour Post - World</title>{''.join(items)}</channel></rss>"
    )


def item(link: str, more: str = "") -> str:
    return f"<item><title>Harbour closed</title><link>{link}</link>{more}</item>"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "news.db") as kept:
        yield kept


@pytest.fixture
def watch(ledger: Ledger, stand: Newsstand) -> Callable[..., Watch]:
    def made(*feeds: str, **others: object) -> Watch:
        places = [feed if "://" in feed else stand.url(feed) for feed in feeds or ("/feed",)]
        return Watch(ledger, places, Manners(delay=0), clock=stand.time.clock(), line=LINE, **others)

    return made


def kept(events: list[object]) -> list[Kept]:
    return [event for event in events if isinstance(event, Kept)]


def codes(events: list[object]) -> list[str]:
    return [event.code for event in events if isinstance(event, Problem)]


def test_pages_that_a_feed_names_are_kept_with_their_statements(stand, watch, ledger):
    stand.serve("/feed", rss(item(stand.url("/a")), item(stand.url("/b"))))
    stand.serve("/a", page(SAID))
    stand.serve("/b", page("The bridge is open, Rui Costa said.", "Bridge open"))
    events = list(watch().round())
    assert [e.reading.article.title for e in kept(events)] == ["Harbour closed", "Bridge open"]
    assert {a.external_id for a in ledger.articles()} == {stand.url("/a"), stand.url("/b")}
    assert {s.attribution.entity for s in ledger.statements(kept(events)[0].reading.article.id) if s.attribution} == {
        "Ana Duarte"
    }


def test_articles_that_a_feed_holds_in_full_are_not_fetched(stand, watch):
    full = f"<content:encoded><![CDATA[<p>{SAID}</p><p>{LONG}</p>]]></content:encoded>"
    stand.serve("/feed", rss(item(stand.url("/a"), full + "<author>Lea Brandt</author>")))
    [event] = kept(list(watch().round()))
    assert event.reading.article.outlet == "Harbour Post"
    assert event.reading.article.text.startswith(f"Harbour closed\n\n{SAID}\n\n")
    assert stand.paths() == ["/feed"]


def test_a_second_round_fetches_nothing_that_is_known(stand, watch):
    stand.serve("/feed", rss(item(stand.url("/a"))))
    stand.serve("/a", page(SAID))
    list(watch().round())
    assert list(watch().round()) == []
    assert stand.paths() == ["/feed", "/a", "/feed"]


def test_a_feed_that_has_not_changed_is_not_sent_again(stand, watch):
    stand.routes["/feed"] = in_turn(answer(rss(item(stand.url("/a"))), ETag='"7"'), answer("", 304))
    stand.serve("/a", page(SAID))
    for _ in range(3):
        list(watch().round())
    asked = [headers.get("if-none-match") for _, path, headers in stand.seen if path == "/feed"]
    assert asked == [None, '"7"', '"7"']


def test_a_page_is_looked_at_again_when_its_age_has_doubled_until_it_is_a_week_old(stand, watch):
    stand.serve("/feed", rss(item(stand.url("/a"))))
    stand.serve("/a", page(SAID), ETag='"1"')
    begun = stand.time.time
    hours = []
    for hour in (*range(18), 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 400):
        stand.time.time = begun + hour * 3600
        before = stand.paths().count("/a")
        list(watch().round())
        hours += [hour] * (stand.paths().count("/a") - before)
        stand.serve("/a", "", 304)
    assert hours == [0, 1, 2, 4, 8, 16, 32, 64, 128]


def test_an_article_that_changed_is_kept_as_a_version_and_its_changes_are_told(stand, watch, ledger):
    stand.serve("/feed", rss(item(stand.url("/a"))))
    stand.routes["/a"] = in_turn(
        answer(page(f"{SAID} The crane is safe, Rui Costa claimed.")),
        answer(page("The harbour closed at noon, Ana Duarte said. The crane is safe, Rui Costa confirmed.")),
    )
    [first] = kept(list(watch().round()))
    stand.time.time += 3600
    [second] = kept(list(watch().round()))
    assert second.before.article == first.reading.article
    told = {(change.kind, change.was, change.now) for change in second.changes}
    assert ("framing", "distancing", "endorsing") in told
    assert any(kind == "gone" and "We saw cracks" in was for kind, was, _ in told)
    versions = ledger.watching().versions(stand.url("/a"))
    assert [v.article for v in versions] == [first.reading.article.id, second.reading.article.id]
    assert [(e.address, e.changes) for e in kept_changes(ledger)] == [(stand.url("/a"), second.changes)]


def test_only_the_newest_version_is_linked(stand, watch, ledger, tmp_path):
    stand.serve("/feed", rss(item(stand.url("/a"))))
    stand.serve("/copy", page(SAID, "Port shut", "2026-03-03").replace("Harbour Post", "Daily Lantern"))
    stand.serve("/feed", rss(item(stand.url("/a")), item(stand.url("/copy"))))
    other = page("The crane was moved, Rui Costa said.", "Crane moved").replace(
        LONG, "It is now at the quay of Ellinport."
    )
    stand.routes["/a"] = in_turn(answer(page(SAID)), answer(other), answer(page(SAID)))
    linked = []
    for _ in range(3):
        list(watch().round())
        pipeline.link(ledger)
        linked.append(({c.from_ for c in ledger.copies()}, {o.article for c in ledger.claims() for o in c.occurrences}))
        assert ledger.verify() == []
        stand.time.time += 3 * 3600
    first, second, third = ledger.watching().versions(stand.url("/a"))
    assert (linked[0][0], linked[1][0], linked[2][0]) == ({first.article}, set(), {first.article})
    assert first.article not in linked[1][1]
    assert (first.article, linked[0]) == (third.article, linked[2])
    with Ledger.create(tmp_path / "anew.db") as anew:
        for article in (second.article, next(a.id for a in ledger.articles() if a.outlet == "Daily Lantern")):
            anew.keep(ledger.watching().reading(article))
        pipeline.link(anew)
        assert {o.article for c in anew.claims() for o in c.occurrences} == linked[1][1]


def test_an_article_that_was_forgotten_is_not_brought_back(stand, watch, ledger):
    stand.routes["/feed"] = in_turn(
        answer(rss(item(stand.url("/a")))), answer(rss(item(stand.url("/a"), "<description>anew</description>")))
    )
    stand.serve("/a", page(SAID))
    [event] = kept(list(watch().round()))
    ledger.forget(event.reading.article.id)
    for _ in range(2):
        stand.time.time += 7200
        assert list(watch().round()) == []
    assert stand.paths().count("/a") == 1
    assert list(ledger.articles()) == []


def test_an_article_that_is_taken_down_is_told_of(stand, watch, ledger):
    stand.serve("/feed", rss(item(stand.url("/a"))))
    stand.serve("/a", page(SAID))
    list(watch().round())
    stand.serve("/a", "", 410)
    stand.time.time += 3600
    assert list(watch().round()) == [Withdrawn(stand.url("/a"), 410)]
    assert len(list(ledger.articles())) == 1


def test_what_only_the_feed_says_of_a_page_is_kept(stand, watch):
    more = (
        '<pubDate>Mon, 02 Mar 2026 07:10:00 +0100</pubDate><source url="https://wire.example/">Meridian Wire</source>'
    )
    stand.serve("/feed", rss(item(stand.url("/a"), more)))
    stand.serve("/a", f"<html><body><article><p>{SAID}</p><p>{FILLER}</p></article></body></html>")
    [event] = kept(list(watch().round()))
    article = event.reading.article
    assert (article.published, article.outlet) == ("2026-03-02T07:10:00+01:00", "Harbour Post")
    assert article.authors == ("Meridian Wire",)
    assert event.reading.problems == ()


def test_a_page_that_two_feeds_name_is_fetched_once(stand, watch):
    stand.serve("/feed", rss(item(stand.url("/a?utm_source=rss"))))
    stand.serve("/other", rss(item(stand.url("/a#top"), "<description>in other words</description>")))
    stand.serve("/a", page(SAID))
    for _ in range(2):
        list(watch("/feed", "/other").round())
    assert stand.paths().count("/a") == 1


def test_a_sitemap_index_leads_to_the_newest_pages(stand, watch):
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    stand.serve(
        "/sitemap.xml",
        f"<sitemapindex {spaces}><sitemap><loc>{stand.url('/news.xml.gz')}</loc></sitemap></sitemapindex>",
    )
    urls = "".join(
        f"<url><loc>{stand.url(f'/{n}')}</loc><news:news><news:publication><news:name>Ellin Courier</news:name>"
        f"</news:publication><news:publication_date>2026-03-0{n}</news:publication_date></news:news></url>"
        for n in range(1, 5)
    )
    packed = gzip.compress(f"<urlset {spaces}>{urls}</urlset>".encode())
    stand.serve("/news.xml.gz", packed, Content_Type="application/gzip")
    for n in range(1, 5):
        stand.serve(f"/{n}", f"<html><body><article><p>{SAID}</p><p>{FILLER} {n}</p></article></body></html>")
    found = kept(list(watch("/sitemap.xml", most_new=2).round()))
    assert [(e.reading.article.published, e.reading.article.outlet) for e in found] == [
        ("2026-03-04", "Ellin Courier"),
        ("2026-03-03", "Ellin Courier"),
    ]


def test_one_broken_feed_costs_that_feed_only_and_is_left_alone_longer_each_time(stand, watch):
    stand.serve("/feed", "", 500)
    stand.serve("/other", rss(item(stand.url("/a"))))
    stand.serve("/a", page(SAID))
    events = list(watch("/feed", "/other").round())
    assert (codes(events), len(kept(events))) == (["fetch-status"], 1)
    for minutes, asked in ((4, 1), (2, 2), (9, 2), (2, 3)):
        stand.time.time += minutes * 60
        list(watch("/feed", "/other").round())
        assert stand.paths().count("/feed") == asked


def test_a_feed_that_is_gone_is_not_asked_again(stand, watch):
    stand.serve("/feed", "", 410)
    for _ in range(3):
        list(watch().round())
        stand.time.time += 7 * 86400
    assert stand.paths() == ["/feed"]


def test_a_busy_host_is_left_for_a_later_round(stand, watch):
    stand.serve("/feed", rss(item(stand.url("/a")), item(stand.url("/b")), item(stand.url("/c", "wire.example"))))
    stand.serve("/a", "", 429, Retry_After="600")
    stand.serve("/b", page(SAID))
    stand.serve("/c", page(SAID, "Cracks"))
    watching = watch()
    events = list(watching.round())
    assert codes(events) == ["fetch-later"]
    assert [e.reading.article.title for e in kept(events)] == ["Cracks"]
    assert stand.time.slept == []
    stand.serve("/a", page(SAID))
    stand.time.time += 601
    assert len(kept(list(watching.round()))) == 2


def test_hosts_take_turns(stand, watch):
    names = ("harbourpost.example", "wire.example")
    stand.serve("/feed", rss(*(item(stand.url(f"/{n}", host)) for host in names for n in range(3))))
    for n in range(3):
        stand.serve(f"/{n}", page(SAID))
    watching = watch()
    watching._fetcher._hosts._delay = 5.0
    list(watching.round())
    assert len([path for path in stand.paths() if path != "/feed"]) == 6
    # As long as the host takes that is asked most: its robots.txt, the feed, three pages.
    assert sum(stand.time.slept) == 4 * 5


def test_a_round_ends_in_time_and_the_rest_stays_due(stand, watch):
    stand.serve("/robots.txt", "User-agent: *\nCrawl-delay: 60")
    stand.serve("/feed", rss(*(item(stand.url(f"/{n}")) for n in range(10))))
    for n in range(10):
        stand.serve(f"/{n}", page(f"{SAID} {n}"))
    watching = watch()
    assert len(kept(list(watching.round(longest=200)))) == 3
    assert len(kept(list(watching.round(longest=120)))) in {1, 2}


def test_robots_and_private_addresses_are_heeded_and_logged(stand, watch, ledger):
    stand.serve("/robots.txt", "User-agent: *\nDisallow: /secret")
    stand.serve("/feed", rss(item(stand.url("/secret")), item("http://10.0.0.1/a"), item("file:///etc/passwd")))
    watching = watch()
    watching._fetcher._line = LINE._replace(resolve=lambda host, _: [host if host == "10.0.0.1" else "127.0.0.1"])
    events = list(watching.round())
    assert sorted(codes(events)) == ["address", "address", "robots"]
    log = {(f.address.removeprefix(stand.url("")), f.outcome) for f in ledger.watching().fetches(100)}
    assert log == {
        ("/robots.txt", "fetched"),
        ("/feed", "fetched"),
        ("/secret", "robots"),
        ("http://10.0.0.1/robots.txt", "address"),
    }
    stand.time.time += 86400
    assert list(watch().round()) == []


def test_a_page_without_an_article_costs_that_page_only(stand, watch):
    stand.serve("/feed", rss(item(stand.url("/a")), item(stand.url("/b")), item(stand.url("/c"))))
    stand.serve("/a", b"\x89PNG", Content_Type="image/png")
    stand.serve("/b", "<html><body></body></html>")
    stand.serve("/c", page(SAID))
    events = list(watch().round())
    assert sorted(codes(events)) == ["content-type", "no-main-text"]
    assert len(kept(events)) == 1


@pytest.mark.parametrize(
    ("body", "media"),
    [
        ("<html><body><p>No feed</p></body></html>", "text/html"),
        ("", "text/xml"),
        ("<rss", "text/xml"),
        ("{", "application/feed+json"),
        ("<?xml version='1.0'?><office/>", "text/xml"),
        ("Words.", "text/plain"),
    ],
)
def test_what_is_no_feed_is_a_problem(stand, watch, body, media):
    stand.serve("/feed", body, Content_Type=media)
    assert codes(list(watch().round())) in (["feed-broken"], ["kind"])


def test_a_page_in_the_place_of_a_feed_names_its_feeds(stand, watch):
    stand.serve("/feed", '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>')
    [problem] = watch().round()
    assert stand.url("/rss") in problem.message


def test_a_round_that_ends_anywhere_loses_nothing(stand, watch, ledger):
    """As Ctrl-C does: the generator is closed between any two events."""
    stand.serve("/feed", rss(*(item(stand.url(f"/{n}")) for n in range(4))), ETag='"1"')
    for n in range(4):
        stand.serve(f"/{n}", page(f"{SAID} {n}"))
    for _ in range(4):
        interrupted = watch().round()
        next(interrupted)
        interrupted.close()
        stand.serve("/feed", "", 304)
    assert len(list(ledger.articles())) == 4
    assert ledger.verify() == []
