"""``inquit read``: statements of files, folders and tables, kept nowhere."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from inquit import pipeline
from inquit.cli.account import Account
from inquit.cli.inputs import input_options
from inquit.cli.sink import chosen
from inquit.read import Options


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option("--jsonl", "mode", flag_value="jsonl", help="JSON lines (the default when piped).")
@click.option("--text", "mode", flag_value="text", help="A readable report (the default on a terminal).")
@click.option("--marked", "mode", flag_value="marked", help="The report with the text, its statements marked in it.")
@click.option("--why", is_flag=True, help="In the report, why each label is what it is.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write one HTML page to FILE.")
@input_options
@click.option("--strict", is_flag=True, help="Exit with 1 when there was any Problem.")
def read(
    inputs: tuple[str, ...],
    *,
    mode: str | None,
    why: bool,
    page: Path | None,
    options: Options,
    strict: bool,
) -> int:
    """Show who says what in articles.

    INPUT is a text, an HTML page, a feed, a table (JSONL, CSV, Parquet), a web archive (WARC, WACZ), a PDF, an
    EPUB, mail, news items (ninjs, NewsML-G2), a folder or archive of these, an address, or - for standard input.
    The word "examples" stands for the story that ships with the program.

    \b
    inquit read article.txt --outlet "Harbour Post" --published 2026-03-02
    inquit read page.html --html report.html
    inquit read --jsonl folder/ articles.csv --column outlet=publisher > statements.jsonl
    """
    account = Account()
    sink = chosen(mode, page, why=why)
    for item in account.watch(pipeline.readings(inputs, options, stdin=sys.stdin.buffer), reports=page is None):
        sink.write(item)
    sink.close()
    return account.close(strict=strict)
