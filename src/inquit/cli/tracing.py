"""How a traced claim is put out: a report, JSON lines, a picture, a page; for ``trace``, ``show`` and ``demo``."""

from __future__ import annotations

from pathlib import Path

from inquit.cli.lookup import Surroundings, surroundings
from inquit.cli.output import console, for_people, json_lines, written
from inquit.keep import Ledger
from inquit.records import Claim
from inquit.show.chain import chain
from inquit.show.chain_svg import chain_svg
from inquit.show.story_page import story_page
from inquit.show.trace_terminal import Grounds, trace_report


def put_out(
    ledger: Ledger,
    claim: Claim,
    *,
    mode: str | None,
    svg: Path | None = None,
    page: Path | None = None,
    bonds: bool = True,
) -> None:
    """Write the files asked for; without any, the report or the lines of the claim to standard output.

    ``bonds`` tells whether the report lists them, with scores and reasons.
    """
    around = surroundings(ledger, claim)
    account = chain(claim, around.statements, around.articles, around.copies)
    if svg is not None:
        written(svg, chain_svg(account))
    if page is not None:
        written(page, story_page(account))
    if svg is None and page is None:
        if for_people(mode):
            trace_report(account, console(), bonds=bonds, grounds=_grounds(claim, around) if bonds else {})
        else:
            json_lines((*around.articles.values(), *around.statements.values(), *around.copies, claim))


def _grounds(claim: Claim, around: Surroundings) -> Grounds:
    # What compares statements is slow to import, and only this report tells of it.
    from inquit.link.grounds import grounds  # noqa: PLC0415

    return grounds(claim.draws, around.statements, around.articles)
