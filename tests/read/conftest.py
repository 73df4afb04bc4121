from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inquit.read import Options, read
from inquit.records import Article, Problem

Outcome = tuple[list[Article], list[Problem]]


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Outcome]:
    """Writes bytes under a name, reads the file, and parts Articles from Problems."""

    def run(name: str, data: bytes | str, **options: object) -> Outcome:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        records = list(read([str(path)], Options(**options)))
        return [r for r in records if isinstance(r, Article)], [r for r in records if isinstance(r, Problem)]

    return run
