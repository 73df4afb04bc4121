"""What changed between two versions whose statements are written by hand."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inquit.ids import article_id, statement_id
from inquit.marked import parse
from inquit.records import Article, Attribution, Reading, Statement
from inquit.watch.changes import changes

LABELS: dict[str, Any] = {"entity": "Ana Duarte", "standing": "person", "stance": "affirms", "framing": "neutral"}


def version(marked: str, *labels: dict[str, Any]) -> Reading:
    """An article with the statements that are marked in it; ``labels``: how each differs from ``LABELS``."""
    found = parse(marked)
    ident = article_id(external_id=None, outlet=None, published=None, title=None, text=found.text)
    statements = []
    for number, one in enumerate(found.statements):
        given = LABELS | (labels[number] if number < len(labels) else {})
        who = None if one.own_voice else Attribution(source=one.source, cue=one.cue, **given)
        key = {"source": one.source, "cue": one.cue, "content": one.content, "inside": None}
        name = statement_id(article=ident, attributed=who is not None, **key)
        statements.append(Statement(id=name, article=ident, content=one.content, attribution=who, score=0.9, by="test"))
    return Reading(article=Article(id=ident, text=found.text), statements=tuple(statements))


def told(old: Reading, new: Reading) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.was, change.now) for change in changes(old, new)]


def test_the_same_words_elsewhere_are_no_change():
    old = version("{s Ana Duarte} {c said} {t the harbour had closed}.")
    new = version("On Monday, {t the harbour had  closed}, {s Ana Duarte} {c said}. More follows.")
    assert told(old, new) == []


def test_what_is_new_and_what_is_gone_is_told():
    old = version("{s Ana Duarte} {c said} {t the harbour had closed}.")
    new = version("{s Ana Duarte} {c said} {t three ships were waiting for a pilot}.")
    assert told(old, new) == [
        ("new", None, "three ships were waiting for a pilot"),
        ("gone", "the harbour had closed", None),
    ]


def test_changed_words_are_told():
    old = version("{s Ana Duarte} {c said} {t the crane had been cracked for three weeks}.")
    new = version("{s Ana Duarte} {c said} {t the crane had been cracked for four weeks}.")
    assert told(old, new) == [
        ("words", "the crane had been cracked for three weeks", "the crane had been cracked for four weeks")
    ]


def test_another_force_is_told():
    marked = "{s Ana Duarte} {c said} {t the crane was safe}."
    new = version(marked, {"framing": "distancing", "stance": "denies", "party": "Norland"})
    assert told(version(marked), new) == [
        ("party", None, "Norland"),
        ("stance", "affirms", "denies"),
        ("framing", "neutral", "distancing"),
    ]


def test_an_attribution_that_was_lost_is_told_as_the_source():
    old = version("{s Ana Duarte} {c claimed} {t the crane was safe}.", {"framing": "distancing"})
    new = version("{v The crane was safe}.")
    assert told(old, new) == [("source", "Ana Duarte", None)]
    assert told(new, old) == [("source", None, "Ana Duarte")]


def test_of_two_that_say_the_same_each_is_compared_with_its_own():
    marked = "{s Ana Duarte} {c said} {t it was safe}. {s2 Rui Costa} {c2 said} {t2 it was safe}."
    old = version(marked, {}, {"entity": "Rui Costa"})
    new = version(marked.replace("Ana Duarte", "X").replace("Rui Costa", "Ana Duarte").replace("X", "Rui Costa"),
                  {"entity": "Rui Costa"}, {"entity": "Ana Duarte"})  # fmt: skip
    assert told(old, new) == []


@given(st.permutations(range(4)), st.sets(st.integers(0, 3)))
def test_nothing_but_what_is_missing_is_told_whatever_the_order(order, missing):
    says = ["the harbour had closed", "three ships were waiting", "the mayor would resign", "a pilot was hurt"]
    every = "".join(f"{{s{n} Ana Duarte}} {{c{n} said}} {{t{n} {says[n - 1]}}}. " for n in range(1, 5))
    some = "".join(
        f"{{s{n + 1} Ana Duarte}} {{c{n + 1} said}} {{t{n + 1} {says[n]}}}. " for n in order if n not in missing
    )
    found = told(version(every), version(some))
    assert sorted(found) == sorted(("gone", says[n], None) for n in missing)
