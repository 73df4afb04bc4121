"""The quality gate: what ships is not under its floors, and the gate tells a drop from a rounding."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bench import gate
from bench.measure import Measured, measure
from inquit.evaluate.counting import Count

NAMES = ("cases/relation/lenient", "labels/stance")


def texts(*right: int, of: int = 100) -> list[Measured]:
    """One text for each number, of which so many items are right."""
    return [Measured(f"t{i}", dict.fromkeys(NAMES, Count(n, of, of))) for i, n in enumerate(right)]


def holds(measured: list[Measured], floors: gate.Floors) -> dict[str, bool]:
    return {verdict.name: verdict.holds for verdict in gate.verdicts(measured, floors)}


def test_no_figure_of_what_ships_is_under_its_floor() -> None:
    measured, floors = measure(), gate.read()
    assert {v.name: (v.value, v.floor) for v in gate.verdicts(measured, floors) if not v.holds} == {}
    assert gate.gone(measured, floors) == 0
    assert len(floors.texts) > 150
    assert set(floors.figures) == set(gate.pinned(measured, None, down=False).figures)


def test_three_items_are_forgiven_where_the_model_has_a_part_and_none_where_rules_decide() -> None:
    floors = gate.pinned(texts(90), None, down=False)
    assert holds(texts(90), floors) == {"cases/relation/lenient": True, "labels/stance": True}
    assert holds(texts(87), floors) == {"cases/relation/lenient": True, "labels/stance": False}
    assert holds(texts(86), floors) == {"cases/relation/lenient": False, "labels/stance": False}


def test_of_many_items_one_in_a_hundred_is_forgiven() -> None:
    floors = gate.pinned(texts(900, of=1000), None, down=False)
    assert holds(texts(890, of=1000), floors)["cases/relation/lenient"]
    assert not holds(texts(889, of=1000), floors)["cases/relation/lenient"]


def test_texts_that_came_later_are_not_judged_until_they_are_pinned() -> None:
    floors = gate.pinned(texts(90), None, down=False)
    assert all(holds(texts(90, 10), floors).values())
    assert gate.pinned(texts(90, 10), floors, down=False).figures == dict.fromkeys(NAMES, 0.5)


def test_a_figure_that_is_no_longer_measured_has_dropped() -> None:
    floors = gate.Floors({"cases/nested": 0.9}, ["t0"])
    assert holds(texts(90), floors) == {"cases/nested": False}


def test_pinning_moves_up_by_itself_and_down_only_when_told() -> None:
    floors = gate.pinned(texts(90), None, down=False)
    assert gate.pinned(texts(95), floors, down=False).figures["labels/stance"] == 0.95
    lower = [Measured("t0", {NAMES[0]: Count(89, 100, 100), NAMES[1]: Count(90, 100, 100)})]
    assert gate.pinned(lower, floors, down=False) == floors
    with pytest.raises(ValueError, match="say --down"):
        gate.pinned(texts(50), floors, down=False)
    assert gate.pinned(texts(50), floors, down=True).figures["labels/stance"] == 0.5


def test_a_pinned_text_that_is_gone_is_not_passed_over() -> None:
    floors = gate.pinned(texts(90, 80), None, down=False)
    assert gate.gone(texts(90), floors) == 1
    with pytest.raises(ValueError, match="gone"):
        gate.pinned(texts(90), floors, down=False)


@pytest.mark.parametrize(("right", "code"), [((90,), 0), ((10,), 1), ((), 1)])
def test_the_command_shows_every_figure_and_ends_with_a_code(
    right: tuple[int, ...],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "measure", lambda: texts(90))
    assert gate.main(["--pin"]) == 0
    assert msgspec.json.decode((tmp_path / "floors.json").read_bytes())["texts"] == ["t0"]
    monkeypatch.setattr(gate, "measure", lambda: texts(*right))
    assert gate.main([]) == code
    assert ("DROPPED" in capsys.readouterr().out) == bool(code)
