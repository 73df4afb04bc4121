"""Errors of the JSON API as problem details (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import ClientException, HTTPException
from litestar.openapi.datastructures import ResponseSpec

from inquit.errors import Conflict
from inquit.records import Ruling
from inquit.web.app import told

MEDIA = "application/problem+json"
_log = logging.getLogger("inquit.web")


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was not answered as it was asked: the status, its name, and what to do about it.

    ``ruling`` is what somebody ruled meanwhile.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[str] = []
    ruling: Ruling | None = None


def api_error(request: Request[Any, Any, Any], error: Exception) -> Response[Details]:
    """The answer to a request that failed."""
    # Bytes that are no UTF-8, or brackets without end: neither msgspec nor Litestar makes an error of theirs of it.
    if request.method == "POST" and isinstance(error, UnicodeDecodeError | RecursionError):
        error = ClientException("the body is no JSON that can be read")
    status, message = told(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
        message = "the log of the server says why"
    headers = error.headers if isinstance(error, HTTPException) else None
    ruling = error.ruling if isinstance(error, Conflict) else None
    details = Details(title=status.phrase, status=status.value, detail=message, errors=_errors(error), ruling=ruling)
    return Response(details, status_code=status.value, media_type=MEDIA, headers=headers)


def failing(*statuses: int) -> dict[int, ResponseSpec]:
    """The failures that a route may answer with, for the description of the API; those of every route with them."""
    every = sorted({400, 401, 403, 404, 421, *statuses})
    return {s: ResponseSpec(Details, media_type=MEDIA, description=HTTPStatus(s).phrase) for s in every}


def _errors(error: Exception) -> list[str]:
    """What is wrong with which parameter, as Litestar tells it."""
    extra = error.extra if isinstance(error, HTTPException) else None
    if not isinstance(extra, list):
        return []
    return [f"{one.get('key', 'body')}: {one.get('message', '')}" for one in extra if isinstance(one, dict)]
