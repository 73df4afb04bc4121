from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pytest
from archives import CHAPTER, epub_of, story, tar_of, warc_of, zip_of
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.read import Options, read
from inquit.records import Article, Problem

FILES = {
    "a/one.html": story(1),
    "a/two.txt": "“Shut,” said Ana Duarte.\n",
    "b/three.jsonl": '{"text": "The gate stays shut.", "id": "3"}\n',
    "b/crawl.warc.gz": warc_of(story(4)),
    "b/.hidden": "words",
    "__MACOSX/a/one.html": "words",
}
MAKERS = {
    "a.zip": zip_of,
    "a.tar": tar_of,
    "a.tar.gz": lambda files: tar_of(files, "w:gz"),
    "a.tgz": lambda files: tar_of(files, "w:gz"),
    "nameless": zip_of,
    "unnamed": lambda files: tar_of(files, "w:gz"),
}


def codes(problems):
    return [p.code for p in problems]


@pytest.mark.parametrize("name", MAKERS)
def test_files_of_an_archive_are_read_by_their_kind(reading, name):
    articles, problems = reading(name, MAKERS[name](FILES))
    assert [a.external_id for a in articles] == ["one.html", "two.txt", "3", "https://harbourpost.example/0"]
    assert problems == []


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_comes_from_standard_input_too(name):
    records = list(read(["-"], stdin=io.BytesIO(MAKERS[name](FILES))))
    assert [type(r) for r in records] == [Article] * 4


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_problems_name_the_file_in_the_archive(reading, name, tmp_path):
    _, [problem] = reading(name, MAKERS[name]({"a/empty.html": "<html></html>"}))
    assert problem.input == f"{tmp_path / name}/a/empty.html"


@pytest.mark.parametrize("name", ["a.zip", "a.tar"])
def test_files_that_are_not_read_are_counted_in_one_problem(reading, name):
    pictures = {f"{n}.png": b"\x89PNG\x00\x00" for n in range(30)}
    articles, [problem] = reading(name, MAKERS[name](pictures | {"a.html": story(1)}))
    assert (len(articles), problem.code, "30 files" in problem.message) == (1, "passed-over", True)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_an_archive_in_an_archive_is_read_and_no_deeper(reading, name):
    inner = zip_of({"one.html": story(1), "deep.zip": zip_of({"two.html": story(2)})})
    articles, [problem] = reading(name, MAKERS[name]({"inner.zip": inner}))
    assert (len(articles), problem.code) == (1, "passed-over")


