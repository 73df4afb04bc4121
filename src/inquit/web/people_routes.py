"""Logging in and out, one's own account, and for an admin the accounts of all."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, URLEncodedBody
from litestar.response import Redirect, Template

from inquit.errors import UsageError
from inquit.keep.people import ROLES, Person, Role
from inquit.web.access import Access, Asker, needs, own_path
from inquit.web.accounts import Accounts, TooSoonError
from inquit.web.passwords import LEAST

Asking: TypeAlias = Request[Person, Asker, Any]


class LoginForm(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody logs in with, and where to go then."""

    name: str
    password: str
    next: str = "/"


class PasswordForm(msgspec.Struct, frozen=True, kw_only=True):
    """The present password and a new one."""

    present: str
    password: str


class PersonForm(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done with whose account."""

    name: str
    do: Literal["add", "role", "password", "remove"]
    role: Role = "reader"
    password: str = ""


class Doorman(msgspec.Struct, frozen=True, kw_only=True):
    """What the routes need: the accounts, how it is known who asks, and the cookie of a session."""

    accounts: Accounts
    access: Access
    cookie: str
    secure: bool

    def session_cookie(self, token: str | None) -> Cookie:
        """The cookie of a session, until the browser ends; without a token the one that takes it away."""
        age = 0 if token is None else None
        return Cookie(self.cookie, value=token or "", max_age=age, secure=self.secure, httponly=True, samesite="lax")


@get("/login", opt={"public": True}, sync_to_thread=False)
def login_page(
    next_: Annotated[str, QueryParameter(name="next", max_length=2000)] = "/",
) -> Template:
    """The form."""
    return Template("login.html", context={"next": own_path(next_), "name": "", "told": ""})


@post("/login", opt={"public": True}, sync_to_thread=True)
def login(data: URLEncodedBody[LoginForm], request: Asking, doorman: NamedDependency[Doorman]) -> Response[Any]:
    """A session, and on to where somebody wanted to go; or the form again."""
    try:
        token = doorman.accounts.login(data.name, data.password, doorman.access.address(request))
    except TooSoonError as error:
        return _again(data, str(error), 429, {"retry-after": str(error.wait)})
    if token is None:
        return _again(data, "Name and password do not fit.", 403, {})
    return _gone(own_path(data.next), doorman.session_cookie(token))


@post("/logout", sync_to_thread=True)
def logout(request: Asking, doorman: NamedDependency[Doorman]) -> Response[Any]:
    """The session ends."""
    if request.auth.session:
        doorman.accounts.logout(request.auth.session)
    return _gone("/login", doorman.session_cookie(None))


@get("/account", sync_to_thread=False)
def account(request: Asking) -> Template:
    """One's own account."""
    return _account(request.user)


@post("/account", sync_to_thread=True)
def change_password(
    data: URLEncodedBody[PasswordForm], request: Asking, doorman: NamedDependency[Doorman]
) -> Response[Any]:
    """Another password, for who knows the present one; every session ends but a new one here."""
    name, address = request.user.name, doorman.access.address(request)
    try:
        if doorman.accounts.login(name, data.present, address) is None:
            return _account(request.user, "The present password is another one.", 403)
        doorman.accounts.set_password(name, data.password)
        token = doorman.accounts.login(name, data.password, address)
    except UsageError as error:
        return _account(request.user, str(error), 400)
    return _gone("/account", doorman.session_cookie(token))


@get("/people", guards=[needs("admin")], sync_to_thread=True)
def people(doorman: NamedDependency[Doorman]) -> Template:
    """Everybody, for an admin."""
    return _people(doorman)


@post("/people", guards=[needs("admin")], sync_to_thread=True)
def change_people(data: URLEncodedBody[PersonForm], doorman: NamedDependency[Doorman]) -> Response[Any]:
    """Add somebody, give another role or password, or remove somebody."""
    accounts = doorman.accounts
    try:
        if data.do == "add":
            accounts.add(data.name, data.role, data.password or None)
        elif data.do == "role":
            accounts.set_role(data.name, data.role)
        elif data.do == "password":
            accounts.set_password(data.name, data.password)
        else:
            accounts.remove(data.name)
    except UsageError as error:
        return _people(doorman, str(error), 400)
    return _gone("/people")


def people_routes(access: Access, accounts: Accounts | None, *, cookie: str, secure: bool) -> list[Router]:
    """The routes for accounts, where there are any; to log in and out only where that is how people get in."""
    if accounts is None:
        return []
    doorman = Doorman(accounts=accounts, access=access, cookie=cookie, secure=secure)
    own = [login_page, login, logout, account, change_password] if access.login else []
    return [
        Router(
            "/",
            route_handlers=[*own, people, change_people],
            dependencies={"doorman": Provide(lambda: doorman, sync_to_thread=False)},
            include_in_schema=False,
        )
    ]


def _again(data: LoginForm, told: str, status: int, headers: dict[str, str]) -> Template:
    shown = {"next": own_path(data.next), "name": data.name, "told": told}
    return Template("login.html", context=shown, status_code=status, headers=headers)


def _account(person: Person, told: str = "", status: int = 200) -> Template:
    return Template("account.html", context={"person": person, "least": LEAST, "told": told}, status_code=status)


def _people(doorman: Doorman, told: str = "", status: int = 200) -> Template:
    shown = {"people": doorman.accounts.people(), "roles": ROLES, "least": LEAST, "told": told}
    return Template("people.html", context=shown, status_code=status)


def _gone(path: str, cookie: Cookie | None = None) -> Response[Any]:
    gone = Redirect(path, status_code=303)
    if cookie is not None:
        gone.set_cookie(cookie)
    return gone
