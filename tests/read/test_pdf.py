from __future__ import annotations

import builtins
import io
import sys

import pytest
from archives import zip_of
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.read import Options, read
from inquit.read.pdf_lines import Line, paragraphs
from inquit.records import Article, Problem

pytest.importorskip("pypdfium2", reason="reading PDF needs the extra pdf")
typst = pytest.importorskip("typst", reason="the documents are set with Typst")

SAID = (
    "“The gate stays shut,” said Ana Duarte, who speaks for the harbour of Ellin, and she would not say for how "
    "long it would take the extraordinarily complicated transportation undertakings of Norland to be reorganised."
)
MORE = "The council of Lakeford had asked for it to be opened before the spring, when the ferries come back to Lunholm."
ABOUT = (
    '#set document(title: "Gate stays shut", author: ("Lena Roth", "Max Field"), '
    "date: datetime(year: 2026, month: 3, day: 2))"
)
PAGED = (
    "#set page(width: 12cm, height: 12cm, header: [Harbour Post #h(1fr) Monday], footer: context align(center)"
    "[#counter(page).display()])"
)
SET = '#set par(justify: true)\n#set text(hyphenate: true, lang: "en")'


def document(body: str, *settings: str) -> bytes:
    return typst.compile("\n".join([*settings, body]).encode())


def numbered(count: int) -> list[str]:
    return [f"{SAID[:-1]} of gate {n}." if n % 2 else f"{MORE[:-1]} by gate {n}." for n in range(count)]


@pytest.mark.parametrize("layout", ["", "#set par(first-line-indent: 2em, spacing: 0.65em)", "#set page(columns: 2)"])
def test_paragraphs_are_joined_over_lines_columns_and_pages(reading, layout):
    written = numbered(12)
    [article], problems = reading("a.pdf", document("\n\n".join(["= Gate", *written]), ABOUT, PAGED, SET, layout))
    assert article.text.split("\n\n")[-12:] == written
    assert (article.title, article.published) == ("Gate stays shut", "2026-03-02T00:00:00Z")
    assert article.authors == ("Lena Roth", "Max Field")
    assert article.text.startswith("Gate stays shut\n\n")
    assert problems == []


def test_running_heads_and_page_numbers_are_no_text(reading):
    [article], _ = reading("a.pdf", document("\n\n".join(numbered(12)), PAGED, SET))
    assert "Harbour Post" not in article.text
    assert article.text.split("\n\n") == numbered(12)


def test_without_a_stated_title_the_largest_heading_is_it(reading):
    [article], _ = reading("a", document(f"= Gate stays shut\n\n{SAID}\n\n== More\n\n{MORE}"))
    assert (article.title, article.text.split("\n\n")[0]) == ("Gate stays shut", "Gate stays shut")


@pytest.mark.parametrize("title", ["Microsoft Word - gate.docx", "untitled", "gate_final2.indd", "x"])
def test_a_title_that_a_program_made_up_is_not_taken(reading, title):
    [article], _ = reading("a.pdf", document(SAID, f'#set document(title: "{title}", author: "admin")'))
    assert (article.title, article.authors) == (None, ())


def test_a_pdf_in_an_archive_and_from_standard_input_is_read(reading):
    data = document(SAID)
    assert reading("a.zip", zip_of({"a.pdf": data}))[0][0].text == SAID
    [article] = read(["-"], stdin=io.BytesIO(data))
    assert article.text == SAID


def test_pages_without_text_are_pictures(reading):
    articles, [problem] = reading("a.pdf", document("#rect(width: 3cm)\n#pagebreak()\n#rect()"))
    assert (articles, problem.code, "OCR" in problem.message) == ([], "empty", True)


def test_some_pages_without_text_are_counted(reading):
    [article], problems = reading("a.pdf", document(f"{SAID}\n#pagebreak()\n#rect()", ABOUT))
    assert [(p.code, p.article, "1 of 2 pages" in p.message) for p in problems] == [("passed-over", article.id, True)]


def test_a_document_of_too_many_pages_is_too_large(reading, monkeypatch):
    monkeypatch.setattr(sys.modules["inquit.read.pdf"], "_PAGES_MOST", 2)
    _, [problem] = reading("a.pdf", document(f"{SAID}\n#pagebreak()\n{SAID}\n#pagebreak()\n{SAID}"))
    assert problem.code == "too-large"


def test_a_text_beyond_the_limit_is_too_large(reading):
    _, [problem] = reading("a.pdf", document(SAID), max_bytes=50)
    assert problem.code == "too-large"


LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(a)(a)]>>\n%%EOF"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [(LOCKED, "encrypted"), (b"", "broken"), (b"%PDF-1.7", "broken"), (b"no document at all", "broken")],
)
def test_what_cannot_be_opened_is_a_problem(reading, data, code):
    articles, [problem] = reading("a.pdf", data)
    assert (articles, problem.code) == ([], code)


def test_without_the_package_the_problem_names_the_repair(reading, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "pypdfium2":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    _, [problem] = reading("a.pdf", b"%PDF-1.7")
    assert (problem.code, "pip install 'inquit[pdf]'" in problem.message) == ("extra-missing", True)


def lines(*words: str, broken: str = "") -> list[list[Line]]:
    """One page, a line each, all as wide as the page."""
    return [[Line(w, 50, 350, 500 - 14 * n, 10, broken=w == broken) for n, w in enumerate(words)]]


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "joined"),
    [
        ("trans", "portation", "", "transportation"),
        ("well", "known", "a well-known gate", "well-known"),
        ("well", "known", "a well-known gate, wellknown", "wellknown"),
        ("anti", "Norland", "", "anti-Norland"),
        ("2026", "27", "", "2026-27"),
    ],
)
def test_a_broken_word_keeps_its_hyphen_where_it_has_one(first, second, elsewhere, joined):
    [found] = paragraphs(lines(f"The gate {first}", f"{second} and {elsewhere}", broken=f"The gate {first}"))
    assert f"The gate {joined} and" in found


DAMAGE = st.tuples(st.integers(0, 10**6), st.binary(min_size=0, max_size=40), st.integers(0, 300))
SMALL = document("\n\n".join(numbered(4)), ABOUT, PAGED)


@settings(max_examples=100, deadline=None)
@given(st.lists(DAMAGE, max_size=4), st.integers(0, 10**6))
def test_damage_is_never_raised(damages, cut):
    data = SMALL
    for at, inserted, removed in damages:
        start = at % len(data)
        data = data[:start] + inserted + data[start + removed :]
    data = b"%PDF-" + data[5 : cut % (2 * len(data) + 1) + 5]
    records = list(read(["-"], Options(max_bytes=200_000), stdin=io.BytesIO(data)))
    assert records
    assert all(isinstance(record, Article | Problem) for record in records)


PLACES = st.floats(-1000, 1000)
LINES = st.builds(Line, st.text(min_size=1), PLACES, PLACES, PLACES, PLACES, st.booleans())


@given(st.lists(st.lists(LINES, max_size=6), max_size=4))
def test_no_letter_comes_to_the_lines_of_a_document(pages):
    words = "".join(line.words for page in pages for line in page)
    found = "".join(paragraphs(pages))
    assert all(found.count(c) <= words.count(c) for c in set(found) if c.isalnum())
