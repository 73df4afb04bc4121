"""Ledgers that the tests of the pages read, and a reader of them without anybody at the door."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import lxml.html
import msgspec
import pytest
from desk import ledger
from ledger_sample import claim, made

from inquit.keep import Fetch, Ledger, Seen, WatchedFeed, WatchedPage
from inquit.link.owners import known_outlets

pytest.importorskip("litestar", reason="the reader comes with the extra serve")

from litestar.testing import TestClient

from inquit.web.app import make_app

PAGE = "https://harbourpost.example/crane"


def sample(path: Path, articles: int = 40) -> Path:
    return ledger(path, articles)


def versions(path: Path) -> Path:
    """Two versions of one article, of which the first is old."""
    told = {"source": "Ana Duarte", "cue": "said", "content": "the crane is safe"}
    old = made("Ana Duarte said the crane is safe.", [told], outlet="Harbour Post", title="Old", published="2031-04-08")
    new = made(
        "On Monday Ana Duarte said the crane is safe.",
        [told],
        outlet="Harbour Post",
        title="New",
        published="2031-04-09",
    )
    with Ledger.create(path) as kept:
        kept.keep([old, new])
        page = WatchedPage(address=PAGE, feed="https://harbourpost.example/feed", mark="1", first=0.0, due=None)
        for at, one in enumerate((old, new)):
            watching = kept.watching()
            watching.keep_version(watching.page(PAGE) or page, one.article.id, float(at))
    return path


FEED = "https://harbourpost.example/feed"


def watched(kept: Ledger) -> None:
    """Feeds in every state, what was asked of them, and an article that was edited."""
    memory = kept.watching()
    now = time.time()
    for feed, outcome, status in (
        (WatchedFeed(address=FEED, title="Harbour Post", due=0.0), "fetched", 200),
        (WatchedFeed(address="https://lantern.example/news.xml", due=now + 3600, failures=3), "fetch-timeout", None),
        (WatchedFeed(address="https://ellin.example/sitemap.xml", due=None, failures=1), "fetch-status", 410),
        (WatchedFeed(address="https://wire.example/rss", seen=Seen(address="https://wire.example/new")), "moved", 301),
        (WatchedFeed(address="https://new.example/atom"), None, None),
    ):
        memory.keep(feed)
        if outcome:
            fetch = Fetch(address=feed.address, at=now - 60, seconds=0.21, status=status, size=4821, outcome=outcome)
            memory.log(fetch)
    memory.log(Fetch(address="https://wire.example/new", at=now, seconds=1.5, status=304, size=0, outcome="unchanged"))
    tug = {"source": "Jonas Velde", "cue": "claimed", "content": "the tug was free"}
    old = made(
        "Jonas Velde claimed the tug was free. No pilot came.", [tug, {"content": "No pilot came."}], title="Tug"
    )
    told = tug | {"source": "Ana Duarte", "cue": "said"}
    new = made(
        "Ana Duarte said the tug was free. Two came at noon.", [told, {"content": "Two came at noon."}], title="Tug"
    )
    kept.keep([old, new])
    page = WatchedPage(address="https://harbourpost.example/tug", feed=FEED, mark="1", first=0.0, due=None)
    for at, one in enumerate((old, new)):
        memory.keep_version(memory.page(page.address) or page, one.article.id, now + at)


def hostile(path: Path, text: str) -> Path:
    """An article whose title, author, address, outlet, words and names are all ``text``."""
    body = f"{text} {text} said {text}."
    told = {"source": text, "cue": "said", "content": f"said {text}", "entity": text, "party": text}
    one = made(body, [told], outlet=text, title=text, published="2031-04-08", authors=(text,), external_id=text)
    one = msgspec.structs.replace(one, article=msgspec.structs.replace(one.article, url=text))
    with Ledger.create(path) as kept:
        kept.keep([one])
        # Else a reader that links would make these links anew: there would be no claim.
        kept.keep_links([], [claim(text, *one.statements)], outlets=known_outlets().digest())
        kept.watching().keep(WatchedFeed(address=text, title=text))
    return path


@contextmanager
def client(path: Path) -> Iterator[TestClient]:
    with TestClient(make_app(path), raise_server_exceptions=False) as found:
        found.follow_redirects = False
        yield found


def tree(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def words(node: lxml.html.HtmlElement) -> str:
    return " ".join(node.text_content().split())
