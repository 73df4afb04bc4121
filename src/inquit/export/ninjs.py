"""IPTC ninjs 3.1 (News in JSON): a news item a line, for agencies' and publishers' systems.

Who is made to say something becomes ``people`` and ``organisations`` with the relation ``source``, the outlet and the
origins of copied text ``infoSources``, a copied article an association. ninjs has no place for a statement's words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import BinaryIO

import msgspec

from inquit.export.json_array import told
from inquit.export.shelf import Shelf
from inquit.export.speaking import speaking
from inquit.export.wording import urn, web_address
from inquit.records import Article, Copy, Record, Statement

_WHOLE_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")  # RFC 3339


class NinjsItems:
    """Items wait in a temporary file for the copies, which come last."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._items: Shelf[dict[str, object]] = Shelf(dict[str, object])
        self._article: Article | None = None
        self._people: dict[str, dict[str, object]] = {}
        self._bodies: dict[str, dict[str, object]] = {}
        self._copies: dict[str, list[Copy]] = defaultdict(list)

    def write(self, record: Record) -> None:
        """Take one record; claims and problems have no place."""
        if isinstance(record, Statement):
            self._sources(record)
            return
        self._end_article()
        if isinstance(record, Article):
            self._article, self._people, self._bodies = record, {}, {}
        elif isinstance(record, Copy):
            self._copies[record.to].append(record)

    def close(self) -> None:
        """Write the items."""
        self._end_article()
        encode = msgspec.json.Encoder().encode
        for item in self._items.values():
            self._stream.write(encode(_with_copies(item, self._copies.get(str(item["uri"]), []))) + b"\n")
        self._items.close()

    def _sources(self, statement: Statement) -> None:
        who = speaking(statement.attribution, statement.article)
        if who is None or who.speaker.standing == "document":
            return
        named: dict[str, object] = {"name": who.speaker.name, "rel": "source", "uri": urn(who.speaker.id)}
        (self._people if who.speaker.standing in {"person", "anonymous"} else self._bodies)[who.speaker.id] = named
        for body in who.bodies:
            self._bodies.setdefault(body.id, {"name": body.name, "rel": "party", "uri": urn(body.id)})

    def _end_article(self) -> None:
        if self._article is not None:
            item = _item(self._article) | {
                "people": [*self._people.values()],
                "organisations": [*self._bodies.values()],
            }
            self._items.put(self._article.id, told(item))
            self._article = None


def _item(article: Article) -> dict[str, object]:
    body = {"role": "main", "contentType": "text/plain", "charCount": len(article.text), "value": article.text}
    published = article.published or ""
    whole = _WHOLE_MOMENT.fullmatch(published)
    address = {"role": "web", "value": web_address(article)}
    return {
        "uri": article.id,
        "standard": {"name": "ninjs", "version": "3.1"},
        "type": "text",
        "pubStatus": "usable",
        "versionCreated": published if whole else None,
        "edNote": f"Published: {published}" if published and not whole else None,
        "by": ", ".join(article.authors),
        "headlines": [{"role": "main", "value": article.title}] if article.title else [],
        "bodies": [body],
        "altIds": [address] if address["value"] else [],
        "infoSources": [{"name": article.outlet, "role": "publisher"}] if article.outlet else [],
    }


def _with_copies(item: dict[str, object], copies: list[Copy]) -> dict[str, object]:
    """The item with what it takes over, and its id as an IRI."""
    item["uri"] = urn(str(item["uri"]))
    origins = dict.fromkeys(copy.origin for copy in copies if copy.origin)
    if copies:
        item["associations"] = [
            {"name": f"takes over {copy.share:.0%} of its text from", "rel": "derivedFrom", "uri": urn(copy.from_)}
            for copy in copies
        ]
    if origins:
        known = item.get("infoSources")
        sources = known if isinstance(known, list) else []
        item["infoSources"] = [*sources, *({"name": name, "role": "originator"} for name in origins)]
    return item
