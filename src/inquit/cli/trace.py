"""``inquit trace``: one claim through time and outlets."""

from __future__ import annotations

from pathlib import Path

import click

from inquit.cli.lookup import claim_of
from inquit.cli.output import LEDGER, output_options
from inquit.cli.tracing import put_out
from inquit.keep import Ledger

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("claim")
@click.option("--svg", type=FILE, help="Write the chain as a picture to FILE.")
@click.option("--html", "page", type=FILE, help="Write one HTML page with the chain and its picture to FILE.")
@output_options
def trace(ledger: Path, *, claim: str, svg: Path | None, page: Path | None, mode: str | None) -> int:
    """Show one claim through time and outlets.

    Who said it, who took it over from whom, and the step where its attribution was lost.

    CLAIM is the id of a claim, or of one of its statements, or the beginning of one.

    \b
    inquit trace news.db c1:9d1f
    inquit trace news.db c1:9d1f --html chain.html --svg chain.svg
    """
    with Ledger.open(ledger) as kept:
        put_out(kept, claim_of(kept, ledger, claim), mode=mode, svg=svg, page=page)
    return 0
