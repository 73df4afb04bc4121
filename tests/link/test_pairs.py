"""How likely two statements are one claim, and what is said of it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.link.contents import Capitals, content
from inquit.link.packing import packed_arrays
from inquit.link.pairs import FEATURES, features, model, reasons, scores
from inquit.link.propositions import Unit, around, propositions
from inquit.link.rarity import weight
from inquit.link.sources import name_parts
from inquit.link.table import Table
from inquit.link.units import packed_vectors
from inquit.records import Article, Attribution, Stance, Statement

_NAMES = "It was Norland, Ellin, Lunholm, Duarte, Brandt, Maro and the Harbour Post, Monday, that said so."
_WORDS = ("the minister", "Ana Duarte", "Norland", "closed", "the harbour", "12 ships", "on Monday", "not", "and", "it")


def unit(
    words: str, who: str | None = None, *, stance: Stance = "affirms", cue: str = "said", before: str = ""
) -> Unit:
    text = f"{who or ''} {cue} {before} {words}"
    start = len(text) - len(words)
    said = None
    if who:
        cues = ((len(who) + 1, len(who) + 1 + len(cue)),)
        said = Attribution(
            source=((0, len(who)),), cue=cues, entity=who, standing="person", stance=stance, framing="neutral"
        )
    statement = Statement(
        id="s1:x", article="a1:x", content=((start, len(text)),), attribution=said, score=1.0, by="test"
    )
    capitals = Capitals([Article(id="a1:x", text=f"{_NAMES} {text}")])
    made = propositions(text, statement, capitals)
    own = content(words, statement, capitals)
    speaker = frozenset(name_parts(who or ""))
    stance_of = said.stance if said else None
    return Unit(own, who or "", speaker, stance_of, made, around(text, statement, made, capitals))


def table(*units: Unit) -> Table:
    found = Table()
    found.add([packed_arrays(one) for one in units], packed_vectors([" ".join(one.content.words) for one in units]))
    return found


def told(one: Unit, other: Unit, most: int = 3) -> list[str]:
    return reasons(table(one, other), np.array([0]), np.array([1]), most=most)[0]


def between(one: Unit, other: Unit) -> float:
    return float(scores(table(one, other), np.array([0]), np.array([1]))[0])


SAME = [
    (
        "Norland has closed the harbour of Ellin to foreign ships",
        "the port of Ellin was shut to foreign ships by Norland",
    ),
    ("12 sailors died when the ferry sank off Lunholm", "the sinking of the ferry off Lunholm killed 12 sailors"),
    (
        "the ministry paid 40 million crowns for the bridge",
        "40 million crowns were paid by the ministry for the bridge",
    ),
]
OTHER = [
    ("12 sailors died when the ferry sank off Lunholm", "30 sailors died when the ferry sank off Lunholm"),
    ("the harbour of Ellin will be closed on Monday", "the harbour of Ellin will be closed on Friday"),
    ("Norland has closed the harbour of Ellin to foreign ships", "Maro asked Brandt about the weather in the harbour"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words_is_likely_one_claim(one: str, other: str):
    assert between(unit(one), unit(other)) >= 0.5


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_number_day_or_matter_is_not_one_claim(one: str, other: str):
    assert between(unit(one), unit(other)) < 0.5


def test_two_who_speak_each_of_himself_say_two_things():
    one, other = (
        unit("I have low expectations of the talks", "Ana Duarte"),
        unit("he had low expectations of the talks", "Brandt"),
    )
    assert between(one, other) == 0.0
    assert between(one, unit("she had low expectations of the talks", "Duarte")) >= 0.5


def test_a_long_quotation_shares_a_claim_by_one_of_its_sentences():
    long = unit(
        "We have many ships. The harbour of Ellin was mined by Maro. Nobody in the village has slept since spring."
    )
    assert between(unit("Maro has mined the harbour of Ellin"), long) >= 0.5


def test_who_asks_for_something_is_a_part_of_what_is_compared():
    wanted = unit("a meeting about the ferry", "Ana Duarte", stance="urges", cue="requested")
    told = unit("it was Ana Duarte who requested the meeting about the ferry", "Brandt")
    plain = unit("a meeting about the ferry", "Ana Duarte", cue="said")
    assert between(wanted, told) > between(plain, told)


def test_what_stands_beside_a_short_content_helps_to_find_its_claim():
    told = unit("the minister would talk of stopping the drills off Lunholm")
    alone = unit("perhaps we will talk about that", "Maro")
    beside = unit(
        "perhaps we will talk about that", "Maro", before="Stopping the drills off Lunholm? The minister nodded."
    )
    assert between(beside, told) > between(alone, told)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=7).map(" ".join), min_size=2, max_size=3))
def test_a_score_lies_between_nothing_and_certainty_and_has_no_direction(texts: list[str]):
    for one, other in combinations([unit(text) for text in texts], 2):
        assert between(one, other) == between(other, one)
        assert 0.0 <= between(one, other) <= 1.0


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30).map(" ".join), min_size=2, max_size=9))
def test_a_pair_scores_the_same_in_any_company(texts: list[str]):
    units = [unit(text) for text in texts]
    one, other = np.triu_indices(len(units), 1)
    together = scores(table(*units), one, other)
    assert together.tolist() == [between(units[i], units[j]) for i, j in zip(one, other, strict=True)]


def test_contents_that_differ_in_little_words_alone_are_one_claim():
    said = "that the crane of the harbour had been cracked"
    assert between(unit(said), unit("The crane of the harbour was cracked")) == 0.95
    assert between(unit(said), unit("The harbour of the crane was cracked")) < 0.9
    assert between(unit(said), unit("The crane of the harbour was never cracked")) < 0.9


def test_nothing_compared_with_nothing_is_nothing():
    none = np.empty(0, np.int64)
    assert scores(table(), none, none).tolist() == []
    assert scores(table(unit("and")), none, none).tolist() == []
    assert between(unit("and"), unit("the")) == 0.0


def test_the_reasons_of_a_bond_name_what_spoke_for_it_and_against():
    one, other = unit(SAME[1][0]), unit(SAME[1][1])
    assert "their words answer each other" in told(one, other, 9)
    assert "the words come in another order" in told(one, other, 9)
    changed = unit(OTHER[0][1])
    assert "other numbers" in told(one, changed, 9)
    assert told(one, unit(SAME[1][0])) == ["the same words"]


def test_every_weight_is_of_a_feature_and_has_its_words():
    assert model().weights.keys() <= set(FEATURES)
    there, values = features(table(unit(SAME[0][0]), unit(SAME[0][1])), np.array([0]), np.array([1]))
    assert there.tolist() == [0]
    assert values.shape == (1, len(FEATURES))
    for name, told in model().reasons.items():
        assert name in FEATURES
        assert any(told)


def test_rare_words_weigh_more_than_common_ones_and_unknown_ones_most():
    assert weight("presid") < weight("harbour") <= weight("zzyzx")
