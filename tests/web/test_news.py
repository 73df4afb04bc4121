"""What is new on the story: by when articles came into the ledger, or by their dates; what has no date is not lost."""

from __future__ import annotations

import apsw
import pytest
from ledger_sample import claim, made
from page_ledgers import client, tree, words

from inquit.clock import instant
from inquit.keep import Ledger

CAME = {"crane": "2031-04-02", "pier": "2031-04-09", "lock": "2031-04-10T07:00:00Z"}
PUBLISHED = {"crane": "2031-04-10", "pier": "2031-03-01", "lock": None}


def ledger(path, came):
    """A claim of each thing, of one article that came at that time (None: not known) and was published then."""
    with Ledger.create(path) as kept:
        told = {
            thing: made(
                f"Ana Duarte said the {thing} is safe.",
                [{"source": "Ana Duarte", "cue": "said", "content": f"the {thing} is safe"}],
                outlet="Harbour Post",
                published=PUBLISHED[thing],
            )
            for thing in came
        }
        kept.keep(told.values())
        kept.keep_links([], [claim(f"the {thing} is safe", *one.statements) for thing, one in told.items()])
    raw = apsw.Connection(str(path))
    for number, at in enumerate(came.values(), 1):
        if at is None:
            raw.execute("DELETE FROM arrival WHERE article = ?", (number,))
        else:
            raw.execute("UPDATE arrival SET at = ? WHERE article = ?", (instant(at), number))
    raw.close()
    return path


def new(web, address="/"):
    """The things of which the story says that something is new, and what it says that means."""
    page = tree(web.get(address).text)
    rows = page.xpath("//table[@class='claims']/tbody/tr[td[6]//*[.='all'] or starts-with(td[6], '+')]")
    return {words(row.xpath(".//a")[0]).split()[1] for row in rows}, words(page.xpath("//section[h2='Claims']/p")[0])


@pytest.fixture
def web(tmp_path):
    with client(ledger(tmp_path / "news.db", CAME)) as found:
        yield found


def test_new_is_what_came_since_the_day_before_the_last_article_came_whatever_its_date(web):
    assert new(web)[0] == {"pier", "lock"}
    assert "that came into the ledger since 2031-04-09 (UTC), whatever their date" in new(web)[1]


def test_by_date_of_publication_what_has_no_date_counts_by_when_it_came(web):
    page = tree(web.get("/").text)
    [other] = page.xpath("//a[.='By date of publication']/@href")
    assert new(web, other)[0] == {"crane", "lock"}
    assert "published since 2031-04-09" in new(web, other)[1]
    assert "without a date" in new(web, other)[1]


def test_only_new_claims_are_those_that_count_as_new(web):
    for by, things in (("came", {"pier", "lock"}), ("published", {"crane", "lock"})):
        page = tree(web.get(f"/?by={by}&only=new").text)
        shown = {words(one).split()[1] for one in page.xpath("//a[@class='claimed']")}
        assert shown == things == new(web, f"/?by={by}")[0]


def test_a_day_that_is_asked_for_counts_from_its_beginning(web):
    assert new(web, "/?new=2031-04-10")[0] == {"lock"}
    assert new(web, "/?new=2031-04-02")[0] == {"crane", "pier", "lock"}


def test_a_ledger_that_was_filled_at_one_time_goes_by_dates(tmp_path):
    with client(ledger(tmp_path / "once.db", dict.fromkeys(CAME, "2031-04-12"))) as web:
        found, told = new(web)
    assert found == {"crane", "lock"}
    assert "published since 2031-04-09" in told


def test_what_came_before_that_was_noted_goes_by_its_date(tmp_path):
    with client(ledger(tmp_path / "old.db", {"crane": None, "pier": "2031-04-09", "lock": None})) as web:
        assert new(web)[0] == {"crane", "pier"}


def test_an_article_is_noted_when_it_comes_and_no_more_when_it_comes_again(tmp_path):
    path = ledger(tmp_path / "again.db", CAME)
    with Ledger.open(path, write=True) as kept:
        before = kept.browsing().extent()
        kept.keep(list(kept.readings()))
        assert kept.browsing().extent() == before
