"""The whole reader put together: pages, rulings, people and the API, for those who may see them."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec
from litestar import Litestar
from litestar.config.csrf import CSRFConfig

from inquit.errors import WorkError
from inquit.keep.people import People
from inquit.link.owners import Outlets
from inquit.web.access import Access, Gate, Local, Named, Networks, Proxied
from inquit.web.accounts import Accounts
from inquit.web.api import OPENAPI, api
from inquit.web.api_errors import api_error
from inquit.web.api_read import reading
from inquit.web.api_rulings import RULINGS
from inquit.web.app import Parts, make_app
from inquit.web.asking import Ledgers
from inquit.web.desk import Desk
from inquit.web.people_routes import people_routes
from inquit.web.rule_routes import rule_routes


class Entrance(msgspec.Struct, frozen=True, kw_only=True):
    """How people get in: ``who`` alone on this machine; with ``auth`` by accounts; or named by a proxy in ``header``.

    ``trust`` are the addresses of proxies, which speak TLS with browsers; ``tls`` tells that we do so ourselves.
    """

    who: str
    host: str = "127.0.0.1"
    port: int = 8000
    auth: bool = False
    header: str | None = None
    trust: Networks = ()
    tls: bool = False


def reader(ledger: Path, entrance: Entrance, outlets: Outlets | None = None) -> Litestar:
    """The application; links are made, and outlets told, by ``outlets``. Raises WorkError when nobody could log in."""
    secure = entrance.tls or bool(entrance.trust)
    name = f"{'__Host-' if secure else ''}inquit-{entrance.port}"
    accounts = _accounts(ledger) if entrance.auth or entrance.header else None
    access = _access(entrance, accounts, name)
    ledgers, desk = Ledgers(ledger), Desk(ledger, outlets)
    # Its name differs from run to run: a cookie of an earlier run was signed with another secret.
    csrf = CSRFConfig(
        secrets.token_hex(32),
        cookie_name=f"{name}-{secrets.token_hex(4)}",
        cookie_secure=secure,
        cookie_httponly=True,
    )
    parts = Parts(
        outlets=outlets,
        handlers=[
            api(ledgers, desk, reading(), *RULINGS),
            rule_routes(desk, ledgers),
            *people_routes(access, accounts, cookie=name, secure=secure),
        ],
        middleware=[Gate(access, desk)],
        csrf=csrf,
        openapi=OPENAPI,
        api_error=api_error,
        closing=[desk.close, ledgers.close, *([accounts.close] if accounts else [])],
    )
    return make_app(ledger, parts)


def _accounts(ledger: Path) -> Accounts:
    people = People.beside(ledger)
    if not people.people():
        people.close()
        raise WorkError(f"nobody has an account: `inquit people {ledger} add NAME --role admin` adds somebody")
    return Accounts(people)


def _access(entrance: Entrance, accounts: Accounts | None, cookie: str) -> Access:
    if accounts is None:
        return Local(entrance.who, entrance.host)
    if entrance.header is not None:
        return Proxied(accounts, entrance.header, entrance.trust)
    return Named(accounts, cookie, entrance.trust)
