"""How the occurrences of one claim hang together: along copies, along what their sources name, or by time alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from inquit.records import Article, Attribution, Carriage, Lost, Statement, Step
from inquit.show.account import words

Bond: TypeAlias = Literal["copy", "relay", "nearest"]

_WORD = re.compile(r"[^\W_]+")
_LONGEST_NAME = 5
_MOST_WORDS = 60
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Edge:
    """From one occurrence to another, by number.

    ``bond`` is ``copy``, ``relay`` (the later one's source names the earlier one's outlet) or ``nearest`` (nothing but
    time leads there); ``lost`` is what was lost on it.
    """

    from_: int
    to: int
    bond: Bond
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """What the bonds of one occurrence depend on; ``names`` are the names in its source, written as ``key`` does."""

    number: int
    statement: str
    article: str
    outlet: str | None
    carriage: Carriage
    denies: bool
    names: frozenset[str] = frozenset()
    copied_from: str | None = None


def key(outlet: str | None) -> str | None:
    """A name to compare outlets by: ``Harbour Post``, ``the Harbour Post`` and ``www.harbourpost.example`` are one."""
    name = (outlet or "").casefold().strip()
    if " " not in name and "." in name.strip("."):
        name = name.removeprefix("www.").split(".")[0]
    found = _WORD.findall(name)
    return "".join(found[1:] if found[:1] == ["the"] else found) or None


def names(statement: Statement | None, article: Article | None, statements: Mapping[str, Statement]) -> frozenset[str]:
    """Every name of up to five words in the sources of a statement and of those that it stands inside."""
    found: set[str] = set()
    for _ in range(_DEEPEST):
        if statement is None or article is None:
            break
        if statement.attribution is not None:
            for text in _sources(article.text, statement.attribution):
                found.update(_runs(text))
        statement = statements.get(statement.inside) if statement.inside else None
    return frozenset(found)


def _sources(text: str, said: Attribution) -> Iterable[str]:
    return (words(text, said.source), said.entity or "", said.party or "", said.through or "")


def _runs(text: str) -> Iterable[str]:
    parts = _WORD.findall(text.casefold())[:_MOST_WORDS]
    for start in range(len(parts)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(parts)) + 1):
            yield "".join(parts[start:end])


def edges(nodes: Sequence[Node], steps: Iterable[Step]) -> tuple[Edge, ...]:
    """The edges of a claim in order of the occurrence that they lead to; ``nodes`` are in order of time."""
    by_article = {node.article: node.number for node in reversed(nodes)}
    by_statement = {node.statement: node.number for node in reversed(nodes)}
    found: dict[tuple[int, int], Edge] = {}
    latest: dict[str, int] = {}
    for node in nodes:
        if node.copied_from in by_article:
            _add(found, Edge(by_article[node.copied_from], node.number, "copy"))
        for outlet in sorted((node.names & latest.keys()) - {node.outlet}):
            _add(found, Edge(latest[outlet], node.number, "relay"))
        if node.outlet:
            latest[node.outlet] = node.number
    for step in steps:
        if step.from_ in by_statement and step.to in by_statement:
            _lose(found, by_statement[step.from_], by_statement[step.to], step.lost)
    _add_nearest(found, nodes)
    return tuple(found[pair] for pair in sorted(found, key=lambda pair: pair[::-1]))


def _add(found: dict[tuple[int, int], Edge], edge: Edge) -> None:
    if edge.from_ != edge.to:
        found.setdefault((edge.from_, edge.to), edge)


def _lose(found: dict[tuple[int, int], Edge], from_: int, to: int, lost: Lost) -> None:
    _add(found, Edge(from_, to, "nearest"))
    edge = found.get((from_, to))
    if edge is not None and lost not in edge.lost:
        found[from_, to] = replace(edge, lost=(*edge.lost, lost))


def _add_nearest(found: dict[tuple[int, int], Edge], nodes: Sequence[Node]) -> None:
    led_to = {to for _, to in found}
    before: Node | None = None
    for node in nodes:
        # A bare occurrence may be the outlet's own observation: time alone ties nothing to it.
        if node.carriage in {"vague", "relay"} and node.number not in led_to and before is not None:
            _add(found, Edge(before.number, node.number, "nearest"))
        if not node.denies:
            before = node


def circular(nodes: Sequence[Node], tied: Sequence[Edge]) -> dict[int, int]:
    """Occurrences that name an outlet which had the claim from their own one: number to the own one's first number."""
    outlets = {node.number: node.outlet for node in nodes}
    into: dict[int, list[Edge]] = {}
    for edge in tied:
        if edge.from_ < edge.to:
            into.setdefault(edge.to, []).append(edge)
    back: dict[int, frozenset[str | None]] = {}
    first: dict[str, int] = {}
    found: dict[int, int] = {}
    for node in nodes:
        led = into.get(node.number, ())
        back[node.number] = frozenset({node.outlet}).union(*(back[edge.from_] for edge in led))
        named = (edge.from_ for edge in led if edge.bond == "relay")
        if (
            not node.denies
            and node.outlet in first
            and any(outlets[n] != node.outlet and node.outlet in back[n] for n in named)
        ):
            found[node.number] = first[node.outlet]
        if node.outlet:
            first.setdefault(node.outlet, node.number)
    return found
