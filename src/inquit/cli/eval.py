"""``inquit eval``: how good a reader is on a corpus that people marked."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from inquit.cli.account import Account
from inquit.cli.output import console, for_people, output_options
from inquit.errors import UsageError
from inquit.evaluate import By, evaluate, from_file, given, load, readings
from inquit.evaluate.figures import BY
from inquit.show.eval_terminal import evaluation_report

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(short_help="Score a reader on texts that people marked.")
@click.argument("corpus", type=FOLDER)
@click.option("--predictions", type=click.Path(dir_okay=False, path_type=Path), help="JSON lines to score.")
@click.option("--model", type=FOLDER, help="A reader's folder, instead of the one that ships.")
@click.option("--by", multiple=True, type=click.Choice(BY), help="Recall by that as well; may be given several times.")
@click.option("--seed", default=1, help="Of the resamples that make the intervals.")
@output_options
def eval(  # noqa: A001 - the verb's name
    corpus: Path, *, predictions: Path | None, model: Path | None, by: tuple[By, ...], seed: int, mode: str | None
) -> int:
    """Score a reader on CORPUS, texts that people marked in brat's standoff.

    CORPUS holds text/ID.txt and attributions/ID_ANNOTATOR.ann, or ID.txt beside ID.ann.

    \b
    inquit eval corpus/ --by form --by distance
    inquit eval corpus/ --predictions others.jsonl --jsonl
    """
    if predictions is not None and model is not None:
        raise UsageError("--predictions are scored as they are; leave --model out, or let it read without them")
    articles = load(corpus)
    read = Account().watch(readings(articles, model)) if predictions is None else ()
    found = given(read) if predictions is None else from_file(predictions, articles)
    result = evaluate(articles, found, by=by, seed=seed)
    if for_people(mode):
        evaluation_report(result, console())
    else:
        sys.stdout.buffer.writelines(msgspec.json.encode(line) + b"\n" for line in result.lines())
    return 0
