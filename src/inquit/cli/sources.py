"""``inquit sources``: who is made to say something."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from inquit.cli.lookup import articles_of, statements_of
from inquit.cli.output import LEDGER, LIMIT, console, for_people, json_lines, output_options
from inquit.keep import Ledger
from inquit.records import Source
from inquit.show.ledger_terminal import sources_report
from inquit.show.source_terminal import source_report


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("name", required=False)
@click.option("--party", help="Only those who speak for a party whose name has these words.")
@click.option("--outlet", help="Only those made to say something by an outlet whose name has these words.")
@LIMIT
@output_options
def sources(
    ledger: Path, *, name: str | None, party: str | None, outlet: str | None, limit: int, mode: str | None
) -> int:
    """List who is made to say something.

    Those with the most statements come first. With NAME the statements of each source whose name has these words, in
    order of time, and how each outlet frames them.

    \b
    inquit sources news.db --outlet "Harbour Post"
    inquit sources news.db "Ines Hallgard"
    """
    with Ledger.open(ledger) as kept:
        found = list(islice(_chosen(kept, name, party, outlet), limit))
        if for_people(mode):
            statements = statements_of(kept, (i for s in found for i in s.statements))
            if name is None:
                sources_report(found, statements, console())
            else:
                articles = articles_of(kept, (s.article for s in statements.values()))
                source_report(found, statements, articles, console())
        elif name is None:
            json_lines(found)
        else:
            said = statements_of(kept, (i for s in found for i in s.statements))
            json_lines((*articles_of(kept, (s.article for s in said.values())).values(), *said.values(), *found))
    return 0


def _chosen(kept: Ledger, name: str | None, party: str | None, outlet: str | None) -> Iterator[Source]:
    for source in kept.sources():
        outlets = "\n".join(source.outlets)
        asked = ((name, source.entity), (party, source.party or ""), (outlet, outlets))
        if all(part is None or part.casefold() in whole.casefold() for part, whole in asked):
            yield source
