from __future__ import annotations

import os

import pytest
from pages_archived import HERE

from inquit.corpus.engines import Processes
from inquit.corpus.run import Plan, run


@pytest.fixture(autouse=True)
def _tasks_of_tests(monkeypatch):
    found = os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH"))))
    monkeypatch.setenv("PYTHONPATH", found)


@pytest.fixture
def collect(tmp_path):
    """Run over inputs into ``tmp_path / name`` with a task of these tests."""

    def collected(*inputs, name="corpus", task="plain", workers=1, **plan):
        folder = tmp_path / name
        given = Plan(task=f"tasks:{task}", **plan)
        return folder, run([str(one) for one in inputs], folder, Processes(workers), given)

    return collected
