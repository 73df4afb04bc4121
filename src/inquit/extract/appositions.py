"""A name and the apposition after it are one source: the reader sometimes gives the apposition alone.

"Ines Hallgard, a spokeswoman for the port, told reporters": both commas belong to the apposition, so that what stands
before the first is what it is about (Quirk et al. 1985, 17.65).
"""

from __future__ import annotations

import re

from inquit.records import Spans

_REACH = 80  # characters that a name is looked for in
_OPENS = re.compile(
    r"(?:an?|the|its|his|her|their|one of|then|former|head|chief|[\w.]+(?: [\w.]+)?[’']s?)\s", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:^|(?<=[\s“\"(‘—–-]))(?!(?:In|On|At|By|As|But|And|For|From|Of|To|With|After|Before|When|While|If|So|Yet|Or|Nor"
    r"|However|Meanwhile|Later|Then|Today|Yesterday|Still|Instead|Also|Now|Here|There|Yes|No|Well"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b)"
    r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|del|der|van|von|bin|al|el|la))*, $"
)
_CLOSED = re.compile(r",[”\"]?\s+")


def whole(text: str, source: Spans, cue: Spans) -> Spans:
    """The source with the name that its apposition is about; as it was where no comma closes one."""
    if len(source) != 1 or not cue or not _OPENS.match(text, *source[0]):
        return source
    start, end = source[0]
    end -= text.endswith(",", start, end)
    if not (end < cue[0][0] and _CLOSED.fullmatch(text, end, cue[0][0])):
        return source
    before = max(0, start - _REACH, text.rfind("\n", 0, start) + 1)
    named = _NAMED.search(text[before:start])
    return ((before + named.start(), end),) if named else source
