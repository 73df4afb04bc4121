"""The JSON API under ``/api``: the records of a ledger, exactly as the command line writes them (docs/schema.json)."""

from __future__ import annotations

import json
import threading
from importlib.metadata import version
from typing import Annotated, Any, Generic, TypeAlias, TypeVar

import msgspec
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.params import FromQuery, PathParameter, QueryParameter
from litestar.types import ControllerRouterHandler, Serializer

from inquit.clock import stretch
from inquit.errors import UsageError
from inquit.keep import Counts, Hit, Wanted
from inquit.keep.listing import Order, Sought, Stretch
from inquit.records import Article, Claim, Copy, Problem, Reading, Source, Stance, Standing, Statement
from inquit.web.api_errors import failing
from inquit.web.asking import Ledgers, NotThereError
from inquit.web.desk import Desk

OPENAPI = OpenAPIConfig(
    title="inquit",
    version=version("inquit"),
    description="Who says what, on whose word: the records of one ledger.",
    path="/api/openapi",
    render_plugins=[JsonRenderPlugin()],
)
"""There is no page that shows it, which would load others' scripts."""

T = TypeVar("T")
Start: TypeAlias = Annotated[int, QueryParameter(ge=0, le=2**31, description="Leave out so many.")]
Limit: TypeAlias = Annotated[int, QueryParameter(ge=1, le=500, description="At most so many.")]
Part: TypeAlias = Annotated[str | None, QueryParameter(min_length=1, max_length=300)]
Ident: TypeAlias = Annotated[str, PathParameter(min_length=1, max_length=100)]
_FAILING = failing()


