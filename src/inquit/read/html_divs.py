"""Text that stands in a ``<div>`` by itself, parted by line breaks, and quotations made of boxes: as paragraphs.

trafilatura parts such text at its links too, and joins boxes that follow one another without so much as a space.
"""

from __future__ import annotations

from lxml.html import Element, HtmlElement

_PARTING = frozenset(
    [
        "br",
        "p",
        "div",
        "section",
        "ul",
        "ol",
        "table",
        "figure",
        "aside",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "hr",
        "form",
    ]
)
_BLOCKS = ("p", "div", "section", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6")
# Shorter is a label or a button, and one line break makes no paragraphs.
_TEXT_LEAST = 200
_BREAKS_LEAST = 2


def with_paragraphs(tree: HtmlElement) -> None:
    """Make paragraphs of text that has none: between the line breaks of a box, and of the boxes of a quotation."""
    for element in [*tree.iter("span")]:
        # Empty, and a line break by its style.
        if "br" in (element.get("class") or "").split() and not len(element) and not (element.text or "").strip():
            element.tag = "br"
            element.attrib.clear()
    for box in [*tree.iter("div")]:
        breaks = sum(child.tag == "br" for child in box)
        if breaks >= _BREAKS_LEAST and box.find("p") is None and _own_text(box) >= _TEXT_LEAST:
            _part(box)
    for quotation in tree.iter("blockquote"):
        if next(quotation.iterancestors("blockquote"), None) is not None:
            continue
        for box in [*quotation.iter("div")]:
            if next(box.iterdescendants(*_BLOCKS), None) is None:
                box.tag = "p"


def _own_text(box: HtmlElement) -> int:
    """How many characters stand in the box itself, outside of what it holds."""
    return len((box.text or "").strip()) + sum(len((child.tail or "").strip()) for child in box)


def _part(box: HtmlElement) -> None:
    """Put what stands between line breaks and boxes of a box into a paragraph each."""
    paragraph = Element("p")
    paragraph.text, box.text = box.text, None
    for child in [*box]:
        tail, child.tail = child.tail, None
        if child.tag not in _PARTING:
            paragraph.append(child)
            child.tail = tail
            continue
        child.addprevious(paragraph)
        paragraph = Element("p")
        paragraph.text = tail
        if child.tag == "br":
            box.remove(child)
    box.append(paragraph)
    for made in box.findall("p"):
        if not made.text_content().strip() and not len(made):
            box.remove(made)
    # Where there are no more paragraphs than these, trafilatura takes nothing else.
    for line in box.iter("h2", "h3", "h4", "li"):
        line.tag = "p"
