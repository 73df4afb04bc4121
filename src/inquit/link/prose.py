"""Which words of an article are its own prose: what is left without quotations, captions and an outlet's furniture.

Shared quotations and shared furniture make nobody a copyist. What stands in quotation marks or a caption in one article
is so in all of them: one prints a post between marks, another shows it as a block without any. Furniture stands in an
outlet's articles whatever they are about: footers, invitations, standing notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from inquit.link.align import Flags, Overlaps, Text, windows_of, words_in
from inquit.link.fingerprints import Ints

# A run in so many different stories of one outlet is about none of them. A wire's sentence of background is in many
# stories too, but of many outlets: furniture is in as many stories of every outlet that has it, on average.
_STORIES = 3
# Two articles of an outlet are one story, told again, when so much of the shorter one stands in the other.
_SAME_STORY = 0.5


@dataclass(frozen=True)
class Prose:
    """Which words of a text are its ``body`` (no caption, no furniture), which of them its ``own`` (no quotation)."""

    body: Flags
    own: Flags


def prose(
    texts: Sequence[Text], windows: Sequence[Ints], outlets: Sequence[str | None], pairs: Iterable[tuple[int, int]]
) -> list[Prose]:
    """What is own in each text; ``pairs`` are those that share any text. Articles without an outlet count as of one."""
    count = 1 + max((int(w.max(initial=0)) for w in windows), default=0)
    apart, borrowed = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    apart[_furniture(texts, windows, outlets, pairs)] = True
    for text, window in zip(texts, windows, strict=True):
        apart[window[windows_of(text.caption)]] = True
        borrowed[window[windows_of(text.quoted)]] = True
    apart[0] = borrowed[0] = False
    found = []
    for text, window in zip(texts, windows, strict=True):
        body = ~(text.caption | words_in(apart[window] | text.recurring, len(text.words)))
        found.append(Prose(body, body & ~(text.quoted | words_in(borrowed[window], len(text.words)))))
    return found


def beside(text: Text, other: Text) -> tuple[Flags, Prose]:
    """Which words of a text stand in another, and what is its own, where these two are all that there is."""
    places, found = other.index.look_up(text.windows)
    size = len(text.words)
    body = ~(text.apart | _words(found & other.index.caption[places], size))
    own = body & ~(text.borrowed | _words(found & other.index.quoted[places], size))
    return _words(found, size), Prose(body, own)


def _words(windows: Flags, size: int) -> Flags:
    """``words_in``; mostly there are none."""
    return words_in(windows, size) if windows.any() else np.zeros(size, np.bool_)


def _furniture(
    texts: Sequence[Text], windows: Sequence[Ints], outlets: Sequence[str | None], pairs: Iterable[tuple[int, int]]
) -> Ints:
    """The windows that are some outlet's furniture."""
    if len(texts) < _STORIES:
        return np.empty(0, np.int64)
    stories = _stories(texts, windows, [p for p in pairs if outlets[p[0]] == outlets[p[1]]])
    names = {name: i for i, name in enumerate(dict.fromkeys(outlets))}
    outlet = np.array([names[o] for o in outlets], np.int64)
    number = np.concatenate([np.empty(0, np.int64), *windows])
    story = np.repeat(stories, [len(w) for w in windows])
    window, told = np.unique(np.stack([number, story])[:, number > 0], axis=1)
    # A story is of one outlet, so its first article tells of which.
    places, count = np.unique(np.stack([window, outlet[told]]), axis=1, return_counts=True)
    distinct, first, held_by = np.unique(places[0], return_index=True, return_counts=True)
    if not len(distinct):
        return distinct
    return distinct[np.add.reduceat(count, first) >= _STORIES * held_by]


def _stories(texts: Sequence[Text], windows: Sequence[Ints], pairs: list[tuple[int, int]]) -> Ints:
    """For each text the first one that tells the same story in the same outlet."""
    overlaps = Overlaps(windows, [len(t.words) for t in texts])
    first = list(range(len(texts)))

    def top(i: int) -> int:
        while first[i] != i:
            first[i] = first[first[i]]
            i = first[i]
        return i

    for one, other in pairs:
        shorter, longer = sorted((one, other), key=lambda i: len(texts[i].words))
        if top(one) != top(other) and overlaps.covered(longer, shorter).mean() >= _SAME_STORY:
            low, high = sorted((top(one), top(other)))
            first[high] = low
    return np.array([top(i) for i in range(len(texts))], np.int64)
