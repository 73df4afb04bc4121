"""What is done to a page's tree before its main part is looked for.

trafilatura takes away what carries attribution: the marks of ``<q>``, the footer of a ``<blockquote>``, a ``<time>``
within a sentence. Here they are brought into a form that it keeps; and what it would keep wrongly is taken out.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from inquit.read.html_divs import with_paragraphs
from inquit.read.html_text import blocks

_MARKS = "\"'“‘„«‹"
_NO_TEXT = (
    "head",
    "nav",
    "aside",
    "footer",
    "header",
    "form",
    "figure",
    "script",
    "style",
    "noscript",
    "button",
    "select",
)
_PHRASES = frozenset({"p", "li", "blockquote", "td", "dd", "h2", "h3", "h4"})
_INLINE = frozenset({"span", "a", "b", "i", "em", "strong"})
# So many characters around a time make a sentence of it.
_SENTENCE_LEAST = 20
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
# News pages have hundreds to a few thousand.
_HUGE = 25_000
_TEASER = range(15, 250)
_FINISHED = tuple(".?!:;,…”’\"')")


def is_huge(tree: HtmlElement) -> bool:
    """Tell whether the page has so many elements that searching it for its main part would take minutes."""
    return next(islice(tree.iter(), _HUGE, None), None) is not None


def paragraphs_of(tree: HtmlElement) -> list[str]:
    """Every paragraph of the page that stands outside navigation and the like; the tree is used up."""
    _mark_quotations(tree)
    for element in [*tree.iter(*_NO_TEXT)]:
        if element.getparent() is not None:
            element.drop_tree()
    root = next(iter(tree.xpath("(.//article | .//main)[1]")), tree)
    return blocks(root)


def prepared(tree: HtmlElement) -> HtmlElement:
    """The tree, changed in place: attribution in a form that survives, captions and teasers gone."""
    _mark_quotations(tree)
    _keep_attributions(tree)
    _keep_times(tree)
    with_paragraphs(tree)
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
        if next(quotation.iterancestors("blockquote"), None) is not None:
            continue
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
    lengths: dict[Any, int] = {}
    for element in [*tree.iter("time")]:
        parent = element.getparent()
        while parent is not None and parent.tag in _INLINE:
            parent = parent.getparent()
        if parent is not None and parent.tag in _PHRASES:
            if parent not in lengths:
                lengths[parent] = len(parent.text_content().strip())
            if lengths[parent] - len(element.text_content().strip()) > _SENTENCE_LEAST:
                _renamed(element, "span")


def _drop_furniture(tree: HtmlElement) -> None:
    """Captions, boxes about the author or a newsletter, and paragraphs that are one link to another article."""
    doomed: list[Any] = [*tree.iter("figcaption")]
    among_text: dict[Any, bool] = {}
    for element in tree.iter("div", "p", "section", "aside", "span", "ul"):
        names = element.get("class")
        if names and _PRUNED.search(names) and len(element.text_content()) < _PRUNED_MOST:
            doomed.append(element)
        elif element.tag == "p" and _is_teaser(element):
            parent = element.getparent()
            if parent not in among_text:
                among_text[parent] = sum(1 for p in parent.iterchildren("p") if len(p.text_content()) > 100) >= 3
            if among_text[parent]:
                doomed.append(element)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def _is_teaser(paragraph: HtmlElement) -> bool:
    """Tell a paragraph that is one link and nothing else, in words that end like a headline."""
    if (paragraph.text or "").strip() or len(paragraph) != 1:
        return False
    link = next(paragraph.iter("a"), None)
    if link is None or not link.get("href"):
        return False
    words = paragraph.text_content().strip()
    finished = len(words) not in _TEASER or (words.endswith(_FINISHED) and not words.isupper())
    return not finished and len(link.text_content().strip()) == len(words)


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
