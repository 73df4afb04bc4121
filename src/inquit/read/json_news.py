"""Formats in JSON that hold articles, as rows of a table: ninjs, Citron's quotes, Label Studio's tasks.

ninjs 1.x to 3.x (IPTC): headline, body, by-line, source and time. Citron (BBC R&D) and Label Studio: texts that people
have marked; the texts are taken, the marks are not (``inquit eval`` compares them with the reader's).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from inquit.read.html_text import letters
from inquit.read.markup import words
from inquit.read.opening import Source
from inquit.read.passed import passed_over
from inquit.read.table import Row
from inquit.read.trouble import Trouble
from inquit.records import Problem

_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
_BODY = re.compile(r"body_?(text|x?html|xml)?")
_NINJS = frozenset({"versioncreated", "headline", "headlines", "bodies", "pubstatus", "standard", "$standard"})
# Who put the item out goes before whom it has it from.
_PUBLISHERS = ("publisher", "provider", "distributor")
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})


def as_rows(items: Iterable[Row | Problem], source: Source) -> Iterator[Row | Problem]:
    """The rows, those of a known format under our names; news items without text are counted in one Problem."""
    passed: Counter[str] = Counter()
    for item in items:
        if isinstance(item, Problem):
            yield item
            continue
        try:
            yield item[0], _as_row(item[1])
        except Trouble as trouble:
            passed[trouble.message] += 1
    yield from passed_over(passed, "news item", source)


def _as_row(item: Mapping[str, Any]) -> Mapping[str, object]:
    if isinstance(data := item.get("data"), dict) and item.keys() & {"annotations", "predictions", "completions"}:
        return {"id": item.get("id"), **data}
    if isinstance(item.get("quotes"), list) and isinstance(item.get("text"), str):
        return _citron(item)
    keys = {key.lower() for key in item}
    if "uri" in keys and keys & _NINJS and not keys & {"text", "@context"}:
        return _ninjs({key.lower(): value for key, value in item.items()})
    return item


def _citron(item: Mapping[str, Any]) -> Mapping[str, object]:
    """Text and, as ``inquit export --to citron`` writes it, what is known of the article."""
    known = item.get("article")
    if not isinstance(known, dict):
        return item
    return {**known, "id": known.get("external_id") or known.get("id"), "text": item["text"]}


def _ninjs(item: dict[str, Any]) -> Mapping[str, object]:
    """The row of a news item; raises Trouble where it has been withdrawn, or holds no text."""
    status = str(item.get("pubstatus") or "").rpartition(":")[2].lower()
    if status in _WITHDRAWN:
        raise Trouble("passed-over", f"{status} by the agency")
    title = _told(item.get("headline")) or _main(item.get("headlines"))
    text = _body(item, title)
    if text is None:
        raise Trouble("passed-over", f"without text, of the type {str(item.get('type') or 'unknown')[:20]}")
    return {
        "id": item["uri"],
        "title": title,
        "text": text,
        "outlet": _outlet(item),
        "published": next(
            (v for k in ("versioncreated", "contentcreated", "firstcreated") if (v := item.get(k))), None
        ),
        "url": next((a.get("value") for a in _objects(item.get("altids")) if a.get("role") == "web"), None),
        "authors": _BY.sub("", _told(item.get("byline")) or _told(item.get("by")) or ""),
    }


def _body(item: Mapping[str, Any], title: str | None) -> str | None:
    """The body under its headline: as HTML where there is one, for that has the paragraphs; else as text."""
    marked: list[str] = []
    plain: list[str] = []
    for key, value in item.items():
        kind = _BODY.fullmatch(key)
        if kind and isinstance(value, str) and value.strip():
            (plain if kind[1] == "text" else marked).append(value)
    bodies = sorted(_objects(item.get("bodies")), key=lambda body: body.get("role") != "main")
    for body in bodies:
        if isinstance(value := body.get("value"), str) and value.strip():
            stated = str(_lower(body).get("contenttype") or "")
            (marked if "html" in stated or "xml" in stated else plain).append(value)
    if marked:
        return words(marked[0], title).text() or None
    if not plain:
        return None
    begins = title is not None and letters(plain[0][: 2 * len(title)]).startswith(letters(title))
    return plain[0] if begins or title is None else f"{title}\n\n{plain[0]}"


def _outlet(item: Mapping[str, Any]) -> str | None:
    sources = [_lower(s) for s in _objects(item.get("infosources")) + _objects(item.get("infosource"))]
    sources.sort(key=lambda s: str(s.get("role") or s.get("rel") or "").rpartition(":")[2] not in _PUBLISHERS)
    named = (_told(item.get(key)) for key in ("provider", "source", "copyrightholder"))
    return next((name for name in (*named, *(_told(s) for s in sources)) if name), None)


def _main(values: object) -> str | None:
    """The main one of several headlines, which is the first where none is called so."""
    found = sorted(_objects(values), key=lambda v: v.get("role") != "main")
    return next((words for v in found if (words := _told(v.get("value")))), None)


def _told(value: object) -> str | None:
    """A string's words, or those of an object's name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("literal")
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _objects(values: object) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _lower(value: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): inner for key, inner in value.items()}
