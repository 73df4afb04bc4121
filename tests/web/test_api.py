"""The API: records as the command line writes them, a page at a time; and what hostile clients get."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from desk import client, ledger
from ledger_sample import made as reading_of
from litestar.testing import TestClient

from inquit.keep import Ledger
from inquit.records import Article, Claim, Copy, Problem, Reading, Source, Statement

HOSTILE = (
    "'; DROP TABLE article; --", '" OR 1=1 --', "a' UNION SELECT text FROM article --", "NEAR(crane, 3)", "crane*",
    "title:crane", "crane AND", "(((", '"', '""', '"crane', "^crane", "-crane", "{crane}", "\\", "%", "_", "%_%",
    "\x00", "crane\x00pier", "\x1b[31m", "\u202ecrane", "\ufffe", "😀", "é" * 300, "<script>alert(1)</script>",
    "../../etc/passwd", "crane" + " crane" * 40,
)  # fmt: skip


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger(tmp_path_factory.mktemp("api") / "news.db", 40)


@pytest.fixture(scope="module")
def made(news: Path) -> Iterator[TestClient]:
    with client(news) as made:
        yield made


def as_json(record: object) -> object:
    return json.loads(msgspec.json.encode(record))


# -- records


@pytest.mark.parametrize(
    ("path", "kind"),
    [("articles", Article), ("statements", Statement), ("claims", Claim), ("copies", Copy), ("sources", Source),
     ("problems", Problem)],
)  # fmt: skip
def test_a_list_holds_records_in_the_contract_of_the_command_line(made: TestClient, path: str, kind: type) -> None:
    items = made.get(f"/api/{path}").json()["items"]
    assert items
    for item in items:
        assert as_json(msgspec.convert(item, kind, strict=True)) == item


@pytest.mark.parametrize("path", ["articles", "statements", "claims", "copies", "sources", "problems"])
def test_pages_put_together_are_the_whole_in_its_order(made: TestClient, news: Path, path: str) -> None:
    found, start = [], 0
    while start is not None:
        page = made.get(f"/api/{path}", params={"start": start, "limit": 7, "sort": "time"}).json()
        assert len(page["items"]) <= 7
        found += page["items"]
        start = page["next"]
    with Ledger.open(news) as kept:
        if path == "statements":
            whole = [s for r in kept.readings() for s in r.statements]
        else:
            whole = list(getattr(kept, path)())
    assert found == [as_json(record) for record in whole]


def test_an_article_comes_with_its_statements_and_problems(made: TestClient, news: Path) -> None:
    with Ledger.open(news) as kept:
        whole = [as_json(r) for r in kept.readings()]
    for one in whole[:9]:
        assert made.get(f"/api/articles/{one['article']['id']}").json() == one


def test_a_claim_and_a_statement_are_found_by_their_ids(made: TestClient) -> None:
    claim = made.get("/api/claims").json()["items"][0]
    assert made.get(f"/api/claims/{claim['id']}").json() == claim
    ident = claim["occurrences"][0]["statement"]
    assert made.get(f"/api/statements/{ident}").json()["id"] == ident


@pytest.mark.parametrize("path", ["articles/a1:0", "statements/s1:0", "claims/c1:0", "nowhere"])
def test_what_is_not_there_is_a_problem_detail(made: TestClient, path: str) -> None:
    answer = made.get(f"/api/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("sort", ["outlets", "independence", "laundering", "time"])
def test_claims_are_sorted_and_chosen_as_the_command_line_does(made: TestClient, news: Path, sort: str) -> None:
    for options in ([], ["--outlet", "Lantern"], ["--source", "council", "--since", "2031-04"], ["crane"]):
        command = [sys.executable, "-m", "inquit", "claims", str(news), *options, "--sort", sort, "--jsonl"]
        lines = subprocess.run(command, capture_output=True, check=True).stdout.splitlines()
        asked = {k.removeprefix("--"): v for k, v in zip(options[::2], options[1::2], strict=False)}
        asked |= {"q": options[0]} if len(options) == 1 else {}
        items = made.get("/api/claims", params=asked | {"sort": sort, "limit": 500}).json()["items"]
        assert items == [json.loads(line) for line in lines], options


def test_statements_are_chosen_by_who_says_them_and_how(made: TestClient) -> None:
    said = made.get("/api/statements", params={"standing": "person", "stance": "affirms", "limit": 500}).json()["items"]
    assert said
    assert {s["attribution"]["standing"] for s in said} == {"person"}
    own = made.get("/api/statements", params={"own_voice": "true", "limit": 500}).json()["items"]
    assert len(own) == 40
    assert all(s["attribution"] is None for s in own)
    held = made.get("/api/statements", params={"q": '"berth 7"'}).json()["items"]
    assert len(held) == 1


def test_search_finds_articles_and_statements(made: TestClient) -> None:
    items = made.get("/api/search", params={"q": "lighthouse", "limit": 5}).json()["items"]
    assert len(items) == 5
    assert {"kind", "id", "text", "matches"} <= set(items[0])


def test_words_that_no_encoding_can_hold_come_as_escapes(tmp_path: Path) -> None:
    path = tmp_path / "odd.db"
    with Ledger.create(path) as kept:
        kept.keep(reading_of("The \ud83d pier is open.", [{"content": "The \ud83d pier is open."}], title="\udc80"))
    with client(path) as made:
        [item] = json.loads(made.get("/api/articles").content)["items"]
        assert (item["text"], item["title"]) == ("The \ud83d pier is open.", "\udc80")
        assert json.loads(made.get("/api/statements").content)["items"][0]["content"] == [[0, 19]]
        assert made.get("/api/search?q=pier").status_code == 200


# -- reading a text


def test_a_text_is_read_and_nothing_is_kept(made: TestClient, news: Path) -> None:
    text = "The harbour closed at noon, Ana Duarte said. “We saw cracks,” she told reporters."
    before = news.stat().st_mtime_ns
    answer = made.post("/api/read", json={"text": text, "outlet": "Harbour Post", "published": "2031-04-08"})
    found = msgspec.convert(answer.json(), Reading)
    assert (answer.status_code, found.article.outlet) == (200, "Harbour Post")
    assert [s.attribution.entity for s in found.statements] == ["Ana Duarte", "Ana Duarte"]
    assert news.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"text": ""}, 400), ({"text": "  \n"}, 400), ({"text": 3}, 400), ({}, 400), ([], 400),
     ({"text": "a", "more": 1}, 400), ({"text": "a", "published": "yesterday"}, 400), ({"text": "a" * 100_001}, 400)],
)  # fmt: skip
def test_a_text_that_cannot_be_read_is_refused(made: TestClient, sent: object, status: int) -> None:
    answer = made.post("/api/read", json=sent)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_body_has_to_be_json_and_say_so(made: TestClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = made.post("/api/read", content=b'{"text": "a"}', headers={"content-type": kind})
        assert answer.status_code == 415
    broken = (b"{", b'{"text": "\xff"}', b'{"text": "\\ud800"}', b"[" * 100_000, b"\x00")
    for body in broken:
        answer = made.post("/api/read", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 400, body[:20]


def test_a_huge_body_is_refused(made: TestClient) -> None:
    sent = {"content-type": "application/json"}
    answer = made.post("/api/read", content=b" " * (2**20 + 1), headers=sent)
    assert (answer.status_code, answer.json()["status"]) == (413, 413)


# -- hostile clients


@pytest.mark.parametrize("given", HOSTILE, ids=lambda given: ascii(given)[:30])
def test_words_of_any_kind_are_words_and_no_syntax(made: TestClient, given: str) -> None:
    for path, name in (("claims", "q"), ("claims", "source"), ("statements", "q"), ("statements", "party"),
                       ("articles", "outlet"), ("sources", "name"), ("search", "q"), ("copies", "article"),
                       ("problems", "article")):  # fmt: skip
        answer = made.get(f"/api/{path}", params={name: given})
        assert answer.status_code in {200, 400}, (path, name, answer.text)
    assert made.get("/api/ledger").json()["articles"] == 40


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=501", "limit=1e3", "limit=" + "9" * 400, "limit=", "limit=NaN", "start=-1",
     "start=99999999999999999999", "sort=loudest", "since=yesterday", "until=2031-13", "q=" + "a" * 301,
     "q=", "own_voice=perhaps", "stance=shouts", "source=%FF%FE&limit=x"],
)  # fmt: skip
def test_values_that_cannot_be_meant_are_refused(made: TestClient, query: str) -> None:
    path = "statements" if query.startswith(("own", "stance")) else "claims"
    answer = made.get(f"/api/{path}?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("query", ["q=%ED%A0%80", "q=%FF", "q=%00", "q=a&q=b", "q=%C0%AE", "outlet=%F4%90%80%80"])
def test_bytes_that_are_no_text_break_nothing(made: TestClient, query: str) -> None:
    assert made.get(f"/api/claims?{query}").status_code in {200, 400}
    assert made.get(f"/api/claims/%ED%A0%80?{query}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2fetc%2fpasswd", "/static/",
     "/static/web.css%00", "/static/....//app.py", "/static/..\\app.py", "//etc/passwd", "/static/web.css/.."],
)  # fmt: skip
def test_no_path_leads_out_of_what_is_ours(made: TestClient, path: str) -> None:
    answer = made.get(path)
    assert answer.status_code in {303, 404}
    assert "import" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_other_methods_are_refused(made: TestClient, method: str) -> None:
    answer = made.request(method, "/api/articles")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")


def test_every_answer_keeps_foreign_code_out(made: TestClient) -> None:
    for path in ("/api/ledger", "/api/nowhere", "/nowhere", "/static/web.css", "/api/claims?limit=x"):
        headers = made.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_no_other_site_may_read_the_api_in_a_browser(made: TestClient) -> None:
    answer = made.get("/api/ledger", headers={"origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    answer = made.post("/api/read", json={"text": "a"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
