"""``inquit datasette``: what Datasette has to be told of a ledger."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from inquit.cli.output import LEDGER, put
from inquit.keep import Ledger
from inquit.keep.datasette import metadata


@click.command()
@click.argument("ledger", type=LEDGER)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE instead of standard output."
)
def datasette(ledger: Path, *, out: Path | None) -> int:
    """Describe the tables of LEDGER for Datasette.

    Datasette shows any SQLite file in a browser; with this metadata it says what tables and columns mean, and has
    facets, search and queries ready.

    \b
    inquit datasette news.db --out metadata.json
    datasette news.db --metadata metadata.json
    """
    with Ledger.open(ledger):
        put(out, msgspec.json.format(msgspec.json.encode(metadata(ledger))) + b"\n")
    return 0
