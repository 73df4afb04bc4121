"""``inquit copies``: who took over whose text."""

from __future__ import annotations

from pathlib import Path

import click

from inquit.cli.lookup import articles_of
from inquit.cli.output import LEDGER, LIMIT, console, for_people, json_lines, output_options
from inquit.keep import Ledger
from inquit.show.ledger_terminal import copies_report


@click.command()
@click.argument("ledger", type=LEDGER)
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Only copies of at least this share of words.")
@LIMIT
@output_options
def copies(ledger: Path, *, least: float, limit: int, mode: str | None) -> int:
    """List who took over whose text.

    The largest shares come first.

    \b
    inquit copies news.db --least 0.5 --limit 20
    """
    with Ledger.open(ledger) as kept:
        found = sorted((c for c in kept.copies() if c.share >= least), key=lambda c: -c.share)[:limit]
        if for_people(mode):
            copies_report(found, articles_of(kept, (i for c in found for i in (c.from_, c.to))), console())
        else:
            json_lines(found)
    return 0
