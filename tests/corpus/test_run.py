"""What a run leaves on disk: every article once, whatever befalls it."""

from __future__ import annotations

import json
import threading
import time

import pytest
from pages_archived import ids, page, rows, table, warc

from inquit.corpus.engines import Done, Processes
from inquit.corpus.guarded import Guarded
from inquit.corpus.manifest import read_manifest
from inquit.corpus.outcome import Outcome
from inquit.corpus.parts import path_of, recovered
from inquit.corpus.run import Plan, run
from inquit.corpus.supply import Batch
from inquit.corpus.worker import Settings
from inquit.errors import UsageError, WorkError
from inquit.read import Options
from inquit.records import Problem


def test_every_article_of_every_input_is_a_row(collect, tmp_path):
    crawl = warc(tmp_path / "crawl.warc.gz", [page(n) for n in range(20)])
    texts = table(tmp_path / "texts.jsonl", [f"Row {n} of the table." for n in range(30)])
    folder, report = collect(crawl, texts, tmp_path / "absent.txt", workers=2)
    assert len(ids(folder)) == len(set(ids(folder))) == report.articles == 50
    assert {row["external_id"] for row in rows(folder)} >= {"https://harbourpost.example/19", "29"}
    assert [row["code"] for row in rows(folder, "problems")] == ["not-found"]
    assert report.problems == {"not-found": 1}
    assert report.cpu_seconds["extract"] == 50 * 0.25
    assert report.words == sum(row["words"] for row in rows(folder))
    assert read_manifest(folder).report == report


def test_the_same_run_again_adds_nothing_and_another_input_adds_itself(collect, tmp_path):
    first = table(tmp_path / "first.jsonl", ["One.", "Two."])
    folder, _ = collect(first)
    before = sorted(folder.rglob("*.parquet"))
    _, again = collect(first)
    assert sorted(folder.rglob("*.parquet")) == before
    assert (again.articles, again.run_articles) == (2, 0)
    _, more = collect(first, table(tmp_path / "second.jsonl", ["Three."], start=2))
    assert (more.articles, more.run_articles) == (3, 1)


def test_an_article_that_comes_twice_is_there_once_and_told_of(collect, tmp_path):
    one = table(tmp_path / "one.jsonl", ["One.", "Two.", "One."])
    other = table(tmp_path / "other.jsonl", ["One."])
    folder, report = collect(one, other)
    assert len(ids(folder)) == report.articles == 3
    assert report.duplicates == 1


def test_an_input_that_is_named_twice_or_lies_in_another_is_read_once(collect, tmp_path):
    (tmp_path / "in").mkdir()
    path = table(tmp_path / "in" / "a.jsonl", ["One.", "Two."])
    _, report = collect(path, tmp_path / "in", path)
    assert (report.articles, report.duplicates) == (2, 0)


def test_what_a_run_writes_is_no_input_of_it(collect, tmp_path):
    table(tmp_path / "a.jsonl", ["One.", "Two."])
    collect(tmp_path)
    folder, report = collect(tmp_path)
    assert (report.articles, report.duplicates) == (len(ids(folder)), 0) == (2, 0)
    assert report.problems == {}


def test_a_run_that_is_interrupted_ends_its_workers_at_once(tmp_path):
    path = table(tmp_path / "a.jsonl", ["It hangs.", *(f"Row {n}." for n in range(40))])

    def interrupted(_, __):
        raise KeyboardInterrupt

    began = time.monotonic()
    plan = Plan(task="tasks:dangerous", seconds=300)
    with pytest.raises(KeyboardInterrupt):
        run([str(path)], tmp_path / "corpus", Processes(2), plan, watch=interrupted)
    assert time.monotonic() - began < 200


def test_a_file_that_was_changed_is_read_again(collect, tmp_path):
    path = table(tmp_path / "a.jsonl", ["One."])
    collect(path)
    folder, report = collect(table(path, ["One.", "Two."]))
    assert len(ids(folder)) == 2
    assert report.duplicates == 1


@pytest.mark.parametrize(("harm", "told"), [("exits", "code 7"), ("crashes", "signal 11"), ("raises", "MemoryError")])
def test_a_piece_that_ends_its_worker_each_time_costs_itself_only(collect, tmp_path, harm, told):
    texts = [f"Row {n} is sound." for n in range(20)]
    texts[7] = f"Row 7 {harm}."
    folder, report = collect(table(tmp_path / "a.jsonl", texts), task="dangerous", workers=2)
    assert {row["external_id"] for row in rows(folder)} == {str(n) for n in range(20)} - {"7"}
    [problem] = rows(folder, "problems")
    assert problem["code"] == "worker"
    assert told in problem["message"]
    assert problem["input"] == str(tmp_path / "a.jsonl")
    assert report.workers_ended == 3


