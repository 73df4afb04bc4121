"""``inquit rule``: a person's rulings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar, get_args

import click

from inquit import pipeline
from inquit.cli.outlets import outlets_option, tell_others
from inquit.cli.output import LEDGER, LIMIT, console, for_people, json_lines, output_options
from inquit.cli.ruling import Given, drafts_of, ident_of, ruling_of, unheard, wish
from inquit.cli.who import who as this_person
from inquit.errors import UsageError
from inquit.keep import Draft, Ledger
from inquit.link.owners import Outlets
from inquit.records import Framing, Ruling, Says, Stance, Standing
from inquit.show.rulings_terminal import rulings_report

F = TypeVar("F", bound=Callable[..., int])


def _value_options(command: F) -> F:
    for option in reversed(
        (
            click.option("--content", multiple=True, help="Words of the content; again for each part of it."),
            click.option("--source", multiple=True, help="Words that name who says it."),
            click.option("--cue", multiple=True, help="Words that make it an attribution."),
            click.option("--entity", help="Who says it."),
            click.option("--party", help="For whom they speak."),
            click.option("--through", help="Through what."),
            click.option("--standing", type=click.Choice(get_args(Standing))),
            click.option("--stance", type=click.Choice(get_args(Stance))),
            click.option("--framing", type=click.Choice(get_args(Framing))),
            click.option("--inside", help="The statement inside which a missed one stands."),
            click.option("--own-voice", is_flag=True, help="Nobody is made to say it but the outlet."),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("ledger", type=LEDGER)
@click.argument("about", required=False)
@click.argument("says", required=False, type=click.Choice(get_args(Says)), metavar="[SAYS]")
@click.argument("value", required=False)
@_value_options
@click.option("--reason", help="Why.")
@click.option("--who", help="In whose name: INQUIT_WHO unless given, else the name of this machine's user.")
@click.option("--seen", help="The last ruling about it that you know: one made since then is a conflict.")
@click.option("--undo", metavar="RULING", help="Withdraw a ruling; it stays in the history.")
@click.option("--history", is_flag=True, help="The rulings about ABOUT, or all of them, the newest first.")
@click.option("--unattached", is_flag=True, help="The rulings whose words were not found again.")
@click.option("--from", "file", type=click.File("rb"), help="Rulings as JSON lines, as `inquit export` writes them.")
@LIMIT
@outlets_option
@output_options
def rule(
    ledger: Path,
    *,
    about: str | None,
    says: str | None,
    value: str | None,
    reason: str | None,
    who: str | None,
    seen: str | None,
    undo: str | None,
    history: bool,
    unattached: bool,
    file: BinaryIO | None,
    limit: int,
    outlets: Outlets,
    mode: str | None,
    **given: object,
) -> int:
    """Rule on what LEDGER holds.

    ABOUT is the id of a statement, claim or article, or the beginning of one, or a name; SAYS is what you rule, one of
    those below; VALUE what is right. What is shown follows at once, and `--undo` brings back what was.

    \b
    inquit rule news.db s1:3f9c not-a-statement --reason "a caption"
    inquit rule news.db s1:3f9c wrong-span --content "the pier is safe"
    inquit rule news.db s1:3f9c wrong-source --entity "Mara Voss" --party "Port of Ellin"
    inquit rule news.db s1:3f9c wrong-source --own-voice
    inquit rule news.db a1:77b0 missed --content "It is safe" --source "Ms Voss" --cue said
    inquit rule news.db s1:3f9c same-claim s1:90aa
    inquit rule news.db s1:3f9c not-same-claim c1:1d02
    inquit rule news.db council same-entity "Ellin Council"
    inquit rule news.db a1:77b0 wrong-outlet "Harbour Post"
    inquit rule news.db a1:77b0 wrong-date 2031-04-08
    inquit rule news.db "Harbour Post" reliability B --reason "own reporters"
    inquit rule news.db c1:1d02 credibility 2
    inquit rule news.db c1:1d02 note "asked the port on Monday"
    inquit rule news.db --undo r1:5b2e
    inquit rule news.db --history s1:3f9c
    inquit rule news.db --from rulings.jsonl
    """
    if sum((undo is not None, history, unattached, file is not None)) > 1:
        raise UsageError("--undo, --history, --unattached and --from are four things: ask for one")
    if history or unattached:
        with Ledger.open(ledger) as kept:
            found = kept.unattached() if unattached else kept.rulings(about=about and ident_of(kept, about))
            return _tell(found[:limit], mode)
    name = who or this_person()
    with Ledger.open(ledger, write=True) as kept:
        tell_others(kept, outlets)
        if undo is not None:
            made = [pipeline.withdraw(kept, ruling_of(kept, undo), who=name, seen=seen, outlets=outlets)]
        elif file is not None:
            made = [kept.rule(draft) for draft in drafts_of(file, name)]
            pipeline.link(kept, outlets)
        else:
            draft = wish(kept, Given(about=about, says=says, value=value, reason=reason, who=name, labels=given))
            _tell_unheard(kept, draft)
            made = [pipeline.rule(kept, draft, seen=seen, outlets=outlets)]
    return _tell(made, mode)


def _tell_unheard(ledger: Ledger, draft: Draft) -> None:
    if unheard(ledger, draft):
        click.echo(
            f"inquit: nobody in the ledger is called {draft.about!r}, so nothing that is shown changes by now:"
            f" `inquit sources {ledger.path} WORD` has names as they are",
            err=True,
        )


def _tell(rulings: list[Ruling], mode: str | None) -> int:
    if for_people(mode):
        rulings_report(rulings, console())
    else:
        json_lines(rulings)
    return 0
