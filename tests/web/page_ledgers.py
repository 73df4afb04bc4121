"""Ledgers that the tests of the pages read, and a reader of them without anybody at the door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import lxml.html
import msgspec
import pytest
from ledger_sample import claim, links, made, reading

from inquit.keep import Ledger, WatchedPage

pytest.importorskip("litestar", reason="the reader comes with the extra serve")

from litestar.testing import TestClient

from inquit.web.app import make_app

PAGE = "https://harbourpost.example/crane"


def sample(path: Path, articles: int = 40) -> Path:
    with Ledger.create(path) as kept:
        kept.keep(map(reading, range(articles)))
        kept.keep_links(*links(kept.readings()))
    return path


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


def hostile(path: Path, text: str) -> Path:
    """An article whose title, author, address, outlet, words and names are all ``text``."""
    body = f"{text} {text} said {text}."
    told = {"source": text, "cue": "said", "content": f"said {text}", "entity": text, "party": text}
    one = made(body, [told], outlet=text, title=text, published="2031-04-08", authors=(text,), external_id=text)
    one = msgspec.structs.replace(one, article=msgspec.structs.replace(one.article, url=text))
    with Ledger.create(path) as kept:
        kept.keep([one])
        kept.keep_links([], [claim(text, *one.statements)])
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
