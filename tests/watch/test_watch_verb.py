"""``inquit watch`` on the command line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from newsstand import opened_stand
from test_rounds import LINE, item, page, rss

from inquit.cli.interrupts import remembered
from inquit.cli.main import inquit as verbs
from inquit.cli.watching import Teller
from inquit.errors import InquitError
from inquit.keep import Ledger, WatchedFeed
from inquit.read.fetch import Manners
from inquit.watch.rounds import Watch


def inquit(*arguments: str | Path) -> tuple[int, str]:
    """The exit code, and everything that was written."""
    done = CliRunner().invoke(verbs, list(map(str, arguments)))
    if isinstance(done.exception, InquitError):
        return done.exception.exit_code, f"{done.output}{done.exception}"
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that has watched a feed whose article changed."""
    path = tmp_path_factory.mktemp("watch") / "news.db"
    with opened_stand() as stand, Ledger.create(path) as ledger:
        stand.serve("/feed", rss(item(stand.url("/a"))))
        watching = Watch(ledger, [stand.url("/feed")], Manners(delay=0), clock=stand.time.clock(), line=LINE)
        for said in ("claimed", "confirmed"):
            stand.serve("/a", page(f"The crane at the quay of Ellinport was safe, Rui Costa {said}."))
            list(watching.round())
            stand.time.time += 3600
    return path


def test_the_log_is_shown(kept):
    lines = [json.loads(line) for line in inquit("watch", kept, "--log")[1].splitlines()]
    assert {line["type"] for line in lines} == {"fetch"}
    assert set(lines[0]) == {"type", "address", "at", "seconds", "status", "size", "outcome"}
    assert [line["address"].rpartition("/")[2] for line in lines] == ["robots.txt", "feed", "a", "feed", "a"]
    shown = inquit("watch", kept, "--log", "--text", "--limit", "2")[1].splitlines()
    assert [line.split()[1:3] for line in shown] == [["200", "fetched"]] * 2


def test_the_changes_are_shown(kept):
    lines = [json.loads(line) for line in inquit("watch", kept, "--changes")[1].splitlines()]
    [framing] = [line for line in lines if line["kind"] == "framing"]
    assert (framing["was"], framing["now"]) == ("distancing", "endorsing")
    assert {"address", "at", "before", "after", "content"} < set(framing)
    assert "distancing → endorsing" in inquit("watch", kept, "--changes", "--text")[1]


@pytest.mark.parametrize("mode", ["jsonl", "text"])
def test_events_are_told_as_they_come(tmp_path, capfd, mode):
    teller = Teller(mode)
    with opened_stand() as stand, Ledger.create(tmp_path / "news.db") as ledger:
        stand.serve("/feed", rss(item(stand.url("/a"))))
        stand.serve("/a", page("The crane at the quay of Ellinport was safe, Rui Costa claimed.", "Crane \x1b[31msafe"))
        watching = Watch(ledger, [stand.url("/feed")], Manners(delay=0), clock=stand.time.clock(), line=LINE)
        for event in watching.round():
            teller.tell(event)
        assert teller.summed() == "1 new article, 0 changed, 0 withdrawn, 0 problems"
        stand.serve("/a", "", 410)
        stand.serve("/feed", "", 500)
        stand.time.time += 3600
        for event in watching.round():
            teller.tell(event)
    told = capfd.readouterr()
    assert teller.summed() == "0 new articles, 0 changed, 1 withdrawn, 1 problem"
    assert "the site answers 500" in told.err
    assert "\x1b" not in told.out
    if mode == "jsonl":
        kinds = [json.loads(line)["type"] for line in told.out.splitlines()]
        assert (kinds[:2], kinds[-2:]) == (["article", "statement"], ["problem", "withdrawn"])
    else:
        assert "new        Harbour Post · Crane" in told.out
        assert "withdrawn" in told.out


def test_what_the_verb_cannot_do_is_said(tmp_path):
    ledger = tmp_path / "news.db"
    assert inquit("watch", ledger)[0] == 3
    assert inquit("watch", ledger, "https://wire.example/", "--delay", "-1")[0] == 2
    assert inquit("watch", ledger, tmp_path / "nowhere.opml")[0] == 3
    assert inquit("watch", ledger, "--log")[0] == 3
    assert not ledger.exists()


def test_a_ledger_that_watches_nothing_yet_asks_for_feeds(tmp_path):
    Ledger.create(tmp_path / "news.db").close()
    code, told = inquit("watch", tmp_path / "news.db", "--once")
    assert (code, "name the FEEDS" in told) == (2, True)


def test_without_feeds_those_that_the_ledger_knows_are_watched(tmp_path):
    ledger = tmp_path / "news.db"
    inquit("watch", ledger, "http://127.0.0.1:9/feed", "--once")
    with Ledger.open(ledger, write=True) as kept:
        kept.watching().keep(WatchedFeed(address="http://127.0.0.1:9/feed"))
    assert "127.0.0.1 is no public address" in inquit("watch", ledger, "--once")[1]


def test_ctrl_c_leaves_a_sound_ledger(tmp_path):
    ledger = tmp_path / "news.db"
    command = [sys.executable, "-m", "inquit", "watch", ledger, "http://127.0.0.1:9/feed", "--every", "1"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert "no public address" in running.stderr.readline()
    running.send_signal(signal.SIGINT)
    try:
        _, told = running.communicate(timeout=20)
    finally:
        running.kill()
    assert (running.returncode, "interrupted" in told, "Traceback" in told) == (130, True, False)
    assert inquit("verify", ledger)[0] == 0


def test_ctrl_c_that_a_library_swallowed_ends_the_run_all_the_same():
    with remembered() as interrupted:
        interrupted()
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupted()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_round_in_which_no_feed_could_be_read_is_exit_code_3(tmp_path):
    code, told = inquit("watch", tmp_path / "news.db", "http://127.0.0.1:9/feed", "--once")
    assert (code, "no public address" in told, "none of the feeds" in told) == (3, True, True)


def test_reading_a_file_loads_nothing_that_fetches(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Words of an article.")
    code = (
        f"import sys, inquit; from inquit.read import read; list(read([{str(path)!r}]));"
        "assert not {'httpx2', 'httpcore2', 'protego'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
