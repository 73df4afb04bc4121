"""``inquit search``: articles and statements that hold words."""

from __future__ import annotations

from pathlib import Path

import click

from inquit.cli.output import LEDGER, LIMIT, console, for_people, json_lines, output_options
from inquit.keep import Ledger
from inquit.show.ledger_terminal import hits_report


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("words", nargs=-1, required=True)
@LIMIT
@output_options
def search(ledger: Path, *, words: tuple[str, ...], limit: int, mode: str | None) -> int:
    """Find articles and statements by their words.

    Those that hold all WORDS, the best first; "…" holds a phrase together.

    \b
    inquit search news.db crane inspectors
    inquit search news.db '"warned of cracks"' --limit 20
    """
    with Ledger.open(ledger) as kept:
        hits = kept.search(" ".join(words), limit=limit)
        if for_people(mode):
            hits_report(hits, console())
        else:
            found = (kept.article(h.id) if h.kind == "article" else kept.statement(h.id) for h in hits)
            json_lines(record for record in found if record is not None)
    return 0
