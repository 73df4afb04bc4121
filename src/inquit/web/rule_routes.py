"""Rulings from the pages: made, withdrawn, and what happens when somebody else ruled meanwhile."""

from __future__ import annotations

from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec
from litestar import Request, Response, Router, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import PermissionDeniedException
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from inquit.errors import Conflict, UsageError
from inquit.keep import Draft, Ledger
from inquit.keep.people import Person
from inquit.records import Ruling, Says
from inquit.web.access import Asker, needs, own_path
from inquit.web.addresses import at
from inquit.web.asking import Ledgers
from inquit.web.desk import Desk

Asking: TypeAlias = Request[Person, Asker, Any]

MOST_JOINED = 20
"""Claims that are joined with one at once."""


class RuleForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a form sends: the ruling, ``seen`` (what its page had seen of others' rulings), and where to go ``back``.

    ``entity`` is who says the words of a statement that was missed.
    """

    about: str
    says: Says
    value: str = ""
    entity: str = ""
    quote: str = ""
    reason: str = ""
    seen: str | None = None
    back: str = "/"

    def draft(self, who: str) -> Draft:
        """The ruling, in somebody's name."""
        value = self.value
        if self.says == "missed" and self.entity:
            value = msgspec.json.encode({"content": [value], "entity": self.entity}).decode()
        return Draft(
            about=self.about,
            says=self.says,
            who=who,
            value=value or None,
            quote=self.quote or None,
            reason=self.reason or None,
        )


class JoinForm(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that are the same as the one ``about``: those of ``others``, and the one whose id is ``other``."""

    about: str
    others: str | list[str] = []  # a form with one ticked sends no list
    other: str = ""
    reason: str = ""
    seen: str | None = None
    back: str = "/"

    def each(self, ledger: Ledger) -> list[str]:
        """The ids of the others; raises UsageError where none is chosen, or one is none."""
        ticked = [self.others] if isinstance(self.others, str) else self.others
        found = list(dict.fromkeys(filter(None, (*ticked, self.other.strip()))))
        if not found:
            raise UsageError("no claim was chosen: tick those that are the same, or write the id of one")
        if len(found) > MOST_JOINED:
            raise UsageError(f"{len(found)} claims at once are too many: choose {MOST_JOINED} at most")
        # All are looked at before the first is ruled on, so that none is joined where one cannot be.
        for one in found:
            claim = ledger.claim(one)
            if claim is None or claim.id == self.about:
                raise UsageError(f"{one} is no other claim of this ledger")
        return found

    def draft(self, other: str, who: str) -> Draft:
        """The ruling on one of them, in somebody's name."""
        return Draft(about=self.about, says="same-claim", who=who, value=other, reason=self.reason or None)


class WithdrawForm(msgspec.Struct, frozen=True, kw_only=True):
    """Which ruling is withdrawn."""

    id: str
    seen: str | None = None
    back: str = "/"


class Conflicting(msgspec.Struct, frozen=True, kw_only=True):
    """What ``conflict.html`` shows: their ruling and ours, and what has been seen now.

    ``joining`` are the claims that we wanted to join.
    """

    theirs: Ruling
    ours: RuleForm | None
    joining: list[str] = []
    withdrawing: str | None = None
    seen: str
    back: str


@post("/rule", guards=[needs("analyst")], sync_to_thread=True)
def rule(
    data: URLEncodedBody[RuleForm], request: Asking, desk: NamedDependency[Desk], ledgers: NamedDependency[Ledgers]
) -> Response[Any]:
    """The ruling is kept, and back; or both rulings where somebody ruled meanwhile."""
    try:
        ruling = desk.rule(data.draft(request.user.name), seen=data.seen)
    except Conflict as conflict:
        with ledgers.one() as ledger:
            seen = ledger.seen(data.about)
        return _conflict(Conflicting(theirs=conflict.ruling, ours=data, seen=seen, back=own_path(data.back)))
    return Redirect(with_ruling(own_path(data.back), ruling.id), status_code=303)


@post("/rule/join", guards=[needs("analyst")], sync_to_thread=True)
def join(
    data: URLEncodedBody[JoinForm], request: Asking, desk: NamedDependency[Desk], ledgers: NamedDependency[Ledgers]
) -> Response[Any]:
    """A ruling for each of the claims, and back; none of them where somebody ruled meanwhile."""
    with ledgers.one() as ledger:
        others = data.each(ledger)
    try:
        kept = [desk.rule(data.draft(others[0], request.user.name), seen=data.seen)]
    except Conflict as conflict:
        with ledgers.one() as ledger:
            seen = ledger.seen(data.about)
        ours = RuleForm(about=data.about, says="same-claim", value=", ".join(others), reason=data.reason)
        found = Conflicting(theirs=conflict.ruling, ours=ours, joining=others, seen=seen, back=own_path(data.back))
        return _conflict(found)
    kept += [desk.rule(data.draft(one, request.user.name)) for one in others[1:]]
    return Redirect(with_ruling(own_path(data.back), ",".join(ruling.id for ruling in kept)), status_code=303)


@post("/rule/withdraw", guards=[needs("analyst")], sync_to_thread=True)
def withdraw(
    data: URLEncodedBody[WithdrawForm], request: Asking, desk: NamedDependency[Desk], ledgers: NamedDependency[Ledgers]
) -> Response[Any]:
    """The ruling is withdrawn, and back."""
    with ledgers.one() as ledger:
        ruling = owned(ledger.ruling(data.id), data.id, request.user)
        seen = ledger.seen(ruling.about)
    try:
        desk.withdraw(data.id, who=request.user.name, seen=data.seen)
    except Conflict as conflict:
        found = Conflicting(theirs=conflict.ruling, ours=None, withdrawing=data.id, seen=seen, back=own_path(data.back))
        return _conflict(found)
    return Redirect(with_ruling(_after(ruling, own_path(data.back)), None), status_code=303)


def rule_routes(desk: Desk, ledgers: Ledgers) -> Router:
    """The routes for rulings over a desk."""
    return Router(
        "/",
        route_handlers=[rule, join, withdraw],
        dependencies={
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "ledgers": Provide(lambda: ledgers, sync_to_thread=False),
        },
        include_in_schema=False,
    )


def owned(ruling: Ruling | None, ident: str, person: Person) -> Ruling:
    """The ruling, where the person may withdraw it: one's own, and for an admin everybody's.

    Raises UsageError where there is none, Litestar's exception for 403 where it is somebody else's.
    """
    if ruling is None:
        raise UsageError(f"there is no ruling {ident}")
    if ruling.who != person.name and not person.may("admin"):
        raise PermissionDeniedException(f"this is a ruling of {ruling.who}: only they or an admin may withdraw it")
    return ruling


def with_ruling(path: str, ruling: str | None) -> str:
    """A path of ours that tells the page which ruling was just made, or which (with commas); with None, none."""
    parts = urlsplit(path)
    kept = [pair for pair in parts.query.split("&") if pair and not pair.startswith("ruled=")]
    told = [f"ruled={quote(ruling)}"] if ruling else []
    return urlunsplit(parts._replace(query="&".join((*kept, *told))))


def _after(withdrawn: Ruling, back: str) -> str:
    """Where to go: a source whose other name is taken away has a page under its own again."""
    moved = withdrawn.says == "same-entity" and urlsplit(back).path == "/source"
    return at("/source", name=withdrawn.about) if moved else back


def _conflict(found: Conflicting) -> Template:
    return Template("conflict.html", context={"page": found}, status_code=409)
