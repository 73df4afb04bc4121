"""``inquit verify``: whether a ledger is sound."""

from __future__ import annotations

from pathlib import Path

import click

from inquit.cli.output import LEDGER, held
from inquit.errors import WorkError
from inquit.keep import Ledger


@click.command()
@click.argument("ledger", type=LEDGER)
def verify(ledger: Path) -> int:
    """Check that LEDGER is sound.

    The file, the references in it, and every id against what it stands for.
    """
    with _opened(ledger) as kept:
        findings = kept.verify()
        for finding in findings:
            click.echo(finding)
        if findings:
            raise WorkError(
                f"{ledger} is not sound: {len(findings)} findings; restore a backup, or add its inputs anew"
            )
        click.echo(f"sound: {held(kept.counts())}", err=True)
    return 0


def _opened(ledger: Path) -> Ledger:
    """For writing where that is allowed: the search index can only be checked then."""
    try:
        return Ledger.open(ledger, write=True)
    except WorkError:
        return Ledger.open(ledger)
