"""``inquit show``: one record of a ledger."""

from __future__ import annotations

from pathlib import Path

import click

from inquit.cli.lookup import claim_of
from inquit.cli.output import LEDGER, console, for_people, json_lines, output_options
from inquit.cli.tracing import put_out
from inquit.errors import UsageError
from inquit.keep import Ledger
from inquit.show.ledger_terminal import statement_report
from inquit.show.terminal import report


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("ident", metavar="ID")
@click.option("--marked", is_flag=True, help="An article's text with its statements marked in it.")
@output_options
def show(ledger: Path, *, ident: str, marked: bool, mode: str | None) -> int:
    """Show an article, a statement or a claim.

    ID is its id, or the beginning of it.

    \b
    inquit show news.db a1:3f9c --marked
    """
    with Ledger.open(ledger) as kept:
        full = kept.resolve(ident)
        if full.startswith("c1:"):
            put_out(kept, claim_of(kept, ledger, full), mode=mode)
        elif full.startswith("s1:"):
            _statement(kept, full, mode)
        else:
            _article(kept, full, mode, marked=marked)
    return 0


def _article(ledger: Ledger, ident: str, mode: str | None, *, marked: bool) -> None:
    reading = ledger.reading(ident)
    if reading is None:
        raise UsageError(f"there is no article {ident}")
    if marked or for_people(mode):
        report(reading, console(), marked=marked)
    else:
        json_lines((reading.article, *reading.statements, *reading.problems))


def _statement(ledger: Ledger, ident: str, mode: str | None) -> None:
    statement = ledger.statement(ident)
    article = ledger.article(statement.article) if statement else None
    if statement is None or article is None:
        raise UsageError(f"there is no statement {ident}")
    if for_people(mode):
        statement_report(statement, article, console())
    else:
        json_lines((statement,))
