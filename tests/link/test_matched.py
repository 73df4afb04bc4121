"""What words of two contents say that answer each other."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.link.columns import Ragged
from inquit.link.matched import LIMIT, MOST, matched, net, pieces

_WORDS = (
    "norland's",
    "minister",
    "closed",
    "the",
    "harbour",
    "of",
    "ellin",
    "to",
    "12",
    "ships",
    "after",
    "a",
    "storm",
)
_contents = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=45)


def held(*contents: list[str]) -> Ragged:
    found = Ragged(np.int32)
    found.extend([pieces(words) for words in contents])
    return found


def value(one: str, other: str) -> float:
    return float(matched(held(one.split(), other.split()), np.array([0]), np.array([1]))[0])


def test_a_paraphrase_is_likelier_than_a_statement_on_the_same_topic() -> None:
    said = "the minister ordered the port of ellin to be closed"
    assert value(said, "ellin harbour was shut by the minister") > value(said, "the minister visited ellin on monday")


def test_of_a_long_content_the_heaviest_pieces_are_compared_in_their_order() -> None:
    words = [word for _ in range(6) for word in ("the", "of", "to", "harbour", "storm", "minister", "norland", "talks")]
    found = pieces(words)
    assert len(found) == MOST
    every = [piece for word in words for piece in pieces([word])]
    rest = iter(every)
    assert all(piece in rest for piece in found)
    assert min(net().weights[found]) >= min(net().weights[every])


@settings(max_examples=40, deadline=None)
@given(st.lists(_contents, min_size=2, max_size=12))
def test_a_value_is_the_same_in_any_company(contents: list[list[str]]) -> None:
    one, other = np.triu_indices(len(contents), 1)
    every = matched(held(*contents), one, other)
    alone = [
        float(matched(held(contents[i], contents[j]), np.array([0]), np.array([1]))[0])
        for i, j in zip(one, other, strict=True)
    ]
    assert every.tolist() == alone
    assert np.abs(every).max() <= LIMIT
