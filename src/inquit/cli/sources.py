"""``inquit sources``: who is made to say something."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from inquit.cli.lookup import statements_of
from inquit.cli.output import LEDGER, LIMIT, console, for_people, json_lines, output_options
from inquit.keep import Ledger
from inquit.show.ledger_terminal import sources_report


@click.command()
@click.argument("ledger", type=LEDGER)
@LIMIT
@output_options
def sources(ledger: Path, *, limit: int, mode: str | None) -> int:
    """List who is made to say something.

    Those with the most statements come first.
    """
    with Ledger.open(ledger) as kept:
        found = list(islice(kept.sources(), limit))
        if for_people(mode):
            sources_report(found, statements_of(kept, (i for s in found for i in s.statements)), console())
        else:
            json_lines(found)
    return 0
