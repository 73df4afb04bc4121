"""What every model and table that ships says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CARDS = sorted([*ROOT.glob("src/inquit/data/*/card.json"), *ROOT.glob("packages/*/*/*/card.json")])


def test_every_folder_of_a_model_or_table_has_a_card() -> None:
    made = [path for path in ROOT.glob("*/*/**/*.np[yz]") if {"src", "packages"} & set(path.relative_to(ROOT).parts)]
    assert {path.parent / "card.json" for path in made} == set(CARDS)


@pytest.mark.parametrize("card", CARDS, ids=lambda path: path.parent.name)
def test_a_card_states_the_licence_of_what_ships_with_it(card: Path) -> None:
    own = "CC BY-NC-SA 4.0" if "packages" in card.relative_to(ROOT).parts else "Apache-2.0"
    assert json.loads(card.read_text("utf-8"))["licence"].startswith(own)
