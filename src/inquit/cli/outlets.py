"""Which names of outlets, and which owners, linking goes by: ``--outlets``, ``inquit.toml``, else those that ship."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click

from inquit import pipeline
from inquit.cli.output import F
from inquit.errors import UsageError
from inquit.keep import Ledger
from inquit.link.owners import Outlets, known_outlets

_CONFIG = "inquit.toml"
_HELP = (
    "A file of outlets and owners to link by (docs/design/independence.md); else [outlets] file of inquit.toml here."
)


def outlets_option(command: F) -> F:
    """``--outlets FILE``, handed over as ``outlets``. Raises UsageError for a file that is not there or is none."""

    @wraps(command)
    def with_outlets(*given: object, outlets: Path | None, **others: object) -> int:
        return command(*given, outlets=outlets_of(outlets), **others)

    made: Callable[..., int] = click.option("--outlets", type=click.Path(path_type=Path), help=_HELP)(with_outlets)
    return made  # type: ignore[return-value]


def outlets_of(given: Path | None) -> Outlets:
    """Those of the file, or of the one that ``inquit.toml`` in the working directory names, over those that ship."""
    path = given or _configured(Path(_CONFIG))
    if path is None:
        return known_outlets()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"the outlets of {path} cannot be read: {error.strerror or error}") from error
    return known_outlets().with_file(raw, str(path))


def tell_others(ledger: Ledger, outlets: Outlets) -> None:
    """Say so where linking is going to go over all of a ledger, since its outlets are others than before."""
    if pipeline.linked_otherwise(ledger, outlets):
        click.echo("inquit: it was linked with other outlets: every copy and claim is told anew with these", err=True)


def _configured(config: Path) -> Path | None:
    """The file that ``[outlets]`` of a configuration names, from the configuration's folder on."""
    if not config.is_file():
        return None
    try:
        table = tomllib.loads(config.read_text(encoding="utf-8")).get("outlets", {})
    except (OSError, ValueError) as error:
        raise UsageError(f"{config} cannot be read as TOML: {error}") from error
    if not isinstance(table, dict) or set(table) - {"file"} or not isinstance(table.get("file", ""), str):
        raise UsageError(f'{config}: [outlets] has one key, file = "outlets.toml"')
    return config.parent / table["file"] if table.get("file") else None
