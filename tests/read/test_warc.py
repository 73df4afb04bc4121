from __future__ import annotations

import gzip
import io
import random
import re
import time
import tracemalloc
import zlib

import pytest
from archives import Writer, add, members, story, warc_of
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import page

from inquit.read import Options, read
from inquit.records import Article, Problem

THREE = [story(number) for number in range(3)]


def urls(articles):
    return [article.url for article in articles]


def places(*numbers):
    return [f"https://harbourpost.example/{number}" for number in numbers]


@pytest.mark.parametrize(
    ("name", "packed"), [("a.warc", False), ("a.warc.gz", True), ("crawl", False), ("crawl", True)]
)
def test_pages_of_an_archive_are_articles_of_their_addresses(reading, name, packed):
    articles, problems = reading(name, warc_of(*THREE, packed=packed))
    assert urls(articles) == [a.external_id for a in articles] == places(0, 1, 2)
    assert "“The gate 2 stays shut,” said Ana Duarte" in articles[2].text
    assert {a.outlet for a in articles} == {"harbourpost.example"}
    assert problems == []


def test_an_archive_comes_from_standard_input_too():
    records = list(read(["-"], stdin=io.BytesIO(warc_of(*THREE))))
    assert [type(r) for r in records] == [Article] * 3


def test_an_archive_that_was_packed_as_one_file_is_read(reading):
    assert len(reading("a.warc.gz", gzip.compress(warc_of(*THREE, packed=False)))[0]) == 3


def test_chunks_and_packing_of_an_answer_are_undone(reading):
    packed = gzip.compress(story(1).encode())
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (packed[:50], packed[50:])) + b"0\r\n\r\n"
    data = warc_of(chunks, **{"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"})
    assert "gate 1" in reading("a.warc.gz", data)[0][0].text


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "identity"])
def test_a_page_that_is_kept_unpacked_under_its_old_header_is_read(reading, encoding):
    articles, problems = reading("a.warc.gz", warc_of(story(1), **{"Content-Encoding": encoding}))
    assert (len(articles), problems) == (1, [])


def test_a_page_packed_in_a_way_that_is_not_read_is_a_problem(reading):
    articles, [problem] = reading("a.warc.gz", warc_of(b"\x8b\x00\x80\x03", **{"Content-Encoding": "br"}))
    assert (articles, problem.code, "'br'" in problem.message) == ([], "record", True)


def test_the_charset_that_the_server_states_is_taken(reading):
    markup = page("<p>Zoë Müller said the café was closed.</p>").replace('<meta charset="utf-8">', "")
    data = warc_of(markup.encode("cp1250", "replace"), **{"Content-Type": "text/html; charset=windows-1250"})
    assert "Zoë Müller said the café" in reading("a.warc.gz", data)[0][0].text


def test_what_is_no_page_is_counted_in_one_problem(reading):
    out = io.BytesIO()
    writer = Writer(out, gzip=True)
    for number in range(40):
        add(writer, "response", number, b"\x89PNG", {"Content-Type": "image/png"})
        add(writer, "response", number, story(1), {"Content-Type": "text/html"}, status="404 Not Found")
    add(writer, "revisit", 1, b"", {"Content-Type": "text/html"})
    add(writer, "response", 99, story(9), {"Content-Type": "text/html"})
    articles, [problem] = reading("a.warc.gz", out.getvalue())
    assert urls(articles) == places(99)
    assert problem.code == "passed-over"
    assert "81 records" in problem.message
    assert "40 without a web page, 40 with another status than 200, 1 of a page that had been" in problem.message


def test_the_time_of_fetching_is_told_where_the_page_has_no_date(reading):
    undated = re.sub("<meta property=.article:published_time.[^>]*>", "", story(1))
    [article], [problem] = reading("a.warc.gz", warc_of(undated))
    assert article.published is None
    assert problem.code == "no-date"
    assert "2026-03-02T10:00:00Z" in problem.message


def test_a_page_that_the_crawler_cut_off_says_so(reading):
    out = io.BytesIO()
    html = {"Content-Type": "text/html"}
    add(Writer(out, gzip=True), "response", 1, story(1), html, **{"WARC-Truncated": "length"})
    [article], [problem] = reading("a.warc.gz", out.getvalue())
    assert (problem.code, problem.article) == ("record", article.id)


def test_text_that_was_converted_from_pages_is_read(reading):
    out = io.BytesIO()
    writer = Writer(out, gzip=True)
    text = io.BytesIO(b"The harbour stays shut, Ana Duarte said.\n")
    address = "https://harbourpost.example/1"
    writer.write_record(writer.create_warc_record(address, "conversion", payload=text, warc_content_type="text/plain"))
    [article], _ = reading("a.warc.wet.gz", out.getvalue())
    assert (article.text, article.url) == ("The harbour stays shut, Ana Duarte said.\n", address)


def arc(*pages: str) -> list[bytes]:
    head = b"1 0 Harbour Post\nURL IP-address Archive-date Content-type Archive-length\n"
    found = [b"filedesc://a.arc 0.0.0.0 20100302100000 text/plain %d\n%s" % (len(head), head)]
    for number, markup in enumerate(pages):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + markup.encode()
        line = f"https://harbourpost.example/{number} 192.0.2.1 20100302100000 text/html {len(answer)}\n"
        found.append(line.encode() + answer)
    return found


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("name", ["a.arc", "unnamed"])
def test_pages_of_an_arc_are_read(reading, name, packed):
    records = [record + b"\n" for record in arc(*THREE)]
    data = b"".join(gzip.compress(r) for r in records) if packed else b"".join(records)
    articles, problems = reading(name + ".gz" * packed, data)
    assert (urls(articles), problems) == (places(0, 1, 2), [])