def test_a_piece_that_takes_too_long_costs_itself_only(collect, tmp_path):
    pages = [page(0), page(1, "hangs"), page(2)]
    folder, _ = collect(warc(tmp_path / "a.warc", pages), task="dangerous", seconds=4.0)
    assert [row["title"] for row in rows(folder)] == ["Gate 0", "Gate 2"]
    [problem] = rows(folder, "problems")
    assert "took longer than 4 s, 3 times" in problem["message"]
    assert "https://" in problem["input"] or "byte" in problem["input"]


def test_what_a_library_prints_does_not_get_into_the_results(collect, tmp_path):
    folder, _ = collect(table(tmp_path / "a.jsonl", ["It prints.", "It does not."]), task="dangerous")
    assert len(ids(folder)) == 2
    assert rows(folder, "problems") == []


def test_a_worker_that_cannot_begin_is_told_with_its_reason(collect, tmp_path):
    with pytest.raises(WorkError, match=r"no worker could be begun.*there_is_none"):
        collect(table(tmp_path / "a.jsonl", ["One."]), task="there_is_none")


def test_other_options_and_folders_that_hold_something_else_are_refused(collect, tmp_path):
    path = table(tmp_path / "a.jsonl", ["One."])
    collect(path)
    with pytest.raises(UsageError, match="other options"):
        collect(path, options=Options(outlet="Daily Lantern"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear Ana")
    with pytest.raises(UsageError, match="no corpus"):
        collect(path, name="mine")


def test_a_corpus_of_another_version_is_refused(collect, tmp_path):
    folder, _ = collect(table(tmp_path / "a.jsonl", ["One."]))
    path = folder / "corpus.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"recipe": "0.0 vectors-xx/1"}))
    with pytest.raises(UsageError, match="another version"):
        collect(tmp_path / "a.jsonl")
    path.write_text("{")
    with pytest.raises(WorkError, match="damaged"):
        collect(tmp_path / "a.jsonl")


def test_two_runs_into_one_folder_are_refused(collect, tmp_path):
    path = table(tmp_path / "a.jsonl", ["One.", "Two."])
    met: list[Exception] = []

    def engine(batches, settings):
        try:
            collect(path)
        except WorkError as error:
            met.append(error)
        yield from Processes(1)(batches, settings)

    run([str(path)], tmp_path / "corpus", engine, Plan(task="tasks:plain"))
    assert "another run is at work" in str(met[0])


def test_what_was_found_before_an_engine_failed_is_kept(collect, tmp_path):
    path = table(tmp_path / "a.jsonl", [f"Row {n}." for n in range(40)])

    def failing(batches, settings):
        for count, done in enumerate(Processes(1)(batches, settings)):
            if count == 1:
                raise WorkError("the cluster is gone")
            yield done

    with pytest.raises(WorkError, match="gone"):
        run([str(path)], tmp_path / "corpus", failing, Plan(task="tasks:plain"))
    assert len(ids(tmp_path / "corpus")) == 16
    assert read_manifest(tmp_path / "corpus").report is None
    folder, report = collect(path)
    assert len(set(ids(folder))) == len(ids(folder)) == report.articles == 40
    assert report.run_articles == 24


def test_parts_that_were_recorded_but_not_named_are_named_and_others_taken_away(collect, tmp_path):
    folder, _ = collect(table(tmp_path / "a.jsonl", ["One."]))
    names = [path_of(folder, kind, 1) for kind in ("articles", "statements", "problems")]
    for name in names:
        name.rename(name.with_name(name.name + ".part"))
    stray = path_of(folder, "articles", 2)
    stray.with_name(stray.name + ".part").write_bytes(b"half")
    recovered(folder, {1})
    assert sorted(folder.rglob("*part-*")) == sorted(names)


def test_no_more_is_read_ahead_than_a_few_batches_a_worker():
    pulled = []

    def batches():
        for number in range(100):
            pulled.append(number)
            yield Batch([Problem(code="empty", message="", input=str(number))], [(1, number, number + 1)], 0)

    done = Processes(2)(batches(), Settings(Options(), 10.0, "tasks:plain"))
    first = next(done)
    time.sleep(0.05)
    assert isinstance(first, Done)
    assert len(pulled) <= 4
    assert len(list(done)) == 99
    assert threading.active_count() < 10


def test_a_problem_needs_no_worker():
    guarded = Guarded(Settings(Options(), 10.0, "tasks:there_is_none"))
    problem = Problem(code="empty", message="nothing", input="a")
    assert guarded.work([problem]) == [Outcome(problems=(problem,))]
    guarded.close()
