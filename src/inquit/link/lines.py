"""A text's paragraphs, and what in them is not the article's own prose: quotations and captions of pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inquit.link.agencies import caption
from inquit.records import Span
from inquit.text import trimmed

# Texts that lost their line breaks often keep hash signs where a paragraph ended.
_BREAK = re.compile(r"(?:\n|##+)\s*")
# A quotation ends with its paragraph at the latest; single marks must close, as most of them are apostrophes.
_QUOTATION = re.compile(
    r"“[^”]*|\"[^\"]*\"?|«[^»]*|„[^“”]*|(?:``|‘‘)(?:(?!''|’’).)*(?:''|’’)?"
    r"|(?<!\w)[‘'](?=\w)(?:[^‘'’]|(?<=\w)['’](?=\w))*(?<=[\w.,!?])[’'](?!\w)"
)
# Longer paragraphs are not captions, whatever is said in them of pictures.
_CAPTION_LENGTH = 900


def paragraphs(text: str) -> Iterator[Span]:
    """Spans of the text's paragraphs, without white space at their ends."""
    begin = 0
    for gap in [*_BREAK.finditer(text), None]:
        start, end = trimmed(text, begin, gap.start() if gap else len(text))
        if start < end:
            yield start, end
        begin = gap.end() if gap else end


def captions(text: str) -> list[Span]:
    """Paragraphs that go with a picture."""
    return [(s, e) for s, e in paragraphs(text) if e - s < _CAPTION_LENGTH and caption().search(text, s, e)]


def quotations(text: str) -> list[Span]:
    """What stands in quotation marks, the marks included."""
    return [found.span() for s, e in paragraphs(text) for found in _QUOTATION.finditer(text, s, e)]
