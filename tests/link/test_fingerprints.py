"""Fingerprints: the guarantee of winnowing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inquit.link.fingerprints import grams, winnowed, word_hash


def kept(text: list[str]):
    return winnowed(grams(np.array([word_hash(w) for w in text], np.uint64), 5))


def test_a_word_has_the_same_hash_on_every_machine():
    assert word_hash("harbour") == 0xE2242E63DBB0FC04


@given(
    st.lists(st.sampled_from("abcdefgh"), max_size=40),
    st.lists(st.sampled_from("abcdefgh"), min_size=8, max_size=8),
    st.lists(st.sampled_from("ijklmnop"), max_size=40),
)
def test_two_texts_with_a_run_of_eight_words_in_common_always_meet(before, run, after):
    assert len(np.intersect1d(kept([*before, *run]), kept([*run, *after])))


@given(st.lists(st.integers(0, 3), max_size=60))
def test_grams_are_equal_exactly_where_their_words_are(words):
    hashes = grams(np.array([word_hash(str(w)) for w in words], np.uint64), 5)
    windows = [tuple(words[i : i + 5]) for i in range(len(words) - 4)]
    assert len(hashes) == len(windows)
    assert len(set(hashes.tolist())) == len(set(windows))
