"""Lines of the article that stand outside its main part: the standfirst, corrections, and whose report it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from inquit.read.html_text import letters, plain

_OPENING = re.compile(
    r"(?:correction|clarification|editor|report|additional|writ|edit|compiled|contributed|with\s|source|first\s|\(|"
    r"original|this\s)",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"(?:corrections?|clarifications?|editor['’]?s['’]?\s+note)\b[^.]{0,60}?[:.—–-]", re.IGNORECASE
)
_CREDIT = re.compile(
    r"""(?:
      (?:additional\s+)?(?:reporting|editing|writing|written|compiled|contributed)\s+(?:and\s+\w+\s+)?(?:by|from)\s+\S
    | with\s+(?:additional\s+)?(?:reporting|files|contributions?)\s+(?:by|from)\s+\S | sources?\s*:\s*\S
    | (?:this\s+(?:story|article|report)\s+(?:was|has\s+been|is)\s+)?(?:first|originally)\s+
      (?:published|reported|appeared)\s+(?:by|in|on)\s+\S
    | this\s+(?:story|article|report)\s+(?:has\s+been|was)\s+(?:updated|corrected|amended)\b
    | \((?:AP|AFP|Reuters|dpa|PA|UPI|ANSA|EFE)\)$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_INLINE = frozenset({"strong", "b", "em", "i", "span", "u"})
_LINES = frozenset({"p", "div", "section", "aside", "footer", "small", *_INLINE})
_OUTSIDE = frozenset({"a", "nav", "header", "li", "button", "form", "figure", "figcaption", "blockquote"})
_LONGEST = 600
_STANDFIRST = (40, 400)


def closing_lines(tree: HtmlElement) -> list[str]:
    """Corrections and credit lines of the article, in order."""
    root = next(iter(tree.xpath("(.//article | .//main)[1]")), tree)
    found: list[str] = []
    for element in root.iter(*_LINES):
        if not element.text or not _OPENING.match(element.text.lstrip()):
            continue
        block = _line_of(element)
        if block is None:
            continue
        words = plain("".join(block.itertext()))
        if len(words) <= _LONGEST and words not in found and (_CORRECTION.match(words) or _CREDIT.match(words)):
            found.append(words)
    return found


def standfirst(tree: HtmlElement, descriptions: list[str]) -> str | None:
    """The page's description of the article where it also stands on the page for its readers, as it stands there."""
    keys = [letters(words) for words in descriptions if _STANDFIRST[0] <= len(words) <= _STANDFIRST[1]]
    if not keys:
        return None
    openings = {key[:12] for key in keys}
    for element in tree.iter("h2", "h3", "h4", "p", "div", "span"):
        if (
            element.text
            and letters(element.text[:40])[:12] in openings
            and not _is_outside(element, {"a", "nav", "aside", "li", "footer"})
        ):
            words = plain("".join(element.itertext()))
            if letters(words) in keys:
                return words
    return None


def _line_of(element: Any) -> Any:  # noqa: ANN401 - an element or None
    """The line that an element opens: itself, or what it begins; None outside the article's own words."""
    block = element
    while block.tag in _INLINE:
        parent = block.getparent()
        if parent is None or (parent.text or "").strip() or block.getprevious() is not None:
            break
        block = parent
    if block.tag not in _LINES or _is_outside(block, _OUTSIDE) or block.find(".//p") is not None:
        return None
    return block


def _is_outside(element: Any, tags: frozenset[str] | set[str]) -> bool:  # noqa: ANN401
    ancestors: Iterator[Any] = element.iterancestors()
    return any(a.tag in tags for a in ancestors)
