"""``inquit claims``: what several statements say, and on whose word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from inquit.cli.choosing import chosen_options
from inquit.cli.lookup import articles_of
from inquit.cli.output import ALL, LEDGER, LIMIT, console, for_people, json_lines, output_options
from inquit.keep import Ledger, Wanted
from inquit.records import Claim
from inquit.show.ledger_terminal import claims_report

_ORDERS: Mapping[str, Callable[[Claim, int], tuple[int, ...]]] = {
    "outlets": lambda _, outlets: (-outlets,),
    # Many outlets on one source come before few on many: that is what a reader cannot see.
    "independence": lambda claim, outlets: (claim.independent_sources, -outlets),
    "laundering": lambda claim, outlets: (-len(claim.laundering), -outlets),
    "time": lambda _, __: (),
}


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("words", nargs=-1)
@click.option(
    "--sort",
    type=click.Choice(list(_ORDERS)),
    default="outlets",
    help="Most outlets first (the default); fewest independent sources; most laundering; in order of time.",
)
@chosen_options
@LIMIT
@output_options
def claims(ledger: Path, *, words: tuple[str, ...], sort: str, wanted: Wanted, limit: int, mode: str | None) -> int:
    """List the claims of LEDGER.

    With WORDS only those whose statements hold them, with the options only those with a statement that fits them all.

    \b
    inquit claims news.db
    inquit claims news.db crane cracks --limit 5
    inquit claims news.db --source "Ines Hallgard" --since 2026-03-02 --sort laundering
    """
    with Ledger.open(ledger) as kept:
        found = list(kept.chosen(wanted))
        if words:
            met = {hit.id for hit in kept.search(" ".join(words), limit=ALL)}
            found = [c for c in found if any(o.statement in met for o in c.occurrences)]
        outlets = {a.id: a.outlet for a in kept.articles()}
        chosen = _in_order(found, sort, outlets)[:limit]
        if for_people(mode):
            claims_report(chosen, articles_of(kept, (o.article for c in chosen for o in c.occurrences)), console())
        else:
            json_lines(chosen)
    return 0


def _in_order(found: Sequence[Claim], sort: str, outlets: Mapping[str, str | None]) -> list[Claim]:
    order = _ORDERS[sort]
    return sorted(found, key=lambda claim: order(claim, len({outlets[o.article] for o in claim.occurrences})))
