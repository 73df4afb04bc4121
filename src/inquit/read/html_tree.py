"""What is done to a page's tree before its main part is looked for.

trafilatura takes away what carries attribution: the marks of ``<q>``, the footer of a ``<blockquote>``, a ``<time>``
within a sentence. Here they are brought into a form that it keeps; and what it would keep wrongly is taken out.
"""

from __future__ import annotations

import re
from typing import Any

from lxml.html import HtmlElement

_MARKS = "\"'“‘„«‹"
_PHRASES = frozenset({"p", "li", "blockquote", "td", "dd", "h2", "h3", "h4"})
_INLINE = frozenset({"span", "a", "b", "i", "em", "strong"})
_PRUNED = re.compile(
    r"(?:^|[\s_-])(?:caption|captions?-text|wp-caption-text|image-?caption|photo-?caption|figure-?caption|image-?credit|"
    r"photo-?credit|author-?bio|author-?box|about-?(?:the-)?author|author-?description|newsletter-?\w*|advert\w*|"
    r"share-?(?:bar|buttons|tools)|related-?(?:articles|stories|posts|links|content)|read-?(?:more|next)|sign-?up-?\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
# More than this in a pruned element and its class means something else.
_PRUNED_MOST = 1500
_BODY = re.compile(r"body|content|article|story|text|paragraph|paywall", re.IGNORECASE)
_PART_LEAST = 200
_TEASER = range(15, 250)
_FINISHED = tuple(".?!:;,…”’\"')")


def prepared(tree: HtmlElement) -> HtmlElement:
    """The tree, changed in place: attribution in a form that survives, captions and teasers gone."""
    _mark_quotations(tree)
    _keep_attributions(tree)
    _keep_times(tree)
    _drop_furniture(tree)
    _join_parts(tree)
    return tree


def _mark_quotations(tree: HtmlElement) -> None:
    """Typographic marks for every ``<q>``: double, single within another, none where the page has its own."""
    quotations = [*tree.iter("q")]
    for element in quotations:
        words = "".join(element.itertext()).strip()
        if words and words[0] not in _MARKS:
            inner = sum(1 for _ in element.iterancestors("q")) % 2
            opening, closing = ("‘", "’") if inner else ("“", "”")
            element.text = opening + (element.text or "").lstrip()
            if len(element):
                element[-1].tail = (element[-1].tail or "").rstrip() + closing
            else:
                element.text = element.text.rstrip() + closing
    for element in quotations:
        _renamed(element, "span")


def _keep_attributions(tree: HtmlElement) -> None:
    """A quotation's footer, ``<cite>`` or caption becomes the paragraph behind it."""
    for quotation in [*tree.iter("blockquote")]:
        figure = next(quotation.iterancestors("figure"), None)
        if figure is not None and figure.find(".//img") is None:
            _renamed(figure, "div")
            for caption in [*figure.iter("figcaption")]:
                _as_paragraph(caption)
        for line in [*quotation.iter("footer", "cite")]:
            parent = line.getparent()
            if line.tag == "footer" or (parent is not None and parent.tag == "blockquote"):
                _as_paragraph(line)


def _as_paragraph(line: HtmlElement) -> None:
    for child in [*line.iter("p", "div", "footer", "cite", "time")]:
        _renamed(child, "span")
    _renamed(line, "p")


def _renamed(element: HtmlElement, tag: str) -> None:
    element.tag = tag
    element.attrib.clear()


def _keep_times(tree: HtmlElement) -> None:
    """A ``<time>`` within a sentence is part of it; alone in its element it is furniture."""
    for element in [*tree.iter("time")]:
        parent = element.getparent()
        while parent is not None and parent.tag in _INLINE:
            parent = parent.getparent()
        if parent is not None and parent.tag in _PHRASES:
            around = len(parent.text_content().strip()) - len(element.text_content().strip())
            if around > 20:
                _renamed(element, "span")


def _drop_furniture(tree: HtmlElement) -> None:
    """Captions, boxes about the author or a newsletter, and paragraphs that are one link to another article."""
    doomed: list[Any] = [*tree.iter("figcaption")]
    for element in tree.iter("div", "p", "section", "aside", "span", "ul"):
        names = element.get("class")
        if names and _PRUNED.search(names) and len(element.text_content()) < _PRUNED_MOST:
            doomed.append(element)
        elif element.tag == "p" and _is_teaser(element):
            doomed.append(element)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def _is_teaser(paragraph: HtmlElement) -> bool:
    """Is it one link and nothing else, in words that end like a headline, among paragraphs of text?"""
    if (paragraph.text or "").strip() or len(paragraph) != 1:
        return False
    link = next(paragraph.iter("a"), None)
    if link is None or not link.get("href"):
        return False
    words = paragraph.text_content().strip()
    if len(words) not in _TEASER or words.endswith(_FINISHED) or len(link.text_content().strip()) < len(words):
        return False
    parent = paragraph.getparent()
    return parent is not None and sum(1 for p in parent.iterchildren("p") if len(p.text_content()) > 100) >= 3


def _join_parts(tree: HtmlElement) -> None:
    """Where boxes between the paragraphs part the article into several like containers, the first takes all in.

    trafilatura goes into the first of them only.
    """
    root = next(iter(tree.xpath("(.//article | .//main)[1]")), None)
    parts: dict[tuple[str, Any], list[Any]] = {}
    for element in (tree if root is None else root).iter("div", "section"):
        names = " ".join(name for name in (element.get("class") or "").split() if _BODY.search(name))
        if names and _own_words(element) >= _PART_LEAST:
            # Outside of an article only siblings are parts of one: the next article may follow on the page.
            parts.setdefault((names, element.getparent() if root is None else None), []).append(element)
    for first, *others in parts.values():
        for other in others:
            if first not in other.iterancestors():
                first.extend(list(other))


def _own_words(element: Any) -> int:  # noqa: ANN401
    return sum(len(p.text_content()) for p in element.iterchildren("p"))
