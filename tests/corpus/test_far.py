"""Inputs of stores and servers, against a stand-in; the signature against the examples that Amazon prints."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from pages_archived import ids, page, rows, table, warc
from stand_in import SECRET, StandIn

from inquit.errors import UsageError
from inquit.read import ranged, s3
from inquit.read.fetch_exchange import Line
from inquit.read.s3 import Keys, Store, signed
from inquit.read.trouble import Trouble

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
PRINTED = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
THEN = datetime(2013, 5, 24, tzinfo=UTC)


@pytest.fixture
def store(monkeypatch, tmp_path):
    monkeypatch.setattr(ranged, "_PAUSES", (0.0, 0.0, 0.0))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_ENDPOINT_URL_S3", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "absent"))
    with StandIn() as found:
        monkeypatch.setenv("AWS_ENDPOINT_URL", found.url)
        yield found


@pytest.fixture
def crawl(tmp_path):
    return warc(tmp_path / "crawl.warc.gz", [page(n) for n in range(9)]).read_bytes()


def test_objects_below_a_prefix_are_read_each_once_over_all_pages_of_the_list(collect, store, tmp_path, crawl):
    store.files["/news/2026/a b+é.warc.gz"] = crawl
    for n in range(4):
        store.files[f"/news/2026/day{n}/texts.jsonl"] = table(tmp_path / "t.jsonl", [f"Day {n}."], start=n).read_bytes()
    store.files["/news/2026b/other.jsonl"] = b'{"text": "Not asked for."}\n'
    folder, report = collect("s3://news/2026/")
    assert report.articles == 13
    assert report.problems == {}
    assert "Not asked for." not in {row["text"] for row in rows(folder)}
    before = len(store.asked)
    _, again = collect("s3://news/2026/")
    assert again.run_articles == 0
    assert {path for path, _ in store.asked[before:]} == {"/news/"}


def test_one_object_is_read_in_blocks(collect, store, monkeypatch, crawl):
    monkeypatch.setattr(ranged, "BLOCK", 700)
    store.files["/news/crawl.warc.gz"] = crawl
    folder, _ = collect("s3://news/crawl.warc.gz")
    assert len(ids(folder)) == 9
    assert [asked for path, asked in store.asked if path == "/news/crawl.warc.gz"][1] == "bytes=700-1399"


def test_requests_are_signed_where_there_are_keys(collect, store, monkeypatch, tmp_path, crawl):
    store.keyed = True
    store.files["/news/2026/a b+é.warc.gz"] = crawl
    _, report = collect("s3://news/2026/", name="unsigned")
    assert report.problems == {"fetch-status": 1}
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "INVENTED")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    assert collect("s3://news/2026/", name="signed")[1].articles == 9
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    file = tmp_path / "credentials"
    file.write_text(f"[desk]\naws_access_key_id = INVENTED\naws_secret_access_key = {SECRET}\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    monkeypatch.setenv("AWS_PROFILE", "desk")
    assert collect("s3://news/2026/", name="profile")[1].articles == 9


@pytest.mark.parametrize(
    ("address", "headers", "signature"),
    [
        (
            "https://examplebucket.s3.amazonaws.com/test.txt",
            {"range": "bytes=0-9"},
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J",
            {},
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)
def test_signatures_are_those_that_amazon_prints(address, headers, signature):
    found = signed(address, headers, PRINTED, "us-east-1", THEN)
    assert found["authorization"].endswith(f"Signature={signature}")
    assert found["x-amz-content-sha256"] == EMPTY


def test_a_token_of_a_session_is_sent_and_signed(collect, store, monkeypatch, crawl):
    store.keyed = True
    store.files["/news/crawl.warc.gz"] = crawl
    tokens = []
    answer = store.answer

    def noted(request):
        signed_names = re.search(r"SignedHeaders=([\w;-]+)", request.headers["authorization"])[1].split(";")
        tokens.append(request.headers["x-amz-security-token"] if "x-amz-security-token" in signed_names else None)
        answer(request)

    store.answer = noted
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "INVENTED")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "invented-token")
    assert collect("s3://news/crawl.warc.gz")[1].articles == 9
    assert set(tokens) == {"invented-token"}


def test_a_server_that_is_busy_for_a_moment_is_asked_again(collect, store, crawl):
    store.files["/news/crawl.warc.gz"] = crawl
    store.failures = [503, 500]
    assert collect("s3://news/crawl.warc.gz")[1].articles == 9


def test_a_bucket_that_is_not_there_and_a_prefix_without_objects_are_problems(collect, store):
    folder, _ = collect("s3://news/none/")
    assert [row["code"] for row in rows(folder, "problems")] == ["not-found"]
    store.failures = [404]
    folder, _ = collect("s3://news/none/", name="other")
    assert "no such bucket" in rows(folder, "problems")[0]["message"]
    with pytest.raises(UsageError, match="s3://bucket/key"):
        collect("s3://No Bucket/x", name="third")


def test_a_list_that_is_no_list_is_trouble(store):
    store.listed = lambda *_: b"<html"
    with pytest.raises(Trouble, match="no list"):
        list(Store(Line()).below("s3://news/x"))


def test_a_bucket_has_a_host_of_its_own_unless_its_name_has_dots(monkeypatch):
    asked = []
    monkeypatch.setattr(s3, "request", lambda address, *_: asked.append(address) or ranged.Answer(416, {}, b"", 0.0))
    environment = {"AWS_REGION": "eu-north-1", "HOME": "/nowhere"}
    for bucket in ("news", "news.example"):
        Store(Line(), environment).asking(f"s3://{bucket}/a b")(0, 10)
    assert asked == [
        "https://news.s3.eu-north-1.amazonaws.com/a%20b",
        "https://s3.eu-north-1.amazonaws.com/news.example/a%20b",
    ]


def test_an_archive_at_an_address_is_read_in_blocks_wherever_it_leads(collect, store, monkeypatch, crawl):
    monkeypatch.setattr(ranged, "BLOCK", 700)
    store.files["/there/crawl.warc.gz"] = crawl
    store.moved["/here/crawl.warc.gz"] = "/there/crawl.warc.gz"
    folder, report = collect(f"{store.url}/here/crawl.warc.gz", private=True)
    assert len(ids(folder)) == 9
    assert report.problems == {}
    assert [path for path, _ in store.asked].count("/here/crawl.warc.gz") == 1


def test_a_zip_at_an_address_is_read_from_its_end(collect, store):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for n in range(3):
            archive.writestr(f"{n}.html", page(n))
    store.files["/pages.zip"] = data.getvalue()
    assert collect(f"{store.url}/pages.zip", private=True)[1].articles == 3


def test_a_page_at_an_address_is_fetched_as_pages_are(collect, store):
    store.files["/gate.html"] = page(1).encode()
    folder, _ = collect(f"{store.url}/gate.html", private=True)
    assert [row["title"] for row in rows(folder)] == ["Gate 1"]
    assert store.asked[0][0] == "/robots.txt"


@pytest.mark.parametrize("name", ["crawl.warc.gz", "gate.html"])
def test_private_addresses_are_asked_only_where_that_is_said(collect, store, name):
    folder, _ = collect(f"{store.url}/{name}")
    assert [row["code"] for row in rows(folder, "problems")] == ["address"]
    assert store.asked == []


def test_a_server_that_gives_no_parts_is_told_of(collect, store, monkeypatch, crawl):
    store.ranges = False
    store.files["/crawl.warc.gz"] = crawl
    assert collect(f"{store.url}/crawl.warc.gz", private=True, name="short")[1].articles == 9
    monkeypatch.setattr(ranged, "BLOCK", 700)
    folder, _ = collect(f"{store.url}/crawl.warc.gz", private=True)
    assert "download it" in rows(folder, "problems")[0]["message"]


def test_a_file_that_changes_while_it_is_read_is_a_problem(collect, store, monkeypatch, tmp_path):
    monkeypatch.setattr(ranged, "BLOCK", 2000)
    path = tmp_path / "t.jsonl"
    store.files["/t.jsonl"] = table(path, [f"Row {n}." for n in range(200)]).read_bytes()
    give = store.give

    def changing(request, data):
        give(request, data)
        store.files["/t.jsonl"] = data + b"\n"

    store.give = changing
    folder, _ = collect(f"{store.url}/t.jsonl", private=True)
    assert ["was changed" in row["message"] for row in rows(folder, "problems")] == [True]


def test_an_empty_file_and_one_that_is_not_there_are_problems(collect, store):
    store.files["/empty.jsonl"] = b""
    store.files["/packed.csv.gz"] = gzip.compress(b"text\nOne.\n")
    given = [f"{store.url}/{name}" for name in ("empty.jsonl", "packed.csv.gz", "absent.jsonl")]
    folder, report = collect(*given, private=True)
    assert report.problems == {"empty": 1, "fetch-status": 1}
    assert len(ids(folder)) == 1
