from __future__ import annotations

import io
import time
import tracemalloc
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.read import Options, read
from inquit.records import Article, Problem

SAID = "“The gate stays shut,” said Ana Duarte, who speaks for the harbour of Ellin."
HTML = (
    '<html><body><table><tr><td><a href="https://harbourpost.example/w">View this email in your browser</a></td></tr>'
    f"<tr><td><h1>The gate</h1><p>{SAID}</p></td><td><p>The council of Lakeford met on Monday.</p></td></tr>"
    '<tr><td><p>The ferries are late.</p><img src="cid:logo"></td></tr>'
    "<tr><td>You’re receiving this because you signed up. <a href='#'>Unsubscribe</a></td></tr></table></body></html>"
)
PLAIN = (
    f"{SAID[:58]}\n{SAID[59:]}\n\nThe council of Lakeford met on Monday.\nSo it was.\n\n"
    "-- \nHarbour Post, 1 Quay Street\n"
)


def letter(plain: str | None = None, markup: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    stated = {"From": "Harbour Post <news@harbourpost.example>", "Date": "Mon, 02 Mar 2026 07:10:00 +0100"}
    stated |= {"Subject": "The gate stays shut", "Message-ID": "<1@harbourpost.example>", "To": "you@example.org"}
    for name, value in (stated | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            message[name] = value
    if plain is not None:
        message.set_content(plain)
    if markup is not None:
        (message.add_alternative if plain is not None else message.set_content)(markup, subtype="html")
    return message


@pytest.mark.parametrize("name", ["a.eml", "unnamed"])
def test_a_newsletter_is_an_article_of_its_sender(reading, name):
    [article], problems = reading(name, letter(PLAIN, HTML).as_bytes())
    assert (article.title, article.outlet, article.published, article.external_id) == (
        "The gate stays shut",
        "Harbour Post",
        "2026-03-02T07:10:00+01:00",
        "<1@harbourpost.example>",
    )
    assert article.text == (
        f"The gate stays shut\n\nThe gate\n\n{SAID}\n\nThe council of Lakeford met on Monday.\n\nThe ferries are late."
    )
    assert problems == []


def test_what_a_mail_hides_is_not_read(reading):
    hidden = '<div style="display: none">The gate in brief.</div><style>p { color: red }</style>'
    [article], _ = reading("a.eml", letter(markup=f"<html><body>{hidden}<p>{SAID}</p></body></html>").as_bytes())
    assert article.text == f"The gate stays shut\n\n{SAID}"


def test_without_html_the_plain_part_is_read_and_its_lines_joined(reading):
    [article], _ = reading("a.eml", letter(PLAIN).as_bytes())
    assert article.text == f"The gate stays shut\n\n{SAID}\n\nThe council of Lakeford met on Monday.\nSo it was."


def test_html_without_words_gives_way_to_the_plain_part(reading):
    markup = "<html><body><img src='https://harbourpost.example/all.png'></body></html>"
    assert SAID in reading("a.eml", letter(PLAIN, markup).as_bytes())[0][0].text


def test_attached_files_are_counted(reading):
    message = letter(PLAIN)
    for number in range(3):
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=f"{number}.pdf")
    [article], [problem] = reading("a.eml", message.as_bytes())
    assert (problem.code, problem.article, "3 attached files" in problem.message) == ("passed-over", article.id, True)


def test_options_go_before_what_the_mail_says(reading):
    [article], _ = reading("a.eml", letter(PLAIN).as_bytes(), outlet="Capital Standard", published="2026-01-01")
    assert (article.outlet, article.published) == ("Capital Standard", "2026-01-01")


def test_encoded_headers_and_other_charsets_are_decoded(reading):
    data = (
        "From: =?utf-8?q?Zo=C3=AB_M=C3=BCller?= <z@a.example>\r\nDate: Mon, 2 Mar 2026 07:10:00 GMT\r\n"
        "Subject: =?iso-8859-1?q?Caf=E9_shut?=\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=windows-1250\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\nThe caf=E9 stays shut.\r\n"
    )
    [article], _ = reading("a.eml", data)
    assert (article.outlet, article.title) == ("Zoë Müller", "Café shut")
    assert article.text.endswith("The café stays shut.")


def test_a_mail_without_date_says_so(reading):
    _, [problem] = reading("a.eml", letter(PLAIN, Date="").as_bytes())
    assert problem.code == "no-date"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"From: a\r\n\r\n", "empty"),
        (b"\x00\x01\x02", "binary"),
        (b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n", "empty"),
        (b"Content-Type: text/html; charset=rot13\r\nSubject: a\r\n\r\n<p></p>", "empty"),
    ],
)
def test_a_mail_without_words_is_a_problem(reading, data, code):
    articles, [problem] = reading("a.eml", data)
    assert (articles, problem.code) == ([], code)


