"""``inquit demo``: the story that ships, from its pages to the chain of its claim."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from inquit import pipeline
from inquit.cli.account import Account
from inquit.cli.output import LEDGER, held, output_options
from inquit.cli.tracing import put_out
from inquit.errors import WorkError
from inquit.keep import Ledger


@click.command()
@click.option("--ledger", type=LEDGER, help="Keep the ledger in FILE, to go on with.")
@output_options
def demo(*, ledger: Path | None, mode: str | None) -> int:
    """Read the story that ships and trace its claim.

    It is invented: nine articles of five outlets, kept in a ledger of their own.

    \b
    inquit demo --ledger story.db && inquit claims story.db
    """
    with tempfile.TemporaryDirectory() as scratch, Ledger.create(ledger or Path(scratch) / "story.db") as kept:
        account = Account()
        for _ in account.watch(pipeline.add(kept, ["examples"])):
            pass
        pipeline.link(kept)
        account.tell(held(kept.counts()))
        claims = list(kept.claims())
        if not claims:
            raise WorkError("the story's claim was not found; reinstall inquit")
        put_out(kept, max(claims, key=lambda c: len({o.article for o in c.occurrences})), mode=mode, bonds=False)
    return 0
