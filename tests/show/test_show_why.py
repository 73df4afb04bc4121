"""Reasons, chains and shares of words: the same things on a terminal and on the page."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from show_sample import reading, sample

from inquit.records import Article, Link, Reading, Reason, Statement
from inquit.show.ledger_terminal import statement_report
from inquit.show.page import page
from inquit.show.terminal import report
from inquit.show.voices import parties, percent, voices

TEXT = "Ana Duarte, spokeswoman for the Norland navy, did not confirm it."


def explained() -> Reading:
    """One statement with reasons and a chain."""
    found = reading(TEXT, {"source": ((0, 44),), "cue": ((46, 61),), "content": ((62, 64),), "entity": "Ana Duarte"})
    (one,) = found.statements
    said = one.attribution
    assert said is not None
    chain = (
        Link(kind="person", name="Ana Duarte", words=(0, 10)),
        Link(kind="office", name="spokeswoman", words=(12, 23)),
        Link(kind="party", name="Norland", words=None),
    )
    why = (
        Reason(label="entity", ground="named so", words=((0, 10),)),
        Reason(label="stance", ground="a negation of the reporting word", words=((46, 53), (54, 61))),
    )
    said = type(said)(**{name: getattr(said, name) for name in said.__struct_fields__} | {"chain": chain})
    fields = {name: getattr(one, name) for name in one.__struct_fields__}
    return Reading(article=found.article, statements=(Statement(**fields | {"attribution": said, "why": why}),))


def printed(found: Reading, *, why: bool) -> str:
    stream = io.StringIO()
    report(found, Console(file=stream, width=200), why=why)
    return stream.getvalue()


def test_the_report_tells_why_only_when_asked() -> None:
    assert "named so" not in printed(explained(), why=False)
    out = printed(explained(), why=True)
    assert "entity: named so “Ana Duarte”" in out
    assert "stance: a negation of the reporting word “did not … confirm”" in out
    assert "chain: person Ana Duarte → office spokeswoman → party Norland" in out


def test_one_statement_is_shown_with_its_reasons_and_each_link_of_its_chain() -> None:
    found, stream = explained(), io.StringIO()
    statement_report(found.statements[0], found.article, Console(file=stream, width=120))
    out = stream.getvalue()
    for words in ("named so: “Ana Duarte”", "office spokeswoman · “spokeswoman”", "party Norland · known of the world"):
        assert words in out


def test_the_page_has_the_reasons_beside_the_statement() -> None:
    out = page([explained()])
    entry = out[out.index('<details class="why">') : out.index("</details>")]
    assert "<dt>stance</dt>" in entry
    assert "did not … confirm" in entry
    assert entry.count("<li>") == 3


def test_a_statement_without_reasons_has_none_to_open() -> None:
    assert "<details" not in page([sample()])


def test_words_of_articles_cannot_become_elements_of_a_reason() -> None:
    text = "<b>Ana</b> said so"
    found = reading(text, {"content": ((16, 18),), "entity": "<i>Ana</i>"})
    (one,) = found.statements
    fields = {name: getattr(one, name) for name in one.__struct_fields__}
    why = (Reason(label="entity", ground="named so", words=((0, 10),)),)
    out = page([Reading(article=found.article, statements=(Statement(**fields | {"why": why}),))])
    assert "<b>Ana" not in out
    assert "&lt;b&gt;Ana" in out


def test_every_word_is_of_one_voice() -> None:
    found = reading(
        "One two three, four five said. Six seven",
        {"content": ((0, 13),), "entity": "A", "standing": "anonymous"},
        {"content": ((31, 40),)},
    )
    assert [(v.name, v.words) for v in voices(found)] == [("own voice", 2), ("anonymous", 3), ("other", 3)]
    assert sum(v.share for v in voices(found)) == pytest.approx(1)


def test_what_is_said_inside_belongs_to_whoever_says_the_whole() -> None:
    found = reading(
        "one two three four",
        {"content": ((0, 18),), "entity": "A", "standing": "institution"},
        {"content": ((8, 18),), "entity": "B", "standing": "anonymous", "inside": "s1:0"},
    )
    assert [(v.name, v.words) for v in voices(found) if v.words] == [("institution", 4)]


def test_a_text_without_words_has_no_voices() -> None:
    assert voices(Reading(article=Article(id="a1:small", text=" \n"))) == ()


def test_a_party_is_told_with_all_who_speak_for_it() -> None:
    found = reading(
        "one two three four",
        {"content": ((0, 3),), "entity": "Ana Duarte", "party": "Norland"},
        {"content": ((4, 7),), "entity": "Navy", "party": "norland"},
        {"content": ((8, 13),), "entity": "Navy", "party": "Norland"},
        {"content": ((14, 18),), "entity": "Ilse Brandt", "party": "Ilse Brandt"},
    )
    first, second = parties(found)
    assert (first.party, first.sources, first.statements, first.share) == ("Norland", ("Navy", "Ana Duarte"), 3, 0.75)
    assert second.sources == ("Ilse Brandt",)
    out = printed(found, why=False)
    assert "Navy, Ana Duarte" in out
    assert "75%" in out


@pytest.mark.parametrize(("share", "shown"), [(0.0, "0%"), (0.001, "<1%"), (0.125, "12%"), (1.0, "100%")])
def test_a_share_that_is_there_is_never_shown_as_nothing(share: float, shown: str) -> None:
    assert percent(share) == shown
