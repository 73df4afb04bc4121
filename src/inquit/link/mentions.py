"""Occurrences of a claim with all that is asked of them: time, outlet, carriage, entity, party."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from inquit.link.carriage import STRENGTH, Carried
from inquit.link.hyperlinks import addresses, place
from inquit.link.owners import Outlets
from inquit.records import Article, Copy, Framing, Statement

_QUOTED, _LONG = 3, 7  # runs of 6 words that are one utterance: within quotation marks, and without
_MOSTLY = 0.7  # part of a mention's runs

Side: TypeAlias = Literal["for", "against", "neither", "takes back"]
"""Whether a mention puts the claim forward, rejects it, does neither (a question), or is an outlet's correction."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One statement of a claim. ``time`` is infinite where the date is not known.

    ``outlet`` and ``medium`` (which the words name) are keys of ``Outlets``, ``entity`` and ``party`` those of
    ``link.sources``, empty where there is none; ``runs`` those of ``Content``; ``nested`` is the statement of the
    claim, outside or inside this one, on whose word it stands; ``witnessed`` tells of own voice whose outlet saw it.
    """

    statement: Statement
    article: Article
    time: float
    carried: Carried
    outlet: str
    medium: str
    entity: str
    party: str
    party_name: str | None
    side: Side
    runs: frozenset[int]
    nested: str | None
    witnessed: bool = False

    @property
    def strength(self) -> int:
        """How far it still shows where the claim comes from, 0 to 3."""
        return STRENGTH[self.carried.carriage]

    @property
    def sourced(self) -> bool:
        """Whether it names a source or a medium."""
        return self.strength >= STRENGTH["relay"]

    @property
    def framing(self) -> Framing | None:
        """The outlet's framing; None in own voice."""
        return self.statement.attribution.framing if self.statement.attribution else None

    @property
    def order(self) -> tuple[float, str, tuple[tuple[int, int], ...], str]:
        """By time, the unknown last; then by article and place in it."""
        return self.time, self.article.id, self.statement.content, self.statement.id

    def before(self, other: Mention) -> bool:
        """Whether it is known to be of an earlier time."""
        return self.time < other.time and not math.isinf(other.time)


class Copying:
    """The copies between articles: where an article's words come from, and which articles hang together.

    ``chained`` gives the copies that hang together with an article, and is asked once for all of these.
    """

    def __init__(self, chained: Callable[[str], Iterable[Copy]]) -> None:
        self._chained = chained
        self._into: dict[str, list[Copy]] = {}
        self._chain: dict[str, str | None] = {}

    def origins(self, article: str) -> list[str]:
        """Articles whose text ``article`` takes over, the largest share first."""
        return [copy.from_ for copy in self._copies(article)]

    def score(self, source: str, article: str) -> float:
        """Score of the copy by which ``article`` takes over text of ``source``; 0 where there is none."""
        return next((copy.score for copy in self._copies(article) if copy.from_ == source), 0.0)

    def credited(self, article: str) -> str | None:
        """The name that a credit gives as where the article's words come from."""
        return next((copy.origin for copy in self._copies(article) if copy.origin), None)

    def chain(self, article: str) -> str | None:
        """A name for all the articles that hang together with this one by copies; None where there are none."""
        self._learn(article)
        return self._chain[article]

    def _copies(self, article: str) -> Sequence[Copy]:
        """Those by which an article takes over text, the largest share first."""
        self._learn(article)
        return self._into.get(article, ())

    def _learn(self, article: str) -> None:
        if article in self._chain:
            return
        copies = list(self._chained(article))
        articles = {end for copy in copies for end in (copy.from_, copy.to)}
        self._chain |= dict.fromkeys(articles, min(articles, default=None))
        self._chain.setdefault(article, None)
        for copy in copies:
            self._into.setdefault(copy.to, []).append(copy)
        for found in (self._into[to] for to in {copy.to for copy in copies}):
            found.sort(key=lambda c: (-c.share, c.from_))


def by_article(mentions: Sequence[Mention]) -> Mapping[str, list[Mention]]:
    """The mentions of each article, the strongest first, of these such as name a medium."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (-m.strength, not m.medium, m.order)):
        found[mention.article.id].append(mention)
    return found


def by_outlet(mentions: Sequence[Mention], copying: Copying, outlets: Outlets) -> Mapping[str, list[Mention]]:
    """The mentions of each outlet in order of time, an article's under the name that its credit gives too."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: m.order):
        names = {mention.outlet, outlets.key(copying.credited(mention.article.id) or "")}
        for name in sorted(names - {""}):
            found[name].append(mention)
    return found


def by_links(mentions: Sequence[Mention], articles: Mapping[str, Sequence[Mention]]) -> Mapping[str, list[Mention]]:
    """For each statement the mentions, not known to be later, in other articles to which links in its sentence lead.

    ``articles`` are ``by_article``; of an article's mentions those of the same entity come first, then the strongest.
    """
    at = {place(found[0].article.url): found for found in articles.values() if found[0].article.url}
    led: dict[str, list[Mention]] = {}
    for mention in mentions:
        there = [m for address in addresses(mention.statement, mention.article) for m in at.get(address, ())]
        others = [m for m in there if m.article.id != mention.article.id and not mention.before(m)]
        if others:
            led[mention.statement.id] = sorted(others, key=lambda m: m.entity != mention.entity)
    return led


def same_words(mentions: Sequence[Mention]) -> Mapping[str, Mention]:
    """For each statement the first mention of another article with which it is one utterance, by its words in runs.

    Most of its own words stand in one entity's, if in parts that different articles had; or most of the other's in it.
    """
    first: dict[int, Mention] = {}
    found: dict[str, Mention] = {}
    for mention in mentions:
        held = [first[run] for run in mention.runs if run in first and first[run].article.id != mention.article.id]
        theirs = Counter(m.entity for m in held)
        shared = Counter(m.statement.id for m in held)
        known = {m.statement.id: m for m in held}
        least = _LONG if mention.statement.form == "indirect" else _QUOTED
        same = [
            m
            for i, m in known.items()
            if theirs[m.entity] >= max(least, _MOSTLY * len(mention.runs))
            or shared[i] >= max(least, _MOSTLY * len(m.runs))
        ]
        if same:
            found[mention.statement.id] = min(same, key=lambda m: (-shared[m.statement.id], m.order))
        for run in mention.runs:
            first.setdefault(run, mention)
    return found
