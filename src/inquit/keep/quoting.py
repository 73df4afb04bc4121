"""Words of a text that are to be found again when it, or what was read from it, has changed.

The way of a text quote selector (W3C Web Annotation Data Model, 4.2.4): the words, and some before and after them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import msgspec

from inquit.records import Span, Statement

CONTEXT = 32
"""So many code points before and after are kept with a quote."""

SAME = 0.5
"""Of what two contents cover together, that they have in common from which they are of one statement."""

_ENOUGH = 8  # code points of context by which one of several places is told
_LONG = 12  # code points of a quote that stands once and needs no context
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‘’‚`", "'") | dict.fromkeys("–—−", "-") | {'"': "'"})


class Quoted(msgspec.Struct, frozen=True, array_like=True):
    """A span of a text with its words, and those around it."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def quoted(text: str, span: Span) -> Quoted:
    """A span with its words and their context."""
    start, end = span
    return Quoted(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def located(text: str, words: Quoted) -> Span | None:
    """Where the words stand in a text: at their place, else where the context fits best, else in another typography.

    None where they do not stand in it, or in several places of which the context favours none.
    """
    if quoted(text, (words.start, words.end)) == words:
        return words.start, words.end
    found = _best(text, words)
    if found is not None:
        return found
    plain, places = _plain(text)
    bare = Quoted(words.start, words.end, *(_plain(part)[0] for part in (words.exact, words.prefix, words.suffix)))
    again = _best(plain, bare) if bare.exact.strip() else None
    return None if again is None else (places[again[0]], places[again[1] - 1] + 1)


def alike(place: Span, statements: list[Statement], *, attributed: bool, least: float = SAME) -> Statement | None:
    """The statement whose content covers a place, and little else; of two such the one that is attributed as told."""
    best = max(
        ((_shared(place, one), (one.attribution is not None) == attributed, one) for one in statements),
        key=lambda found: found[:2],
        default=None,
    )
    return best[2] if best and best[0] >= least else None


def _shared(place: Span, statement: Statement) -> float:
    """What a place and the content from its first to its last word have in common, of what they cover together."""
    start, end = statement.content[0][0], statement.content[-1][1]
    common = min(end, place[1]) - max(start, place[0])
    return max(0, common) / (max(end, place[1]) - min(start, place[0]))


def _best(text: str, words: Quoted) -> Span | None:
    places = list(_places(text, words.exact))
    if not places:
        return None
    fits = {at: _fits(text, at, words) for at in places}
    at = max(places, key=lambda at: (fits[at], -abs(at - words.start)))
    once = len(places) == 1 and (len(words.exact) >= _LONG or fits[at] >= _ENOUGH // 2)
    told = fits[at] >= _ENOUGH or fits[at] == len(words.prefix) + len(words.suffix)
    return (at, at + len(words.exact)) if once or told else None


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _fits(text: str, at: int, words: Quoted) -> int:
    """How many code points of the context stand around a place, without a gap."""
    before, after = text[:at][::-1][:CONTEXT], text[at + len(words.exact) :][:CONTEXT]
    return _common(before, words.prefix[::-1]) + _common(after, words.suffix)


def _common(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _plain(text: str) -> tuple[str, list[int]]:
    """A text without case, kinds of marks and runs of white space; and the offset of each of its code points."""
    out: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text.translate(_QUOTES)):
        if char.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                places.append(at)
            continue
        for one in unicodedata.normalize("NFKC", char).casefold():
            out.append(one)
            places.append(at)
    return "".join(out), places
