"""Searching: the words are words, never syntax; hits say where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_sample import made, reading

from inquit.errors import UsageError
from inquit.keep import Hit, Ledger
from inquit.keep.snippets import WIDTH, snippet

HOSTILE = [
    '"', '""', '"""', '"unbalanced', 'un"bal"anced"', "*", "crane*", "^crane", "-crane", "NEAR(crane, 2)", "crane AND",
    "OR", "NOT crane", "(", ")", "title:crane", "{title}:", "+", "crane + safe", "'", "--", ";", "%", "_", "\\", "🚢",
    "\ud83d", "\udc00 crane", "\0", "crane\0safe", "", " ", "\n", "é", "ﷺ", "\u0301", "x" * 100_000, "a " * 5_000,
    "“crane", "\U0001e900", "?", "NEAR", 'rank MATCH "x"',
]  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.create(tmp_path_factory.mktemp("search") / "l") as ledger:
        ledger.keep(reading(number) for number in range(40))
        ledger.keep(
            made(
                "Cracks were found. " * 60
                + "Ana Duarte said the old bascule bridge 🚢 will open. "
                + "Rain fell. " * 60,
                [{"source": "Ana Duarte", "cue": "said", "content": "the old bascule bridge 🚢 will open"}],
                title="Bridge",
                outlet="Harbour Post",
                published="2031-04-08",
            )
        )
        yield ledger


def found(hit: Hit) -> list[str]:
    return [hit.text[start:end] for start, end in hit.matches]


@pytest.mark.parametrize("words", HOSTILE, ids=lambda w: ascii(w[:20]))
def test_no_words_are_an_error(ledger: Ledger, words: str) -> None:
    for hit in ledger.search(words, limit=5):
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.matches)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec=None) | st.sampled_from('"*^-():crane'), max_size=30))
def test_no_text_is_an_error(ledger: Ledger, words: str) -> None:
    assert len(ledger.search(words, limit=5)) <= 5


def test_hits_say_what_they_are_and_where_the_words_stand(ledger: Ledger) -> None:
    hits = ledger.search("bascule opening", limit=5)
    assert {h.kind for h in hits} == {"article", "statement"}
    for hit in hits:
        assert found(hit) == ["bascule", "open"]
        assert (hit.outlet, hit.published) == ("Harbour Post", "2031-04-08")
        assert ledger.article(hit.article) is not None
    (statement,) = (h for h in hits if h.kind == "statement")
    assert statement.text == "the old bascule bridge 🚢 will open"
    (article,) = (h for h in hits if h.kind == "article")
    assert article.id == article.article
    assert len(article.text) <= WIDTH + 2
    assert article.text[0] == article.text[-1] == "…"
    whole = ledger.article(article.id)
    assert whole is not None
    assert article.text.strip("…") in whole.text


def test_a_phrase_in_quotation_marks_is_held_together(ledger: Ledger) -> None:
    assert ledger.search('"old bascule"', limit=5)
    assert ledger.search("“old bascule”", limit=5)
    assert ledger.search("bascule old", limit=5)
    assert not ledger.search('"bascule old"', limit=5)
    assert [found(h) for h in ledger.search('"old bascule bridge" opened', limit=1)] == [["old bascule bridge", "open"]]


def test_all_the_words_must_be_there(ledger: Ledger) -> None:
    assert not ledger.search("bascule lighthouse", limit=5)
    assert not ledger.search("bascule OR lighthouse", limit=5)


def test_an_entity_and_a_headline_are_found(ledger: Ledger) -> None:
    by_name = ledger.search("Duarte bascule", limit=9)
    assert {h.kind for h in by_name} == {"article", "statement"}
    (hit,) = (h for h in ledger.search('"doubts about the crane"', limit=1))
    assert hit.text == "Doubts about the crane"
    assert found(hit) == ["Doubts about the crane"]


def test_the_best_hit_is_first_and_no_more_than_the_limit_come(ledger: Ledger) -> None:
    hits = ledger.search("crane", limit=3)
    assert len(hits) == 3
    assert hits == ledger.search("crane", limit=50)[:3]
    with pytest.raises(UsageError, match="one hit or more"):
        ledger.search("crane", limit=0)


def test_marks_of_a_text_with_surrogates_and_nul_point_at_the_words(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(made("\ud83d\ude00 a\0b 🚢 the crane \udfff stands"))
        (hit,) = ledger.search("crane", limit=5)
        assert found(hit) == ["crane"]
        (hit,) = ledger.search("stands", limit=5)
        assert found(hit) == ["stands"]


@given(st.lists(st.sampled_from(["crane", "pier", "lock"]), min_size=1, max_size=300), st.data())
def test_a_snippet_holds_a_match_and_its_spans_slice_to_the_same_words(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    spans, at = [], 0
    for word in words:
        if data.draw(st.booleans()):
            spans.append((at, at + len(word)))
        at += len(word) + 1
    piece, shown = snippet(text, tuple(spans))
    assert piece.strip("…") in text
    assert len(piece) <= WIDTH + 2
    assert bool(shown) == bool(spans)
    assert {piece[a:b] for a, b in shown} <= {text[a:b] for a, b in spans}


def test_a_match_longer_than_a_snippet_is_shown_whole() -> None:
    text = "a " * 50 + "b" * 400 + " c" * 50
    piece, ((start, end),) = snippet(text, ((100, 500),))
    assert piece[start:end] == "b" * 400
