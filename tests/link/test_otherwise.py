"""Of which articles claims are to be told anew when copies are others: no more than an account asks of them."""

from __future__ import annotations

import pytest

from inquit.link.otherwise import Otherwise, otherwise
from inquit.records import Copy


def copy(source: str, target: str, *, share: float = 0.5, origin: str | None = None, reason: str = "as read") -> Copy:
    return Copy(
        from_=source,
        to=target,
        share=share,
        taken=0.5,
        credit="dropped",
        origin=origin,
        score=0.9,
        reasons=(reason,),
    )


AB, BC, DE = copy("a", "b"), copy("b", "c"), copy("d", "e")
CHAIN = frozenset("abc")


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([AB], [AB], Otherwise()),
        ([AB], [copy("a", "b", reason="in other words")], Otherwise()),
        ([AB], [copy("a", "b", share=0.6)], Otherwise(pairs={("a", "b")})),
        ([AB], [copy("a", "b", origin="Meridian Wire")], Otherwise(articles={"b"})),
        ([AB], [AB, BC], Otherwise(pairs={("b", "c")}, hanging=CHAIN)),
        ([AB, DE], [AB, BC, DE], Otherwise(pairs={("b", "c")}, hanging=CHAIN)),
        ([AB], [AB, copy("a", "fresh")], Otherwise(pairs={("a", "fresh")})),
        ([AB, DE], [AB, DE, copy("b", "d")], Otherwise(pairs={("b", "d")}, hanging=frozenset("abde"))),
    ],
)
def test_what_comes_of_other_copies(before: list[Copy], after: list[Copy], found: Otherwise) -> None:
    assert otherwise(before, after, {"fresh"}) == found


def test_of_two_credits_that_of_the_larger_share_counts() -> None:
    first = copy("a", "c", share=0.6, origin="Meridian Wire")
    other = copy("b", "c", share=0.4, origin="Ellin Courier")
    assert otherwise([first], [first, other], set()).articles == set()
    assert otherwise([other], [first, other], set()).articles == {"c"}
