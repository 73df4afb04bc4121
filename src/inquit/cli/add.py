"""``inquit add``: articles into a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from inquit import pipeline
from inquit.cli.account import Account
from inquit.cli.inputs import input_options
from inquit.cli.outlets import outlets_option, tell_others
from inquit.cli.output import LEDGER, held
from inquit.corpus.manifest import is_corpus
from inquit.corpus.taking import added as taken
from inquit.errors import UsageError
from inquit.keep import Ledger
from inquit.link.owners import Outlets
from inquit.pipeline import Kept
from inquit.read import Options
from inquit.records import Problem
from inquit.show.account import counted


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("inputs", nargs=-1, metavar="INPUT…")
@input_options
@outlets_option
@click.option("--again", is_flag=True, help="Read what LEDGER holds anew, with the present reader. Rulings hold on.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes, one a core of this machine unless given.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there was any Problem.")
def add(
    ledger: Path,
    inputs: tuple[str, ...],
    *,
    options: Options,
    outlets: Outlets,
    again: bool,
    workers: int | None,
    strict: bool,
) -> int:
    """Read articles into LEDGER and link them.

    LEDGER is one file; it is made when there is none. INPUT is what "inquit read" takes, or a folder that "inquit
    corpus" has filled. An article that is in the ledger is passed over, so a run that was stopped goes on when the same
    command is given again.

    \b
    inquit add news.db folder/ page.html
    inquit add news.db --again
    inquit add news.db table.csv --column outlet=publisher --column published=scrape_time
    """
    if not inputs and not again:
        raise UsageError("name what is to be read, or --again to read anew what the ledger holds")
    account = Account()
    with Ledger.open(ledger, write=True) if again else Ledger.create(ledger) as kept:
        added = chain.from_iterable(_added(kept, one, options) for one in inputs)
        for _ in account.watch(chain(pipeline.reread(kept) if again else (), added)):
            pass
        code = account.close(strict=strict)
        if lost := kept.unattached():
            account.tell(
                f"the words of {counted(len(lost), 'ruling')} were not found: inquit rule {ledger} --unattached"
            )
        tell_others(kept, outlets)
        if pipeline.link(kept, outlets, workers=workers):
            account.tell(f"the ledger holds {held(kept.counts())}")
    return code


def _added(kept: Ledger, given: str, options: Options) -> Iterator[Kept | Problem]:
    """One input's articles; what "inquit corpus" has read is not read again."""
    if is_corpus(Path(given)):
        return taken(kept, Path(given))
    return pipeline.add(kept, [given], options, stdin=sys.stdin.buffer)
