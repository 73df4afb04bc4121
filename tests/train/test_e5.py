"""The encoder that German starts from: its file is unpacked, its pieces are chosen, its words are cut."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch comes with the extra train")

from inquit.extract.encoder import CLS, SEP
from train import e5
from train.examples import MASK

PIECES = [
    ("▁", -4.0),
    ("▁Der", -5.0),
    ("▁Hafen", -6.0),
    ("▁sei", -5.5),
    ("▁zu", -5.0),
    ("▁Hafenarbeiter", -9.0),
    ("arbeiter", -7.0),
    ("▁gut“", -5.0),
    ("▁gavan", -6.0),
    ("▁„", -5.0),
    ("▁порт", -6.0),
    *((c, -8.0) for c in "abcdefghijklmnopqrstuvwxyzDHG.,„“"),
]


def test_a_block_of_four_bits_holds_its_low_halves_first() -> None:
    scale = np.array([0.5], np.float16).tobytes()
    found = e5._unpacked(scale + bytes(range(16)))
    assert found[:16].tolist() == [(i - 8) * 0.5 for i in range(16)]
    assert found[16:].tolist() == [-4.0] * 16


def test_pieces_that_no_word_of_the_language_is_cut_into_are_left_out() -> None:
    kept = {PIECES[i][0] for i in e5.chosen(PIECES, ["Der Hafen sei zu."], ["Hafenarbeiter"], 1000)}
    assert {"▁Der", "▁Hafen", "▁sei", "▁zu", "a", "„", "▁Hafenarbeiter"} <= kept
    assert not {"▁gavan", "▁порт"} & kept


def test_a_quotation_mark_is_a_piece_of_its_own() -> None:
    assert "▁gut“" not in {PIECES[i][0] for i in e5.chosen(PIECES, ["Der Hafen sei gut“."], [], 1000)}


def test_few_pieces_are_those_that_most_words_need() -> None:
    needed = e5.chosen(PIECES, ["Der Hafen"], [], 0)
    more = e5.chosen(PIECES, ["Der Hafen"], ["zu", "zu", "sei"], len(needed) + 1)
    assert {PIECES[i][0] for i in set(more) - set(needed)} == {"▁zu"}


def test_spans_of_pieces_hold_no_white_space_and_special_ids_are_those_of_the_encoder() -> None:
    cutter = e5.tokenizer(PIECES)
    text = "Der\u00a0Hafen\n\nsei  „zu“."
    found = cutter.encode(text, add_special_tokens=False)
    assert [text[a:b] for a, b in found.offsets] == ["Der", "Hafen", "sei", "„", "z", "u", "“", "."]
    assert [cutter.id_to_token(i) for i in (CLS, SEP, MASK)] == ["<s>", "</s>", "<mask>"]
