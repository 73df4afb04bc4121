"""Fetching from servers that misbehave."""

from __future__ import annotations

import contextlib
import gzip
import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsstand import Newsstand, answer, in_turn, opened_stand, raw

from inquit.errors import UsageError
from inquit.read import Options, read
from inquit.read.address import plain
from inquit.read.fetch import Fetcher, Line, Manners, Validators
from inquit.read.fetch_address import public
from inquit.read.fetch_body import body
from inquit.read.trouble import Trouble

PAGE = "<html><body><article><p>The harbour closed at noon, Ana Duarte said.</p></article></body></html>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def trouble(stand: Newsstand, path: str, **manners: object) -> Trouble:
    with pytest.raises(Trouble) as caught:
        stand.fetcher(**manners).fetch(stand.url(path))
    return caught.value


def test_a_page_is_fetched_with_an_honest_name(stand):
    stand.serve("/a", PAGE, ETag='"1"')
    found = stand.fetcher().fetch(stand.url("/a"))
    assert (found.body, found.media, found.charset) == (PAGE.encode(), "text/html", "utf-8")
    assert found.validators == Validators(stand.url("/a"), '"1"', None)
    assert stand.seen[-1][0] == f"harbourpost.example:{stand.port}"
    assert stand.seen[-1][2]["user-agent"].startswith("inquit/")


def test_the_log_is_told_of_every_request(stand):
    stand.serve("/a", "", 302, Location="/b")
    stand.serve("/b", PAGE)
    stand.fetcher().fetch(stand.url("/a"))
    told = [(e.address.rpartition("/")[2], e.status, e.outcome, e.size) for e in stand.log]
    assert told == [
        ("robots.txt", 404, "refused", 0),
        ("a", 302, "moved", 0),
        ("b", 200, "fetched", len(PAGE)),
    ]


# -- addresses


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - it is not bound to
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "fec0::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2001:0:1::1",
        "2001:db8::1",
        "100::1",
    ],
)
def test_an_address_within_a_network_is_not_public(ip):
    assert not public(ipaddress.ip_address(ip))


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(ip):
    assert public(ipaddress.ip_address(ip))


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_judged_as_itself(ip):
    for wrapped in (f"::ffff:{ip}", f"64:ff9b::{ip}"):
        assert public(ipaddress.ip_address(wrapped)) == public(ip)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:7f00:1]"]
)
def test_this_machine_is_not_fetched_however_it_is_written(stand, host):
    with pytest.raises(Trouble) as caught:
        Fetcher().fetch(f"http://{host}:{stand.port}/a")
    assert caught.value.code in {"address", "fetch-failed"}
    assert stand.seen == []


def test_a_name_with_one_private_address_is_not_fetched():
    line = Line(resolve=lambda _host, _port: ["93.184.216.34", "192.168.0.1"])
    with pytest.raises(Trouble, match=r"192\.168\.0\.1") as caught:
        Fetcher(line=line).fetch("http://harbourpost.example/a")
    assert caught.value.code == "address"


