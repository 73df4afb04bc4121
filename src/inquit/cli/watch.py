"""``inquit watch``: feeds and sitemaps into a ledger, round by round."""

from __future__ import annotations

import time
from pathlib import Path

import click
import msgspec

from inquit import pipeline
from inquit.cli.interrupts import remembered
from inquit.cli.outlets import outlets_option, tell_others
from inquit.cli.output import LEDGER, LIMIT, held, output_options
from inquit.cli.watching import Teller
from inquit.errors import UsageError, WorkError
from inquit.keep import Ledger
from inquit.link.owners import Outlets
from inquit.read.fetch import Manners, checked
from inquit.watch.feed_lists import feed_addresses
from inquit.watch.rounds import MOST_NEW, Watch, kept_changes


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("feeds", nargs=-1, metavar="[FEEDS…]")
@click.option("--once", is_flag=True, help="One round, then end.")
@click.option(
    "--every", type=click.FloatRange(min=1), default=15.0, metavar="MINUTES", help="From round to round (15)."
)
@click.option("--most", type=click.IntRange(min=1), default=MOST_NEW, help=f"Newest entries of a feed ({MOST_NEW}).")
@click.option("--user-agent", default=Manners().user_agent, help="Who you are and where to reach you.")
@click.option("--delay", type=float, default=Manners().delay, help="Seconds between two requests to one host (1).")
@click.option("--timeout", type=float, default=Manners().timeout, help="Seconds that an address may take (30).")
@click.option("--max-bytes", type=int, default=Manners().max_bytes, help="The largest page or feed (10 MiB).")
@click.option("--log", is_flag=True, help="Show what was fetched, and end; --limit N of it.")
@click.option("--changes", "changed", is_flag=True, help="Show what changed between versions, and end.")
@click.option("--strict", is_flag=True, help="With --once: exit with 1 when there was any Problem.")
@LIMIT
@outlets_option
@output_options
def watch(
    ledger: Path,
    feeds: tuple[str, ...],
    *,
    once: bool,
    every: float,
    most: int,
    log: bool,
    changed: bool,
    limit: int,
    outlets: Outlets,
    mode: str | None,
    strict: bool,
    **manners: str | float,
) -> int:
    """Keep the articles of FEEDS in LEDGER, and their later versions.

    FEEDS are addresses of feeds (RSS, Atom, JSON Feed) and sitemaps, OPML files, or texts with an address in each line;
    without any, those that LEDGER has watched before.

    \b
    inquit watch news.db feeds.opml
    inquit watch news.db https://harbourpost.example/feed --once
    inquit watch news.db --log --limit 50
    inquit watch news.db --changes
    """
    teller = Teller(mode)
    if log or changed:
        return _shown(ledger, teller, limit if log else None)
    given, how = feed_addresses(feeds), checked(msgspec.convert(manners, Manners))
    with Ledger.create(ledger) if given else Ledger.open(ledger, write=True) as kept:
        addresses = given or [feed.address for feed in kept.watching().feeds()]
        if not addresses:
            raise UsageError(f"{ledger} knows no feeds yet: name the FEEDS to watch")
        watching = Watch(kept, addresses, how, most_new=most)
        with remembered() as interrupted:
            while True:
                begun = time.monotonic()
                _round(watching, kept, outlets, teller, every * 60)
                if once:
                    break
                interrupted()
                time.sleep(max(0.0, begun + every * 60 - time.monotonic()))
        if all(feed is None or feed.failures for feed in map(kept.watching().feed, addresses)):
            raise WorkError("none of the feeds could be read: see above, or `--log`")
    return 1 if strict and teller.problems else 0


def _shown(ledger: Path, teller: Teller, fetches: int | None) -> int:
    """Tell so many fetches, or else all changes."""
    with Ledger.open(ledger) as kept:
        for told in kept_changes(kept) if fetches is None else kept.watching().fetches(fetches):
            teller.tell(told, versions_only=True)
    return 0


def _round(watching: Watch, kept: Ledger, outlets: Outlets, teller: Teller, longest: float) -> None:
    for event in watching.round(longest):
        teller.tell(event)
    tell_others(kept, outlets)
    pipeline.link(kept, outlets)
    click.echo(f"inquit: {teller.summed()}; the ledger holds {held(kept.counts())}", err=True)
