"""``inquit export``: a ledger for other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from inquit.cli.output import LEDGER, replacing
from inquit.export import FORMATS, write
from inquit.keep import Ledger


@click.command()
@click.argument("ledger", type=LEDGER)
@click.option("--to", "format_", type=click.Choice(list(FORMATS)), required=True, help="The format.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE instead of standard output."
)
def export(ledger: Path, *, format_: str, out: Path | None) -> int:
    """Write LEDGER for other programs.

    jsonl has every article, statement, copy, claim and problem as "inquit read --jsonl" and docs/contract.md have
    them; csv has a row a statement, with its article and its claim.

    \b
    inquit export news.db --to jsonl > news.jsonl
    inquit export news.db --to csv --out statements.csv
    """
    with Ledger.open(ledger) as kept:
        if out is None:
            write(kept, format_, sys.stdout.buffer)
            return 0
        with replacing(out) as stream:
            write(kept, format_, stream)
    return 0
