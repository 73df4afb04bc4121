"""``inquit mcp``: a ledger for assistants."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from inquit import api
from inquit.cli.output import LEDGER
from inquit.errors import WorkError


@click.command(short_help="Answer an assistant's questions about LEDGER.")
@click.argument("ledger", type=LEDGER)
def mcp(ledger: Path) -> int:
    """Answer an assistant's questions about LEDGER, by the Model Context Protocol.

    It speaks on standard input and output, so an assistant starts it; docs/mcp.md says how to tell it to. The ledger is
    only read.

    \b
    inquit mcp news.db
    """
    if find_spec("mcp") is None:
        raise WorkError("this needs the Model Context Protocol's library: pip install 'inquit[mcp]'")
    from inquit.mcp.server import serve  # noqa: PLC0415 - needs the extra

    with api.open(ledger) as kept:
        serve(kept)
    return 0
