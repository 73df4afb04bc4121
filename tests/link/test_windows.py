"""Windows of texts: a table of them finds what looking them up in order finds."""

from __future__ import annotations

import random

import pytest

from inquit.link import align
from inquit.link.align import Table, text_of


@pytest.mark.parametrize("buckets", [1, 16, 1 << 16])
def test_a_table_finds_what_looking_up_in_order_finds(monkeypatch: pytest.MonkeyPatch, buckets: int) -> None:
    monkeypatch.setattr(align, "BUCKETS", buckets)
    rng = random.Random(5)
    texts = [text_of(" ".join(rng.choices("abc", k=rng.randrange(400)))) for _ in range(12)]
    shared = 0
    for one in texts:
        table = Table(one)
        for other in texts:
            places, found = table.look_up(other)
            known, there = one.index.look_up(other.windows)
            assert found.tolist() == there.tolist()
            assert places[found].tolist() == known[there].tolist()
            shared += int(found.sum()) if other is not one else 0
    assert shared
