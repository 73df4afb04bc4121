"""Two ledgers become one: nothing twice, nothing half, and the other one is not written to."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_sample import links, reading
from test_ledger_crash import content

from inquit.errors import UsageError, WorkError
from inquit.keep import (
    Draft,
    Fetch,
    Fingerprints,
    Ledger,
    WatchedFeed,
    WatchedPage,
    backing,
    merging,
    migrations,
    opening,
    see,
)
from inquit.records import Problem, Ruling

PAGE = "https://harbourpost.example/crane"


def made(path: Path, numbers: range) -> Path:
    with Ledger.create(path) as ledger:
        ledger.keep(reading(number) for number in numbers)
        ledger.keep_links(*links(ledger.readings()))
    return path


def linked(path: Path) -> list[object]:
    with Ledger.open(path, write=True) as ledger:
        ledger.keep_links(*links(ledger.readings()))
        assert ledger.verify() == []
        return content(ledger)


def test_a_merged_ledger_is_as_if_all_had_been_kept_in_it(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one", range(20)), made(tmp_path / "other", range(10, 40))
    before = other.read_bytes()
    with Ledger.open(one, write=True) as ledger:
        merged = ledger.merge(other)
        assert ledger.links_due()
    assert (merged.articles, merged.statements, merged.held) == (20, 60, 10)
    assert other.read_bytes() == before
    together, merged_content = linked(made(tmp_path / "all", range(40))), linked(one)
    assert merged_content[0] == together[0]
    assert merged_content[1] == together[1]
    assert merged_content[3:] == together[3:]


@settings(max_examples=8, deadline=None)
@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_the_order_of_merging_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, first: set[int], second: set[int], third: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("merged")
    parts = []
    for name, numbers in zip("abc", (first, second, third), strict=True):
        with Ledger.create(folder / name) as ledger:
            ledger.keep(reading(number) for number in sorted(numbers))
        parts.append(folder / name)
    found = []
    for target, order in (("x", parts), ("y", [*parts[::-1], *parts])):
        with Ledger.create(folder / target) as ledger:
            for part in order:
                ledger.merge(part)
            found.append([list(ledger.readings()), ledger.counts()])
            assert ledger.verify() == []
    assert found[0] == found[1]
    assert found[0][1].articles == len(first | second | third)


def test_merging_again_adds_nothing(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one", range(5)), made(tmp_path / "other", range(5, 9))
    with Ledger.open(other, write=True) as ledger:
        ledger.note(Problem(code="binary", message="no text", input="x.bin"))
    with Ledger.open(one, write=True) as ledger:
        ledger.merge(other)
        before, counts = content(ledger), ledger.counts()
        assert ledger.merge(other) == (0, 0, 4)
        assert content(ledger) == before
        assert ledger.counts() == counts
        assert any(problem.input == "x.bin" for problem in ledger.problems())


def test_a_claim_answers_to_the_ids_that_it_had_in_either_ledger(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one", range(0, 40, 2)), made(tmp_path / "other", range(1, 41, 2))
    with Ledger.open(one) as ledger:
        own = {claim.id: claim.occurrences[0].statement for claim in ledger.claims()}
    with Ledger.open(other) as ledger:
        theirs = {claim.id: claim.occurrences[0].statement for claim in ledger.claims()}
    assert own
    assert theirs
    with Ledger.open(one, write=True) as ledger:
        ledger.merge(other)
        ledger.keep_links(*links(ledger.readings()))
        for ident, statement in {**theirs, **own}.items():
            claim = ledger.claim(ident)
            assert claim is not None
            assert statement in {o.statement for o in claim.occurrences}
        assert own.keys() <= {claim.id for claim in ledger.claims()}
        assert ledger.verify() == []


def test_a_ledger_is_not_merged_with_itself_or_with_what_is_none(tmp_path: Path) -> None:
    one = made(tmp_path / "one", range(3))
    (tmp_path / "notes").write_text("no ledger at all\n" * 100)
    with Ledger.open(one, write=True) as ledger:
        before = content(ledger)
        with pytest.raises(UsageError, match="the ledger itself"):
            ledger.merge(tmp_path / "." / "one")
        for path, words in ((tmp_path / "notes", "is no ledger"), (tmp_path / "none", "there is no ledger")):
            with pytest.raises(WorkError, match=words):
                ledger.merge(path)
            with pytest.raises(WorkError, match=words):
                see(path)
        assert content(ledger) == before


def test_a_ledger_of_an_older_version_is_merged_and_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = made(tmp_path / "other", range(3))
    before = other.read_bytes()
    steps = [*migrations.MIGRATIONS, "CREATE TABLE added (x TEXT) STRICT"]
    for module in (migrations, opening, backing, merging):
        monkeypatch.setattr(module, "MIGRATIONS", steps)
    with Ledger.create(tmp_path / "one") as ledger:
        assert ledger.merge(other).articles == 3
    assert other.read_bytes() == before


def test_when_there_is_no_room_nothing_of_the_other_is_taken_over(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one", range(5)), made(tmp_path / "other", range(5, 200))
    with Ledger.open(one, write=True) as ledger:
        before = content(ledger)
        (pages,) = ledger._store.rows("PRAGMA page_count")
        ledger._store.rows(f"PRAGMA max_page_count = {pages[0] + 20}")
        with pytest.raises(WorkError, match="the disk is full"):
            ledger.merge(other)
        assert content(ledger) == before
        assert ledger.verify() == []
        ledger._store.rows("PRAGMA max_page_count = 1000000")
        assert ledger.merge(other).articles == 195


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of this system")
def test_a_merge_that_is_killed_twenty_times_takes_over_all_or_nothing(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one", range(20)), made(tmp_path / "other", range(20, 320))
    code = (
        "import sys; from pathlib import Path; from inquit.keep import Ledger\n"
        "with Ledger.open(sys.argv[1], write=True) as ledger: ledger.merge(Path(sys.argv[2]))"
    )
    command, chance = [sys.executable, "-c", code, str(one), str(other)], random.Random(9)
    start = one.read_bytes()
    began = time.monotonic()
    subprocess.run(command, check=True)
    usual, whole = time.monotonic() - began, linked(one)
    ends = set()
    for _ in range(20):
        for rest in ("", "-wal", "-shm"):
            one.with_name(one.name + rest).unlink(missing_ok=True)
        one.write_bytes(start)
        with subprocess.Popen(command) as child:
            time.sleep(chance.uniform(0.2, 1.0) * usual)
            child.send_signal(signal.SIGKILL)
        with Ledger.open(one, write=True) as ledger:
            assert ledger.verify() == []
            ends.add(ledger.counts().articles)
    assert ends <= {20, 320}
    assert 20 in ends
    subprocess.run(command, check=True)
    assert linked(one) == whole


# -- what is watched


def watched(path: Path, *versions: tuple[int, float], due: float | None = None) -> Path:
    with Ledger.create(path) as ledger:
        watching = ledger.watching()
        watching.keep(WatchedFeed(address="https://harbourpost.example/feed", title=path.name))
        page = WatchedPage(address=PAGE, feed="https://harbourpost.example/feed", mark="m", first=0.0, due=due)
        watching.keep(pages=[page])
        for number, at in versions:
            ledger.keep(reading(number))
            watching.keep_version(watching.page(PAGE) or page, reading(number).article.id, at)
            watching.log(Fetch(address=PAGE, at=at, seconds=0.1, status=200, size=10, outcome="fetched"))
    return path


def test_versions_of_a_page_come_in_order_of_time_and_only_the_newest_is_linked(tmp_path: Path) -> None:
    one = watched(tmp_path / "one", (1, 10.0), (3, 30.0), due=40.0)
    other = watched(tmp_path / "other", (2, 20.0), (3, 30.0), (4, 50.0), due=60.0)
    with Ledger.open(one, write=True) as ledger:
        ledger.keep_units([Fingerprints(reading(3).article.id, [7], b"\0", b"")], [], [])
        ledger.merge(other)
        watching = ledger.watching()
        wanted = [(reading(number).article.id, at) for number, at in ((1, 10.0), (2, 20.0), (3, 30.0), (4, 50.0))]
        assert watching.versions(PAGE) == wanted
        page = watching.page(PAGE)
        assert page is not None
        assert (page.due, page.kept) == (60.0, 4)
        assert [feed.title for feed in watching.feeds()] == ["one"]
        assert [fetch.at for fetch in watching.fetches(9)] == [10.0, 30.0, 20.0, 50.0]
        assert {found.article.id for found in ledger.unprepared()} == {reading(4).article.id}
        assert ledger._store.rows("SELECT * FROM prepared") == []
        assert ledger.verify() == []


def test_a_page_that_we_fetched_last_keeps_our_state(tmp_path: Path) -> None:
    one = watched(tmp_path / "one", (1, 10.0), (3, 70.0), due=80.0)
    other = watched(tmp_path / "other", (2, 20.0), due=60.0)
    with Ledger.open(one, write=True) as ledger:
        ledger.merge(other)
        page = ledger.watching().page(PAGE)
        assert page is not None
        assert (page.due, page.kept) == (80.0, 3)
        assert [version.at for version in ledger.watching().versions(PAGE)] == [10.0, 20.0, 70.0]
        assert ledger.verify() == []


# -- what people ruled


def ruled(path: Path, *drafts: Draft) -> list[Ruling]:
    with Ledger.open(path, write=True) as ledger:
        return [ledger.rule(draft) for draft in drafts]


def told(ledger: Ledger) -> tuple[object, ...]:
    return list(ledger.readings()), sorted(ledger.rulings(), key=lambda ruling: ruling.id)


def drafts(minute: int, who: str) -> tuple[Draft, ...]:
    statement, article = reading(2).statements[1].id, reading(2).article.id
    at = f"2031-04-08T07:{minute:02}:00Z"
    return (
        Draft(about=statement, says="wrong-source", who=who, value=f"Speaker of {who}", at=at),
        Draft(about=article, says="wrong-outlet", who=who, value=f"Paper of {who}", at=at),
        Draft(about=reading(3).statements[0].id, says="not-a-statement", who=who, at=at),
        Draft(about="the council", says="same-entity", who=who, value=f"Council of {who}", at=at),
        Draft(about="the council", says="reliability", who=who, value="B", reason="past reporting", at=at),
    )


@pytest.mark.parametrize("swapped", [False, True])
def test_of_rulings_in_two_ledgers_the_later_holds_whichever_is_merged_into_which(
    tmp_path: Path, *, swapped: bool
) -> None:
    one, other = made(tmp_path / "one", range(6)), made(tmp_path / "other", range(2, 9))
    ruled(one, *drafts(10, "mara"))
    ruled(other, *drafts(20, "jonas"))
    into, taken = (other, one) if swapped else (one, other)
    with Ledger.open(into, write=True) as ledger:
        ledger.merge(taken)
        statement = ledger.statement(reading(2).statements[1].id)
        assert statement is not None
        assert statement.attribution is not None
        assert statement.attribution.entity == "Speaker of jonas"
        article = ledger.article(reading(2).article.id)
        assert article is not None
        assert article.outlet == "Paper of jonas"
        assert ledger.statement(reading(3).statements[0].id) is None
        assert "Council of jonas" in {source.entity for source in ledger.sources()}
        assert "the council" not in {source.entity for source in ledger.sources()}
        assert [ruling.who for ruling in ledger.rulings()] == ["jonas"] * 5 + ["mara"] * 5
        assert ledger.unattached() == []
        assert ledger.verify() == []
        before = told(ledger)
        ledger.merge(taken)
        assert told(ledger) == before


def test_a_ruling_that_was_withdrawn_in_either_ledger_is_withdrawn(tmp_path: Path) -> None:
    one = made(tmp_path / "one", range(6))
    with Ledger.open(one) as ledger:
        untouched = list(ledger.readings())
    made_here = ruled(one, *drafts(10, "mara"))
    other = tmp_path / "other"
    backing.backup(one, other)
    with Ledger.open(other, write=True) as ledger:
        for ruling in made_here:
            ledger.withdraw(ruling.id, who="jonas")
    with Ledger.open(one, write=True) as ledger:
        assert ledger.statement(reading(3).statements[0].id) is None
        ledger.merge(other)
        assert {ruling.withdrawn_by for ruling in ledger.rulings()} == {"jonas"}
        assert list(ledger.readings()) == untouched
        assert ledger.verify() == []


def test_a_ruling_on_a_statement_that_was_read_otherwise_here_is_listed_as_not_attached(tmp_path: Path) -> None:
    one, other = tmp_path / "one", made(tmp_path / "other", range(3))
    found = reading(2)
    with Ledger.create(one) as ledger:
        ledger.keep(msgspec.structs.replace(found, statements=found.statements[:1]))
    (ruling,) = ruled(other, drafts(10, "mara")[0])
    with Ledger.open(one, write=True) as ledger:
        ledger.merge(other)
        assert [held.id for held in ledger.unattached()] == [ruling.id]
        assert ledger.statements(found.article.id) == list(found.statements[:1])
        assert ledger.verify() == []
