"""Short excerpts of others' text: so many words of it and no more."""

from __future__ import annotations

import re

from inquit.show.passage import Passage
from inquit.show.safe import one_line

_WORD = re.compile(r"\S+")
_LONGEST_WORD = 30  # code points: a text without blanks is cut too


def excerpt(text: str, most: int) -> str | None:
    """The first ``most`` words of a text on one line, an ellipsis where it goes on; None for none."""
    return _window(one_line(text), 0, most) if most > 0 else None


def passage_excerpt(passage: Passage, most: int) -> str | None:
    """At most ``most`` words of a passage, those of the statement's content among them; None for none."""
    if most <= 0:
        return None
    text, start = passage.text, min((span[0] for span in passage.statement.content), default=0)
    at = len(_WORD.findall(text[:start]))
    # As much of what leads up to the content as leaves half of the room for the content itself.
    words = _window(one_line(text), 0 if at <= most // 2 else at - most // 4, most)
    before = "" if not passage.before or words.startswith("…") else "… "
    return before + words + (" …" if passage.after and not words.endswith("…") else "")


def _window(text: str, first: int, most: int) -> str:
    spans = [match.span() for match in _WORD.finditer(text)]
    first = max(0, min(first, len(spans) - most))
    if not spans:
        return ""
    start, end = spans[first][0], spans[min(first + most, len(spans)) - 1][1]
    shown = text[start:end]
    cut = shown[: most * _LONGEST_WORD]
    return ("… " if first else "") + cut.rstrip(" ,;:") + (" …" if end < len(text) or cut != shown else "")
