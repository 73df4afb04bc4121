"""``inquit merge``: several ledgers become one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from inquit import keep, pipeline
from inquit.cli.outlets import outlets_option, tell_others
from inquit.cli.output import LEDGER, held
from inquit.errors import UsageError
from inquit.keep import Ledger
from inquit.link.owners import Outlets
from inquit.show.account import counted


@click.command(short_help="Take over into LEDGER what each OTHER holds, and link it.")
@click.argument("ledger", type=LEDGER)
@click.argument("others", nargs=-1, required=True, type=LEDGER, metavar="OTHER…")
@outlets_option
def merge(ledger: Path, others: tuple[Path, ...], *, outlets: Outlets) -> int:
    """Take over into LEDGER what each OTHER holds, then link all of it.

    LEDGER is made when there is none; an OTHER is only read. What both hold stays as LEDGER has it. A run that was
    stopped goes on when the same command is given again.

    \b
    inquit merge news.db colleague.db
    inquit merge all.db monday.db tuesday.db
    """
    for other in _once(ledger, others):
        keep.see(other)
    with Ledger.create(ledger) as kept:
        for other in _once(ledger, others):
            merged = kept.merge(other)
            came = f"{counted(merged.articles, 'article')} with {counted(merged.statements, 'statement')}"
            click.echo(f"inquit: {other}: {came}; {merged.held:,} were there", err=True)
        tell_others(kept, outlets)
        pipeline.link(kept, outlets)
        click.echo(f"inquit: the ledger holds {held(kept.counts())}", err=True)
    return 0


def _once(ledger: Path, others: Sequence[Path]) -> list[Path]:
    """The others, each once. Raises UsageError when one of them is the ledger itself."""
    if any(other.resolve() == ledger.resolve() for other in others):
        raise UsageError(f"{ledger} is to be merged with itself: name others")
    return list({other.resolve(): other for other in others}.values())
