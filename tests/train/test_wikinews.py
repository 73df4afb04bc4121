"""The German corpus as training takes it: what the corpus marks twice is one, what has no cue has a piece for one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="torch comes with the extra train")

from train import wikinews

TEXT = "Ana Duarte sagte, der Hafen sei „völlig dicht“. Niemand wisse, warum. Die Werft schwieg."


def _spans(*words: str) -> dict[str, Any]:
    return {"spans": [{"charBegin": TEXT.index(w), "charEnd": TEXT.index(w) + len(w)} for w in words]}


def _quote(kind: str, quote: str, cue: str = "", speaker: str = "", *, nested: bool = False) -> dict[str, Any]:
    roles = {"speaker": speaker, "cue": cue, "quote": quote, "addressee": "", "frame": ""}
    return {"type": kind, "isNested": nested, **{name: _spans(*[w] * bool(w)) for name, w in roles.items()}}


@pytest.fixture
def article(tmp_path: Path) -> wikinews.Quoted:
    said = [
        _quote("Indirect", "der Hafen sei „völlig dicht“", "sagte", "Ana Duarte"),
        _quote("Direct", "„völlig dicht“", "sagte", "Ana Duarte", nested=True),
        _quote("IndirectFreeIndirect", "Niemand wisse, warum.", "", "Ana Duarte"),
        _quote("Reported", "Die Werft schwieg.", "", "Die Werft"),
    ]
    (tmp_path / "1.json").write_text(json.dumps({"originalText": TEXT, "annotations": said}), encoding="utf-8")
    (found,) = wikinews.quoted(tmp_path)
    return found


def _words(spans: list[tuple[int, int]]) -> list[str]:
    return [TEXT[a:b] for a, b in spans]


def test_the_quoted_part_of_an_indirect_statement_is_no_statement_of_its_own(article: wikinews.Quoted) -> None:
    contents = [_words(a.content) for a in wikinews.attributions(article)]
    assert contents == [["der Hafen sei „völlig dicht“"], ["Niemand wisse, warum."], ["schwieg."]]


def test_speech_without_a_reporting_word_has_the_start_of_its_content_for_one(article: wikinews.Quoted) -> None:
    assert [_words(a.cue) for a in wikinews.attributions(article)] == [["sagte"], ["N"], ["s"]]


def test_all_that_stands_in_contents_is_known(article: wikinews.Quoted) -> None:
    assert all(a.known for a in wikinews.attributions(article))


def test_quotes_of_one_speaker_with_one_cue_are_one_attribution(tmp_path: Path) -> None:
    said = [_quote("Direct", part, "sagte", "Ana Duarte") for part in ("der Hafen", "Niemand wisse")]
    (tmp_path / "1.json").write_text(json.dumps({"originalText": TEXT, "annotations": said}), encoding="utf-8")
    (one,) = wikinews.load(tmp_path)[0].readings[0]
    assert _words(one.content) == ["der Hafen", "Niemand wisse"]