def test_a_broken_member_is_a_problem_with_its_offset_and_the_next_is_read(reading):
    parts = members(warc_of(*THREE))
    answer = parts[4]
    parts[4] = answer[:200] + bytes(b ^ 0x55 for b in answer[200:400]) + answer[400:]
    articles, [problem] = reading("a.warc.gz", b"".join(parts))
    assert urls(articles) == places(0, 2)
    assert problem.code == "record"
    assert f"byte {sum(map(len, parts[:4]))} " in problem.message


def test_a_member_that_is_cut_off_in_the_middle_costs_itself_only(reading):
    parts = members(warc_of(*THREE))
    parts[2] = parts[2][:300]
    articles, problems = reading("a.warc.gz", b"".join(parts))
    assert urls(articles) == places(1, 2)
    assert [p.code for p in problems] == ["record"]


def test_bytes_between_members_are_passed_over(reading):
    parts = members(warc_of(*THREE))
    articles, _ = reading("a.warc.gz", b"".join(part + bytes(70_000) + b"\x1f\x8b\x08 noise" for part in parts))
    assert urls(articles) == places(0, 1, 2)


def test_a_broken_record_of_a_plain_archive_costs_itself_only(reading):
    data = warc_of(*THREE, packed=False)
    at = data.index(b"Content-Length: ", data.index(b"Type: response")) + len(b"Content-Length: ")
    articles, problems = reading("a.warc", data[:at] + b"1000" + data[data.index(b"\r\n", at) :])
    assert urls(articles)[-2:] == places(1, 2)
    assert {p.code for p in problems} == {"record"}


def test_a_truncated_plain_archive_says_where_it_ends(reading):
    data = warc_of(*THREE, packed=False)
    articles, [problem] = reading("a.warc", data[: len(data) - 500])
    assert urls(articles) == places(0, 1)
    assert f"byte {data.rindex(b'WARC/1.')} " in problem.message


def test_a_record_beyond_the_limit_is_passed_over(reading):
    long = page("<p>The harbour stays shut.</p>" * 5000)
    articles, [problem] = reading("a.warc.gz", warc_of(THREE[0], long, THREE[2]), max_bytes=50_000)
    assert urls(articles) == places(0, 2)
    assert (problem.code, "50000 bytes" in problem.message) == ("record", True)


def test_an_answer_that_unpacks_beyond_the_limit_is_passed_over(reading):
    bomb = gzip.compress(b"<p>" + b" " * 10_000_000)
    data = warc_of(bomb, **{"Content-Encoding": "gzip"}) + warc_of(THREE[0])
    articles, [problem] = reading("a.warc.gz", data, max_bytes=1_000_000)
    assert (len(articles), problem.code) == (1, "record")


def test_a_member_that_unpacks_without_end_is_left(reading):
    head = (
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: 9000000000\r\n\r\n"
    )
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(head) + b"".join(packer.compress(bytes(10**6)) for _ in range(400)) + packer.flush()
    start = time.process_time()
    articles, problems = reading("a.warc.gz", bomb + warc_of(THREE[0]))
    assert len(articles) == 1
    assert any("200 times" in p.message for p in problems)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "head",
    [
        b"WARC/1.0\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -5\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 10\r\n\r\n0123456789",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/ b\r\nContent-Length: x\r\n\r\n",
        b"WARC/1.0\r\n" + b"X: " + b"y" * 200_000,
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: dns:a.example\r\nContent-Length: 3\r\n\r\nabc",
        b"https://a.example/ 192.0.2.1 99999999999999 text/html 5\nabcde",
        b"\xff\xfe\x00WARC",
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_a_hostile_record_costs_itself_only(reading, head, packed):
    last = warc_of(THREE[0], packed=packed)
    data = gzip.compress(head) + last if packed else head + b"\r\n\r\n" + last
    articles, _ = reading("a.warc.gz" if packed else "a.warc", data)
    assert len(articles) == 1


def test_memory_does_not_grow_with_the_archive(tmp_path):
    image = random.Random(7).randbytes(50_000)
    out = io.BytesIO()
    writer = Writer(out, gzip=True)
    for number in range(400):
        add(writer, "response", number, image, {"Content-Type": "image/png"})
    (tmp_path / "a.warc.gz").write_bytes(out.getvalue())
    tracemalloc.start()
    try:
        [problem] = read([str(tmp_path / "a.warc.gz")])
        assert "400 records" in problem.message
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


DAMAGE = st.tuples(st.integers(0, 10**6), st.binary(min_size=0, max_size=40), st.integers(0, 300))
SMALL = [warc_of(*THREE, packed=packed) for packed in (True, False)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SMALL), st.lists(DAMAGE, max_size=4), st.integers(0, 10**6))
def test_damage_is_never_raised(tmp_path_factory, data, damages, cut):
    for at, inserted, removed in damages:
        start = at % len(data)
        data = data[:start] + inserted + data[start + removed :]
    data = data[: cut % (2 * len(data) + 1)]
    path = tmp_path_factory.mktemp("damaged") / "a.warc"
    path.write_bytes(data)
    records = list(read([str(path)], Options(max_bytes=200_000)))
    assert all(isinstance(record, Article | Problem) for record in records)
    assert len([r for r in records if isinstance(r, Article)]) <= 3
