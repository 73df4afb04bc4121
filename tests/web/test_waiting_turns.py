"""Texts that are read for others: one at a time, and who has waited long is told to come again."""

from __future__ import annotations

import threading

import anyio
import pytest

pytest.importorskip("litestar", reason="the reader comes with the extra serve")

from anyio.lowlevel import checkpoint
from litestar.exceptions import HTTPException

from inquit.records import Article, Reading
from inquit.web import api_read

READ = Reading(article=Article(id="a1:0", text="The pier is shut."))


def test_who_waits_too_long_is_told_so_and_the_next_one_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_read, "_WAIT_SECONDS", 0.05)
    begun, over = threading.Event(), threading.Event()

    def long() -> Reading:
        begun.set()
        assert over.wait(30)
        return READ

    async def asked() -> None:
        turn = api_read.Turn()
        async with anyio.create_task_group() as others:
            others.start_soon(turn.run, long)
            while not begun.is_set():
                await checkpoint()
            with pytest.raises(HTTPException) as told:
                await turn.run(lambda: READ)
            assert (told.value.status_code, told.value.headers) == (429, {"retry-after": "20"})
            over.set()
        assert await turn.run(lambda: READ) == READ

    anyio.run(asked)
