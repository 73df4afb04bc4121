"""``inquit check``: a draft, before it is published."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO, TypeAlias

import click
from rich.console import Console

from inquit import pipeline
from inquit.check import RULES, Draft, Settings, drafted, primaries, settings
from inquit.check import check as findings_of
from inquit.check.sarif import sarif
from inquit.check.settings import nearest
from inquit.cli.account import Account
from inquit.cli.inputs import input_options
from inquit.cli.output import console, for_people, replacing
from inquit.errors import UsageError
from inquit.export.jsonl import JsonLines
from inquit.read import Options
from inquit.read.inputs import sources
from inquit.records import Finding, Problem, Reading
from inquit.show.findings_terminal import findings_report, findings_total, rules_report

Checked: TypeAlias = tuple[Draft, list[Finding]]

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("drafts", nargs=-1, metavar="DRAFT…")
@click.option("--against", multiple=True, type=_FILE, metavar="PRIMARY", help="Compare quotations with this document.")
@click.option("--rule", "only", multiple=True, metavar="RULE", help="Run this rule and no other; may be repeated.")
@click.option("--config", type=_FILE, help="The settings, instead of the nearest inquit.toml.")
@click.option("--list-rules", is_flag=True, help="List the rules, and whether they run, and do nothing else.")
@click.option("--jsonl", "mode", flag_value="jsonl", help="JSON lines (the default when piped).")
@click.option("--text", "mode", flag_value="text", help="A readable report (the default on a terminal).")
@click.option("--sarif", "mode", flag_value="sarif", help="SARIF 2.1.0, for editors and reviews of changes.")
@click.option("--out", type=_FILE, help="Write to FILE instead of standard output.")
@input_options
@click.option("--strict", is_flag=True, help="Exit with 1 when there was any Problem, too.")
def check(
    drafts: tuple[str, ...],
    *,
    against: tuple[Path, ...],
    only: tuple[str, ...],
    config: Path | None,
    list_rules: bool,
    mode: str | None,
    out: Path | None,
    options: Options,
    strict: bool,
) -> int:
    """Check drafts for what a standards desk asks before publication.

    DRAFT is a text, an HTML page, a folder of these, or - for standard input. The exit code is 1 when there are
    findings. Rules are switched and set in the nearest inquit.toml above the draft; docs/check.md describes them.

    \b
    inquit check draft.md
    inquit check draft.md --against speech.txt
    inquit check drafts/ --sarif --out findings.sarif
    """
    if list_rules:
        rules = _settings(config or nearest(Path.cwd() / "-"), only)
        rules_report(((r, rules.levels[r.id], r in rules.rules) for r in RULES), console())
        return 0
    if not drafts:
        raise UsageError("there is no DRAFT; name a file, a folder, or - for standard input")
    documents = primaries(map(str, against))
    account = Account()
    checked: list[Checked] = []
    problems: list[Problem] = []
    for path in _paths(drafts):
        rules = _settings(config or nearest(Path(path)), only)
        for item in account.watch(pipeline.readings([path], options, stdin=sys.stdin.buffer), reports=True):
            if isinstance(item, Reading):
                draft = drafted(item, path)
                checked.append((draft, findings_of(draft, rules, documents)))
            problems += [item] if isinstance(item, Problem) else item.problems
    _write(checked, problems, mode or ("jsonl" if out else None), out)
    return account.close(strict=strict) or int(any(findings for _, findings in checked))


@cache
def _settings(config: Path | None, only: tuple[str, ...]) -> Settings:
    return settings(config, only)


def _paths(drafts: Iterable[str]) -> Iterator[str]:
    """Each draft's path, folders walked; what is no path stays as it is and will be a Problem."""
    for given in drafts:
        for source in sources(given):
            yield given if isinstance(source, Problem) or source.path is None else str(source.path)


def _write(checked: Sequence[Checked], problems: Iterable[Problem], mode: str | None, out: Path | None) -> None:
    with _stream(out) as stream:
        if mode == "sarif":
            stream.write(sarif(checked))
        elif for_people(mode):
            _report(checked, _console(stream, out))
        else:
            lines = JsonLines(stream)
            for finding in (finding for _, findings in checked for finding in findings):
                lines.write(finding)
            for problem in problems:
                lines.write(problem)


@contextmanager
def _stream(out: Path | None) -> Iterator[BinaryIO]:
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with replacing(out) as stream:
            yield stream


def _console(stream: BinaryIO, out: Path | None) -> Console:
    if out is None:
        return console()
    return console(io.TextIOWrapper(stream, "utf-8", write_through=True), 100)


def _report(checked: Sequence[Checked], to: Console) -> None:
    for draft, findings in checked:
        findings_report(findings, draft.text, to)
    findings_total([finding for _, findings in checked for finding in findings], len(checked), to)
