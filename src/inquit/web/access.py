"""Who asks, and whether they may: the gate that every request passes.

Three ways to know who it is: one user of this machine (nobody logs in), named accounts, or a proxy that names people.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, NamedTuple, Protocol, TypeAlias, cast
from urllib.parse import quote, urlsplit

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException, NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Guard, Receive, Scope, Send

from inquit.errors import UsageError
from inquit.keep.people import Person, Role
from inquit.web.accounts import Accounts
from inquit.web.desk import Desk

Networks: TypeAlias = tuple[IPv4Network | IPv6Network, ...]
Asking: TypeAlias = ASGIConnection[Any, Any, Any, Any]

_SAFE = {"GET", "HEAD", "OPTIONS"}
_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


class Asker(NamedTuple):
    """Who asks: a person, and the token of their session or key where there is one."""

    person: Person
    session: str | None = None
    key: str | None = None


class Access(Protocol):
    """A way to know who asks."""

    hosts: frozenset[str] | None
    """The names under which the reader answers; None: any."""
    login: bool
    """Whether people log in and out."""
    accounts: bool
    """Whether people have accounts, which an admin manages."""

    def asker(self, asking: Asking) -> Asker | None:
        """Who asks; None where that is not known."""

    def address(self, asking: Asking) -> str:
        """Whose tries to log in are counted together."""


class Local:
    """One user of this machine, who may do everything.

    It answers only to the names of this machine, so that no page of another one can reach it by a name of its own.
    """

    login = False
    accounts = False

    def __init__(self, name: str, host: str) -> None:
        self._asker = Asker(Person(name=name, role="admin"))
        self.hosts: frozenset[str] | None = frozenset({*_LOOPBACK, f"[{host}]" if ":" in host else host.lower()})

    def asker(self, asking: Asking) -> Asker | None:  # noqa: ARG002 - the protocol's
        """The one user."""
        return self._asker

    def address(self, asking: Asking) -> str:
        """The address at the other end."""
        return asking.client.host if asking.client else ""


class Named:
    """People with accounts, by the cookie of a session or by a program's key; ``trust`` are proxies before us."""

    hosts: frozenset[str] | None = None
    login = True
    accounts = True

    def __init__(self, accounts: Accounts, cookie: str, trust: Networks = ()) -> None:
        self._accounts = accounts
        self._cookie = cookie
        self._trust = trust

    def asker(self, asking: Asking) -> Asker | None:
        """Who has the session or key."""
        return _by_key(self._accounts, asking) or self._by_cookie(asking)

    def address(self, asking: Asking) -> str:
        """The address at the other end, or the one that a trusted proxy says it had its request from."""
        peer = asking.client.host if asking.client else ""
        forwarded = asking.headers.getall("x-forwarded-for", [])
        return forwarded[-1].rpartition(",")[2].strip() if forwarded and _within(peer, self._trust) else peer

    def _by_cookie(self, asking: Asking) -> Asker | None:
        token = asking.cookies.get(self._cookie)
        person = self._accounts.whose(token) if token else None
        return Asker(person, session=token) if person else None


class Proxied:
    """People whom a proxy at a trusted address names in a header; they need accounts, which say what they may do."""

    hosts: frozenset[str] | None = None
    login = False
    accounts = True

    def __init__(self, accounts: Accounts, header: str, trust: Networks) -> None:
        self._accounts = accounts
        self._header = header.lower()
        self._trust = trust

    def asker(self, asking: Asking) -> Asker | None:
        """Who is named; nobody where the header comes from elsewhere, twice, or names somebody without an account."""
        if not _within(self.address(asking), self._trust):
            return None
        named = asking.headers.getall(self._header, [])
        if not named:
            return _by_key(self._accounts, asking)
        person = self._accounts.person(_utf8(named[0])) if len(named) == 1 else None
        return Asker(person) if person else None

    def address(self, asking: Asking) -> str:
        """The address at the other end."""
        return asking.client.host if asking.client else ""


