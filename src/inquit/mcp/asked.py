"""What an assistant may ask with: the arguments of each tool, whose JSON Schema is made from these types."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from inquit.records import Framing, Stance, Standing

MOST = 50
"""Records in one answer."""

_Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=500)]
_Date: TypeAlias = Annotated[str, Meta(max_length=40)]
_Source: TypeAlias = Annotated[_Name | None, Meta(description="Part of the name of who says it, such as Duarte.")]
_Party: TypeAlias = Annotated[_Name | None, Meta(description="Part of the name of the body that is spoken for.")]
_Outlet: TypeAlias = Annotated[_Name | None, Meta(description="Part of the name of the outlet that carries it.")]
_Words: TypeAlias = Annotated[
    _Name | None, Meta(description='Words that the statement holds, in any form; "…" keeps a phrase together.')
]
_Since: TypeAlias = Annotated[_Date | None, Meta(description="Published on this date or later: 2026, 2026-03-02.")]
_Until: TypeAlias = Annotated[_Date | None, Meta(description="Published on this date or earlier.")]
_Limit: TypeAlias = Annotated[int, Meta(ge=1, le=MOST, description="At most so many.")]
_After: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000, description="Leave so many out, to go on where you were.")]


class _Stretch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    limit: _Limit = 10
    after: _After = 0


class _Chosen(_Stretch, frozen=True, kw_only=True, forbid_unknown_fields=True):
    words: _Words = None
    source: _Source = None
    party: _Party = None
    outlet: _Outlet = None
    since: _Since = None
    until: _Until = None


class SearchStatements(_Chosen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of ``search_statements``."""

    stance: Annotated[Stance | None, Meta(description="What the source does with the content.")] = None
    standing: Annotated[Standing | None, Meta(description="What kind of source it is.")] = None
    framing: Annotated[Framing | None, Meta(description="How the outlet's words stand to it.")] = None
    voice: Annotated[
        Literal["own", "attributed"] | None, Meta(description="own: the outlet itself asserts it, with no source.")
    ] = None


class ListClaims(_Chosen, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of ``list_claims``."""

    sort: Annotated[
        Literal["outlets", "independence", "losses", "denials", "newest", "oldest"],
        Meta(
            description="outlets: most outlets first; independence: fewest independent sources first; losses: those "
            "that lost their attribution most often first; denials: most denied first."
        ),
    ] = "outlets"


class TraceClaim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of ``trace_claim``."""

    claim: Annotated[_Name, Meta(description="The id (c1:…) of a claim or (s1:…) of one of its statements.")]
    limit: _Limit = 30


class StatementsOfSource(_Stretch, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of ``statements_of_source``."""

    source: Annotated[_Name, Meta(description="Part of the name of the source, such as Duarte.")]
    since: _Since = None
    until: _Until = None


class StatementsOfArticle(_Stretch, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of ``statements_of_article``."""

    article: Annotated[_Name, Meta(description="The id (a1:…) of the article.")]
    limit: _Limit = MOST


class Outlets(_Stretch, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of ``outlets``."""

    limit: _Limit = MOST


def schema(kind: type[msgspec.Struct]) -> dict[str, object]:
    """The JSON Schema of a tool's arguments."""
    _, parts = msgspec.json.schema_components([kind])
    found: dict[str, object] = parts[kind.__name__]
    found.pop("description", None)
    return found
