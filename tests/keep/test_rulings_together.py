"""Several people who rule at once: nobody's ruling is lost, and a conflict is seen by the one who comes second."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from ledger_sample import reading

from inquit.errors import Conflict
from inquit.keep import Draft, Ledger

CHILD = Path(__file__).with_name("rules_readings.py")
PEOPLE = ("Ana Duarte", "Jonas Velde", "Mara Voss")
COUNT = 40


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(map(reading, range(2)))
    return tmp_path / "l"


def lines(path: Path) -> list[tuple[str, str]]:
    """What three processes said that ruled on two articles at once."""
    children = [
        subprocess.Popen([sys.executable, CHILD, path, who, str(COUNT)], stdout=subprocess.PIPE, text=True)
        for who in PEOPLE
    ]
    said = [line for child in children for line in child.communicate()[0].splitlines()]
    assert [child.returncode for child in children] == [0, 0, 0]
    return [(kind, ident) for kind, _, ident in (line.partition(" ") for line in said)]


def test_of_three_who_rule_at_once_no_ruling_is_lost_and_conflicts_name_rulings_that_are_there(path: Path) -> None:
    said = lines(path)
    with Ledger.open(path, write=True) as ledger:
        held = ledger.rulings()
        assert sorted(one.id for one in held) == sorted(ident for kind, ident in said if kind == "ruled")
        assert len(held) == len(PEOPLE) * COUNT
        assert {ident for kind, ident in said if kind == "conflict"} <= {one.id for one in held}
        # Whose came last is shown.
        for article in ledger.articles():
            assert article.outlet == ledger.rulings(about=article.id)[0].value
        assert ledger.verify() == []


def test_rulings_are_in_one_order_whoever_made_them(path: Path) -> None:
    lines(path)
    with Ledger.open(path) as ledger:
        for one, other in pairwise(ledger.rulings(who=PEOPLE[0])):
            assert one.at > other.at
        assert [one.id for one in ledger.rulings(start=5, most=10)] == [one.id for one in ledger.rulings()][5:15]


def test_who_has_not_seen_the_last_ruling_is_told_whose_it_is_and_files_nothing(path: Path) -> None:
    with Ledger.open(path, write=True) as ana, Ledger.open(path, write=True) as jonas:
        about = reading(1).article.id
        seen_by_both = ana.seen(about)
        assert seen_by_both == jonas.seen(about) == ""
        first = ana.rule(Draft(about=about, says="wrong-outlet", value="Daily Lantern", who=PEOPLE[0]), seen="")
        second = Draft(about=about, says="wrong-outlet", value="Ellin Courier", who=PEOPLE[1])
        with pytest.raises(Conflict, match="Ana Duarte has ruled wrong-outlet Daily Lantern") as caught:
            jonas.rule(second, seen=seen_by_both)
        assert caught.value.ruling.id == first.id
        assert first.at in str(caught.value)
        assert [one.id for one in jonas.rulings()] == [first.id]
        jonas.rule(second, seen=jonas.seen(about))
        shown = ana.article(about)
        assert shown is not None
        assert shown.outlet == "Ellin Courier"


def test_a_withdrawal_that_was_not_seen_is_a_conflict_too(path: Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        about = reading(1).article.id
        first = ledger.rule(Draft(about=about, says="note", value="look", who=PEOPLE[0]))
        seen = ledger.seen(about)
        ledger.withdraw(first.id, who=PEOPLE[1])
        with pytest.raises(Conflict, match="Jonas Velde has withdrawn note look"):
            ledger.rule(Draft(about=about, says="note", value="look again", who=PEOPLE[2]), seen=seen)
