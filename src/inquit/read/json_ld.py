"""JSON-LD in a page: the nodes that speak of the article."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import msgspec
from lxml.html import HtmlElement

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)?\s*;?\s*$"
)
_ARTICLE = re.compile(r"Article$|Posting$|^Report$|^Review$|^VideoObject$|^WebPage$")
_MOST_NODES = 2000


def article_nodes(tree: HtmlElement) -> list[dict[str, Any]]:
    """The nodes of type Article and its kin in document order, articles before pages and videos."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            nodes += _nodes(_decoded(script.text))
    kept = [node for node in nodes if any(_ARTICLE.search(t) for t in _types(node))]
    return sorted(kept, key=_rank)


def first_words(nodes: list[dict[str, Any]], key: str) -> str | None:
    """The first words under ``key``, be they a string or the name of a node."""
    found = names(nodes[:1], key)
    return found[0] if found else None


def names(nodes: list[dict[str, Any]], key: str) -> list[str]:
    """All strings under ``key`` of the first node that has any, names of nodes included, entities undone."""
    for node in nodes:
        found = [html.unescape(name) for name in _strings(node.get(key)) if name.strip()]
        if found:
            return found
    return []


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return _strings(value.get("name"))
    if isinstance(value, list):
        return [name for item in value[:50] if not isinstance(item, list) for name in _strings(item)]
    return []


def _decoded(script: str) -> object:
    for words in (script, _WRAPPING.sub("", script)):
        try:
            return msgspec.json.decode(words)
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
            pass
        try:
            return json.loads(words, strict=False)
        except (ValueError, RecursionError):
            pass
    return None


def _nodes(value: object) -> list[dict[str, Any]]:
    """The nodes at the top, in lists, in graphs, and the page's main entity."""
    found: list[dict[str, Any]] = []
    waiting = [value]
    while waiting and len(found) < _MOST_NODES:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item
        elif isinstance(item, dict):
            found.append(item)
            waiting[:0] = [item[k] for k in ("@graph", "mainEntity") if k in item]
    return found


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)]


def _rank(node: dict[str, Any]) -> int:
    kinds = _types(node)
    if any(kind.endswith(("Article", "Posting")) or kind in {"Report", "Review"} for kind in kinds):
        return 0 if "headline" in node else 1
    return 2
