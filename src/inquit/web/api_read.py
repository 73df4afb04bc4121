"""``POST /api/read``: the statements of a text, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import msgspec
from anyio import CapacityLimiter, move_on_after, to_thread
from litestar import post
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import JSONBody

from inquit import pipeline
from inquit.errors import UsageError
from inquit.read.making import made
from inquit.read.options import Options, checked
from inquit.records import Reading
from inquit.text import normalised
from inquit.web.access import Asking
from inquit.web.api_errors import failing

MOST_TEXT = 100_000
"""Characters of a text that is read for somebody."""
_WAIT_SECONDS = 20.0

Field = Annotated[str, msgspec.Meta(max_length=300)]


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text, and what is known of it; ``published`` is an ISO 8601 date or time."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_TEXT)]
    outlet: Field | None = None
    title: Field | None = None
    published: Field | None = None
    url: Field | None = None


def json_only(asking: Asking, _: BaseRouteHandler) -> None:
    """A guard: JSON, which a page of another site cannot send unasked, as it can a form."""
    kind = asking.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException("send JSON, and say so: Content-Type: application/json", status_code=415)


def reading() -> HTTPRouteHandler:
    """The route, of one reader of a ledger."""
    turn = Turn()

    @post(
        "/read",
        summary="Who says what in a text",
        responses=failing(413, 415, 429),
        guards=[json_only],
        opt={"exclude_from_csrf": True},
        status_code=200,
    )
    async def read(data: JSONBody[Text]) -> Reading:
        """The article as it was read, its statements and problems. Nothing is kept."""
        text = normalised(data.text)
        if not text.strip():
            raise UsageError("there is nothing but white space in the text")
        known = checked(Options(outlet=data.outlet, title=data.title, published=data.published, url=data.url))
        return await turn.run(lambda: pipeline.reading(made(text, known, external_id=None)))

    return read


class Turn:
    """Reads one text at a time, in threads beside those that pages are made in: who waits keeps nobody else waiting."""

    def __init__(self) -> None:
        self._free: CapacityLimiter | None = None

    async def run(self, read: Callable[[], Reading]) -> Reading:
        """What ``read`` gives; raises HTTPException with 429 when others' texts take too long."""
        # It belongs to the loop that runs when it is made.
        self._free = self._free or CapacityLimiter(1)
        with move_on_after(_WAIT_SECONDS) as waiting:
            await self._free.acquire()
        if waiting.cancelled_caught:
            raise HTTPException(
                "others' texts are being read: try again soon", status_code=429, headers={"retry-after": "20"}
            )
        try:
            return await to_thread.run_sync(read)
        finally:
            self._free.release()
