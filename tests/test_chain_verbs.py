"""The verbs over claims, copies, sources: what is chosen, in which order, and what they tell; without the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bench.chain_files import load, reading
from inquit import pipeline
from inquit.cli.main import inquit
from inquit.errors import UsageError, WorkError
from inquit.keep import Ledger

TOLD = (
    "the copy leaves the denial out",
    "a paper is confirmed by who had it from the paper",
    "an own report is corrected and ends there",
    "ministers of two states agree",
    "five outlets quote one press release",
    "two sister papers each send a reporter",
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("chains") / "chains.db"
    with Ledger.create(path) as kept:
        kept.keep(reading(told)[0] for chain in load() if chain.name in TOLD for told in chain.article)
        pipeline.link(kept)
    return path


def run(*arguments: str | Path) -> Result:
    done = CliRunner().invoke(inquit, [str(a) for a in arguments], env={"COLUMNS": "80"}, standalone_mode=False)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def lines(*arguments: str | Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--jsonl").output.splitlines()]


def words_of(claims: list[dict[str, Any]]) -> str:
    return " / ".join(c["text"] for c in claims)


def test_claims_of_a_source_a_party_an_outlet(ledger: Path):
    assert "navies" in words_of(lines("claims", ledger, "--source", "edda krohn"))
    assert "navies" in words_of(lines("claims", ledger, "--party", "norland"))
    for claim in lines("claims", ledger, "--outlet", "Tarn Observer"):
        assert "birth certificates" in claim["text"] or "41,000" in claim["text"]
    assert lines("claims", ledger, "--source", "Edda Krohn", "--outlet", "Tarn Observer") == []


def test_one_statement_has_to_have_all_that_is_asked_for(ledger: Path):
    assert lines("claims", ledger, "--source", "Edda Krohn", "--outlet", "Harbour Post")
    assert lines("claims", ledger, "--source", "Edda Krohn", "--outlet", "Capital Standard") == []


def test_a_percent_sign_in_a_name_is_a_percent_sign(ledger: Path):
    assert lines("claims", ledger, "--source", "%") == []


def test_claims_from_a_day_to_a_day(ledger: Path):
    october = lines("claims", ledger, "--since", "2026-10", "--until", "2026-10-31")
    assert len(october) == 1
    assert "cracks" in october[0]["text"]
    assert lines("claims", ledger, "--since", "2026-10-04") == []
    assert lines("claims", ledger, "--until", "2026-10-01", "--since", "2026-10-01")
    with pytest.raises(UsageError, match="--since 'soon' is no date"):
        run("claims", ledger, "--since", "soon")
    with pytest.raises(UsageError, match="--since 2026-10 is later than --until 2026-09"):
        run("claims", ledger, "--since", "2026-10", "--until", "2026-09")


@pytest.mark.parametrize("to", ["csv", "brat"])
def test_a_folder_that_is_not_there_is_named_before_anything_is_written(ledger: Path, tmp_path: Path, to: str):
    out = tmp_path / "nowhere" / "news"
    with pytest.raises(WorkError, match=r"there is no folder .*nowhere: make it") as refused:
        run("export", ledger, "--to", to, "--out", out)
    assert ".part" not in str(refused.value)
    assert not out.parent.exists()


def test_a_list_of_commands_fits_its_lines_whole(ledger: Path):
    for arguments in (["--help"], ["people", str(ledger), "--help"]):
        # What click fills of a terminal of 80 columns; its runner of tests has two more.
        told = CliRunner().invoke(inquit, arguments, terminal_width=78, standalone_mode=False).output
        assert "..." not in told.partition("Commands:")[2]
        assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize("verb", ["claims", "copies", "sources", "trace"])
def test_what_goes_to_a_file_is_not_filled_up_with_blanks(ledger: Path, verb: str):
    claim = [lines("claims", ledger)[0]["id"]] if verb == "trace" else []
    told = run(verb, ledger, *claim, "--text").stdout.splitlines()
    assert len(told) > 3
    assert [line for line in told if line != line.rstrip()] == []


def test_that_nobody_has_an_account_is_said(ledger: Path):
    told = run("people", ledger, "list")
    assert (told.stdout, "nobody has an account" in told.stderr) == ("", True)


def test_claims_in_each_order(ledger: Path):
    def order(sort: str) -> list[dict[str, Any]]:
        return lines("claims", ledger, "--sort", sort)

    sources = [c["independent_sources"] for c in order("independence")]
    losses = [len(c["laundering"]) for c in order("laundering")]
    assert sources == sorted(sources)
    assert sources[0] < sources[-1]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > 0
    assert {c["id"] for c in order("time")} == {c["id"] for c in order("outlets")}


def test_a_credibility_of_one_is_suggested_only_with_its_ground(ledger: Path):
    assert "Admiralty credibility 1 suggested: 2 independent sources" in " ".join(
        run("claims", ledger, "navies", "--text").output.split()
    )
    assert "Admiralty" not in run("claims", ledger, "41,000", "--text").output


def test_a_trace_tells_of_a_correction_a_circle_and_a_cut(ledger: Path):
    def trace(words: str) -> str:
        (claim,) = lines("claims", ledger, words, "--limit", "1")
        return " ".join(run("trace", ledger, claim["id"], "--text").output.split())

    assert "takes the claim back" in trace("Brandt")
    assert "1 correction" in trace("Brandt")
    assert "circular: Harbour Post (2026-10-03) names Capital Standard, which leads back" in trace("cracks")
    assert "framing: Harbour Post" in trace("cracks")
    assert "leaves out a denial: “The registrar, Bruno Falk, denied" in trace("certificates")


def test_every_bond_of_a_claim_has_a_score_and_says_what_it_rests_on(ledger: Path):
    claims = lines("claims", ledger)
    for claim in claims:
        known = {o["statement"] for o in claim["occurrences"]}
        assert {end for draw in claim["draws"] for end in (draw["from"], draw["to"])} <= known
        assert all(0 < draw["score"] <= 1 for draw in claim["draws"])
    assert {draw["by"] for claim in claims for draw in claim["draws"]} >= {"copy", "medium"}
    (claim,) = lines("claims", ledger, "cracks")
    report = " ".join(run("trace", ledger, claim["id"], "--text").output.split())
    assert "Who has it from whom Capital Standard Fri 08:00 ← Harbour Post Thu 08:00: names it" in report


def test_a_source_s_statements_over_time_and_how_outlets_frame_them(ledger: Path):
    report = run("sources", ledger, "two former clerks", "--text").output
    assert "Tarn Observer: 1 neutral" in report
    assert report.index("Wed 17 Jun 2026") < report.index("Thu 18 Jun 2026")
    found = lines("sources", ledger, "two former clerks")
    assert [r["type"] for r in found] == ["article", "article", "statement", "statement", "source"]
    assert {r["party"] for r in lines("sources", ledger, "--party", "Norland")} == {"Norland"}
    assert lines("sources", ledger, "nobody of that name") == []


def test_so_many_copies_are_listed_the_largest_first(tmp_path: Path):
    path = tmp_path / "story.db"
    with Ledger.create(path) as kept:
        list(pipeline.add(kept, ["examples"]))
        pipeline.link(kept)
    every = lines("copies", path)
    assert len(every) == 2
    assert lines("copies", path, "--limit", "1") == [max(every, key=lambda copy: copy["share"])]


def test_copies_tell_how_much_of_either_text(ledger: Path):
    (copy,) = lines("copies", ledger)
    assert copy["share"] > copy["taken"] > 0.3
    assert f"{copy['taken'] * 100:.0f}% of the other's" in " ".join(run("copies", ledger, "--text").output.split())


DESK = '[[owner]]\nname = "Quayside Media"\noutlets = ["Harbour Post", "Sorrel Gazette"]\n'


def lighthouse(path: Path, *options: str | Path) -> int:
    """Independent sources of what two papers saw, in a ledger that ``add`` has made."""
    page = path / "page.txt"
    page.write_text("The ferry was late.", encoding="utf-8")
    with Ledger.create(path / "l.db") as kept:
        chains = {chain.name: chain for chain in load()}
        kept.keep(reading(told)[0] for told in chains["two sister papers each send a reporter"].article)
    run("add", path / "l.db", page, *options)
    (claim,) = lines("claims", path / "l.db")
    return int(claim["independent_sources"])


def test_a_desk_s_own_outlets_are_an_option_or_a_file_that_inquit_toml_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("option", "config", "none"):
        (tmp_path / name).mkdir()
    desk = tmp_path / "desk.toml"
    desk.write_text(DESK, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "none")
    assert lighthouse(tmp_path / "option", "--outlets", desk) == 1
    assert lighthouse(tmp_path / "none") == 2
    (tmp_path / "config" / "inquit.toml").write_text('[outlets]\nfile = "../desk.toml"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "config")
    assert lighthouse(tmp_path / "config") == 1


@pytest.mark.parametrize("text", ["[outlets]\nfiles = 'x'", "outlets = 3", "[[", "[outlets]\nfile = 'gone.toml'"])
def test_a_configuration_that_says_nothing_usable_is_the_caller_s_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
):
    (tmp_path / "inquit.toml").write_text(text, encoding="utf-8")
    (tmp_path / "page.txt").write_text("The ferry was late.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"inquit\.toml|cannot be read"):
        run("add", tmp_path / "l.db", tmp_path / "page.txt")
