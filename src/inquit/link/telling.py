"""How a claim is told: its text, and the reasons why its statements were brought together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from inquit.link.compared import Said
from inquit.link.mentions import Mention
from inquit.link.origins import Group, Trace

Floats = npt.NDArray[np.float32]

_FITTING = (6, 24)  # words of a full proposition that is fairly short
_WORDS = 6  # shared words that are named


def telling(said: Sequence[Said], rows: Floats) -> int:
    """Place of the statement nearest to all others, fairly short, that stands by itself; of equals the first.

    Row i of ``rows`` is the vector of the i-th statement.
    """
    centre = rows.mean(0)
    scores = [float(row @ centre) - _lacking(one) for one, row in zip(said, rows, strict=True)]
    return int(np.argmax(np.round(scores, 4)))


def _lacking(said: Said) -> float:
    """What a content lacks to be understood by itself."""
    words = len(said.content.words)
    length = max(_FITTING[0] - words, 0) / _FITTING[0] + max(math.log(max(words, 1) / _FITTING[1]), 0.0)
    pronouns = 0.2 * said.content.third + 0.2 * said.content.first + 0.1 * said.content.second
    return length + pronouns + (0.0 if said.content.names else 0.2)


def reasons(mentions: Sequence[Mention], said: Sequence[Said], trace: Trace, groups: Sequence[Group]) -> Iterator[str]:
    """Short sentences: what the statements share, how many outlets have it, where it leads back to, what stands out."""
    shared = _shared(said)
    if shared:
        yield f"shared words: {', '.join(shared)}"
    numbers = [{n.value for n in s.content.numbers} for s in said]
    if all(numbers) and (common := set.intersection(*numbers)):
        yield f"shared numbers: {', '.join(f'{n:g}' for n in sorted(common))}"
    outlets = {m.outlet for m in mentions if m.outlet}
    articles = {m.article.id for m in mentions}
    where = f"{_counted(len(articles), 'article')} of {_counted(len(outlets), 'known outlet')}"
    yield f"{_counted(len(mentions), 'statement')} in {where}"
    against = sum(m.side == "against" for m in mentions)
    if against:
        yield f"{_counted(against, 'statement')} against it"
    drawn = sum(trace.drawn_on(m) is not None for m in mentions if m.side == "for")
    if drawn:
        yield f"{_counted(drawn, 'statement')} draw{'s' if drawn == 1 else ''} on another of the claim"
    for group in groups:
        if len(group.origins) > 1:
            yield f"counted as one source: {'; '.join(o.entity for o in group.origins)} ({', '.join(group.grounds)})"
    yield from _circles(trace)
    yield from _taken_back(mentions)


def _circles(trace: Trace) -> Iterator[str]:
    for mention, way in trace.circles():
        names = [_at(m) for m in way]
        yield f"circular: {_at(mention)} names {mention.carried.medium}, which leads back: {' ← '.join(names)}"


def _taken_back(mentions: Sequence[Mention]) -> Iterator[str]:
    for mention in mentions:
        if mention.side == "takes back":
            after = sum(m.side == "for" and mention.before(m) for m in mentions)
            still = f"; {_counted(after, 'statement')} put it forward after that" if after else ""
            yield f"taken back by {_at(mention)}{still}"


def _at(mention: Mention) -> str:
    """Outlet and day."""
    outlet = mention.article.outlet or "an unknown outlet"
    return f"{outlet} ({mention.article.published[:10]})" if mention.article.published else outlet


def _shared(said: Sequence[Said]) -> list[str]:
    """The words that most of the statements hold, the most frequent first."""
    count = Counter(word for s in said for word in dict.fromkeys(s.content.words) if len(word) > 3)
    telling_words = [(n, w) for w, n in count.items() if 2 * n > len(said)]
    return [w for _, w in sorted(telling_words, key=lambda x: (-x[0], x[1]))[:_WORDS]]


def _counted(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"
