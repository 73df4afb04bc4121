"""``inquit export``: a ledger for other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from inquit.cli.output import LEDGER, replacing, replacing_folder
from inquit.errors import UsageError
from inquit.export import export_folder, format_of, formats, records, write
from inquit.keep import Ledger


@click.command()
@click.argument("ledger", type=LEDGER)
@click.option("--to", "format_", type=click.Choice(formats()), required=True, help="The format.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to PATH instead of standard output.")
def export(ledger: Path, *, format_: str, out: Path | None) -> int:
    """Write LEDGER for other programs.

    jsonl has every article, statement, copy, claim, ruling and problem as "inquit read --jsonl" and docs/contract.md
    have them, parquet the same in columns; docs/exports.md says what the others keep. brat and training, which has the
    articles that people have corrected, are folders of files: PATH is that folder, which must not exist or be empty,
    and standard output gets it as a tar archive.

    \b
    inquit export news.db --to jsonl > news.jsonl
    inquit export news.db --to csv --out statements.csv
    inquit export news.db --to brat --out annotations
    """
    with Ledger.open(ledger) as kept:
        if out is None:
            write(kept, format_, sys.stdout.buffer)
        elif format_of(format_).folder:
            with replacing_folder(out) as folder:
                export_folder(records(kept, format_), format_, folder)
        elif out.is_dir():
            raise UsageError(f"{out} is a folder and {format_} is one file: name the file")
        else:
            with replacing(out) as stream:
                write(kept, format_, stream)
    return 0