@pytest.mark.parametrize("name", ["a.zip", "a.tar"])
@pytest.mark.parametrize("member", ["../../etc/one.html", "/etc/one.html", "..\\..\\one.html", "a/" * 300 + "one.html"])
def test_a_name_that_leads_elsewhere_is_a_name_only(reading, name, member, tmp_path):
    articles, problems = reading(name, MAKERS[name]({member: story(1)}))
    assert ([a.external_id for a in articles], problems) == (["one.html"], [])
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_links_of_a_tar_are_not_followed(reading, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody may read this.")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            entry = tarfile.TarInfo("link.txt")
            entry.type, entry.linkname = kind, str(secret)
            archive.addfile(entry)
    articles, [problem] = reading("a.tar", out.getvalue())
    assert (articles, problem.code, "4 files" in problem.message) == ([], "passed-over", True)


def test_links_of_a_zip_are_not_followed(reading):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/hostname")
    articles, problems = reading("a.zip", out.getvalue())
    assert (articles, codes(problems)) == ([], ["passed-over"])


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_a_bomb_stops_at_its_limit(reading, name, monkeypatch):
    monkeypatch.setattr("inquit.read.bounded._FREE", 1_000_000)
    monkeypatch.setattr("inquit.read.bounded._MOST_TIMES", 20)
    bombs = {f"{n}.txt": b"word " * 100_000 for n in range(10)}
    articles, problems = reading(name, MAKERS[name](bombs))
    assert len(articles) < 10
    assert set(codes(problems)) == {"too-large"}


def test_a_file_beyond_the_limit_costs_itself_only(reading):
    articles, problems = reading("a.zip", zip_of({"a.txt": "word " * 100_000, "b.txt": "Words."}), max_bytes=1000)
    assert ([a.external_id for a in articles], codes(problems)) == (["b.txt"], ["too-large"])


def test_a_tar_header_that_would_fill_memory_ends_the_archive(reading):
    entry = tarfile.TarInfo("././@LongLink")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, 8 * 2**30
    data = gzip.compress(entry.tobuf(tarfile.GNU_FORMAT) + bytes(5_000_000))
    assert codes(reading("a.tar.gz", data)[1]) == ["archive-broken"]


def test_a_file_locked_with_a_password_is_a_problem(reading):
    data = bytearray(zip_of({"a.txt": "Words."}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        data[data.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    _, [problem] = reading("a.zip", bytes(data))
    assert problem.code == "encrypted"


def test_a_damaged_file_of_a_zip_costs_itself_only(reading):
    data = bytearray(zip_of({"a.txt": "Words of the first.", "b.txt": "Words of the second."}, zipfile.ZIP_STORED))
    data[data.index(b"Words of the first")] ^= 0xFF
    articles, problems = reading("a.zip", bytes(data))
    assert ([a.external_id for a in articles], codes(problems)) == (["b.txt"], ["archive-broken"])


@pytest.mark.parametrize("name", ["a.zip", "a.wacz", "a.epub"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"no archive at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_an_archive_in_name_only_is_a_problem(reading, name, data):
    articles, problems = reading(name, data)
    assert articles == []
    assert problems


@pytest.mark.parametrize("head", [b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\x00", b"BZh9", b"7z\xbc\xaf\x27", b"Rar!\x1a"])
def test_a_packing_that_is_not_read_is_named(reading, head):
    _, [problem] = reading("a.warc.zst", head + bytes(50))
    assert (problem.code, "unpack it first" in problem.message) == ("kind", True)


def test_links_of_an_epub_are_kept_and_those_within_it_left_out(reading):
    linked = CHAPTER.format(1).replace(
        "Ana Duarte", '<a href="https://a.example/">Ana</a> <a href="ch%201.xhtml">Duarte</a>'
    )
    [article], _ = reading("a.epub", epub_of(linked))
    assert [(article.text[slice(*link.span)], link.address) for link in article.links] == [
        ("Ana", "https://a.example/")
    ]


def test_an_office_document_is_no_archive_of_articles(reading):
    _, [problem] = reading("a.docx", zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}))
    assert (problem.code, "office" in problem.message) == ("kind", True)


def wacz_of(
    package: str | None = '{"wacz_version": "1.1.1", "profile": "data-package"}', markup: str = story(0)
) -> bytes:
    lines = '{"format": "json-pages-1.0"}\nno json\n{"url": "https://harbourpost.example/0", "title": "Gate  shut"}\n'
    files = {"archive/data.warc.gz": warc_of(markup), "pages/pages.jsonl": lines, "indexes/index.cdx": "x"}
    return zip_of(files | ({"datapackage.json": package} if package else {}))


UNTITLED = "<html><body>{}</body></html>".format(
    "".join(
        f"<p>“Gate {n} stays shut,” said <a href='https://a.example/{n}'>Ana</a> Duarte of Ellin harbour on Monday.</p>"
        for n in range(5)
    )
)


def test_pages_of_a_wacz_are_read(reading):
    articles, problems = reading("a.wacz", wacz_of())
    assert ([a.title for a in articles], problems) == (["Bridge to close"], [])


def test_a_wacz_gives_a_page_without_title_the_one_of_its_list(reading):
    [article], [problem] = reading("a.wacz", wacz_of(markup=UNTITLED))
    assert (article.title, article.text.split("\n")[0]) == ("Gate shut", "Gate shut")
    assert (problem.code, problem.article) == ("no-date", article.id)
    assert [article.text[slice(*link.span)] for link in article.links] == ["Ana"] * 5


@pytest.mark.parametrize("package", [None, "[]", "{", '{"wacz_version": "9"}', "[" * 100_000])
def test_a_wacz_whose_description_is_broken_is_read_with_a_problem(reading, package):
    articles, problems = reading("a.wacz", wacz_of(package))
    assert (len(articles), len(problems)) == (1, 1)
    assert problems[0].code in {"broken", "kind"}


def test_documents_of_an_epub_are_articles(reading):
    articles, [problem] = reading("a.epub", epub_of(CHAPTER.format(1), CHAPTER.format(2)))
    assert [(a.title, a.outlet, a.published, a.authors) for a in articles] == [
        (f"Gate {n} stays shut", "Harbour Review", "2026-03-02", ("Lena Roth",)) for n in (1, 2)
    ]
    assert articles[0].text.startswith("Gate 1 stays shut\n\n“Gate 1 stays shut,” said Ana Duarte")
    assert articles[1].external_id == "a.epub/OEBPS/ch 1.xhtml"
    assert (problem.code, "1 of a few words" in problem.message) == ("passed-over", True)


def test_the_publisher_of_an_epub_is_its_outlet(reading):
    data = epub_of(CHAPTER.format(1), meta="<dc:publisher>Meridian Press</dc:publisher>")
    assert reading("a.epub", data)[0][0].outlet == "Meridian Press"


def test_a_document_locked_by_the_seller_is_passed_over(reading):
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><e:EncryptedData '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherData><e:CipherReference URI="OEBPS/ch%200.xhtml"/>'
        "</e:CipherData></e:EncryptedData></encryption>"
    )
    data = epub_of(CHAPTER.format(1), CHAPTER.format(2), **{"META-INF/encryption.xml": locked})
    articles, [problem] = reading("a.epub", data)
    assert ([a.title for a in articles], "1 locked" in problem.message) == (["Gate 2 stays shut"], True)


@pytest.mark.parametrize(
    "files",
    [
        {"META-INF/container.xml": "<container/>"},
        {"META-INF/container.xml": ""},
        {"META-INF/container.xml": '<container><rootfile full-path="none.opf"/></container>'},
        {
            "META-INF/container.xml": '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/hostname">]><container>&x;</container>'
        },
    ],
)
def test_a_broken_epub_is_a_problem(reading, files):
    articles, problems = reading("a.epub", zip_of(files))
    assert (articles, codes(problems)) == ([], ["broken"])


def test_a_document_that_an_epub_lacks_costs_itself_only(reading):
    with zipfile.ZipFile(io.BytesIO(epub_of(CHAPTER.format(1), CHAPTER.format(2)))) as whole:
        kept = {name: whole.read(name) for name in whole.namelist() if name != "OEBPS/ch 0.xhtml"}
    articles, problems = reading("a.epub", zip_of(kept))
    assert (len(articles), codes(problems)) == (1, ["broken", "passed-over"])


SMALL = {
    "a.zip": zip_of(FILES),
    "a.tar": tar_of(FILES),
    "a.tar.gz": tar_of(FILES, "w:gz"),
    "a.wacz": wacz_of(),
    "a.epub": epub_of(CHAPTER.format(1)),
}
DAMAGE = st.tuples(st.integers(0, 10**6), st.binary(min_size=0, max_size=40), st.integers(0, 300))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SMALL)), st.lists(DAMAGE, max_size=3), st.integers(0, 10**6))
def test_damage_is_never_raised(tmp_path_factory, name, damages, cut):
    data = SMALL[name]
    for at, inserted, removed in damages:
        start = at % len(data)
        data = data[:start] + inserted + data[start + removed :]
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(data[: cut % (2 * len(data) + 1)])
    records = list(read([str(path)], Options(max_bytes=200_000)))
    assert records
    assert all(isinstance(record, Article | Problem) for record in records)
