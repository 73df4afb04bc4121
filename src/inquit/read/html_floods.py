"""Tags with more attributes than a page has any use for: libxml2 takes a time that is quadratic in their number.

Measured with libxml2 2.14.6: 20 s for one tag with 100,000 attributes (1.1 MB).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A tag up to its end; a quotation mark counts where a value may begin, as in HTML. Possessive, so it never goes back.
_TAG = re.compile(r"""<([a-zA-Z][^\s/>]*+)(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>?""")
_SEPARATORS = re.compile(r"""(?:"[^"]*+"|'[^']*+'|[\s/]++)""")
# What is between these is no markup.
_OPENING = re.compile(r"<(script|style)(?=[\s/>])|<!--", re.IGNORECASE)
_CLOSING = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_COMMENT_ENDS = re.compile("--!?>")
_LONG = 8192
_MOST = 500
# A smaller page costs a few seconds at worst, and is not searched: that takes 0.1 s for 1 MB.
_LARGE = 2**18


def without_floods(markup: str) -> str:
    """The page, but with no attributes in tags that have more than 500 of them."""
    if len(markup) < _LARGE:
        return markup
    return "".join(_TAG.sub(_without, part) if marked else part for part, marked in _parts(markup))


def _parts(markup: str) -> Iterator[tuple[str, bool]]:
    """The page in parts, each with whether it may hold tags; scripts, styles and comments hold none."""
    at = 0
    for opening in _OPENING.finditer(markup):
        if opening.start() < at:
            continue
        name = opening[1]
        # "<!-->" is a whole comment.
        start = opening.end() if name else opening.start() + 2
        closing = (_CLOSING[name.lower()] if name else _COMMENT_ENDS).search(markup, start)
        if closing is None:
            break
        yield markup[at : opening.start()], True
        yield markup[opening.start() : closing.end()], False
        at = closing.end()
    yield markup[at:], True


def _without(tag: re.Match[str]) -> str:
    whole = str(tag[0])
    if len(whole) < _LONG or len(_SEPARATORS.findall(whole)) <= _MOST:
        return whole
    return f"<{tag[1][:_MOST]}>"
