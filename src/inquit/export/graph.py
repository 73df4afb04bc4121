"""A ledger as a graph: what its nodes and edges are, for GraphML and GEXF.

Nodes: articles, statements, claims, and agents (``source``: who speaks; ``body``: outlets and those spoken for).
Edges point the way that words travel: body ``published`` article, source ``says`` statement, article ``contains``
statement, statement ``inside`` the outer one, source ``speaks_for`` body, statement ``puts_forward``, ``denies`` or
``takes_back`` claim, article ``copied_by`` article, statement ``laundered_in`` statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from inquit.export.speaking import Agent, body_named, speaking
from inquit.export.wording import for_xml, on_one_line, web_address, words
from inquit.records import Article, Claim, Copy, Record, Statement

Value: TypeAlias = str | int | float

NODE_KEYS: dict[str, type[Value]] = {
    "kind": str,
    "label": str,
    "outlet": str,
    "published": str,
    "url": str,
    "authors": str,
    "source": str,
    "cue": str,
    "form": str,
    "standing": str,
    "stance": str,
    "framing": str,
    "through": str,
    "evidence": str,
    "when": str,
    "score": float,
    "independent_sources": int,
    "origins": str,
}
"""What a node may have, with its type; every node has kind and label."""
EDGE_KEYS: dict[str, type[Value]] = {
    "kind": str,
    "carriage": str,
    "share": float,
    "credit": str,
    "lost": str,
    "office": str,
    "score": float,
}
"""What an edge may have, with its type; every edge has a kind."""


class Node(msgspec.Struct, frozen=True):
    """A node and what it has of NODE_KEYS."""

    id: str
    has: dict[str, Value]


class Edge(msgspec.Struct, frozen=True):
    """An edge and what it has of EDGE_KEYS."""

    source: str
    target: str
    has: dict[str, Value]


class Graph:
    """Turns records into nodes and edges; in memory are the ids of the agents and their edges."""

    def __init__(self) -> None:
        self._article: Article | None = None
        self._seen: set[str] = set()

    def of(self, record: Record) -> Iterator[Node | Edge]:
        """The nodes and edges of a record, every node before an edge at it; problems have none."""
        if isinstance(record, Article):
            self._article = record
            yield from self._of_article(record)
        elif isinstance(record, Statement) and self._article is not None:
            yield from self._of_statement(self._article, record)
        elif isinstance(record, Copy):
            has = {"share": record.share, "credit": record.credit, "score": record.score}
            yield _edge(record.from_, record.to, "copied_by", **has)
        elif isinstance(record, Claim):
            yield from _of_claim(record)

    def _of_article(self, article: Article) -> Iterator[Node | Edge]:
        told = {"outlet": article.outlet, "published": article.published, "url": web_address(article)}
        label = article.title or article.external_id or article.id
        yield _node(article.id, "article", label, **told, authors="; ".join(article.authors))
        if article.outlet:
            outlet = body_named(article.outlet)
            yield from self._agent(outlet, "body")
            yield _edge(outlet.id, article.id, "published")

    def _of_statement(self, article: Article, statement: Statement) -> Iterator[Node | Edge]:
        said, text = statement.attribution, article.text
        told: dict[str, Value | None] = {"form": statement.form, "when": statement.when, "score": statement.score}
        told["evidence"] = statement.evidence.kind if statement.evidence else None
        if said is not None:
            told |= {"source": words(text, said.source), "cue": words(text, said.cue), "through": said.through}
            told |= {"standing": said.standing, "stance": said.stance, "framing": said.framing}
        yield _node(statement.id, "statement" if said else "own_voice", words(text, statement.content), **told)
        yield _edge(article.id, statement.id, "contains")
        if statement.inside:
            yield _edge(statement.id, statement.inside, "inside")
        if (who := speaking(said, article.id)) is None:
            return
        yield from self._agent(who.speaker, "source")
        yield _edge(who.speaker.id, statement.id, "says")
        below, office = who.speaker, who.office
        for body in who.bodies:
            yield from self._agent(body, "body")
            if f"{below.id} {body.id} {office}" not in self._seen:
                self._seen.add(f"{below.id} {body.id} {office}")
                yield _edge(below.id, body.id, "speaks_for", office=office)
            below, office = body, None

    def _agent(self, agent: Agent, kind: str) -> Iterator[Node]:
        if agent.id not in self._seen:
            self._seen.add(agent.id)
            yield _node(agent.id, kind, agent.name, standing=agent.standing)


def part(claim: Claim, statement: str) -> str:
    """What a statement does with a claim that it is an occurrence of."""
    if statement in claim.corrected_by:
        return "takes_back"
    return "denies" if statement in claim.denied_by else "puts_forward"


def _of_claim(claim: Claim) -> Iterator[Node | Edge]:
    origins = "; ".join(", ".join(filter(None, (one.entity, one.party, one.when))) for one in claim.origins)
    told: dict[str, Value | None] = {"score": claim.score, "independent_sources": claim.independent_sources}
    yield _node(claim.id, "claim", claim.text, **told, origins=origins)
    for one in claim.occurrences:
        yield _edge(one.statement, claim.id, part(claim, one.statement), carriage=one.carriage)
    for step in claim.laundering:
        yield _edge(step.from_, step.to, "laundered_in", lost=step.lost)


def _node(ident: str, kind: str, label: str, **has: Value | None) -> Node:
    return Node(ident, _told({"kind": kind, "label": on_one_line(label), **has}))


def _edge(source: str, target: str, kind: str, **has: Value | None) -> Edge:
    return Edge(source, target, _told({"kind": kind, **has}))


def _told(has: dict[str, Value | None]) -> dict[str, Value]:
    return {key: for_xml(v) if isinstance(v, str) else v for key, v in has.items() if v not in (None, "")}
