"""Paragraphs of marked-up text that is an article and nothing else: no navigation, no teasers to tell it from."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from inquit.read.furniture import without_furniture
from inquit.read.html import repaired
from inquit.read.html_floods import without_floods
from inquit.read.html_links import Anchored, anchored, hyperlinks
from inquit.read.html_text import letters
from inquit.read.html_text import plain as spaced
from inquit.read.html_tree import paragraphs_of, prepared
from inquit.records import Hyperlink

_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)


class Words(NamedTuple):
    """The title, None where there is none, the paragraphs without it, and where these have links."""

    title: str | None
    paragraphs: list[str]
    linked: tuple[Anchored, ...] = ()

    def text(self) -> str:
        """Title and paragraphs as the text of an article."""
        return "\n\n".join([self.title, *self.paragraphs] if self.title else self.paragraphs)

    def links(self, base: str | None = None) -> tuple[Hyperlink, ...]:
        """The links in ``text``; those that lead to a part of the document itself are left out."""
        return hyperlinks(self.text(), self.linked, base, repaired)

    def size(self) -> int:
        """How many words the paragraphs have."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


def words(markup: str, title: str | None = None, *, laid_out: bool = False) -> Words:
    """What a document in HTML says, under the title given, else its first heading, else the name that it has.

    ``laid_out``: its tables are no tables but what its parts are laid out with, and parts may be hidden, as in mail.
    """
    source = without_floods(_DECLARATION.sub("", markup.lstrip("\ufeff")))
    if not re.search(r"<(?:html|body)\b", source[:2000], re.IGNORECASE):
        source = f"<html><body><article>{source}</article></body></html>"
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(source.encode("utf-8", "replace"), parser=parser)
        title = title or _title(tree)
        if laid_out:
            _unlaid(tree)
        linked = tuple(anchored(prepared(tree)))
        found = without_furniture([repaired(block) for block in paragraphs_of(tree)])
    except (LxmlError, ValueError):
        return Words(title, [])
    if title and found and letters(found[0]) == letters(title):
        del found[0]
    return Words(title, found, linked)


def _unlaid(tree: HtmlElement) -> None:
    for element in [*tree.iter("td", "th")]:
        element.tag = "div"
    for element in tree.xpath(".//*[@style]"):
        if _HIDDEN.search(element.get("style")) and element.getparent() is not None:
            element.drop_tree()


def _title(tree: HtmlElement) -> str | None:
    for element in (*tree.iter("h1", "h2", "h3"), *tree.iter("title")):
        if title := spaced("".join(element.itertext())).replace("\n", " "):
            return repaired(title)
    return None
