"""Copies of a ledger as articles come one by one: what a later article shows of words that older ones have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from inquit import pipeline
from inquit.ids import article_id
from inquit.keep import Ledger
from inquit.link.copies import find_copies
from inquit.records import Article, Copy, Reading

POST = (
    "The council has known since the spring that the ferry is unsafe and has told nobody, not the crews, not the"
    " passengers, not even the harbour master, who would have kept her in port; I will not be quiet about it any longer"
    " and I ask everybody who sailed on her this summer to write to me"
)
FOOTER = (
    "The Harbour Post is printed on paper from the forests of Ellin and corrects its errors on the second page of each"
    " edition. Readers who see one may write to the desk, which answers every letter that bears a name and a street."
)


def article(name: str, outlet: str, day: int, text: str) -> Article:
    published = f"2031-05-{day:02}"
    made = article_id(external_id=name, outlet=outlet, published=published, title=None, text=text)
    return Article(id=made, external_id=name, outlet=outlet, published=published, text=text)


def words(name: str, count: int = 90) -> str:
    return " ".join(f"{name}{number}" for number in range(count))


def told(name: str, outlet: str, day: int, said: str) -> Article:
    return article(name, outlet, day, f"{words(name)}\n{said}\n{words(name * 2)}")


SHOWN = [told("a", "Harbour Post", 1, POST), told("b", "Daily Lantern", 2, POST)]
QUOTING = told("c", "Ellin Courier", 3, f"“{POST},” she wrote.")
PRINTED = [told(name, "Harbour Post", day, FOOTER) for day, name in enumerate("de", 1)]
AGAIN = told("f", "Harbour Post", 4, FOOTER)


def grown(path: Path, articles: Sequence[Article]) -> list[Copy]:
    with Ledger.create(path) as ledger:
        for one in articles:
            ledger.keep(Reading(article=one, statements=()))
            pipeline.link(ledger)
        assert ledger.verify() == []
        return sorted(ledger.copies(), key=lambda copy: copy.to)


@pytest.mark.parametrize(("older", "later"), [(SHOWN, QUOTING), (PRINTED, AGAIN)], ids=["quoted", "furniture"])
def test_a_later_article_shows_that_words_are_nobodys_own(tmp_path: Path, older: list[Article], later: Article) -> None:
    assert len(grown(tmp_path / "one", older)) == 1
    assert grown(tmp_path / "two", [*older, later]) == []
    assert find_copies([later, *older]) == []


@pytest.mark.parametrize(("older", "later"), [(SHOWN, QUOTING), (PRINTED, AGAIN)], ids=["quoted", "furniture"])
def test_when_that_article_goes_the_copy_is_back(tmp_path: Path, older: list[Article], later: Article) -> None:
    grown(tmp_path / "l", [*older, later])
    with Ledger.open(tmp_path / "l", write=True) as ledger:
        ledger.forget(later.id)
        pipeline.link(ledger)
        assert list(ledger.copies()) == find_copies(older)


def test_an_outlet_is_credited_once_an_article_of_it_is_there(tmp_path: Path) -> None:
    text = f"By Jo Lind, Meridian Wire\n{words('g', 200)}"
    credited = [article("g", "Daily Lantern", 4, text), article("h", "Ellin Courier", 5, words("g", 200))]
    assert [copy.origin for copy in grown(tmp_path / "one", credited)] == [None]
    wire = article("i", "Meridian Wire", 6, words("g", 200))
    found = {copy.to: copy for copy in grown(tmp_path / "two", [*credited, wire])}
    assert found[credited[0].id].from_ == wire.id
    assert found[credited[0].id].origin == "Meridian Wire"
    assert list(found.values()) == sorted(find_copies([*credited, wire]), key=lambda copy: copy.to)
