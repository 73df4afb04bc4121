"""What the learnt feature of a pair is worth is asked of nets that did not learn from its articles."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path

import msgspec
import numpy as np
import pytest

pytest.importorskip("scipy", reason="scipy comes with the extra train")

from inquit import marked
from inquit.errors import UsageError
from inquit.link.matched import Net, net
from inquit.records import Article, Reading, Statement
from train.pairs.__main__ import gathered
from train.pairs.data import Pair
from train.pairs.folds import Fold, fifths, folds, unseen

STORY = (
    "{s1 Ana Duarte} {c1 said} {t1 that the harbour of Ellin would be closed for 12 days after the storm}. "
    "Ships from Norland wait at the pier of Lunholm, and {s2 the owner} {c2 said} {t2 that the crews of 30 ships "
    "had been paid in Norland since Monday}."
)


def certain(odds: float) -> Net:
    """A net that says the same of any pair."""
    silent = {name: np.zeros_like(getattr(net(), name)) for name in ("leave", "direct")}
    return msgspec.structs.replace(net(), **silent, last=odds)


def article(fifth: int) -> str:
    """The name of an article in this fifth."""
    return next(name for name in map("harbour{}".format, count()) if fifths(name) == {str(fifth)})


def pair(*of: int) -> Pair:
    one, other = (article(fifth) for fifth in of)
    texts = ("the pier is closed", "the harbour is shut")
    return Pair({"cosine": 0.5, "matched": -6.0}, same=True, texts=texts, articles=(one, other))


NETS = [Fold(frozenset("01"), certain(1)), Fold(frozenset("23"), certain(2)), Fold(frozenset("4"), certain(4))]


def test_articles_of_one_event_are_in_one_fifth() -> None:
    assert fifths("4f21ac90_1", "4f21ac90_2", "4f21ac90_3") == fifths("4f21ac90_2")
    assert fifths(*map(str, range(60))) == set("01234")


@pytest.mark.parametrize(
    ("of", "odds"), [((0, 0), 1), ((0, 1), 1), ((2, 2), 2), ((4, 4), 4), ((0, 3), 1.5), ((3, 0), 1.5), ((4, 1), 2.5)]
)
def test_a_pair_is_told_by_the_nets_that_did_not_learn_from_it(of: tuple[int, int], odds: float) -> None:
    (found,) = unseen([pair(*of)], NETS)
    assert found.values == {"cosine": 0.5, "matched": odds}
    assert found == replace(pair(*of), values=found.values)


def test_a_net_compares_the_words_of_pairs_in_order() -> None:
    ships = Fold(frozenset("01"), net())
    like, unlike = pair(0, 0), Pair({}, same=False, texts=("the pier is closed", "ana duarte won the vote"))
    assert list(ships.compared([like, unlike])) == [*ships.compared([like]), *ships.compared([unlike])]
    assert ships.compared([like])[0] > ships.compared([unlike])[0]


def _reading(fifth: int) -> Reading:
    found = marked.parse(STORY)
    statements = tuple(
        Statement(id=f"s{i}", article="a", content=tuple(s.content), score=1.0, by="")
        for i, s in enumerate(found.statements)
    )
    return Reading(article=Article(id="a", text=found.text, external_id=article(fifth)), statements=statements)


def test_altered_contents_are_told_by_the_net_that_did_not_learn_from_their_article() -> None:
    sets = gathered({"basil": [_reading(0), _reading(4)], "helsinki": []}, NETS)
    assert not sets["drawn"]
    assert not sets["judged"]
    odds = [pair.values["matched"] for pair in sets["altered"]]
    assert set(odds) == {1, 4}
    assert odds.count(1) == odds.count(4)


def test_nets_are_read_from_folders_named_by_what_they_were_made_without(tmp_path: Path) -> None:
    for name in ("01", "23"):
        (tmp_path / name).mkdir()
        with as_file(files("inquit.data") / "pairs-en" / "matching.npz") as ships:
            shutil.copy(ships, tmp_path / name)
    with pytest.raises(UsageError, match="--without"):
        folds(tmp_path)
    (tmp_path / "23").rename(tmp_path / "234")
    assert [fold.without for fold in folds(tmp_path)] == [set("01"), set("234")]
