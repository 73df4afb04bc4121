"""The same work through Daft: the same rows, and the same safety from what a piece does to its worker.

Where the extra ``cluster`` is installed: ``python -m pytest tests/corpus/test_cluster.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pages_archived import HERE, page, rows, table, warc

from inquit.corpus.cluster import Daft
from inquit.errors import UsageError

RUN = """
import sys
from pathlib import Path
from inquit.corpus.cluster import cluster
from inquit.corpus.run import Plan, run
engine, task, folder, *inputs = sys.argv[1:]
with cluster(engine, 2) as begun:
    run(inputs, Path(folder), begun, Plan(task=f"tasks:{task}", seconds=5.0))
print("the report")
"""


def clustered(engine: str, task: str, folder: Path, *inputs: Path, **environment: str) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [sys.executable, "-c", RUN, engine, task, folder, *inputs],
        cwd=HERE,
        env={**os.environ, "RAY_ADDRESS": "local", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.parametrize(("engine", "package"), [("daft", "daft"), ("ray", "ray")])
def test_a_cluster_gives_the_same_rows(collect, tmp_path, engine, package):
    pytest.importorskip(package, reason="Daft and Ray come with the extra cluster")
    texts = [f"Row {n} is sound." for n in range(100)]
    texts[7], texts[8], texts[9] = "Row 7 exits.", "Row 8 hangs.", "Row 9 prints."
    inputs = [
        warc(tmp_path / "crawl.warc.gz", [page(n) for n in range(40)]),
        table(tmp_path / "texts.jsonl", texts),
        tmp_path / "absent.txt",
    ]
    local, _ = collect(*inputs, name="local", task="dangerous", workers=2, seconds=5.0)
    clustered(engine, "dangerous", tmp_path / "far", *inputs)
    for kind in ("articles", "statements", "problems"):
        assert sorted(map(str, rows(local, kind))) == sorted(map(str, rows(tmp_path / "far", kind)))
    assert {row["code"] for row in rows(local, "problems")} == {"worker", "not-found"}


def test_a_worker_of_ray_that_is_killed_costs_no_row_and_leaves_the_report_alone(collect, tmp_path):
    pytest.importorskip("ray", reason="Ray comes with the extra cluster")
    texts = table(tmp_path / "texts.jsonl", [f"Row {n} is sound." for n in range(60)])
    once = tmp_path / "killed"
    done = clustered("ray", "bereaving", tmp_path / "far", texts, INQUIT_TEST_ONCE=str(once))
    assert once.exists()
    assert done.stdout == "the report\n"
    assert "killed" in done.stderr
    local, _ = collect(texts, name="local")
    assert sorted(map(str, rows(tmp_path / "far"))) == sorted(map(str, rows(local)))


def test_an_engine_that_does_not_exist_is_refused():
    with pytest.raises(UsageError, match="no engine 'warp'"):
        Daft("warp", None)
