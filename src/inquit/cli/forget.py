"""``inquit forget``: an article and all that hangs on it, out of a ledger."""

from __future__ import annotations

from pathlib import Path

import click

from inquit import pipeline
from inquit.cli.outlets import outlets_option, tell_others
from inquit.cli.output import LEDGER
from inquit.errors import UsageError
from inquit.keep import Ledger
from inquit.link.owners import Outlets


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("article")
@outlets_option
def forget(ledger: Path, *, article: str, outlets: Outlets) -> int:
    """Take an article out of LEDGER.

    ARTICLE is its id, or the beginning of it. Its statements, copies and occurrences go with it, its words leave the
    file, and what is left is linked again.

    \b
    inquit forget news.db a1:3f9c
    """
    with Ledger.open(ledger, write=True) as kept:
        found = kept.article(kept.resolve(article))
        if found is None:
            raise UsageError(f"{article} is no article; `inquit search {ledger} WORDS` shows ids")
        kept.forget(found.id)
        tell_others(kept, outlets)
        pipeline.link(kept, outlets)
    click.echo(f"inquit: forgot {found.id}", err=True)
    return 0
