"""Which words may have a role for a cue."""

from __future__ import annotations

import numpy as np
import pytest

from inquit.extract.decode import SURE, drafts
from inquit.extract.features import pieces
from inquit.extract.reader import Paragraphs, Reading, Relation, reader


def near(text: str, cue: str) -> str:
    """The text of all pieces that may have a role for ``cue``."""
    cut = pieces(text, reader()._tokenizer)
    at = next(i for i, (a, b) in enumerate(cut.spans) if text[a:b] == cue)
    (found,) = Paragraphs(cut, text).near(np.array([at]), slice(None))
    return " ".join(text[a:b] for (a, b), may in zip(cut.spans, found, strict=True) if may)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Crane fell.\nThe mayor said so.\nIt rained.", "The mayor said so ."),
        ("The mayor said:\nIt rained.\nIt snowed.", "The mayor said : It rained ."),
        (
            "“One,” the mayor said. “Two.\n“Three.” It rained.\n“Four.”",
            "“ One , ” the mayor said . “ Two . “ Three . ”",
        ),
        ("The mayor said “one”.\n“Two,” a docker cried.", "The mayor said “ one ” ."),
    ],
)
def test_a_cue_reaches_its_paragraph_and_what_runs_on_from_it(text: str, wanted: str) -> None:
    assert near(text, "said") == wanted


def test_a_preposition_left_of_a_cue_is_no_statement() -> None:
    text = "According to a report the crane fell."
    cut = pieces(text, reader()._tokenizer)
    words = [text[a:b] for a, b in cut.spans]
    to, crane, fell = (np.array([words.index(word)]) for word in ("to", "crane", "fell"))
    none = to[:0]
    chances = np.zeros(len(cut), np.float32)
    alone, sourced = (Relation(source, to, fell, sure=SURE + 0.1, roles=0.5, score=0.5) for source in (none, crane))
    assert [len(drafts(text, Reading(cut, chances, [relation]))) for relation in (alone, sourced)] == [0, 1]