def test_what_is_connected_to_is_what_was_judged(stand):
    """DNS rebinding: a second answer, were there a second question, would lead into the private network."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    stand.serve("/a", PAGE)
    line = Line(allowed=lambda ip: str(ip) == "127.0.0.1", resolve=lambda *_: next(answers))
    assert Fetcher(Manners(delay=0), line=line).fetch(stand.url("/a")).body == PAGE.encode()


def test_a_redirect_to_a_private_address_is_not_followed(stand):
    stand.serve("/a", "", 302, Location=f"http://127.0.0.2:{stand.port}/secret")
    stand.serve("/secret", PAGE)
    line = Line(
        allowed=lambda ip: str(ip) == "127.0.0.1",
        resolve=lambda host, _: ["127.0.0.2" if host == "127.0.0.2" else "127.0.0.1"],
    )
    with pytest.raises(Trouble, match=r"127\.0\.0\.2") as caught:
        Fetcher(Manners(delay=0), line=line).fetch(stand.url("/a"))
    assert caught.value.code == "address"
    assert stand.paths() == ["/a"]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://wire.example/a", "gopher://wire.example/", "data:text/html,x"]
)
def test_a_redirect_to_another_scheme_is_not_followed(stand, target):
    stand.serve("/a", "", 302, Location=target)
    assert trouble(stand, "/a").code == "address"


@pytest.mark.parametrize(
    "address", ["http://a:b@wire.example/", "http://", "http:///a", "javascript:alert(1)", "http://[::1", "x" * 5000]
)
def test_what_is_no_address_is_a_problem(address):
    with pytest.raises(Trouble) as caught:
        plain(address)
    assert caught.value.code == "address"


def test_one_page_has_one_address():
    assert plain("HTTP://Wire.Example:80/a b?utm_source=rss&id=7&fbclid=1#top") == "http://wire.example/a%20b?id=7"
    assert plain("https://wire.example./?at_medium=RSS") == "https://wire.example/"
    assert plain("https://wire.example/a?q=caf%C3%A9+x&&y=%20") == "https://wire.example/a?q=caf%C3%A9+x&&y=%20"
    assert plain("https://bücher.example/") == "https://xn--bcher-kva.example/"
    assert plain("http://[2606:4700::1111]:8080/a?") in {
        "http://[2606:4700::1111]:8080/a",
        "http://[2606:4700::1111]:8080/a?",
    }


@given(st.text(max_size=60), st.sampled_from(["http://wire.example/", "https://wire.example/a?", ""]))
def test_a_normal_form_is_its_own(words, before):
    with contextlib.suppress(Trouble):
        once = plain(before + words)
        assert plain(once) == once


# -- redirects


def test_a_circle_of_redirects_ends(stand):
    stand.serve("/a", "", 301, Location="/b")
    stand.serve("/b", "", 302, Location="/a")
    assert trouble(stand, "/a").code == "redirects"
    assert stand.paths() == ["/a", "/b"]


def test_redirects_without_end_end(stand):
    for n in range(20):
        stand.serve(f"/{n}", "", 307, Location=f"/{n + 1}")
    assert trouble(stand, "/0").code == "redirects"
    assert len(stand.paths()) == 6


def test_a_page_has_the_address_that_it_moved_to(stand):
    stand.serve("/a", "", 308, Location="/b?utm_medium=feed#x")
    stand.serve("/b?utm_medium=feed", PAGE)
    found = stand.fetcher().fetch(stand.url("/a"))
    assert (found.asked, found.address) == (stand.url("/a"), stand.url("/b"))


def test_a_site_that_counts_its_visitors_by_a_redirect_is_no_circle(stand):
    stand.serve("/a", "", 302, Location="/a?utm_source=here")
    stand.serve("/a?utm_source=here", PAGE)
    assert stand.fetcher().fetch(stand.url("/a")).address == stand.url("/a")


# -- size and time


def test_an_endless_body_ends_at_the_limit(stand):
    stand.routes["/a"] = raw(OK + b"\r\n", b"<p>and so on</p>" * 1000, forever=True)
    assert trouble(stand, "/a", max_bytes=100_000).code == "too-large"


def test_a_body_that_is_too_large_is_not_begun(stand):
    stand.routes["/a"] = raw(OK + b"Content-Length: 99999999999\r\n\r\n")
    assert trouble(stand, "/a").code == "too-large"


def test_a_body_that_trickles_ends_in_time(stand):
    stand.routes["/a"] = raw(OK + b"\r\n", b"x", pause=0.02, forever=True)
    start = time.monotonic()
    assert trouble(stand, "/a", timeout=0.3).code == "fetch-timeout"
    assert time.monotonic() - start < 10


def test_headers_that_trickle_end_in_time(stand):
    stand.routes["/a"] = raw(OK, b"X-Wait: 1\r\n", pause=0.02, forever=True)
    start = time.monotonic()
    assert trouble(stand, "/a", timeout=0.3).code == "fetch-timeout"
    assert time.monotonic() - start < 10


def test_a_name_that_takes_long_to_look_up_ends_in_time():
    released = threading.Event()
    line = Line(resolve=lambda *_: [str(released.wait(20))])
    with pytest.raises(Trouble, match="looking up") as caught:
        Fetcher(Manners(timeout=0.1, delay=0), line=line).fetch("http://harbourpost.example/a")
    released.set()
    assert caught.value.code == "fetch-timeout"


def test_a_name_that_is_not_there_is_a_problem():
    def absent(*_):
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Trouble, match="could not be looked up") as caught:
        Fetcher(line=Line(resolve=absent)).fetch("http://harbourpost.example/a")
    assert caught.value.code == "fetch-failed"


def test_silence_ends_in_time(stand):
    stand.routes["/a"] = raw(OK, pause=1)
    assert trouble(stand, "/a", silence=0.1).code == "fetch-timeout"


def test_redirects_share_one_limit_of_time(stand):
    stand.routes["/a"] = raw(b"", b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n", pause=0.2)
    stand.routes["/b"] = raw(b"", OK + b"Content-Length: 0\r\n\r\n", pause=0.2)
    assert stand.fetcher(timeout=5).fetch(stand.url("/a")).body == b""
    assert trouble(stand, "/a", timeout=0.3).code == "fetch-timeout"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda data: zlib.compress(data)[2:-4]])
def test_a_packed_body_is_unpacked(stand, pack):
    stand.serve("/a", pack(PAGE.encode()), Content_Encoding="deflate" if pack is not gzip.compress else "gzip")
    assert stand.fetcher().fetch(stand.url("/a")).body == PAGE.encode()


def test_a_bomb_stops_at_the_limit(stand):
    stand.serve("/a", gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")
    assert trouble(stand, "/a", max_bytes=1_000_000).code == "too-large"


@pytest.mark.parametrize("damage", [lambda d: d[: len(d) // 2], lambda d: d[:15] + b"\xff" * 20, lambda _: b"not gzip"])
def test_broken_packing_is_a_problem(stand, damage):
    stand.serve("/a", damage(gzip.compress(bytes(range(256)) * 20)), Content_Encoding="gzip")
    assert trouble(stand, "/a").code == "archive-broken"


def test_packing_that_was_not_asked_for_is_a_problem(stand):
    stand.serve("/a", b"...", Content_Encoding="br")
    assert trouble(stand, "/a").code == "archive-broken"


@given(st.binary(max_size=3000), st.integers(1, 700), st.booleans())
def test_unpacking_gives_what_was_packed_however_it_is_cut(data, size, two):
    packed = gzip.compress(data[:1000]) + gzip.compress(data[1000:]) if two else gzip.compress(data)
    chunks = [packed[i : i + size] for i in range(0, len(packed), size)]
    assert body(chunks, "gzip", 3000) == (data, len(packed))


@given(st.lists(st.binary(max_size=200)), st.sampled_from(["gzip", "deflate", ""]), st.integers(0, 500))
def test_no_bytes_are_unpacked_to_more_than_the_limit(chunks, encoding, most):
    with contextlib.suppress(Trouble):
        assert len(body(chunks, encoding, most)[0]) <= most


def test_a_body_that_breaks_off_is_a_problem(stand):
    stand.routes["/a"] = raw(OK + b"Content-Length: 1000\r\n\r\n<p>The harb")
    assert trouble(stand, "/a").code == "fetch-failed"


@pytest.mark.parametrize("noise", [b"SSH-2.0-OpenSSH_9\r\n", b"\x00\xff" * 50 + b"\r\n\r\n", b"", OK + b"X" * 300_000])
def test_what_is_no_http_is_a_problem(stand, noise):
    stand.routes["/a"] = raw(noise)
    assert trouble(stand, "/a").code == "fetch-failed"


# -- types and statuses


@pytest.mark.parametrize("media", ["image/png", "video/mp4", "audio/mpeg", "font/woff2", "text/css", "text/javascript"])
def test_a_type_that_holds_no_article_is_named(stand, media):
    stand.serve("/a", b"\x89PNG", Content_Type=media)
    found = trouble(stand, "/a")
    assert (found.code, media in found.message) == ("content-type", True)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 500, 502, 599])
def test_a_refusal_names_its_status(stand, status):
    stand.serve("/a", PAGE, status)
    found = trouble(stand, "/a")
    assert (found.code, found.status, str(status) in found.message) == ("fetch-status", status, True)


def test_what_has_not_changed_is_not_sent_again(stand):
    stand.serve("/a", "", 304)
    found = stand.fetcher().fetch(stand.url("/a"), Validators(stand.url("/a"), '"1"', "Mon, 02 Mar 2026 07:10:00 GMT"))
    assert found.body is None
    asked = stand.seen[-1][2]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "Mon, 02 Mar 2026 07:10:00 GMT")


def test_validators_are_sent_to_the_address_that_gave_them(stand):
    stand.serve("/a", "", 302, Location="/b")
    stand.serve("/b", PAGE)
    stand.fetcher().fetch(stand.url("/a"), Validators(stand.url("/b"), '"b"'))
    assert [headers.get("if-none-match") for _, _, headers in stand.seen[-2:]] == [None, '"b"']


# -- robots.txt


def test_robots_are_heeded(stand):
    stand.serve(
        "/robots.txt", "User-agent: *\nDisallow: /p*d$\nUser-agent: other\nDisallow: /", Content_Type="text/plain"
    )
    stand.serve("/paid", PAGE)
    stand.serve("/a", PAGE)
    fetcher = stand.fetcher()
    with pytest.raises(Trouble) as caught:
        fetcher.fetch(stand.url("/paid"))
    assert caught.value.code == "robots"
    assert fetcher.fetch(stand.url("/a")).body == PAGE.encode()
    assert [path for _, path, _ in stand.seen] == ["/robots.txt", "/a"]


def test_robots_are_spoken_to_by_name(stand):
    stand.serve("/robots.txt", "User-agent: inquit\nDisallow: /\nUser-agent: desk\nAllow: /")
    stand.serve("/a", PAGE)
    assert trouble(stand, "/a").code == "robots"
    assert stand.fetcher(user_agent="Desk/2 (desk@desk.example)").fetch(stand.url("/a")).body


def test_a_site_whose_robots_fail_is_closed(stand):
    stand.serve("/robots.txt", "", 500)
    stand.serve("/a", PAGE)
    found = trouble(stand, "/a")
    assert (found.code, "500" in found.message, stand.paths()) == ("robots", True, [])


def test_a_site_whose_robots_hang_is_closed(stand):
    stand.routes["/robots.txt"] = raw(OK, pause=1)
    assert trouble(stand, "/a", silence=0.1).code == "fetch-timeout"
    assert stand.paths() == []


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_is_open(stand, status):
    stand.serve("/robots.txt", "User-agent: *\nDisallow: /", status)
    stand.serve("/a", PAGE)
    assert stand.fetcher().fetch(stand.url("/a")).body


def test_huge_robots_are_read_as_far_as_the_standard_asks(stand):
    stand.serve("/robots.txt", b"User-agent: *\nDisallow: /a\n" + b"# and so on\n" * 200_000 + b"Disallow: /b\n")
    stand.serve("/b", PAGE)
    fetcher = stand.fetcher()
    with pytest.raises(Trouble, match=r"robots\.txt"):
        fetcher.fetch(stand.url("/a"))
    assert fetcher.fetch(stand.url("/b")).body


def test_endless_robots_end(stand):
    stand.routes["/robots.txt"] = raw(OK + b"\r\n", b"Disallow: /b\n" * 1000, forever=True)
    stand.serve("/a", PAGE)
    assert stand.fetcher().fetch(stand.url("/a")).body


def test_robots_are_asked_for_again_after_a_day(stand):
    stand.serve("/a", PAGE)
    fetcher = stand.fetcher()
    for hours in (0, 23, 2):
        stand.time.time += hours * 3600
        fetcher.fetch(stand.url("/a"))
    assert [path for _, path, _ in stand.seen].count("/robots.txt") == 2


def test_a_redirect_is_subject_to_the_robots_of_where_it_leads(stand):
    def route(handler):
        lead = handler.headers["Host"].startswith("wire")
        answer("User-agent: *\nDisallow: /" if lead else "")(handler)

    stand.routes["/robots.txt"] = route
    stand.serve("/a", "", 302, Location=stand.url("/b", "wire.example"))
    stand.serve("/b", PAGE)
    assert trouble(stand, "/a").code == "robots"


# -- patience


def test_a_host_has_a_pause_between_two_requests(stand):
    stand.serve("/a", PAGE)
    fetcher = stand.fetcher(delay=2)
    for host in ("harbourpost.example", "wire.example", "harbourpost.example"):
        fetcher.fetch(stand.url("/a", host))
    assert stand.time.slept == [2, 2]  # after each robots.txt; the third request finds that the pause is over


def test_a_host_may_ask_for_a_longer_pause(stand):
    stand.serve("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    stand.serve("/a", PAGE)
    fetcher = stand.fetcher(delay=1)
    for _ in range(3):
        fetcher.fetch(stand.url("/a"))
    assert stand.time.slept == [1, 7, 7]


def test_a_busy_host_is_asked_again_when_it_says(stand):
    stand.routes["/a"] = in_turn(answer("", 429, Retry_After="30"), answer(PAGE))
    assert stand.fetcher().fetch(stand.url("/a")).body == PAGE.encode()
    assert stand.time.slept == [30]


def test_a_busy_host_that_says_a_date_is_asked_again_then(stand):
    stand.routes["/a"] = in_turn(answer("", 503, Retry_After="Wed, 25 Feb 2026 06:14:00 GMT"), answer(PAGE))
    stand.fetcher().fetch(stand.url("/a"))
    assert stand.time.slept == [1_772_000_040 - 1_772_000_000]


def test_a_busy_host_that_says_nothing_is_left_alone_longer_each_time(stand):
    stand.serve("/a", "", 503)
    found = trouble(stand, "/a")
    assert (found.code, found.again) == ("fetch-later", 20)
    assert stand.time.slept == [5, 10]


@pytest.mark.parametrize("header", ["", "soon", "-5", "9" * 400, "Wed, 99 Foo 2026"])
def test_a_strange_retry_after_is_no_harm(stand, header):
    stand.serve("/a", "", 429, Retry_After=header)
    assert trouble(stand, "/a", patience=0).again > 0


def test_a_host_that_is_busy_for_long_is_not_waited_for(stand):
    stand.serve("/a", "", 429, Retry_After="7200")
    fetcher = stand.fetcher()
    for _ in range(2):
        with pytest.raises(Trouble) as caught:
            fetcher.fetch(stand.url("/a"))
        assert (caught.value.code, caught.value.again) == ("fetch-later", 7200)
    assert (stand.paths(), stand.time.slept) == (["/a"], [])


# -- what is asked of a fetcher


@pytest.mark.parametrize(
    "wrong", [{"user_agent": "a\nX-Evil: 1"}, {"user_agent": " "}, {"delay": -1}, {"max_bytes": -1}]
)
def test_manners_that_cannot_be_meant_are_wrong_usage(wrong):
    with pytest.raises(UsageError):
        Fetcher(Manners(**wrong))


def test_an_address_is_read_as_an_article(stand):
    stand.serve("/port", PAGE)
    [article, problem] = read([stand.url("/port")], Options(), fetcher=stand.fetcher())
    assert (article.external_id, article.url, article.outlet) == (stand.url("/port"),) * 2 + ("harbourpost.example",)
    assert article.text == "The harbour closed at noon, Ana Duarte said."
    assert (problem.code, problem.article) == ("no-date", article.id)


def test_the_charset_of_the_answer_is_used(stand):
    stand.serve("/a", PAGE.replace("Ana", "Анна").encode("cp1251"), Content_Type="text/html; charset=windows-1251")
    assert "Анна Duarte" in next(read([stand.url("/a")], fetcher=stand.fetcher())).text


@pytest.mark.parametrize("charset", ["klingon", "rot13", "utf-8", '"', "cp1252\0"])
def test_a_charset_that_is_wrong_is_no_harm(stand, charset):
    stand.serve(
        "/a", PAGE.replace("Ana", "Aña").encode("latin-1"), Content_Type=f"text/html; charset={charset.strip(chr(0))}"
    )
    assert "Aña Duarte" in next(read([stand.url("/a")], fetcher=stand.fetcher())).text


def test_trouble_with_one_address_costs_that_address_only(stand):
    stand.serve("/a", PAGE)
    records = list(read([stand.url("/gone"), stand.url("/a")], fetcher=stand.fetcher()))
    assert [getattr(r, "code", None) for r in records] == ["fetch-status", None, "no-date"]
    assert records[0].input == stand.url("/gone")


# -- TLS


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is needed to make a certificate")
def test_a_certificate_is_asked_for_by_name_and_must_be_trusted(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=harbourpost.example",
         "-addext", "subjectAltName=DNS:harbourpost.example", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with opened_stand(context) as stand:
        stand.serve("/a", PAGE)
        trust = ssl.create_default_context(cafile=certificate)
        line = Line(allowed=lambda ip: ip.is_loopback, resolve=lambda *_: ["127.0.0.1"], trust=trust)
        fetcher = Fetcher(Manners(delay=0), line=line)
        found = fetcher.fetch(f"https://harbourpost.example:{stand.port}/a")
        assert (found.body, set(names)) == (PAGE.encode(), {"harbourpost.example"})
        with pytest.raises(Trouble, match="certificate") as caught:
            fetcher.fetch(f"https://wire.example:{stand.port}/a")
        assert caught.value.code == "fetch-failed"
