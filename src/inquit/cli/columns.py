"""The option ``--column ours=theirs``."""

from __future__ import annotations

import click

from inquit.read.options import COLUMNS


class ColumnType(click.ParamType[tuple[str, str]]):
    """A pair ``ours=theirs`` where ``ours`` is a column that inquit knows."""

    name = "column"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The pair; fails as wrong usage."""
        if isinstance(value, tuple):
            return value
        ours, equals, theirs = value.partition("=")
        if not equals or not theirs or ours not in COLUMNS:
            self.fail(f"{value!r} is no OURS=THEIRS; OURS is one of {', '.join(COLUMNS)}", param, ctx)
        return ours, theirs


COLUMN = ColumnType()


def mapping(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Pairs as a mapping. Raises click.BadParameter when one of our columns is given twice."""
    ours = [pair[0] for pair in pairs]
    twice = {name for name in ours if ours.count(name) > 1}
    if twice:
        raise click.BadParameter(f"given twice: {', '.join(sorted(twice))}", param_hint="--column")
    return dict(pairs)