class Gate(ASGIMiddleware):
    """Every request passes: to the right host, from our own pages where it changes something, by somebody known.

    ``scope["user"]`` is then the Person (None on handlers with the option ``public``), ``scope["auth"]`` the Asker.
    Raises Litestar's exceptions for 401, 403 and 421; a page is answered by the way to the login where there is one.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, access: Access, desk: Desk) -> None:
        self._access = access
        self._desk = desk

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on, or not."""
        asking = Request[Any, Any, Any](scope)
        self._see_host(asking)
        asker = self._access.asker(asking)
        if not (asker and asker.key):
            _see_origin(asking)
        if asker is None and not scope["route_handler"].opt.get("public"):
            away = self._turned_away(asking)
            await away.to_asgi_response(None, asking)(scope, receive, send)
            return
        scope["user"] = asker.person if asker else None
        scope["auth"] = asker
        for_templates = cast("dict[str, object]", scope)
        for_templates |= {
            "logged_in": bool(asker and asker.session),
            "accounts": bool(asker and self._access.accounts),
            "linking": self._desk.linking,
        }
        await next_app(scope, receive, send)

    def _see_host(self, asking: Asking) -> None:
        if self._access.hosts is not None and _name(asking.headers.get("host", "")) not in self._access.hosts:
            raise HTTPException("this reader answers under the name of this machine only", status_code=421)

    def _turned_away(self, asking: Request[Any, Any, Any]) -> Response[bytes]:
        if self._access.login and asking.method in _SAFE and not asking.url.path.startswith("/api"):
            query = asking.scope["query_string"].decode("latin-1")
            back = quote(asking.url.path + (f"?{query}" if query else ""), safe="/")
            return Response(b"", status_code=303, headers={"location": f"/login?next={back}"})
        if self._access.login or asking.headers.get("authorization"):
            raise NotAuthorizedException("log in, or give a key", headers={"www-authenticate": "Bearer"})
        raise PermissionDeniedException("you have no account here: ask an admin for one")


def needs(role: Role) -> Guard:
    """A guard that lets only those in who may do what the role may."""

    def guard(asking: Asking, _: BaseRouteHandler) -> None:
        if not asking.user.may(role):
            raise PermissionDeniedException(f"this needs the role {role}; yours is {asking.user.role}")

    return guard


def own_path(given: str | None) -> str:
    """A path of this reader to go on to; ``/`` where what is given is none."""
    if given and given.startswith("/") and given[1:2] not in {"/", "\\"} and given.isprintable():
        there = urlsplit(given)
        if not there.scheme and not there.netloc and "\\" not in given:
            return quote(given, safe="/?&=%#:+,;@!$'()*~.-_[]")
    return "/"


def networks(given: Iterable[str]) -> Networks:
    """Addresses and networks (``10.0.0.0/8``). Raises UsageError for what is neither."""
    try:
        return tuple(ip_network(one.strip()) for one in given)
    except ValueError as error:
        raise UsageError(
            f"--trust {error}: give an address such as 10.0.0.7, or a network such as 10.0.0.0/24"
        ) from error


def _by_key(accounts: Accounts, asking: Asking) -> Asker | None:
    scheme, _, token = asking.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    person = accounts.whose(token.strip(), lasting=True)
    return Asker(person, key=token) if person else None


def _see_origin(asking: Request[Any, Any, Any]) -> None:
    """What changes something has to come from our own pages: browsers say where a request comes from."""
    if asking.method in _SAFE:
        return
    origin = asking.headers.get("origin")
    site = asking.headers.get("sec-fetch-site", "none")
    foreign = origin is not None and _host_of(origin) != asking.headers.get("host", "").lower()
    if foreign or site not in {"same-origin", "none"}:
        raise PermissionDeniedException("this was sent by a page of another site, and nothing was done")


def _host_of(origin: str) -> str | None:
    """Host and port of an origin; None where it is no address."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _name(host: str) -> str:
    """A host's name without its port."""
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name.lower()


def _utf8(value: str) -> str:
    """A header's value, which comes as Latin-1, read as the UTF-8 that proxies write."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _within(address: str, trusted: Networks) -> bool:
    try:
        return any(ip_address(address) in network for network in trusted)
    except ValueError:
        return False
