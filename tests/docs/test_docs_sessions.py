"""Sessions in the docs: commands are run in order, in one folder; what passes stays as the page has it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

RULED = "r1:0123456789abcdef0123"


@pytest.fixture(scope="module")
def sessions() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sessions", Path(__file__).parents[2] / "docs" / "sessions.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(*steps: str) -> str:
    return "# Page\n\n```console\n" + "".join(steps) + "```\n\nText.\n"


def test_what_a_command_prints_stands_below_it_instead_of_what_stood_there(sessions: ModuleType) -> None:
    before = page("$ echo one\nanother\n", "$ true\n$ echo trouble >&2; exit 3\n")
    assert sessions.rerun(before) == page("$ echo one\none\n", "$ true\n$ echo trouble >&2; exit 3\ntrouble\n")


def test_files_of_a_page_are_there_and_commands_share_a_folder(sessions: ModuleType) -> None:
    files = '```text title="in/a.txt"\nHarbour\n```\n'
    before = files + page("$ cat in/a.txt > b.txt\n$ cat b.txt\n")
    assert sessions.rerun(before) == files + page("$ cat in/a.txt > b.txt\n$ cat b.txt\nHarbour\n")


def test_output_goes_to_a_terminal_and_comes_without_its_signs(sessions: ModuleType) -> None:
    step = "$ test -t 1 && printf '\\033[1m%s\\033[0m  \\n' $INQUIT_WHO\n"
    assert sessions.rerun(page(step)) == page(step + "ana\n")


@pytest.mark.parametrize(
    ("told", "now"),
    [
        (RULED, "r1:ffff456789abcdef0123"),
        ("at 2026-03-04T09:12:30.250000Z", "at 2027-01-01T00:00:00.000001Z"),
        ("Made Wed 4 Mar 2026 09:12 UTC", "Made Fri 1 Jan 2027 00:00 UTC"),
        ("score 0.43", "score 0.44"),
    ],
)
def test_what_differs_from_run_to_run_stays_as_it_was(sessions: ModuleType, told: str, now: str) -> None:
    before = page(f"$ echo {now}\n{told}\n")
    assert sessions.rerun(before) == before


def test_a_count_that_differs_does_not_stay(sessions: ModuleType) -> None:
    assert sessions.rerun(page("$ echo 2 claims\n3 claims\n")) == page("$ echo 2 claims\n2 claims\n")


def test_an_id_that_a_page_shows_means_that_of_the_run_in_what_follows(sessions: ModuleType) -> None:
    made = f"$ echo r1:$(printf %020d 7)\n{RULED}\n"
    before = page(made, f"$ echo undone: {RULED} | tr -d :\nold\n")
    assert sessions.rerun(before) == page(made, f"$ echo undone: {RULED} | tr -d :\nundone r100000000000000000007\n")
