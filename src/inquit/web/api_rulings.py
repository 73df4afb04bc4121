"""Rulings in the API: listed, made and withdrawn."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from inquit.keep import Draft
from inquit.keep.people import Person
from inquit.records import Ruling, Says
from inquit.web.access import Asker, needs
from inquit.web.api import Ident, Limit, Listing, Part, Start, listing
from inquit.web.api_errors import failing
from inquit.web.api_read import json_only
from inquit.web.asking import Ledgers, NotThereError
from inquit.web.desk import Desk
from inquit.web.rule_routes import owned

Asking: TypeAlias = Request[Person, Asker, Any]
Name: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Words: TypeAlias = Annotated[str, msgspec.Meta(max_length=10_000)]
_WRITING: dict[str, Any] = {"exclude_from_csrf": True}


class Wish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ruling to be made; ``seen`` is what ``/api/seen`` said when you looked, null: whatever others ruled since."""

    about: Name
    says: Says
    value: Words | None = None
    quote: Words | None = None
    reason: Words | None = None
    seen: Name | None = None


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What you had seen when you decided to withdraw a ruling, as in a ``Wish``."""

    seen: Name | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A mark that changes with every ruling about a thing."""

    seen: str


@get("/rulings", summary="What people ruled", responses=failing(), sync_to_thread=True)
def rulings(
    ledgers: NamedDependency[Ledgers], about: Part = None, who: Part = None, start: Start = 0, limit: Limit = 100
) -> Listing[Ruling]:
    """Rulings, the newest first, those withdrawn too; about a thing, by a person."""
    with ledgers.one() as ledger:
        return listing(ledger.rulings(about=about, who=who, start=start, most=limit + 1), start, limit)


@get("/rulings/{ident:str}", summary="A ruling", responses=failing(), sync_to_thread=True)
def ruling(ledgers: NamedDependency[Ledgers], ident: Ident) -> Ruling:
    """The ruling of that id."""
    with ledgers.one() as ledger:
        return _there(ledger.ruling(ident), ident)


@get("/seen", summary="A mark of what was ruled about a thing", responses=failing(), sync_to_thread=True)
def seen(
    ledgers: NamedDependency[Ledgers], about: Annotated[str, QueryParameter(min_length=1, max_length=300)]
) -> Seen:
    """Send it along with a ruling, and you are told when somebody ruled meanwhile."""
    with ledgers.one() as ledger:
        return Seen(seen=ledger.seen(about))


@post(
    "/rulings",
    summary="Make a ruling",
    responses=failing(409, 413, 415),
    guards=[json_only, needs("analyst")],
    opt=_WRITING,
    sync_to_thread=True,
)
def make(data: JSONBody[Wish], request: Asking, desk: NamedDependency[Desk]) -> Ruling:
    """The ruling as it is kept; it is on disk, what statements say has changed, and claims follow in a moment."""
    draft = Draft(
        about=data.about,
        says=data.says,
        who=request.user.name,
        value=data.value or None,
        quote=data.quote or None,
        reason=data.reason or None,
    )
    return desk.rule(draft, seen=data.seen)


@post(
    "/rulings/{ident:str}/withdraw",
    summary="Withdraw a ruling",
    responses=failing(409, 413, 415),
    guards=[json_only, needs("analyst")],
    opt=_WRITING,
    status_code=200,
    sync_to_thread=True,
)
def withdraw(
    data: JSONBody[Withdrawal],
    request: Asking,
    desk: NamedDependency[Desk],
    ledgers: NamedDependency[Ledgers],
    ident: Ident,
) -> Ruling:
    """One's own; an admin withdraws everybody's."""
    with ledgers.one() as ledger:
        owned(_there(ledger.ruling(ident), ident), ident, request.user)
    return desk.withdraw(ident, who=request.user.name, seen=data.seen)


RULINGS: tuple[ControllerRouterHandler, ...] = (rulings, ruling, seen, make, withdraw)


def _there(found: Ruling | None, ident: str) -> Ruling:
    if found is None:
        raise NotThereError(f"there is no ruling {ident}")
    return found
