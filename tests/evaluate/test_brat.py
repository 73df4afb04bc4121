"""Corpora in brat's standoff: the two layouts, what is mended, what is refused and with which repair."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import BRIDGE, CRANE, annotated, apart, flat, standoff
from hypothesis import given
from hypothesis import strategies as st

from inquit.errors import WorkError
from inquit.evaluate.brat import Attribution, BratError, load, parse

TEXT = "“It is safe,” Ana Duarte\nsaid, “and open.”"


def test_both_layouts_give_the_same_articles(tmp_path: Path) -> None:
    texts = {"bridge": BRIDGE, "crane": CRANE}
    expected = [annotated("bridge", BRIDGE), annotated("crane", CRANE)]
    assert load(flat(tmp_path / "flat", texts)) == expected
    assert load(apart(tmp_path / "apart", texts)) == expected


def test_every_annotator_is_a_reading_and_the_first_by_name_comes_first(tmp_path: Path) -> None:
    corpus = apart(tmp_path, {"bridge": BRIDGE}, annotators=("zz", "bb"))
    (tmp_path / "attributions" / "bridge_bb.ann").write_text("", encoding="utf-8")
    (article,) = load(corpus)
    assert [len(reading) for reading in article.readings] == [0, 2]


def test_an_id_may_hold_underscores(tmp_path: Path) -> None:
    assert [a.ident for a in load(apart(tmp_path / "a", {"x_2026_bridge": BRIDGE}))] == ["x_2026_bridge"]
    assert [a.ident for a in load(flat(tmp_path / "b", {"x": CRANE, "x_2026": BRIDGE}))] == ["x", "x_2026"]


def test_a_metadata_table_beside_the_corpus_says_the_outlets(tmp_path: Path) -> None:
    corpus = apart(tmp_path / "dev", {"bridge": BRIDGE, "crane": CRANE})
    table = "level\tfilename\tpublisher\nNone\tbridge\tDaily Lantern\n"
    (tmp_path / "metadata.tsv").write_text(table, encoding="utf-8")
    assert [a.outlet for a in load(corpus)] == ["Daily Lantern", None]


def test_line_ends_of_windows_stay_so_that_offsets_hold(tmp_path: Path) -> None:
    corpus = flat(tmp_path, {"bridge": f"Headline\r\n\r\n{BRIDGE}"})
    (article,) = load(corpus)
    assert article.text.startswith("Headline\r\n\r\n“The")


def test_fragments_may_come_in_any_order_and_numbered_arguments_are_one_role() -> None:
    ann = "T1\tContent 32 40;1 11\tand open It is safe\nT2\tSource 14 17\tAna\nT3\tSource 18 24\tDuarte\n"
    found = parse(f"{ann}E1\tContent:T1 Source:T2 Source2:T3\n", TEXT)
    assert found == (Attribution(((14, 17), (18, 24)), (), ((1, 11), (32, 40))),)


def test_a_line_broken_inside_its_words_is_mended_and_notes_are_passed_over() -> None:
    ann = "T1\tSource 14 29\tAna Duarte\nsaid\n#1\tAnnotatorNotes T1\tsure?\nA1\tOdd T1\nE1\tSource:T1\n"
    assert parse(ann, TEXT)[0].source == ((14, 29),)


def test_an_event_without_any_role_is_left_out() -> None:
    assert parse("T1\tAttribution 25 29\tsaid\nE1\tAttribution:T1\n", TEXT) == ()


@pytest.mark.parametrize(
    ("ann", "trouble"),
    [
        ("T1\tCue 0 4\tsaid\nE1\tCue:T1\n", r"line 1: 0 4 does not hold 'said' but '“It';"),
        ("T1\tCue 25 999\tsaid\nE1\tCue:T1\n", "does not hold"),
        ("T1\tCue 25\tsaid\n", "line 1: wanted number, label, offsets and words"),
        ("E1\tCue:T7\n", "line 1: Cue:T7 names no T line"),
        ("T1\tCue 25 29\tsaid\nT1\tCue 25 29\tsaid\n", "line 2: T1 was given before"),
        ("T1\tCue 25 29\tsaid\nE1 Cue:T1\n", "does not hold"),
        ("E1\tCue\n", "line 1: wanted number and arguments"),
        ("nonsense\n", "line 1: 'nonsense' is no line of brat's; take it out"),
        ("T1\tCue 25 29\tsaid\n", "join them by E lines"),
    ],
)
def test_lines_that_do_not_fit_are_refused_with_place_and_repair(ann: str, trouble: str) -> None:
    with pytest.raises(BratError, match=trouble):
        parse(ann, TEXT, "one.ann")


@pytest.mark.parametrize("gone", ["bridge.ann", "bridge.txt"])
def test_a_text_or_annotation_without_its_other_half_is_refused(tmp_path: Path, gone: str) -> None:
    corpus = flat(tmp_path, {"bridge": BRIDGE, "crane": CRANE})
    (corpus / gone).unlink()
    with pytest.raises(BratError, match=r"bridge\.(ann belongs to no text; add|txt has no annotations)"):
        load(corpus)


def test_a_folder_that_is_no_corpus_is_refused_and_the_likely_one_named(tmp_path: Path) -> None:
    apart(tmp_path / "data" / "dev", {"bridge": BRIDGE})
    with pytest.raises(WorkError, match=r"no corpus in .*did you mean .*dev\?"):
        load(tmp_path / "data")
    with pytest.raises(WorkError, match="is no folder"):
        load(tmp_path / "nowhere")


def test_a_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    corpus = flat(tmp_path, {"bridge": BRIDGE})
    (corpus / "bridge.txt").write_bytes("Café".encode("latin-1"))
    with pytest.raises(BratError, match=r"bridge\.txt is not UTF-8 \(byte 3\); convert it"):
        load(corpus)


@given(
    st.lists(st.text(st.characters(exclude_characters="{}\\\r\x00", exclude_categories=["Cs"]), min_size=1), max_size=5)
)
def test_what_is_written_as_standoff_is_read_again(pieces: list[str]) -> None:
    written = " ".join(f"{{s{i} {piece}}} {{c{i} said}} {{t{i} {piece}}}." for i, piece in enumerate(pieces, 1))
    text, ann = standoff(written)
    assert parse(ann, text) == annotated("", written).readings[0]
