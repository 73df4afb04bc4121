"""The docs say what the program does: what is generated is as it would be made now, what is shown is printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from inquit.cli.main import inquit
from inquit.errors import PROBLEMS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MADE = re.compile(r"^```console$|^<!-- output: |^<!-- made by docs/build.py", re.MULTILINE)
BLOCK = re.compile(r"^```(?P<kind>sh|console|)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
FOREIGN = "roll"  # the format of the plug-in that docs/plugins.md makes
# What the shell takes for itself begins here.
SHELL = re.compile(r" (?:[|>&]|&&|2>|#)")


def made() -> list[str]:
    pages = [p.relative_to(ROOT).as_posix() for p in PAGES if MADE.search(p.read_text(encoding="utf-8"))]
    return ["docs/schema.json", "docs/assets/chain.svg", *pages]


def commands(page: Path) -> Iterator[list[str]]:
    """The commands of a page as lists of words, those with a blank to fill in (INPUT…, [options], LEDGER) aside."""
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        for line in block["body"].splitlines():
            said = re.match(r"(?:\$ )?(?:\S+ \| )?(?:\S+/)?inquit (?P<rest>.*)", line)
            if said and not re.search(r"…|\[|LEDGER|DRAFT|\bID\b", said["rest"]):
                for part in said["rest"].split("&& inquit "):
                    yield shlex.split(SHELL.split(part + " ")[0])


@pytest.mark.parametrize("place", made())
def test_what_is_made_is_as_it_would_be_made_now(place: str) -> None:
    done = subprocess.run(
        [sys.executable, "docs/build.py", "--check", place], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, f"python docs/build.py {place}\n{done.stderr.decode()}"


def test_no_part_that_is_made_is_left_out_above() -> None:
    listed = subprocess.run([sys.executable, "docs/build.py", "--list"], cwd=ROOT, capture_output=True, check=True)
    assert sorted(listed.stdout.decode().splitlines()) == sorted(made())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_shown_has_the_verbs_and_options_that_there_are(page: Path) -> None:
    for words in commands(page):
        understood(inquit, words)


def understood(command: click.Command, words: list[str]) -> None:
    """Raises where click would refuse the words; files need not be there."""
    context = click.Context(command, info_name="inquit")
    given, rest, _ = command.make_parser(context).parse_args(args=list(words))
    for parameter in command.params:
        value = given.get(parameter.name or "")
        if isinstance(parameter.type, click.Choice) and isinstance(value, str) and value != FOREIGN:
            parameter.type.convert(value, parameter, context)
    if isinstance(command, click.Group) and rest:
        inner = command.get_command(context, rest[0])
        assert inner is not None, f"there is no verb {rest[0]!r}"
        understood(inner, rest[1:])


def test_there_is_advice_for_every_code_of_a_problem_and_for_no_other() -> None:
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \| [^|]+ \|$", page.split("\n## Problems\n")[1], re.MULTILINE)
    assert {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)} == set(PROBLEMS)


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["nothing"],
        ["read", "--nothing"],
        ["export", "news.db", "--sort", "time"],
        ["claims", "l", "--sort", "x"],
    ],
)
def test_a_command_that_is_none_would_be_noticed(words: list[str]) -> None:
    if words == ["show"]:
        understood(inquit, words)
        return
    with pytest.raises((click.ClickException, AssertionError)):
        understood(inquit, words)
