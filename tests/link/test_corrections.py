"""An outlet's corrections, and words that show that it saw for itself."""

from __future__ import annotations

import pytest

from inquit.link.corrections import takes_back, witnessed
from inquit.marked import parse
from inquit.records import Article, Attribution, Standing, Statement


def read(marked: str, standing: Standing = "document", outlet: str = "Harbour Post") -> tuple[Article, Statement]:
    found = parse(marked)
    (one,) = found.statements
    said = None
    if not one.own_voice:
        said = Attribution(
            source=one.source, cue=one.cue, entity="x", standing=standing, stance="affirms", framing="neutral"
        )
    statement = Statement(id="s1:0", article="a1:0", content=one.content, attribution=said, score=1.0, by="hand/1")
    return Article(id="a1:0", outlet=outlet, text=found.text), statement


@pytest.mark.parametrize(
    "marked",
    [
        "Correction: {s An earlier version of this article} {c said} {t that the mill burnt down}.",
        "It rained.\nEditor’s note: {s this article} {c stated} {t that the mill burnt down}.",
        "{s An earlier version of this story} {c said} {t that the mill burnt down}.",
        "It rained. An earlier version of this article stated that {v the mill burnt down}.",
        "CORRECTION: {v The mill did not burn down}.",
        "{s The Harbour Post} {c has retracted} {t its report that the mill burnt down}.",
    ],
)
def test_a_correction_is_known_by_its_passage_or_its_verb(marked: str):
    assert takes_back(*read(marked, "outlet" if "Post}" in marked else "document"))


@pytest.mark.parametrize(
    ("marked", "standing"),
    [
        ("{s The miller} {c said} {t that the mill burnt down}.", "person"),
        ("{s The miller} {c retracted} {t his statement that the mill burnt down}.", "person"),
        ("{v The mill burnt down}. The editor’s note on the door was unharmed.", "person"),
        ("Correction: {s The miller} {c says} {t the mill burnt down}.", "person"),
        ("{s The Daily Lantern} {c reported} {t that the mill burnt down}.", "outlet"),
        ("{s The police} {c called for} {t a correction of the record of the mill}.", "institution"),
    ],
)
def test_what_others_say_is_no_correction_of_the_outlet(marked: str, standing: Standing):
    assert not takes_back(*read(marked, standing))


@pytest.mark.parametrize(
    "marked",
    [
        "{v The city paid twice}. Bank statements seen by the Harbour Post show it.",
        "{v The city paid twice}, and our reporter found a laundry at the address.",
        "{v The city paid twice}. The Harbour Post has reviewed the invoices.",
    ],
)
def test_an_outlet_that_saw_for_itself_says_so_in_the_paragraph(marked: str):
    assert witnessed(*read(marked))


@pytest.mark.parametrize(
    "marked",
    [
        "{v The city paid twice}. Bank statements seen by the Daily Lantern show it.",
        "{v The city paid twice}.\nOur reporter was at the regatta.",
        "{v The city paid twice}.",
    ],
)
def test_what_others_saw_or_another_paragraph_tells_makes_no_witness(marked: str):
    assert not witnessed(*read(marked))
