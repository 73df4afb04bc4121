"""``inquit brief``: a dated report of a story."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from inquit.brief import EXCERPT, FORMATS, MOST_CLAIMS, render
from inquit.brief import brief as made
from inquit.cli.choosing import chosen_options
from inquit.cli.output import LEDGER, format_for, put
from inquit.errors import UsageError
from inquit.keep import Ledger, Wanted

_FOR_PROGRAMS = {"docx", "pdf"}


@click.command(short_help="Write a brief of LEDGER, with a note for each statement.")
@click.argument("ledger", type=LEDGER)
@click.argument("words", nargs=-1)
@click.option("--claim", "claims", multiple=True, help="This claim, by its id or the beginning of it; also repeatedly.")
@chosen_options
@click.option("--to", type=click.Choice(list(FORMATS)), help="The format; by the end of FILE, else md, unless given.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE, not standard output.")
@click.option("--title", help="The title of the brief.")
@click.option(
    "--excerpt",
    type=click.IntRange(0, 200),
    default=EXCERPT,
    show_default=True,
    help="Words of an article that are quoted at once.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=MOST_CLAIMS, show_default=True, help="Claims told at most."
)
def brief(
    ledger: Path,
    *,
    words: tuple[str, ...],
    claims: tuple[str, ...],
    wanted: Wanted,
    to: str | None,
    out: Path | None,
    title: str | None,
    excerpt: int,
    limit: int,
) -> int:
    """Write a brief of LEDGER: who says what, on whose word, with a note for each statement.

    With WORDS only of claims whose statements hold them, with the options only of those that fit. docx and pdf need
    the extra "brief"; docs/brief.md says what stands in it.

    \b
    inquit brief news.db crane cracks --out crane.pdf
    inquit brief news.db --claim c1:9d1f --since 2026-03-02 --to html --out crane.html
    """
    format_ = format_for(to, out, FORMATS, usual="md", what="format of a brief")
    if out is None and format_ in _FOR_PROGRAMS and sys.stdout.isatty():
        raise UsageError(f"{format_} is not for a terminal: name a file with --out")
    with Ledger.open(ledger) as kept:
        found = made(kept, wanted, words=" ".join(words), claims=claims, title=title, excerpt_words=excerpt, most=limit)
    put(out, render(found, format_))
    return 0
