"""Which rules run, at which level and with which options: the table ``[check]`` of ``inquit.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import msgspec

from inquit.check.rules import RULES, Rule
from inquit.errors import UsageError
from inquit.records import Level

NAME = "inquit.toml"
_IDS = {rule.id: rule for rule in RULES}
_KEYS = ("off", "levels")


class Settings(msgspec.Struct, frozen=True):
    """The rules that run, in order, and each one's level and options."""

    rules: tuple[Rule, ...]
    levels: dict[str, Level]
    options: dict[str, msgspec.Struct]


def settings(config: Path | None = None, only: Sequence[str] = ()) -> Settings:
    """What a file says, the defaults where it says nothing; with ``only`` these rules run, even those it turns off.

    Raises UsageError for a file that is no TOML and for names and values that are none, naming those that are.
    """
    given = _table(config)
    where = f"{config}: [check]"
    unknown = [key for key in given if key not in _KEYS and key not in _IDS]
    if unknown:
        raise UsageError(f"{where} has no {unknown[0]!r}; there are {', '.join((*_KEYS, *_IDS))}")
    off, levels = _off(given, where), _levels(given, where)
    wanted = _known(only, "--rule")
    return Settings(
        rules=tuple(r for r in RULES if (r.id in wanted if wanted else r.on and r.id not in off)),
        levels={r.id: levels.get(r.id, r.level) for r in RULES},
        options={r.id: _options(r, given.get(r.id, {}), where) for r in RULES},
    )


def nearest(draft: Path) -> Path | None:
    """The file ``inquit.toml`` in the draft's folder or the nearest one above it."""
    folder = draft.absolute().parent
    return next((place for up in (folder, *folder.parents) if (place := up / NAME).is_file()), None)


def _table(config: Path | None) -> Mapping[str, Any]:
    if config is None:
        return {}
    try:
        found = tomllib.loads(config.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {config}") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{config} cannot be read as TOML: {error}") from error
    table = found.get("check", {})
    if not isinstance(table, dict):
        raise UsageError(f"{config}: check has to be a table, [check]")
    return table


def _known(names: object, where: str) -> tuple[str, ...]:
    """Names of rules. Raises UsageError for others."""
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise UsageError(f"{where} has to be a list of rules; there are {', '.join(_IDS)}")
    unknown = [name for name in names if name not in _IDS]
    if unknown:
        raise UsageError(f"{where}: there is no rule {unknown[0]!r}; there are {', '.join(_IDS)}")
    return tuple(names)


def _off(given: Mapping[str, Any], where: str) -> tuple[str, ...]:
    return _known(given.get("off", ()), f"{where} off")


def _levels(given: Mapping[str, Any], where: str) -> dict[str, Level]:
    levels = given.get("levels", {})
    if not isinstance(levels, dict):
        raise UsageError(f"{where} levels has to be a table, [check.levels]")
    _known(list(levels), f"{where} levels")
    for name, level in levels.items():
        if level not in get_args(Level):
            raise UsageError(f"{where} levels: {name} is {level!r}; it has to be one of {', '.join(get_args(Level))}")
    return dict(levels)


def _options(rule: Rule, given: object, where: str) -> msgspec.Struct:
    fields = rule.options.__struct_fields__
    unknown = [name for name in given if name not in fields] if isinstance(given, dict) else []
    if unknown:
        raise UsageError(f"{where} {rule.id} has no {unknown[0]!r}; there is {', '.join(fields) or 'nothing to set'}")
    try:
        return msgspec.convert(given, type=rule.options)
    except msgspec.ValidationError as error:
        raise UsageError(f"{where} {rule.id}: {error}") from error
