from __future__ import annotations

from collections.abc import Iterator

import pytest
from newsstand import Newsstand, opened_stand


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with opened_stand() as stand:
        yield stand
