"""``inquit verify``: whether a ledger is sound, and making it so."""

from __future__ import annotations

from pathlib import Path

import click

from inquit import pipeline
from inquit.cli.outlets import outlets_option
from inquit.cli.output import LEDGER, held
from inquit.errors import WorkError
from inquit.keep import Ledger
from inquit.link.owners import Outlets
from inquit.show.account import counted


@click.command()
@click.argument("ledger", type=LEDGER)
@click.option("--mend", is_flag=True, help="First make indexes, lists, copies and claims anew; claims keep their ids.")
@outlets_option
def verify(ledger: Path, *, mend: bool, outlets: Outlets) -> int:
    """Check that LEDGER is sound.

    The file, the references in it, every id against what it stands for, and all that follows from the records. Each
    finding names what mends it.
    """
    if mend:
        with Ledger.open(ledger, write=True) as kept:
            kept.mend()
            pipeline.link(kept, outlets)
    with _opened(ledger) as kept:
        findings = kept.verify()
        for finding in findings:
            click.echo(finding)
        if findings:
            raise WorkError(f"{ledger} is not sound: {counted(len(findings), 'finding')}, each with what mends it")
        click.echo(f"sound: {held(kept.counts())}", err=True)
    return 0


def _opened(ledger: Path) -> Ledger:
    """For writing where that is allowed: the search index can only be checked then."""
    try:
        return Ledger.open(ledger, write=True)
    except WorkError:
        return Ledger.open(ledger)
