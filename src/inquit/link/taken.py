"""What two texts have in common, and whether that makes one of them a copy of the other.

``docs/design/copies.md`` has the thresholds with their reasons.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inquit.link.align import Flags, Table, Text, words_in
from inquit.link.fingerprints import Ints

PART = 40
"""Words of own prose that are not written twice: two sentences. Of a long article such a part will do."""

# Of a short article half of its own words is enough, if they are a clause at least.
_SHORT, _HALF = 15, 0.5
# An excerpt may be of little but quotations; who writes apart adds more than a fifth to them.
_EXCERPT, _NEARLY_ALL = 30, 0.8
# Words of own prose that halve the chance of coincidence.
_HALVING = 20


class Side(NamedTuple):
    """Words of a text, each of shape (words of the text,): ``found`` in the other, its ``body``, its ``own`` prose.

    ``body``: no caption, no furniture; ``own``: of that, no quotation.
    """

    found: Flags
    body: Flags
    own: Flags


class Taken(NamedTuple):
    """Two texts of which one may be a copy of the other, and how sure that is, 0 to 1."""

    one: Side
    other: Side
    strength: float


class Taking:
    """What one text and others have in common."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._table = Table(text)

    def with_(self, other: Text) -> Taken | None:
        """What two texts have in common, where one may be a copy of the other, by these two alone."""
        text, places_in = self._text, self._text.index.places
        places, there = self._table.look_up(other)
        if not there.any():
            return None
        theirs = words_in(there, len(other.words))
        if _count(theirs & other.own) < _SHORT and _count(theirs & other.body) < _EXCERPT:
            return None
        found = places[there]
        quoted, caption = (
            _at(found[flags[there]], len(text.index.windows))[places_in]
            for flags in (other.quoted_windows, other.caption_windows)
        )
        here = _at(found, len(text.index.windows))[places_in]
        return _told(
            _side(text, words_in(here, len(text.words)), quoted, caption),
            _side(other, theirs, there & text.index.quoted[places], there & text.index.caption[places]),
        )


def _told(mine: Side, theirs: Side) -> Taken | None:
    # What one article has twice counts once: the smaller of both directions.
    own, own_part = _common(mine.found, mine.own, theirs.found, theirs.own)
    body, body_part = _common(mine.found, mine.body, theirs.found, theirs.body)
    is_excerpt = body >= _EXCERPT and body_part >= _NEARLY_ALL
    if not (own >= PART or (own >= _SHORT and own_part >= _HALF) or is_excerpt):
        return None
    return Taken(mine, theirs, float(max(1 - 0.5 ** (own / _HALVING), body_part)))


def found_in(text: Text, other: Text) -> Flags:
    """Which words of a text stand in another in runs of 8 or more, shape (words of the text,)."""
    return _words(other.index.look_up(text.windows)[1], len(text.words))


def _side(text: Text, found: Flags, quoted: Flags, caption: Flags) -> Side:
    """A text, where these two are all that there is; its windows that the other has so are ``quoted``, ``caption``."""
    body, own, size = text.body, text.own, len(text.words)
    if caption.any():
        body = body & ~words_in(caption, size)
        own = own & body
    if quoted.any():
        own = own & ~words_in(quoted, size)
    return Side(found, body, own)


def _at(places: Ints, size: int) -> Flags:
    found = np.zeros(size, np.bool_)
    found[places] = True
    return found


def _words(windows: Flags, size: int) -> Flags:
    """``words_in``; mostly there are none."""
    return words_in(windows, size) if windows.any() else np.zeros(size, np.bool_)


def _common(in_one: Flags, one: Flags, in_other: Flags, other: Flags) -> tuple[int, float]:
    """How many of the words that count both texts have, and the larger part that these are of one of the two."""
    ours, theirs = _count(in_one & one), _count(in_other & other)
    return min(ours, theirs), max(ours / max(1, _count(one)), theirs / max(1, _count(other)))


def _count(flags: Flags) -> int:
    return int(np.count_nonzero(flags))
