from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from inquit.extract.lexicon import Cue, cue_data, find, inflected, words_of
from inquit.records import Framing, Stance


def test_the_lexicon_has_at_least_450_entries_and_no_lemma_twice():
    lemmas = Counter(cue.lemma for cue in cue_data().cue)
    assert len(lemmas) >= 450
    assert [lemma for lemma, n in lemmas.items() if n > 1] == []


def test_every_stance_framing_and_kind_is_met():
    cues = cue_data().cue
    assert {c.stance for c in cues} == set(get_args(Stance))
    assert {c.framing for c in cues} == set(get_args(Framing))
    assert {c.kind for c in cues} == {"verb", "noun", "adjective", "adverb", "phrase", "preposition", "light"}


def test_a_negation_gives_a_stance_for_every_stance():
    assert set(cue_data().negation.becomes) == set(get_args(Stance))


def test_every_lemma_is_found_by_its_own_words():
    lost = [c.lemma for c in cue_data().cue if (found := find(words_of(c.lemma))) is None or found.cue.lemma != c.lemma]
    # a light verb or adverb inside a longer entry gives way to the word that says something
    assert lost == []


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("deny", {"denies", "denied", "denying"}),
        ("plan", {"plans", "planned", "planning"}),
        ("admit", {"admits", "admitted", "admitting"}),
        ("label", {"labels", "labeled", "labelled", "labelling"}),
        ("criticize", {"criticizes", "criticised", "criticising"}),
        ("say", {"says", "said", "saying"}),
        ("point out", {"points out", "pointed out", "pointing out"}),
        ("be expected", {"is expected", "were expected", "been expected"}),
        ("allegation", {"allegations"}),
    ],
)
def test_entries_inflect(lemma: str, forms: set[str]):
    cue = next(c for c in cue_data().cue if c.lemma == lemma)
    assert forms <= set(inflected(cue))


def test_listed_forms_replace_the_regular_past():
    cue = Cue(lemma="tell", stance="affirms", framing="neutral", forms=("told",))
    assert "told" in inflected(cue)
    assert "telled" not in inflected(cue)


@pytest.mark.parametrize(
    ("words", "lemma"),
    [
        ("said", "say"),
        ("SAID", "say"),
        ("pointed out", "point out"),
        ("pointed angrily out", "point out"),
        ("went on to accuse", "accuse"),
        ("made a pledge", "pledge"),
        ("is widely expected", "be expected"),
        ("’s confident", "confident"),
        ("for", "for"),
        ("reportedly said", "say"),
    ],
)
def test_the_head_of_a_cue_is_found(words: str, lemma: str):
    found = find(words_of(words))
    assert found is not None
    assert found.cue.lemma == lemma


def test_unknown_words_are_not_found():
    assert find(words_of("zibbled")) is None
    assert find([]) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("didn’t say", ["did", "not", "say"]),
        ("can't", ["can", "not"]),
        ("cannot", ["can", "not"]),
        ("She's so-called", ["she", "'s", "so-called"]),
        ("—:“", []),
    ],
)
def test_words_are_lower_case_and_contractions_two(text: str, words: list[str]):
    assert words_of(text) == words
