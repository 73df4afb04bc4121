"""What people read first of a statement: the sentence that it stands in."""

from __future__ import annotations

from inquit.marked import parse
from inquit.records import Attribution, Statement
from inquit.show.passage import passage


def around(marked: str) -> str:
    """The words around the one statement of a marked text."""
    parsed = parse(marked)
    (found,) = [s for s in parsed.statements if not s.own_voice]
    who = Attribution(source=found.source, cue=found.cue, standing="person", stance="affirms", framing="neutral")
    said = Statement(
        id="s1:0", article="a1:0", content=found.content, form="indirect", attribution=who, score=1.0, by="hand/1"
    )
    return passage(parsed.text, said).words


def test_the_sentence_alone_is_shown():
    text = "The quay is old. {s Ana Duarte} {c said} {t it was unsafe}. Nobody came."
    assert around(text) == "Ana Duarte said it was unsafe."


def test_marks_by_which_a_corpus_parts_paragraphs_are_no_words():
    text = "By Jo Lind ### {s Ana Duarte} {c said} {t it was unsafe}. ### Nobody came."
    assert around(text) == "Ana Duarte said it was unsafe."
