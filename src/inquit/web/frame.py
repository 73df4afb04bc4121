"""What every page has in common: templates that escape, headers that keep code out, our own styles and scripts."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from litestar import Request, Response
from litestar.datastructures import MutableScopeHeaders
from litestar.exceptions import NotFoundException
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.types import Message, Scope

from inquit.show.account import counted, dated, short_id
from inquit.show.frame import web_link
from inquit.show.safe import shown
from inquit.show.stamp import full
from inquit.web.addresses import at
from inquit.web.extras import PNG_NEEDS, has

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_SHOWN_ALREADY = "__html__"
_ASSETS = {
    "inquit.show": ("colours.css", "page.css", "chain.css", "story.css", "page.js"),
    "inquit.web": ("static/web.css", "static/web.js", "static/mark.svg"),
}
_KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def environment() -> Environment:
    """The templates of the pages, with what they call; all that they show is escaped, and made safe to look at."""
    made = Environment(
        loader=PackageLoader("inquit.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
    )
    made.globals |= {"at": at, "asset": _address, "web_link": web_link, "has_png": has(PNG_NEEDS)}
    made.filters |= {"counted": counted, "dated": dated, "full": full, "short": short_id, "instant": _instant}
    return made


def page_of(engine: JinjaTemplateEngine, request: Request[Any, Any, Any], template: str, **given: object) -> str:
    """A rendered page; its template sees ``request`` and what is given."""
    return engine.get_template(template).render(request=request, **given)


async def with_headers(message: Message, scope: Scope) -> None:  # noqa: ARG001 - Litestar's signature
    """Give every answer the headers that keep foreign code out."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("cache-control", "no-cache, private")


def asset(name: str) -> Response[bytes]:
    """One of our own styles, scripts and pictures; raises Litestar's exception for 404."""
    if name not in _CONTENTS:
        raise NotFoundException
    kind = _KINDS[name.rpartition(".")[2]]
    return Response(_CONTENTS[name], media_type=kind, headers={"cache-control": "max-age=86400"})


def _address(name: str) -> str:
    return f"/static/{name}?{_DIGESTS[name]}"


def _instant(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _safe(value: object) -> object:
    if value is None:
        return ""
    return shown(value) if isinstance(value, str) and not hasattr(value, _SHOWN_ALREADY) else value


_CONTENTS = {
    path.rpartition("/")[2]: (files(package) / path).read_bytes()
    for package, paths in _ASSETS.items()
    for path in paths
}
_DIGESTS = {name: hashlib.sha256(content).hexdigest()[:12] for name, content in _CONTENTS.items()}
