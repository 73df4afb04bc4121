"""What a fingerprint is: an outlet's furniture, of a caption, of a quotation, or of prose.

Shared quotations and shared furniture make nobody a copyist. What stands in quotation marks or a caption in one article
is so in all of them: one prints a post between marks, another shows it as a block without any. Furniture stands in an
outlet's articles whatever they are about: footers, invitations, standing notices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.link.align import Flags, Text, windows_of, words_in
from inquit.link.fingerprints import FINGERPRINT, Ints, grams, winnowed
from inquit.link.stores import Holder

Kinds: TypeAlias = npt.NDArray[np.uint8]
"""For each fingerprint of a text what it is, bit by bit."""

CAPTION, QUOTED, FURNITURE = 1, 2, 4
APART = CAPTION | FURNITURE

# A run in so many different stories of one outlet is about none of them. A wire's sentence of background is in many
# stories too, but of many outlets: furniture is in as many stories of every outlet that has it, on average.
_STORIES = 3
_SAME_STORY = 0.5  # of the fingerprints of the shorter one: an outlet tells its story again
_MANY = 64  # articles that are not told apart into stories any more


def marks(text: Text) -> tuple[Ints, Kinds]:
    """The fingerprints that a text is found by, distinct and in order; which it has in a caption, which in quotation.

    A fingerprint of a run of 8 words in quotation marks is quoted; fewer are an expression.
    """
    every = _all(text)
    found = winnowed(every)
    places = np.searchsorted(found, every)
    kept = np.isin(every, found)
    kinds = np.zeros(len(found), np.uint8)
    for flags, kind in ((text.caption, CAPTION), (text.quoted, QUOTED)):
        kinds[places[kept & _windows_in_runs(flags)]] |= kind
    return found.astype(np.int64), kinds


def kind(holders: Sequence[Holder], shared: Callable[[int, int], float]) -> int:
    """What a fingerprint is by the articles that have it; ``shared`` tells how much of the shorter of two is shared."""
    if len(holders) < 2:
        return 0
    found = FURNITURE if _is_furniture(holders, shared) else 0
    for holder in holders:
        found |= holder.how
    return found


def told(text: Text, found: Ints, kinds: Kinds) -> Text:
    """The text with what its fingerprints ``found`` say of its words: captions and furniture apart, and quotations."""
    if not kinds.any():
        return text
    every = _all(text).astype(np.int64)
    places = np.minimum(np.searchsorted(found, every), len(found) - 1)
    of = np.where(found[places] == every, kinds[places], 0)
    return Text(
        text.words, text.quoted | _covered(of & QUOTED > 0, text), text.caption | _covered(of & APART > 0, text)
    )


def _all(text: Text) -> npt.NDArray[np.uint64]:
    return grams(text.words, FINGERPRINT) >> np.uint64(1)  # so that SQLite's integers hold them


def _windows_in_runs(flags: Flags) -> Flags:
    """Which windows of a fingerprint's length stand in a run of flags as long as those that are compared."""
    if len(flags) < FINGERPRINT:
        return np.zeros(0, np.bool_)
    runs = words_in(windows_of(flags), len(flags))
    return np.asarray(np.lib.stride_tricks.sliding_window_view(runs, FINGERPRINT).all(axis=1))


def _covered(windows: Flags, text: Text) -> Flags:
    words = np.zeros(len(text.words), np.bool_)
    for i in range(FINGERPRINT):
        words[i : i + len(windows)] |= windows
    return words


def _is_furniture(holders: Sequence[Holder], shared: Callable[[int, int], float]) -> bool:
    enough = _STORIES * len({h.outlet for h in holders})
    return len(holders) >= enough and (len(holders) > _MANY or _stories(holders, shared) >= enough)


def _stories(holders: Sequence[Holder], shared: Callable[[int, int], float]) -> int:
    """How many stories articles are: those of one outlet that share half of the shorter one's text are one."""
    of: dict[str | None, list[int]] = {}
    for holder in holders:
        theirs = of.setdefault(holder.outlet, [])
        if all(shared(holder.number, other) < _SAME_STORY for other in theirs):
            theirs.append(holder.number)
    return sum(map(len, of.values()))
