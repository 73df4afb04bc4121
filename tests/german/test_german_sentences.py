"""Where sentences end, across which no German cue comes apart."""

from __future__ import annotations

from itertools import groupby

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

from inquit_de.reading import reader

from inquit.extract.features import pieces


def sentences(text: str) -> list[str]:
    """The words of each sentence, as the reader's pieces have them."""
    cut = pieces(text, reader()._tokenizer)
    numbered = zip(reader()._sentences(cut, text).tolist(), cut.spans.tolist(), strict=True)
    runs = [[span for _, span in run] for _, run in groupby(numbered, key=lambda one: one[0])]
    return [text[run[0][0] : run[-1][1]].strip() for run in runs]


@pytest.mark.parametrize(
    "whole",
    [
        ["Laut Polizei ist der Hafen zu.", "Nach Angaben der Reederei fährt keine Fähre."],
        ["Die Hafenbehörde teilte am 3. Mai mit, die Kaimauer sei gerissen."],
        ["Dr. Velde wies das zurück.", "„Der Hafen ist alt.“", "Das sagte er."],
    ],
)
def test_a_sentence_ends_at_its_stop_and_at_no_date_or_title(whole: list[str]) -> None:
    assert sentences(" ".join(whole)) == whole
