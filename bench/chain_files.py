"""The invented chains of tests/chains: articles with their statements marked, and what linking has to find in them.

Statements are called ``key.number``: the key of their article, the number of their marks.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from inquit import marked
from inquit.ids import article_id, statement_id
from inquit.records import (
    Article,
    Attribution,
    Carriage,
    Credit,
    Form,
    Framing,
    Hyperlink,
    Lost,
    Reading,
    Span,
    Spans,
    Stance,
    Standing,
    Statement,
)

CHAINS = Path(__file__).parents[1] / "tests" / "chains"


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the marks of a statement do not say; the entity is the source's words, and speaks for itself, if unset."""

    entity: str | None = None
    party: str | None = None
    standing: Standing = "person"
    stance: Stance = "affirms"
    framing: Framing = "neutral"
    through: str | None = None


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One article; ``links`` are the words of its links, each of which it has once, and where they lead to."""

    key: str
    outlet: str
    published: str
    marked: str
    labels: dict[int, Labels] = {}
    url: str | None = None
    links: dict[str, str] = {}


class Taken(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A copy that is to be found; ``cut`` names what it left out."""

    from_: str
    to: str
    credit: Credit
    origin: str | None = None
    cut: tuple[str, ...] = ()


class Loss(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A step of laundering."""

    from_: str
    to: str
    lost: Lost


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim that is to be found; two numbers of independent sources where either may be argued for."""

    occurrences: dict[str, Carriage]
    origins: tuple[str, ...]
    independent: int
    or_independent: int | None = None
    denied_by: tuple[str, ...] = ()
    laundering: tuple[Loss, ...] = ()
    corrected_by: tuple[str, ...] = ()
    circular: tuple[str, ...] = ()


class Chain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One chain; ``owners`` is a file of outlets as a desk would write it; ``apart`` are pairs that are no copies."""

    name: str
    article: tuple[Told, ...]
    claim: tuple[Wanted, ...] = ()
    copies: tuple[Taken, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    owners: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    chain: tuple[Chain, ...]


def load() -> list[Chain]:
    """Every chain, in the order of the files' names and of their lines."""
    return [
        chain
        for path in sorted(CHAINS.glob("*.toml"))
        for chain in msgspec.toml.decode(path.read_bytes(), type=_File, strict=False).chain
    ]


def reading(told: Told) -> tuple[Reading, dict[int, str]]:
    """The article with its marked statements, and their ids by number."""
    found = marked.parse(told.marked)
    ident = article_id(external_id=told.key, outlet=told.outlet, published=told.published, title=None, text=found.text)
    article = Article(
        id=ident,
        external_id=told.key,
        url=told.url,
        outlet=told.outlet,
        published=told.published,
        text=found.text,
        links=tuple(Hyperlink(span=_place(found.text, words), address=to) for words, to in told.links.items()),
    )
    statements = {s.number: _statement(article, s, told.labels.get(s.number, Labels())) for s in found.statements}
    in_order = sorted(statements.values(), key=lambda s: s.content)
    return Reading(article=article, statements=tuple(in_order)), {n: s.id for n, s in statements.items()}


def _statement(article: Article, given: marked.MarkedStatement, labels: Labels) -> Statement:
    said = None if given.own_voice else _attribution(article.text, given, labels)
    return Statement(
        id=statement_id(
            article=article.id,
            source=given.source,
            cue=given.cue,
            content=given.content,
            inside=None,
            attributed=said is not None,
        ),
        article=article.id,
        content=given.content,
        form=None if said is None else _form(article.text, given.content),
        attribution=said,
        score=1.0,
        by="hand/1",
    )


def _attribution(text: str, given: marked.MarkedStatement, labels: Labels) -> Attribution:
    entity = labels.entity or (_words(text, given.source).removeprefix("the ").removeprefix("The ") or None)
    if labels.standing == "anonymous" and entity:
        entity = entity.removeprefix("A ").removeprefix("An ").removeprefix("a ").removeprefix("an ")
    return Attribution(
        source=given.source,
        cue=given.cue,
        entity=entity,
        party=labels.party or entity,
        through=labels.through,
        standing=labels.standing,
        stance=labels.stance,
        framing=labels.framing,
    )


def _words(text: str, spans: Spans) -> str:
    return " ".join(text[start:end] for start, end in spans)


def _form(text: str, content: Spans) -> Form:
    """By the marks around the content: enough for chains, whose contents are quoted whole or not at all."""
    return "direct" if all(_quoted(text, span) for span in content) else "indirect"


def _place(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def _quoted(text: str, span: Span) -> bool:
    return text[max(0, span[0] - 1) : span[0]] in ("“", '"')
