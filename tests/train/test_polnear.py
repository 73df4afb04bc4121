"""PolNeAR's format, in words of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from train import polnear

TEXT = "“It is safe,” Ana Duarte\nsaid, “and open.”"


def test_a_content_broken_up_is_one_role_with_two_fragments() -> None:
    ann = "T1\tSource 14 24\tAna Duarte\nT2\tCue 25 29\tsaid\nT3\tContent 1 11;32 40\tIt is safe and open\n"
    ann += "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
    (found,) = polnear.parse(ann, TEXT)
    assert [TEXT[a:b] for a, b in found.content] == ["It is safe", "and open"]
    assert [TEXT[a:b] for a, b in found.source] == ["Ana Duarte"]


def test_a_line_broken_inside_its_words_is_mended() -> None:
    ann = "T1\tSource 14 29\tAna Duarte\nsaid\nT2\tCue 25 29\tsaid\nE1\tCue:T2 Source:T1\n"
    (found,) = polnear.parse(ann, TEXT)
    assert found.source == [(14, 29)]


def test_a_span_that_does_not_hold_its_words_is_refused() -> None:
    with pytest.raises(ValueError, match="does not hold"):
        polnear.parse("T1\tCue 0 4\tsaid\nE1\tCue:T1\n", TEXT)


def test_every_annotator_gives_a_reading_and_an_empty_article_none(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "text" / "two.txt").write_text(" \n", encoding="utf-8")
    for name in ("one_ab", "one_cd", "two_ab"):
        (tmp_path / "attributions" / f"{name}.ann").write_text("T1\tCue 25 29\tsaid\nE1\tCue:T1\n", encoding="utf-8")
    (only,) = polnear.load(tmp_path)
    assert only.ident == "one"
    assert len(only.readings) == 2
