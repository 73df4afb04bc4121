"""``inquit picture``: a ledger to look at."""

from __future__ import annotations

from pathlib import Path

import click

from inquit.cli.lookup import claim_of, surroundings
from inquit.cli.output import LEDGER, format_for, put
from inquit.errors import UsageError
from inquit.keep import Ledger
from inquit.show.chain import chain
from inquit.show.chain_svg import chain_svg
from inquit.show.kept import matrix_in, outlets_in
from inquit.show.png import png

_FORMATS = ("svg", "png")


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("kind", type=click.Choice(["chain", "outlets", "matrix"]))
@click.argument("claim", required=False)
@click.option("--to", type=click.Choice(_FORMATS), help="The format; by the end of FILE, else svg, unless given.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE, not standard output.")
@click.option(
    "--width",
    type=click.IntRange(320, 8000),
    default=1200,
    show_default=True,
    help="Pixels; a chain is as wide as it needs.",
)
@click.option(
    "--scale", type=click.FloatRange(0.5, 4), default=2.0, show_default=True, help="Of a png: pixels a pixel."
)
def picture(
    ledger: Path, *, kind: str, claim: str | None, to: str | None, out: Path | None, width: int, scale: float
) -> int:
    """Draw LEDGER.

    chain CLAIM is one claim from outlet to outlet, outlets when each outlet wrote (with CLAIM: took it up), matrix who
    is quoted by whom and how that is framed. png needs the extra "pictures". 390 pixels are the width of a phone.

    \b
    inquit picture news.db chain c1:9d1f --out chain.svg
    inquit picture news.db outlets --out outlets.png
    inquit picture news.db matrix --width 390 --out matrix.svg
    """
    format_ = format_for(to, out, _FORMATS, usual="svg", what="picture")
    with Ledger.open(ledger) as kept:
        drawn = _drawn(kept, ledger, kind, claim, width)
    put(out, drawn.encode("utf-8") if format_ == "svg" else png(drawn, scale=scale))
    return 0


def _drawn(kept: Ledger, path: Path, kind: str, given: str | None, width: int) -> str:
    claim = None if given is None else claim_of(kept, path, given)
    if kind == "outlets":
        return outlets_in(kept, claim, width=width)
    if kind == "matrix":
        if claim is not None:
            raise UsageError("matrix is of the whole ledger: leave the claim out")
        return matrix_in(kept, width=width)
    if claim is None:
        raise UsageError(f"chain is of one claim: name it; `inquit claims {path}` shows those that there are")
    around = surroundings(kept, claim)
    return chain_svg(chain(claim, around.statements, around.articles, around.copies))
