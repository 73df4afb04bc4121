"""Taken apart and read piece by piece, an input gives what it gives when it is read at once."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile

import msgspec
import pytest
from pages_archived import page, table, warc

from inquit.read import Options, read
from inquit.read.apart import Place, piece_read, pieces
from inquit.read.inputs import sources
from inquit.read.pieces import Piece
from inquit.records import Article, Problem

MAIL = (
    "From ana@harbourpost.example Mon Mar  2 10:00:00 2026\nFrom: Harbour Post <news@harbourpost.example>\n"
    "Date: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: Gate {0}\nMessage-ID: <{0}@harbourpost.example>\n\n"
    "The gate {0} stays shut, said Ana Duarte.\n\n"
)
DAMAGE = b"\x00\x01\x02" * 20


def zipped(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def damaged_warc(path):
    warc(path, [page(n) for n in range(12)])
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + len(DAMAGE)] = DAMAGE
    path.write_bytes(data)


def folder(path):
    path.mkdir()
    (path / "a.html.gz").write_bytes(gzip.compress(page(1).encode()))
    (path / "b.txt").write_text("The gate is shut.\r\n")
    (path / "empty.txt").write_text("")
    (path / "c.jpg").write_bytes(b"\xff\xd8\xff" + DAMAGE)


def packed_tar(path):
    with tarfile.open(path, "w:gz") as archive:
        for name, text in {"a.html": page(1), "b/c.txt": "Two.", "t.jsonl": '{"text": "Three."}\n{"no": 1}\n'}.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))


def wacz(path):
    crawl = warc(
        path.with_name("in.warc.gz"), [page(0), page(1).replace("<title>Gate 1</title>", "").replace("h1", "p")]
    )
    pages = '{"format": "json-pages-1.0"}\n{"url": "https://harbourpost.example/1", "title": "The listed title"}\n'
    described = json.dumps({"wacz_version": "1.1.1"})
    zipped(path, {"datapackage.json": described, "pages/pages.jsonl": pages, "archive/a.warc.gz": crawl.read_bytes()})


MADE = {
    "a.warc.gz": damaged_warc,
    "b.warc": damaged_warc,
    "texts.jsonl": lambda path: table(path, ["One.", "Two.", ""]),
    "texts.csv": lambda path: path.write_text("id,text,published\n1,One.,2026-03-02\n2,Two.,soon\n"),
    "texts.json": lambda path: path.write_text('[{"text": "One."}, {"text": "Two."}]'),
    "pages.zip": lambda path: zipped(path, {"a/x.html": page(1), "b.md": "Two.", "c.bin": DAMAGE, "d.txt": ""}),
    "pages.tar.gz": packed_tar,
    "pages.wacz": wacz,
    "letters.mbox": lambda path: path.write_text("".join(MAIL.format(n) for n in range(3))),
    "folder": folder,
    "broken.html.gz": lambda path: path.write_bytes(gzip.compress(page(1).encode())[:40]),
    "absent.txt": lambda _: None,
}


def apart(path, options):
    found = []
    for source in sources(str(path)):
        for one in pieces(source, options, Place()):
            if isinstance(one, Problem):
                found.append(one)
            else:
                sent = msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Piece)
                assert sent == one
                found += piece_read(sent, options)
    return found


@pytest.mark.parametrize("name", MADE)
def test_pieces_give_what_the_whole_gives(tmp_path, name):
    path = tmp_path / name
    MADE[name](path)
    options = Options(outlet="Harbour Post")
    wanted = list(read([str(path)], options))
    assert apart(path, options) == wanted
    assert any(isinstance(one, Article) for one in wanted) or name in {"absent.txt", "broken.html.gz"}


def test_a_title_that_the_list_of_a_package_has_goes_with_the_page(tmp_path):
    wacz(tmp_path / "a.wacz")
    assert [one.title for one in apart(tmp_path / "a.wacz", Options())] == ["Gate 0", "The listed title"]


def test_mails_tell_of_their_own_attached_files(tmp_path):
    path = tmp_path / "a.mbox"
    part = (
        "--x\nContent-Type: text/plain\n\nThe gate stays shut, said Ana Duarte.\n"
        "--x\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nAAAA\n--x--\n\n"
    )
    path.write_text(
        MAIL.format(0) + MAIL.format(1).split("\n\n")[0] + "\nContent-Type: multipart/mixed; boundary=x\n\n" + part
    )
    found = apart(path, Options())
    articles = [one for one in found if isinstance(one, Article)]
    assert [one.article for one in found if isinstance(one, Problem)] == [articles[1].id]


def test_how_far_a_file_is_read_is_known(tmp_path):
    path = table(tmp_path / "t.jsonl", [f"Row {n}." for n in range(5000)])
    place = Place()
    [source] = sources(str(path))
    found = pieces(source, Options(), place)
    for _ in range(2500):
        next(found)
    size = path.stat().st_size
    assert size / 4 < place.bytes < size * 3 / 4
    assert len(list(found)) == 2500
    assert place.bytes == size
