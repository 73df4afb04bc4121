"""NewsML-G2 (IPTC): news items, alone and in messages, with NITF, XHTML or plain text in them; NITF alone."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from inquit.read.dates import iso
from inquit.read.feed_xml import parsed
from inquit.read.html_encoding import page_decoded
from inquit.read.making import about, made, sound
from inquit.read.markup import Words, words
from inquit.read.opening import Opened, Source, whole
from inquit.read.options import Options
from inquit.read.passed import passed_over
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem

_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
_PARTED = re.compile(r"\s*(?:;|,|\band\b|&)\s*")
# What NITF calls its headings, blocks and quotations, in HTML's words.
_NITF = {"hl1": "h1", "hl2": "h2", "block": "div", "bq": "blockquote", "body.content": "div", "note": "aside"}
_HTML_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
_NO_TEXT = frozenset({"media", "head", "body.head", "body.end", "docdata", "script", "style"})
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})
_WORDS_LEAST = 3


def newsml(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:
    """The articles of its items; those without text are counted in one Problem.

    Raises Trouble of code broken, binary, empty or too-large.
    """
    text, _ = page_decoded(whole(opening.stream, options.max_bytes), opening.charset)
    if not text.strip():
        raise Trouble("empty", "there is nothing in it")
    try:
        root, broken = parsed(sound(text))
    except Trouble as trouble:
        raise Trouble("broken", trouble.message) from trouble
    items = _all(root, "newsItem") or ([root] if _name(root) == "nitf" else [])
    passed: Counter[str] = Counter()
    for item in items:
        try:
            yield from _item_read(item, source, options)
        except Trouble as trouble:
            passed[trouble.message] += 1
    if broken:
        message = f"it is not well-formed ({broken}); what could be made out was read"
        yield Problem(code="broken", message=message, input=source.shown)
    yield from passed_over(passed, "news item", source)
    if not items:
        if count := len(_all(root, "itemRef")):
            raise Trouble("links-only", f"{count} references to news items, which are not in it")
        raise Trouble("empty", "there is no news item in it")


def _item_read(item: Any, source: Source, options: Options) -> Iterator[Article | Problem]:  # noqa: ANN401
    status = _code(item, "pubStatus")
    if status in _WITHDRAWN:
        raise Trouble("passed-over", f"{status} by the agency")
    found = _content(item, options.title or _words(item, "headline"))
    if found.size() < _WORDS_LEAST:
        raise Trouble("passed-over", f"without text, of the class {_code(item, 'itemClass') or 'unknown'}")
    dates = (iso(_words(item, name)) for name in ("versionCreated", "contentCreated", "firstCreated"))
    issued = (iso(e.get("norm")) for e in _all(item, "date.issue"))
    article = made(
        found.text(),
        options,
        external_id=item.get("guid") or source.name,
        title=found.title,
        outlet=_provider(item),
        published=next((date for date in (*dates, *issued) if date), None),
        authors=_authors(item),
        links=found.links(),
    )
    yield article
    if article.published is None:
        yield about(article, "no-date", "the item states no date; say it with --published", source.shown)


def _content(item: Any, title: str | None) -> Words:  # noqa: ANN401
    """Of the renditions of an item the one with the most words."""
    holders = _all(item, "inlineXML") or ([item] if _name(item) == "nitf" else [])
    found = [words(_as_html(holder), title or _words(holder, "hl1")) for holder in holders]
    for holder in _all(item, "inlineData"):
        written = "".join(holder.itertext())
        if "html" not in (holder.get("contenttype") or "") and not re.match(r"\s*<(?:p|div|html)\b", written):
            written = "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", written))
        found.append(words(written, title))
    return max(found, key=Words.size, default=Words(title, []))


def _as_html(holder: Any) -> str:  # noqa: ANN401
    tree = deepcopy(holder)
    for element in [*tree.iter(etree.Element)]:
        # A prefix that nothing declares is part of the name.
        name = _name(element).rpartition(":")[2]
        element.tag = _NITF.get(name, name if _HTML_NAME.fullmatch(name) else "span")
        if name in _NO_TEXT and element is not tree:
            element.getparent().remove(element)
    return "".join(etree.tostring(e, encoding="unicode", method="html") for e in tree)


def _provider(item: Any) -> str | None:  # noqa: ANN401
    """Who put the item out: its name, else the code."""
    for name in ("provider", "copyrightHolder", "infoSource", "doc.copyright"):
        for element in _all(item, name):
            code = element.get("literal") or element.get("holder") or (element.get("qcode") or "").rpartition(":")[2]
            if said := _words(element, "name") or code:
                return str(said)
    return None


def _authors(item: Any) -> tuple[str, ...]:  # noqa: ANN401
    line = _words(item, "by") or _words(item, "byline")
    if line:
        names = _PARTED.split(_BY.sub("", line))
    else:
        names = [_words(e, "name") or e.get("literal") or "" for e in _all(item, "creator")]
    return tuple(dict.fromkeys(name for name in names if name))


def _words(item: Any, name: str) -> str | None:  # noqa: ANN401
    """The words of the first element of that name that has any."""
    for element in _all(item, name):
        if said := " ".join("".join(element.itertext()).split()):
            return said
    return None


def _code(item: Any, name: str) -> str | None:  # noqa: ANN401
    """The last part of the first code under a name: ``usable`` of ``stat:usable``."""
    return next(
        (code.rpartition(":")[2].rpartition("/")[2] for e in _all(item, name) if (code := e.get("qcode"))), None
    )


def _all(item: Any, name: str) -> list[Any]:  # noqa: ANN401
    return [element for element in item.iter(etree.Element) if _name(element) == name]


def _name(element: Any) -> str:  # noqa: ANN401
    # lxml's own QName refuses names that its recovery lets pass.
    return str(element.tag).rpartition("}")[2]
