"""Corpora of factuality and hedges: texts, spans and agreement, on corpora of our own of a few lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from train.outside import factuality, hedges


def corpus(folder: Path, lines: list[dict[str, object]]) -> Path:
    """A folder with these lines as MegaVeridicality and nothing in the others."""
    for part in (*factuality.PARTS.values(), *factuality.NEWS.values()):
        path = folder / part
        path.parent.mkdir(parents=True, exist_ok=True)
        written = lines if part == factuality.PARTS["MV"] else []
        path.write_text("".join(json.dumps(line) + "\n" for line in written), encoding="utf-8")
    return folder


def line(text: str, first: int, last: int, label: float) -> dict[str, object]:
    return {"text": text, "targets": [{"span1": [first, last], "label": label, "span_text": ""}]}


@pytest.mark.parametrize(
    ("text", "label", "cue", "given"),
    [
        ("Lask was n't amazed that a particular thing happened", 2.7, "was n't amazed", "holds"),
        ("Lask denied that a particular thing happened", -1.2, "denied", "fails"),
        ("Lask will never believe that a particular thing happened", -1.0, "will never believe", "fails"),
        ("Lask found out that a particular thing happened", 2.0, "found out", "holds"),
        ("Lask hoped that a particular thing happened", 0.1, "hoped", "open"),
    ],
)
def test_a_clause_and_its_verb_are_labelled(tmp_path: Path, text: str, label: float, cue: str, given: str) -> None:
    first = text.split(" ").index("happened")
    cases = factuality.measured(corpus(tmp_path, [line(text, first, first + 1, label)]))
    assert [(c.cue, c.given, c.wanted) for c in cases] == [(cue, given, given)]


def test_infinitives_and_unknown_verbs_are_left_out(tmp_path: Path) -> None:
    lines = [
        line("Lask managed to open the gate", 3, 4, 2.0),
        line("Lask zorbed that a particular thing happened", 6, 7, 2.0),
    ]
    assert factuality.measured(corpus(tmp_path, lines)) == []


def test_a_sentence_is_written_as_it_would_be_printed() -> None:
    words = "The port ( `` Sorrel '' ) is n't shut , Lask 's aide said ."
    text, events = factuality._written(line(words, 14, 15, 3.0))
    assert text == "The port (“Sorrel”) isn't shut, Lask's aide said."
    assert [text[slice(*span)] for span, _ in events] == ["said"]


def test_the_cues_of_a_sentence_keep_their_places() -> None:
    marked = (
        'He was <ccue type="speculation_hypo_doxastic _">considered</ccue> rich &amp; '
        '<ccue type="speculation_modal_probable_">perhaps</ccue> kind '
        '<ccue type="speculation_hypo_condition_">if</ccue> asked.'
    )
    text, cues = hedges._parsed(marked)
    assert text == "He was considered rich & perhaps kind if asked."
    assert [(kind, text[slice(*span)]) for kind, span in cues] == [("doxastic", "considered"), ("probable", "perhaps")]


def test_hedges_are_found_and_counted(tmp_path: Path) -> None:
    sentence = 'The clerk <ccue type="speculation_hypo_doxastic _">claimed</ccue> that the port was shut.'
    path = tmp_path / "corpus" / hedges.FILE
    path.parent.mkdir(parents=True)
    path.write_text(f'<Document><Sentence id="S1">{sentence}</Sentence></Document>', encoding="utf-8")
    read = hedges.measured(tmp_path / "corpus", tmp_path / "out")
    said = hedges.hedges(read)[0].said
    assert said is not None
    assert said.framing == "distancing"
    assert next(line for line in hedges.table(read) if "doxastic" in line).startswith("| doxastic | 1 | 1 | 0 | 1 |")
