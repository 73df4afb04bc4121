from __future__ import annotations

import io
from pathlib import Path

import pytest

from inquit.errors import UsageError
from inquit.read import Options, read
from inquit.records import Article, Problem


def test_text_is_the_decoded_file_unchanged(reading):
    words = "  First line\n\n\n### Second é e\u0301 👩‍🚀 “x” \t\r alone\n"
    for name in ("a.txt", "a.md"):
        [article], [] = reading(name, words)
        assert article.text == words
        assert (article.title, article.outlet, article.external_id) == (None, None, name)


def test_byte_order_mark_and_crlf_are_the_only_changes(reading):
    [article], [] = reading("a.txt", b"\xef\xbb\xbfOne\r\nTwo\rThree")
    assert article.text == "One\nTwo\rThree"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_with_a_byte_order_mark_are_read(reading, encoding):
    [article], [] = reading("a.txt", "Zoë said so.\r\n".encode(encoding))
    assert article.text == "Zoë said so.\n"


def test_windows_text_is_read_with_a_problem(reading):
    [article], [problem] = reading("a.txt", "“Zoë,” he said".encode("cp1252"))
    assert article.text == "“Zoë,” he said"
    assert (problem.code, problem.article) == ("decoding", article.id)


def test_one_bad_byte_in_utf8_is_replaced(reading):
    [article], [problem] = reading("a.txt", "Zoë and Åsa said ".encode() + b"\xff.")
    assert article.text == "Zoë and Åsa said \ufffd."
    assert problem.code == "decoding"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PNG\x00\x01\x02", "binary"),
        (b"\x01\x02\x03abc", "binary"),
    ],
)
def test_what_is_no_text_is_a_problem(reading, data, code):
    articles, [problem] = reading("a.txt", data)
    assert (articles, problem.code) == ([], code)


def test_options_say_the_rest(reading):
    [article], [] = reading(
        "a.txt", "Words.", outlet="Ours", published="2020-01-02 03:04", title="T", url="https://x.example"
    )
    assert (article.outlet, article.published, article.title, article.url) == (
        "Ours",
        "2020-01-02T03:04",
        "T",
        "https://x.example",
    )
    assert article.text == "Words."


@pytest.mark.parametrize("published", ["soon", "2020-13-01", "", "12 May 2020"])
def test_published_that_is_no_iso_date_is_the_callers_mistake(published):
    with pytest.raises(UsageError, match="published"):
        read([], Options(published=published))


def test_unknown_column_is_the_callers_mistake():
    with pytest.raises(UsageError, match="publisher"):
        read([], Options(columns={"publisher": "outlet"}))


def test_folder_is_read_in_sorted_order_without_hidden_files(tmp_path: Path):
    for name in ("b.txt", "a/z.txt", "a/b.txt", ".hidden.txt", "a/.git/c.txt", "c"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"Words of {name}")
    (tmp_path / "d.bin").write_bytes(b"\x00\x01")
    (tmp_path / "loop").symlink_to(tmp_path)
    records = list(read([str(tmp_path)]))
    assert [r.external_id for r in records if isinstance(r, Article)] == ["b.txt", "z.txt", "b.txt", "c"]
    assert next(r.text for r in records if isinstance(r, Article)) == "Words of a/b.txt"
    assert [r.code for r in records if isinstance(r, Problem)] == ["binary"]


def test_ids_do_not_depend_on_folders_or_order(tmp_path: Path):
    paths = []
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("Words.")
        paths.append(str(tmp_path / folder / "a.txt"))
    (tmp_path / "b.txt").write_text("Other words.")
    paths.append(str(tmp_path / "b.txt"))
    forward = {r.id for r in read(paths) if isinstance(r, Article)}
    assert forward == {r.id for r in read(reversed(paths)) if isinstance(r, Article)}
    assert len(forward) == 2


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"Plain words.\nMore.", ["Plain words.\nMore."]),
        (b'{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
        (b"{not json}\nwords", ["{not json}\nwords"]),
    ],
)
def test_standard_input_is_sniffed(data, texts):
    stdin = io.BytesIO(data)
    records = list(read(["-"], stdin=stdin))
    assert [r.text for r in records] == texts
    assert all(r.external_id is None for r in records)
    assert not stdin.closed


def test_html_on_standard_input_is_sniffed():
    [problem] = read(["-"], stdin=io.BytesIO(b"\n<!-- x --><!doctype html><html><body></body></html>"))
    assert problem.code == "no-main-text"


def test_reading_is_lazy(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Words.")

    def inputs():
        yield str(tmp_path / "a.txt")
        raise AssertionError("read too far")

    assert next(read(inputs())).text == "Words."
