from __future__ import annotations

import builtins
import gzip
import os
import random
import time
from pathlib import Path

import msgspec
import pytest
from pages import OPENING, page

from inquit.read import Options, read
from inquit.records import Article, Problem


def codes(outcome):
    return [p.code for p in outcome[1]]


def test_missing_path_is_not_found(tmp_path):
    [problem] = read([str(tmp_path / "nothing.txt")])
    assert problem.code == "not-found"


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000])
def test_path_that_cannot_be_one_is_a_problem(name):
    [problem] = read([name])
    assert problem.code in {"not-found", "unreadable"}


def test_permission_that_is_refused_is_unreadable(tmp_path, monkeypatch):
    def refused(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("Words.")
    monkeypatch.setattr(Path, "open", refused)
    [problem] = read([str(tmp_path / "a.txt")])
    assert (problem.code, "Permission denied" in problem.message) == ("unreadable", True)


def test_address_in_a_private_network_is_a_problem_that_says_so():
    [problem] = read(["http://127.0.0.1/bridge"])
    assert (problem.code, "no public address" in problem.message) == ("address", True)
    assert problem.input == "http://127.0.0.1/bridge"


@pytest.mark.parametrize("name", ["a.html.gz", "a.jsonl.gz", "a.txt.gz"])
def test_truncated_archive_is_broken(reading, name):
    data = gzip.compress("".join(f"Word {n} of many.\n" for n in range(20_000)).encode())
    assert codes(reading(name, data[: len(data) // 2]))[-1] == "archive-broken"


def test_rows_before_the_break_of_an_archive_are_read(reading):
    rows = "".join(f'{{"text": "Words {n * 7919 % 10007} of a row."}}\n' for n in range(20_000)).encode()
    data = gzip.compress(rows)
    articles, problems = reading("a.jsonl.gz", data[: len(data) // 2])
    assert len(articles) > 1000
    assert problems[-1].code == "archive-broken"


def test_archive_in_name_only_is_broken(reading):
    assert codes(reading("a.html.gz", page())) == ["archive-broken"]


@pytest.mark.parametrize("name", ["a.html.gz", "a.txt.gz", "a.jsonl.gz", "a.csv.gz"])
def test_bomb_stops_at_the_limit(reading, name):
    articles, problems = reading(name, gzip.compress(b"text," * 4_000_000), max_bytes=100_000)
    assert articles == []
    assert [p.code for p in problems] == ["too-large"]


def test_page_beyond_the_limit_is_too_large(reading):
    assert codes(reading("a.html", page(), max_bytes=100)) == ["too-large"]


@pytest.mark.parametrize(
    "data",
    [
        "<html></html>",
        "<",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "]]>",
        "<!--",
        "&#xD800;",
        "<script>x</script>",
    ],
)
def test_page_without_main_text_is_a_problem(reading, data):
    assert codes(reading("a.html", data)) == ["no-main-text"]


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "q", "ul><li", "table><tr><td", "b"])
def test_deep_nesting_ends_quickly(reading, tag):
    start = time.process_time()
    articles, problems = reading("a.html", f"<html><body><article>{OPENING}" + f"<{tag}>" * 100_000 + "Deep words.")
    assert articles or problems
    assert time.process_time() - start < 10


def test_paragraphs_below_deep_nesting_are_found(reading):
    [article], _ = reading("a.html", "<html><body>" + "<div>" * 100_000 + OPENING + "</div>" * 100_000)
    assert "The council of Lakeford voted" in article.text


def test_huge_page_keeps_its_paragraphs_and_its_quotation_marks(reading):
    start = time.process_time()
    [article], _ = reading("a.html", page("<p>He said <q>no</q> to them all.</p>" + OPENING * 15_000))
    assert "He said “no” to them all." in article.text
    assert time.process_time() - start < 20


def test_exception_of_the_parsers_costs_that_page_only(tmp_path, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RecursionError("too deep")

    monkeypatch.setattr("inquit.read.html.bare_extraction", broken)
    (tmp_path / "b.txt").write_text("Words.")
    (tmp_path / "a.html").write_text(page())
    problem, article = read([str(tmp_path / "a.html"), str(tmp_path / "b.txt")])
    assert isinstance(problem, Problem)
    assert (problem.code, "RecursionError" in problem.message) == ("no-main-text", True)
    assert isinstance(article, Article)


def test_parquet_without_pyarrow_names_the_extra(reading, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    _, [problem] = reading("a.parquet", b"PAR1")
    assert problem.code == "extra-missing"
    assert "pip install 'inquit[parquet]'" in problem.message


def test_damaged_parquet_is_a_problem(reading):
    pytest.importorskip("pyarrow")
    assert codes(reading("a.parquet", b"PAR1 and no more PAR1")) == ["archive-broken"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xd0\xcf\x11\xe0 x", "binary"), (b"<?xml version='1.0'?><office/>", "kind"), (b"\x89PNG\x00", "binary")],
)
def test_unknown_kinds_are_a_problem(reading, data, code):
    assert codes(reading("thing", data)) == [code]


@pytest.mark.parametrize("name", ["a.html", "a.jsonl", "a.csv", "a.txt", "a.parquet", "a.html.gz"])
@pytest.mark.parametrize("seed", range(8))
def test_noise_is_never_raised(reading, name, seed):
    noise = random.Random(seed)
    data = (
        noise.randbytes(300)
        if seed % 2
        else "".join(noise.choices('<>{}[]"&;,\n\\ué\ud83dtext=/ -', k=300)).encode("utf-8", "surrogatepass")
    )
    articles, problems = reading(name, data, max_bytes=Options().max_bytes)
    assert articles or problems


@pytest.mark.parametrize("root", ["urlset", "newsItem", "rss"])
def test_element_whose_name_xml_forbids_is_never_raised(reading, root):
    articles, problems = reading("a.xml", f"<{root}><h:><url><loc>https://a.example/</loc></url></h:></{root}>")
    assert (articles, len(problems) > 0) == ([], True)


def test_name_that_is_no_utf8_can_be_written_down(tmp_path):
    path = os.fsencode(tmp_path) + b"/a\xff.txt"
    try:
        Path(os.fsdecode(path)).write_bytes(b"Words.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    [article] = read([os.fsdecode(path)])
    assert msgspec.json.encode(article)
    assert article.external_id == "a\ufffd.txt"
