"""What a caller may say about inputs: the options of every verb that reads, handed over as one ``Options``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import click

from inquit.cli.columns import COLUMN, mapping
from inquit.read import Options


def input_options(command: Callable[..., int]) -> Callable[..., int]:
    """``--outlet``, ``--published``, ``--title``, ``--url`` and ``--column``, as the keyword ``options``."""

    @wraps(command)
    def given(
        *,
        outlet: str | None,
        published: str | None,
        title: str | None,
        url: str | None,
        columns: tuple[tuple[str, str], ...],
        **others: object,
    ) -> int:
        options = Options(outlet=outlet, published=published, url=url, title=title, columns=mapping(columns))
        return command(options=options, **others)

    for option in reversed(
        (
            click.option("--outlet", help="The outlet, where the input does not say it."),
            click.option("--published", help="The date or time of publication, ISO 8601."),
            click.option("--title", help="The headline."),
            click.option("--url", help="The article's address."),
            click.option(
                "--column", "columns", multiple=True, type=COLUMN, metavar="OURS=THEIRS", help="A table's column."
            ),
        )
    ):
        given = option(given)
    return given
