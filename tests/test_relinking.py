"""A desk edits its list of outlets: what is linked is brought up to it, and only then."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import apsw
import pytest

from inquit import pipeline
from inquit.export import records
from inquit.keep import Draft, Ledger, linking
from inquit.keep.linking import Linking
from inquit.link.owners import Outlets, known_outlets
from inquit.records import Article, Claim, Copy, Reading, Ruling, Statement

ONE_OWNER = """
[[outlet]]
name = "Harbour Post"
aliases = ["The Post of Ellinport"]

[[owner]]
name = "Quayside Media"
outlets = ["Harbour Post", "Ellin Courier", "Daily Lantern", "Capital Standard", "Meridian Wire"]
"""


@pytest.fixture(scope="module")
def desk() -> Outlets:
    return known_outlets().with_file(ONE_OWNER.encode(), "desk.toml")


@cache
def story() -> tuple[Reading, ...]:
    return tuple(one for one in pipeline.readings(["examples"]) if isinstance(one, Reading))


def linked(path: Path, outlets: Outlets | None) -> list[object]:
    with Ledger.create(path) as ledger:
        ledger.keep(story())
        pipeline.link(ledger, outlets)
        return list(records(ledger))


@pytest.mark.parametrize("back", [False, True])
def test_with_another_list_all_is_as_linked_from_nothing_with_it(tmp_path: Path, desk: Outlets, back: bool) -> None:
    first, second = (desk, None) if back else (None, desk)
    linked(tmp_path / "l", first)
    wanted = linked(tmp_path / "from nothing", second)
    with Ledger.open(tmp_path / "l", write=True) as ledger:
        before = list(records(ledger))
        assert pipeline.linked_otherwise(ledger, second)
        assert pipeline.link(ledger, second)
        assert list(records(ledger)) == wanted
        assert ledger.verify() == []
        for kind in (Copy, Claim):
            changed = [r for r in before if isinstance(r, kind)] != [r for r in wanted if isinstance(r, kind)]
            assert changed, f"no {kind.__name__} is another one with this list"
        kept = (Article, Statement)
        assert [r for r in before if isinstance(r, kept)] == [r for r in wanted if isinstance(r, kept)]
        assert not pipeline.link(ledger, second)


def test_with_the_same_list_nothing_is_told_again(
    tmp_path: Path, desk: Outlets, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked(tmp_path / "l", desk)
    told: list[int] = []
    kept = Linking.keep_claims

    def counting(self: Linking, claims: object) -> None:
        made = list(claims)  # type: ignore[call-overload]
        told.append(len(made))
        kept(self, made)

    monkeypatch.setattr(linking.Linking, "keep_claims", counting)
    with Ledger.open(tmp_path / "l", write=True) as ledger:
        again = known_outlets().with_file(ONE_OWNER.encode(), "the same in another file.toml")
        assert not pipeline.link(ledger, again)
        assert told == []
        about = next(iter(ledger.articles())).id
        ledger.rule(Draft(about=about, says="wrong-date", value="2031-04-09", who="Ana Duarte"))
        pipeline.link(ledger, again)
        assert told[0] < len(list(ledger.claims()))
        pipeline.link(ledger)
        assert told[1] >= len(list(ledger.claims()))


def test_rulings_and_ids_of_claims_hold_on(tmp_path: Path, desk: Outlets) -> None:
    linked(tmp_path / "l", None)
    with Ledger.open(tmp_path / "l", write=True) as ledger:
        one, other = (claim.occurrences[0].statement for claim in list(ledger.claims())[:2])
        ruled = pipeline.rule(ledger, Draft(about=one, says="same-claim", value=other, who="Ana Duarte"))
        ids = {claim.id for claim in ledger.claims()}
        pipeline.link(ledger, desk)
        assert {claim.id for claim in ledger.claims()} == ids
        assert any({one, other} <= {o.statement for o in claim.occurrences} for claim in ledger.claims())
        pipeline.withdraw(ledger, ruled.id, who="Ana Duarte", outlets=desk)
        wanted = linked(tmp_path / "from nothing", desk)
        found = [r for r in records(ledger) if not isinstance(r, Ruling | Claim)]
        assert found == [r for r in wanted if not isinstance(r, Claim)]
        assert len(list(ledger.claims())) == sum(isinstance(r, Claim) for r in wanted)


def test_a_ledger_from_before_lists_were_remembered_is_gone_over_once(tmp_path: Path, desk: Outlets) -> None:
    wanted = linked(tmp_path / "l", desk)
    connection = apsw.Connection(str(tmp_path / "l"))
    connection.execute("UPDATE state SET outlets = NULL")
    connection.close()
    with Ledger.open(tmp_path / "l", write=True) as ledger:
        assert not ledger.links_due()
        assert pipeline.link(ledger, desk)
        assert list(records(ledger)) == wanted
        assert not pipeline.link(ledger, desk)


def test_a_new_ledger_is_not_told_to_have_been_linked_otherwise(tmp_path: Path, desk: Outlets) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        assert not pipeline.linked_otherwise(ledger, desk)
        ledger.keep(story())
        assert not pipeline.linked_otherwise(ledger, desk)
        assert pipeline.link(ledger, desk)
        assert not pipeline.linked_otherwise(ledger, desk)


def told(*arguments: str | Path) -> bytes:
    """What a command says of itself."""
    command = [sys.executable, "-m", "inquit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True).stderr


def test_people_are_told_that_all_is_gone_over_and_not_told_twice(tmp_path: Path) -> None:
    file, path = tmp_path / "desk.toml", tmp_path / "l"
    file.write_text(ONE_OWNER)
    again = ("add", path, "examples", "--outlets", file)
    assert b"other outlets" not in told("add", path, "examples")
    assert b"inquit: it was linked with other outlets" in told(*again)
    assert b"other outlets" not in told(*again)
    with Ledger.open(path) as ledger:
        article = next(iter(ledger.articles())).id
    assert b"other outlets" not in told("forget", path, article, "--outlets", file)
