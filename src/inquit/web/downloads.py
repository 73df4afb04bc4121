"""Files that the reader makes on the spot: briefs and pictures, one at a time and never where requests are answered."""

from __future__ import annotations

from typing import Any

from anyio import CapacityLimiter, to_thread
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from inquit.web.asking import Asked, Download, Ledgers, Maker
from inquit.web.pages.brief_form import brief_file
from inquit.web.pictures import picture_file

AT_ONCE = 1
"""A brief of a large ledger takes seconds of a core; who asks for one meanwhile waits, pages do not."""


class Workshop:
    """Makes files in threads beside those that pages are made in."""

    def __init__(self, ledgers: Ledgers) -> None:
        self._ledgers = ledgers
        self._places: CapacityLimiter | None = None

    async def file(self, request: Request[Any, Any, Any], make: Maker, ident: str = "") -> Response[bytes]:
        """A file that the browser keeps rather than shows."""
        asked = Asked(request.url.path, dict(request.query_params), ident)

        def made() -> Download:
            with self._ledgers.one() as ledger:
                return make(ledger, asked)

        # It belongs to the loop that runs when it is made.
        self._places = self._places or CapacityLimiter(AT_ONCE)
        found = await to_thread.run_sync(made, limiter=self._places)
        headers = {"content-disposition": f'attachment; filename="{found.name}"'}
        return Response(found.content, media_type=found.media, headers=headers)


def downloads(ledgers: Ledgers) -> list[HTTPRouteHandler]:
    """The routes for files, of a ledger."""
    workshop = Workshop(ledgers)

    @get("/brief/file", include_in_schema=False)
    async def brief(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await workshop.file(request, brief_file)

    @get("/picture/{ident:str}", include_in_schema=False)
    async def picture(request: Request[Any, Any, Any], ident: FromPath[str]) -> Response[bytes]:
        return await workshop.file(request, picture_file, ident)

    return [brief, picture]
