"""Options that choose among claims: by source, party, outlet and date."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import click

from inquit.cli.output import F
from inquit.clock import stretch
from inquit.errors import UsageError
from inquit.keep import Wanted

_OPTIONS = (
    click.option("--source", help="Said by a source whose name has these words."),
    click.option("--party", help="Said on behalf of a party whose name has these words."),
    click.option("--outlet", help="Carried by an outlet whose name has these words."),
    click.option("--since", metavar="DATE", help="Published on this date or later: 2026, 2026-03, 2026-03-02."),
    click.option("--until", metavar="DATE", help="Published on this date or earlier."),
)


def chosen_options(command: F) -> F:
    """The options, handed over as ``wanted``. Raises UsageError for a date that is none."""

    @wraps(command)
    def choosing(
        *given: object,
        source: str | None,
        party: str | None,
        outlet: str | None,
        since: str | None,
        until: str | None,
        **others: object,
    ) -> int:
        first = None if since is None else _covered(since, "--since")[0]
        end = None if until is None else _covered(until, "--until")[1]
        if first is not None and end is not None and first >= end:
            raise UsageError(f"--since {since} is later than --until {until}: no article is of both, so change one")
        wanted = Wanted(source=source, party=party, outlet=outlet, since=first, until=end)
        return command(*given, wanted=wanted, **others)

    made: Callable[..., int] = choosing
    for option in reversed(_OPTIONS):
        made = option(made)
    return made  # type: ignore[return-value]


def _covered(date: str, option: str) -> tuple[float, float]:
    found = stretch(date)
    if found is None:
        raise UsageError(f"{option} {date!r} is no date: write 2026, 2026-03 or 2026-03-02")
    return found