class Listing(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """Some records of a kind in their order; ``next`` is the ``start`` of those that follow, null at the end."""

    items: list[T]
    next: int | None = None


class KnownSources:
    """The sources of a ledger, made anew when it has changed: that goes through all of its statements."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revision: int | None = None
        self._sources: list[Source] = []

    def sources(self, ledgers: Ledgers) -> list[Source]:
        """Every source, the one with most statements first."""
        with self._lock, ledgers.one() as kept:
            revision = kept.revision()
            if revision != self._revision:
                self._sources, self._revision = list(kept.sources()), revision
            return self._sources


class Json(Response[object]):
    """JSON in which a lone surrogate, which UTF-8 cannot hold, is written as its escape (RFC 8259, 8.2)."""

    def render(self, content: object, media_type: str, enc_hook: Serializer | None = None) -> bytes:  # noqa: ARG002 - Litestar's signature
        """The bytes of the answer."""
        try:
            return msgspec.json.encode(content)
        except UnicodeEncodeError:
            return json.dumps(msgspec.to_builtins(content), separators=(",", ":")).encode("ascii")


@get("/ledger", summary="What the ledger holds", responses=_FAILING, sync_to_thread=True)
def ledger(ledgers: NamedDependency[Ledgers]) -> Counts:
    """How many records of each kind there are."""
    with ledgers.one() as kept:
        return kept.counts()


@get("/articles", summary="Articles in order of time", responses=_FAILING, sync_to_thread=True)
def articles(
    ledgers: NamedDependency[Ledgers], outlet: Part = None, start: Start = 0, limit: Limit = 50
) -> Listing[Article]:
    """Those whose outlet's name has the part."""
    with ledgers.one() as kept:
        return listing(kept.listing().articles(Stretch(start, limit + 1), outlet=outlet), start, limit)


@get("/articles/{ident:str}", summary="An article with its statements", responses=_FAILING, sync_to_thread=True)
def article(ledgers: NamedDependency[Ledgers], ident: Ident) -> Reading:
    """The article of that id, its statements in the order of the text, and its problems."""
    with ledgers.one() as kept:
        return _there(kept.reading(ident), f"there is no article {ident}")


@get("/statements", summary="Statements in order of time", responses=_FAILING, sync_to_thread=True)
def statements(
    *,
    ledgers: NamedDependency[Ledgers],
    q: Part = None,
    article_id: Annotated[str | None, QueryParameter(name="article", max_length=100)] = None,
    source: Part = None,
    party: Part = None,
    outlet: Part = None,
    standing: FromQuery[Standing | None] = None,
    stance: FromQuery[Stance | None] = None,
    own_voice: FromQuery[bool | None] = None,
    start: Start = 0,
    limit: Limit = 100,
) -> Listing[Statement]:
    """Those that hold all the words of ``q``, and whose source, party and outlet have the parts."""
    sought = Sought(
        words=q,
        article=article_id,
        source=source,
        party=party,
        outlet=outlet,
        standing=standing,
        stance=stance,
        own_voice=own_voice,
    )
    with ledgers.one() as kept:
        return listing(kept.listing().statements(Stretch(start, limit + 1), sought), start, limit)


@get("/statements/{ident:str}", summary="A statement", responses=_FAILING, sync_to_thread=True)
def statement(ledgers: NamedDependency[Ledgers], ident: Ident) -> Statement:
    """The statement of that id."""
    with ledgers.one() as kept:
        return _there(kept.statement(ident), f"there is no statement {ident}")


@get("/claims", summary="What several statements say", responses=_FAILING, sync_to_thread=True)
def claims(
    *,
    ledgers: NamedDependency[Ledgers],
    q: Part = None,
    source: Part = None,
    party: Part = None,
    outlet: Part = None,
    since: Part = None,
    until: Part = None,
    sort: FromQuery[Order] = "outlets",
    start: Start = 0,
    limit: Limit = 50,
) -> Listing[Claim]:
    """Claims with a statement that fits all of source, party, outlet and dates, and one that holds all the words.

    Dates are 2026, 2026-03 or 2026-03-02. Most outlets first; fewest independent sources; most steps of laundering;
    or in order of time.
    """
    wanted = Wanted(
        source=source,
        party=party,
        outlet=outlet,
        since=_covered(since, "since")[0],
        until=_covered(until, "until")[1],
    )
    with ledgers.one() as kept:
        found = kept.listing().claims(Stretch(start, limit + 1), wanted, words=q, order=sort)
        return listing(found, start, limit)


@get("/claims/{ident:str}", summary="A claim", responses=_FAILING, sync_to_thread=True)
def claim(ledgers: NamedDependency[Ledgers], ident: Ident) -> Claim:
    """The claim of that id, or the one that it has become part of."""
    with ledgers.one() as kept:
        return _there(kept.claim(ident), f"there is no claim {ident}")


@get("/copies", summary="Who took over whose text", responses=_FAILING, sync_to_thread=True)
def copies(
    ledgers: NamedDependency[Ledgers],
    article_id: Annotated[str | None, QueryParameter(name="article", max_length=100)] = None,
    start: Start = 0,
    limit: Limit = 100,
) -> Listing[Copy]:
    """Copies in order of time of the article that takes over; those from or to an article."""
    with ledgers.one() as kept:
        return listing(kept.listing().copies(Stretch(start, limit + 1), article=article_id), start, limit)


@get("/sources", summary="Who is made to say something", responses=_FAILING, sync_to_thread=True)
def sources(
    *,
    ledgers: NamedDependency[Ledgers],
    known: NamedDependency[KnownSources],
    name: Part = None,
    party: Part = None,
    outlet: Part = None,
    start: Start = 0,
    limit: Limit = 50,
) -> Listing[Source]:
    """Sources over all articles, the one with most statements first."""
    found = [
        source
        for source in known.sources(ledgers)
        if _has(source.entity, name)
        and _has(source.party or "", party)
        and (outlet is None or any(_has(one, outlet) for one in source.outlets))
    ]
    return listing(found[start : start + limit + 1], start, limit)


@get("/search", summary="Articles and statements that hold words", responses=_FAILING, sync_to_thread=True)
def search(
    ledgers: NamedDependency[Ledgers],
    q: Annotated[str, QueryParameter(min_length=1, max_length=300)],
    limit: Limit = 50,
) -> Listing[Hit]:
    """Those that hold all the words, the best first; ``"…"`` holds a phrase together."""
    with ledgers.one() as kept:
        return Listing(items=kept.search(q, limit=limit))


@get("/problems", summary="Trouble in the data", responses=_FAILING, sync_to_thread=True)
def problems(
    ledgers: NamedDependency[Ledgers],
    article_id: Annotated[str | None, QueryParameter(name="article", max_length=100)] = None,
    start: Start = 0,
    limit: Limit = 100,
) -> Listing[Problem]:
    """Problems of articles in order of time, then those of inputs that gave none."""
    with ledgers.one() as kept:
        return listing(kept.listing().problems(Stretch(start, limit + 1), article=article_id), start, limit)


@get("/openapi.json", include_in_schema=False, sync_to_thread=False)
def description(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The API's description in OpenAPI 3.1."""
    return request.app.openapi_schema.to_schema()


_READS: tuple[ControllerRouterHandler, ...] = (
    description,
    ledger,
    articles,
    article,
    statements,
    statement,
    claims,
    claim,
    copies,
    sources,
    search,
    problems,
)


def api(ledgers: Ledgers, desk: Desk, *others: ControllerRouterHandler) -> Router:
    """The routes under ``/api``, over a ledger and a desk; with others beside them."""
    known = KnownSources()
    return Router(
        "/api",
        route_handlers=[*_READS, *others],
        dependencies={
            "ledgers": Provide(lambda: ledgers, sync_to_thread=False),
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "known": Provide(lambda: known, sync_to_thread=False),
        },
        response_class=Json,
    )


def listing(found: list[T], start: int, limit: int) -> Listing[T]:
    """Records of which one more was looked up than is asked for."""
    return Listing(items=found[:limit], next=start + limit if len(found) > limit else None)


def _there(found: T | None, message: str) -> T:
    if found is None:
        raise NotThereError(message)
    return found


def _has(name: str, wanted: str | None) -> bool:
    return wanted is None or wanted.casefold() in name.casefold()


def _covered(date: str | None, name: str) -> tuple[float | None, float | None]:
    if date is None:
        return None, None
    found = stretch(date)
    if found is None:
        raise UsageError(f"{name} {date!r} is no date: write 2026, 2026-03 or 2026-03-02")
    return found
