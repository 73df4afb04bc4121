"""The web reader as an ASGI application: pages over one ledger, and what others add to it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar, MediaType, Request, Response, get
from litestar.config.csrf import CSRFConfig
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.params import FromPath
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect
from litestar.template import TemplateConfig
from litestar.types import ControllerRouterHandler, Middleware

from inquit.errors import Conflict, InquitError, UsageError
from inquit.link.owners import Outlets, known_outlets
from inquit.web.asking import Asked, Ledgers, MovedError, NotThereError, View
from inquit.web.downloads import downloads
from inquit.web.frame import asset, environment, page_of, with_headers
from inquit.web.pages import pages

MOST_BODY = 2**20
_log = logging.getLogger("inquit.web")

Asking = Request[Any, Any, Any]
Answer = Callable[[Asking, Exception], Response[Any]]


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What is added to the pages: who may see them, what takes rulings, the JSON API.

    ``outlets`` are those that the desk links by, where they are not those that ship. ``api_error`` answers for paths
    under ``/api``. ``closing`` is called when the reader ends.
    """

    outlets: Outlets | None = None
    handlers: Sequence[ControllerRouterHandler] = ()
    middleware: Sequence[Middleware] = ()
    csrf: CSRFConfig | None = None
    openapi: OpenAPIConfig | None = None
    api_error: Answer | None = None
    closing: Sequence[Callable[[], None]] = ()


def make_app(ledger: Path, parts: Parts | None = None) -> Litestar:
    """The reader of the ledger at that path, which must exist; nothing is opened before the first page is asked for."""
    added = parts or Parts()
    ledgers = Ledgers(ledger)
    engine = JinjaTemplateEngine.from_environment(environment())
    views = pages(added.outlets or known_outlets())
    return Litestar(
        route_handlers=[
            *(_handler(path, view, ledgers, engine) for path, view in views),
            *downloads(ledgers),
            _static(),
            *added.handlers,
        ],
        middleware=list(added.middleware),
        csrf_config=added.csrf,
        openapi_config=added.openapi,
        template_config=TemplateConfig(instance=engine),
        exception_handlers={Exception: _answers(engine, added.api_error)},
        before_send=[with_headers],
        on_shutdown=[ledgers.close, *added.closing],
        request_max_body_size=MOST_BODY,
        logging_config=None,
    )


def _handler(path: str, view: View, ledgers: Ledgers, engine: JinjaTemplateEngine) -> HTTPRouteHandler:
    """A page is read and rendered in a worker thread, with a ledger of its own."""

    def answer(request: Asking, ident: str = "") -> Response[str]:
        asked = Asked(request.url.path, dict(request.query_params), ident)
        with ledgers.one() as ledger:
            found = view(ledger, asked)
        return Response(page_of(engine, request, found.template, page=found.page), media_type=MediaType.HTML)

    def about(request: Asking, ident: FromPath[str]) -> Response[str]:
        return answer(request, ident)

    def plain(request: Asking) -> Response[str]:
        return answer(request)

    return get(path, sync_to_thread=True, include_in_schema=False)(about if "{ident" in path else plain)


def _static() -> HTTPRouteHandler:
    @get("/static/{name:str}", sync_to_thread=False, include_in_schema=False, opt={"public": True})
    def static(name: FromPath[str]) -> Response[bytes]:
        return asset(name)

    return static


def _answers(engine: JinjaTemplateEngine, api_error: Answer | None) -> Answer:
    def answer(request: Asking, error: Exception) -> Response[Any]:
        if api_error is not None and request.url.path.startswith("/api"):
            return api_error(request, error)
        if isinstance(error, MovedError):
            return Redirect(str(error))
        status, message = told(error)
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("%s %s", request.method, request.url.path, exc_info=error)
        page = page_of(engine, request, "trouble.html", status=status, message=message)
        headers = error.headers if isinstance(error, HTTPException) else None
        return Response(page, status_code=status, media_type=MediaType.HTML, headers=headers)

    return answer


def told(error: Exception) -> tuple[HTTPStatus, str]:
    """The status of an answer that is no page, and what to say in it."""
    if isinstance(error, NotThereError):
        return HTTPStatus.NOT_FOUND, str(error)
    if isinstance(error, UsageError):
        return HTTPStatus.BAD_REQUEST, str(error)
    if isinstance(error, Conflict):
        return HTTPStatus.CONFLICT, str(error)
    if isinstance(error, InquitError):
        return HTTPStatus.SERVICE_UNAVAILABLE, str(error)
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        return status, error.detail if error.detail != status.phrase else ""
    return HTTPStatus.INTERNAL_SERVER_ERROR, "This page could not be made; the log of the reader says why."
