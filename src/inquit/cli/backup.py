"""``inquit backup``: a copy of a ledger that is in use."""

from __future__ import annotations

from pathlib import Path

import click

from inquit import keep
from inquit.cli.output import LEDGER, held


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("to", type=LEDGER)
def backup(ledger: Path, *, to: Path) -> int:
    """Copy LEDGER to the file TO, while others write to it too.

    The copy is as LEDGER was at one moment. It is verified, and only then put in place of an older backup.

    \b
    inquit backup news.db backups/news-monday.db
    """
    counts = keep.backup(ledger, to)
    told = held(counts) if counts else "a ledger of an older version, of which the file was verified"
    click.echo(f"inquit: backed up to {to}: {told}", err=True)
    return 0
