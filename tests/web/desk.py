"""A reader over invented articles, as the tests of the web need it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ledger_sample import links, reading

from inquit.keep import Ledger

pytest.importorskip("litestar", reason="the reader comes with the extra serve")

from litestar.testing import TestClient

from inquit.keep.people import People
from inquit.link.owners import known_outlets
from inquit.web.passwords import hashed
from inquit.web.reader import Entrance, reader

PASSWORD = "a crane at berth nine"  # noqa: S105 - of invented people
_HASH = hashed(PASSWORD)
_TOKEN = re.compile(r'name="_csrf_token" value="([^"]+)"')


def ledger(path: Path, articles: int = 20) -> Path:
    with Ledger.create(path) as kept:
        kept.keep(map(reading, range(articles)))
        # Else the desk would see that these links are not its own, and make them anew while a test looks at them.
        kept.keep_links(*links(kept.readings()), outlets=known_outlets().digest())
    return path


def with_people(path: Path, **roles: str) -> Path:
    with People.beside(path) as people:
        for name, role in roles.items():
            people.add(name, role, _HASH)
    return path


@contextmanager
def client(path: Path, *, address: str = "http://127.0.0.1:8000", **entrance: object) -> Iterator[TestClient]:
    app = reader(path, Entrance(**{"who": "Ana Duarte", **entrance}))
    with TestClient(app, base_url=address, raise_server_exceptions=False) as made:
        made.follow_redirects = False
        yield made


def token(page: str) -> str:
    found = _TOKEN.search(page)
    assert found, page
    return found[1]


def log_in(made: TestClient, name: str, password: str = PASSWORD, **more: str) -> object:
    form = {"name": name, "password": password, "_csrf_token": token(made.get("/login").text), **more}
    return made.post("/login", data=form)