@pytest.mark.parametrize(
    "data",
    [
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000))
        + b"\nWords here.",
        b"Content-Type: message/rfc822\n\n" * 3000 + b"Words here now.",
        b"From: " + b"(" * 500_000 + b"\n\nFour words of text.",
        b"From: " + b"a@b, " * 200_000 + b"\nSubject: " + b"=?utf-8?q?=C3?= " * 100_000 + b"\n\nFour words of text.",
        b"Content-Type: text/plain" + b"; a=b" * 100_000 + b"\n\nFour words of text.",
        b"Content-Transfer-Encoding: base64\n\n" + b"!" * 1_000_000,
        b"Date: " + b"1 " * 100_000 + b"\n\nFour words of text.",
    ],
    ids=["deep", "nested", "comments", "addresses", "parameters", "base64", "date"],
)
def test_a_hostile_mail_ends_soon(reading, data):
    start = time.process_time()
    articles, problems = reading("a.eml", data)
    assert articles or problems
    assert time.process_time() - start < 10


def box(*mails: EmailMessage) -> bytes:
    return b"".join(
        b"From news@harbourpost.example Mon Mar  2 07:10:00 2026\n" + mail.as_bytes(unixfrom=False) + b"\n"
        for mail in mails
    )


@pytest.mark.parametrize("name", ["a.mbox", "inbox"])
def test_each_mail_of_a_mailbox_is_an_article(reading, name):
    mails = [
        letter(f"The gate {n} stays shut.\n\n>From what he said it was.\n", Message_ID=f"<{n}@a>") for n in range(3)
    ]
    articles, problems = reading(name, box(*mails))
    assert [a.external_id for a in articles] == ["<0@a>", "<1@a>", "<2@a>"]
    assert articles[1].text.endswith("The gate 1 stays shut.\n\nFrom what he said it was.")
    assert problems == []


def test_attached_files_of_a_mailbox_are_counted_in_one_problem(reading):
    message = letter(PLAIN)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    articles, [problem] = reading("a.mbox", box(message, message))
    assert (len(articles), "2 attached files" in problem.message) == (2, True)


def test_a_mail_beyond_the_limit_costs_itself_only(reading):
    mails = [letter(PLAIN), letter("The gate stays shut.\n" * 5000), letter(PLAIN)]
    articles, [problem] = reading("a.mbox", box(*mails), max_bytes=20_000)
    assert (len(articles), problem.code) == (2, "too-large")
    assert f"byte {len(box(mails[0]))}" in problem.input


@pytest.mark.parametrize("data", [b"", b"\n\n", b"no mailbox at all\n"])
def test_what_is_no_mailbox_is_a_problem(reading, data):
    articles, [problem] = reading("a.mbox", data)
    assert (articles, problem.code) == ([], "kind" if data.strip() else "empty")


def test_a_press_release_with_a_dateline_is_no_mail(reading):
    [article], _ = reading("release", "From: Harbour of Ellin\nDate: 2 March 2026\n\nThe gate stays shut.\n")
    assert article.text.startswith("From: Harbour of Ellin")


def test_memory_does_not_grow_with_the_mailbox(tmp_path):
    with (tmp_path / "a.mbox").open("wb") as file:
        message = letter("The gate stays shut.\n" * 20)
        message.add_attachment(bytes(100_000), maintype="application", subtype="zip", filename="a.zip")
        for _ in range(30):
            file.write(box(message))
    tracemalloc.start()
    try:
        assert sum(isinstance(r, Article) for r in read([str(tmp_path / "a.mbox")])) == 30
        assert tracemalloc.get_traced_memory()[1] < 2_500_000
    finally:
        tracemalloc.stop()


ATTACHED = letter(PLAIN, HTML)
ATTACHED.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
SMALL = {"a.eml": ATTACHED.as_bytes(), "a.mbox": box(letter(PLAIN), ATTACHED)}
DAMAGE = st.tuples(st.integers(0, 10**6), st.binary(min_size=0, max_size=40), st.integers(0, 300))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SMALL)), st.lists(DAMAGE, max_size=3), st.integers(0, 10**6))
def test_damage_is_never_raised(name, damages, cut):
    data = SMALL[name]
    for at, inserted, removed in damages:
        start = at % len(data)
        data = data[:start] + inserted + data[start + removed :]
    data = data[: cut % (2 * len(data) + 1)]
    records = list(read(["-"], Options(max_bytes=200_000), stdin=io.BytesIO(data)))
    assert records
    assert all(isinstance(record, Article | Problem) for record in records)
