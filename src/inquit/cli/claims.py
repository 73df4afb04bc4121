"""``inquit claims``: what several statements say, and on whose word."""

from __future__ import annotations

from pathlib import Path

import click

from inquit.cli.lookup import articles_of
from inquit.cli.output import ALL, LEDGER, LIMIT, console, for_people, json_lines, output_options
from inquit.keep import Ledger
from inquit.show.ledger_terminal import claims_report


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("words", nargs=-1)
@LIMIT
@output_options
def claims(ledger: Path, *, words: tuple[str, ...], limit: int, mode: str | None) -> int:
    """List the claims of LEDGER.

    Those in most outlets come first; with WORDS only those whose statements hold them.

    \b
    inquit claims news.db
    inquit claims news.db crane cracks --limit 5
    """
    with Ledger.open(ledger) as kept:
        found = list(kept.claims())
        if words:
            met = {hit.id for hit in kept.search(" ".join(words), limit=ALL)}
            found = [c for c in found if any(o.statement in met for o in c.occurrences)]
        outlets = {a.id: a.outlet for a in kept.articles()}
        chosen = sorted(found, key=lambda c: -len({outlets[o.article] for o in c.occurrences}))[:limit]
        if for_people(mode):
            claims_report(chosen, articles_of(kept, (o.article for c in chosen for o in c.occurrences)), console())
        else:
            json_lines(chosen)
    return 0
