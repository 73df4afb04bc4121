"""``inquit.toml``."""

from __future__ import annotations

from pathlib import Path

import pytest

from inquit.check import RULES, settings
from inquit.check.settings import nearest
from inquit.errors import UsageError


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "inquit.toml"


def test_without_a_file_every_rule_that_is_on_runs_at_its_level() -> None:
    found = settings()
    assert found.rules == tuple(rule for rule in RULES if rule.on)
    assert found.levels == {rule.id: rule.level for rule in RULES}


def test_a_file_switches_rules_off_and_sets_levels_and_options(config: Path) -> None:
    config.write_text(
        '[check]\noff = ["loaded-framing"]\nlevels = { single-source = "error" }\n[check.quote-changed]\nwords = 9\n'
        "[other]\nkey = 1\n"
    )
    found = settings(config)
    assert "loaded-framing" not in {rule.id for rule in found.rules}
    assert found.levels["single-source"] == "error"
    assert found.options["quote-changed"].words == 9  # type: ignore[attr-defined]


def test_a_rule_that_is_asked_for_runs_alone_even_when_it_is_off(config: Path) -> None:
    config.write_text('[check]\noff = ["loaded-framing"]\n')
    assert [rule.id for rule in settings(config, ("loaded-framing",)).rules] == ["loaded-framing"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[check]\noff = ["lodead-framing"]', "loaded-framing"),
        ('[check]\noff = "loaded-framing"', "list of rules"),
        ("[check]\nof = []", "off"),
        ('[check]\nlevels = { single-source = "fatal" }', "warning"),
        ('[check]\nlevels = { single = "note" }', "single-source"),
        ("[check.single-source]\nshares = 1", "share"),
        ('[check.single-source]\nshare = "all"', "share"),
        ("[check]\nsingle-source = 3", "single-source"),
        ("check = 3", "table"),
        ("[check", "TOML"),
    ],
)
def test_a_name_or_value_that_is_none_is_wrong_usage_that_names_those_that_are(
    config: Path, text: str, named: str
) -> None:
    config.write_text(text)
    with pytest.raises(UsageError, match=named):
        settings(config)


def test_a_missing_file_and_an_unknown_rule_are_wrong_usage(config: Path) -> None:
    with pytest.raises(UsageError, match=r"inquit\.toml"):
        settings(config)
    with pytest.raises(UsageError, match="quote-differs"):
        settings(None, ("quotes",))


def test_the_nearest_file_above_a_draft_is_taken(config: Path, tmp_path: Path) -> None:
    (tmp_path / "desk" / "monday").mkdir(parents=True)
    config.write_text("")
    assert nearest(tmp_path / "desk" / "monday" / "draft.md") == config
    nearer = tmp_path / "desk" / "inquit.toml"
    nearer.write_text("")
    assert nearest(tmp_path / "desk" / "monday" / "draft.md") == nearer


def test_the_docs_name_every_rule_with_its_level_and_options() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "check.md").read_text(encoding="utf-8")
    for rule in RULES:
        section = docs.split(f"### {rule.id}\n\n*{rule.level}.*")[1].split("\n##")[0]
        for name, default in zip(rule.options.__struct_fields__, rule.options.__struct_defaults__, strict=True):
            shown = {True: "true", False: "false", (): "[]"}.get(default, str(default))
            assert f"| `{name}` | {shown} |" in section
