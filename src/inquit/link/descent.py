"""Of two articles that share text, which one took it over, and whether that one says where its words come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias
from urllib.parse import urlsplit

import msgspec

from inquit.clock import before, instant
from inquit.link.agencies import Names
from inquit.link.credit import Mention, mentions
from inquit.link.hyperlinks import links_to
from inquit.records import Article, Credit

Verdict: TypeAlias = tuple[Credit, str | None, str]
"""The credit of a copy, the origin it (or the article it took over from) names, and the reason in words."""

_HOUR, _DAY = 3600.0, 86400.0
# How sure a direction is: a credit to the other says it; who links to a page has seen it; dates a day apart seldom lie;
# of two prints within a day the one that names an origin is nearer to it; an hour may be that of a visit to the page;
# without any it is a guess.
_BY_CREDIT, _BY_LINK, _BY_DAY, _BY_ORIGIN, _BY_HOUR, _UNKNOWN = 1.0, 0.97, 0.95, 0.92, 0.9, 0.7
# Whoever names more origins than this puts texts of several together.
_ORIGINS = 2


class Signature(msgspec.Struct, frozen=True):
    """What an article's outlet is called here, whether the article names it, and its credits to others."""

    name: str | None
    is_own: bool
    credits: tuple[Mention, ...]


@dataclass(frozen=True)
class Signed:
    """An article with its signature."""

    article: Article
    by: Signature

    @property
    def name(self) -> str | None:
        """What its outlet is called here."""
        return self.by.name

    @property
    def is_own(self) -> bool:
        """Whether it names its own outlet."""
        return self.by.is_own

    @property
    def credits(self) -> tuple[Mention, ...]:
        """Its credits to others."""
        return self.by.credits

    def credit(self, name: str | None) -> Mention | None:
        """The first credit to ``name``."""
        return next((m for m in self.credits if m.name == name), None)

    @property
    def root(self) -> Mention | None:
        """The credit that says where the text as a whole comes from, where there is one.

        An acknowledgement does not; nor does one of many names, as in a collection of others' texts.
        """
        return self.roots[0] if self.roots and len(self.roots) <= _ORIGINS else None

    @cached_property
    def roots(self) -> tuple[Mention, ...]:
        """The names in datelines, bylines and copyright lines, the first credit of each."""
        found: dict[str, Mention] = {}
        for mention in self.credits:
            if mention.place != "acknowledgement":
                found.setdefault(mention.name, mention)
        return tuple(found.values())


@dataclass(frozen=True)
class Direction:
    """Whether the first of two articles was taken over by the second, how sure that is (0 to 1), and why."""

    forward: bool
    certainty: float
    reason: str

    @property
    def by_credit(self) -> bool:
        """Whether a credit tells the direction."""
        return self.certainty == _BY_CREDIT


def signature(article: Article, names: Names) -> Signature:
    """Read an article's credits; that it names its own outlet is none."""
    outlet = outlet_of(article)
    name = names.of_outlet(outlet) if outlet else None
    found = mentions(article, names)
    return Signature(name, any(m.name == name for m in found), tuple(m for m in found if m.name != name))


def outlet_of(article: Article) -> str | None:
    """The outlet of an article, by its address where that is all that is known."""
    return article.outlet or (urlsplit(article.url).netloc if article.url else None)


def direction(one: Signed, other: Signed) -> Direction:
    """Who took over from whom: by credit, by a link, then by time; else unknown, and ``one`` counts as the first."""
    forward, backward = (other.credit(one.name), one.credit(other.name)) if one.name != other.name else (None, None)
    credit = forward or backward
    if credit is not None and not (forward and backward):
        return Direction(forward is not None, _BY_CREDIT, f"credits the other, {credit.name}, in its {credit.place}")
    linked, links = links_to(other.article, one.article), links_to(one.article, other.article)
    if linked != links:
        return Direction(linked, _BY_LINK, "links to the other's page")
    earlier = before(one.article.published, other.article.published)
    gap = abs((instant(other.article.published) or 0.0) - (instant(one.article.published) or 0.0))
    if earlier is not None and gap >= _DAY:
        return Direction(earlier, _BY_DAY, f"published {_told(gap)} later")
    named = _names_origin(one, other) or _names_origin(other, one)
    if named is not None:
        reason = f"names nobody: the other, which credits {named.name}, is nearer to the origin"
        return Direction(named is one.root, _BY_ORIGIN, reason)
    if earlier is None:
        return Direction(True, _UNKNOWN, "direction unknown: neither a credit nor the dates tell it")
    return Direction(earlier, _BY_HOUR, f"published {_told(gap)} later: weak evidence, the hour may be a crawler's")


def _names_origin(one: Signed, other: Signed) -> Mention | None:
    """The origin that ``one`` names, where ``other`` names neither one nor itself."""
    return one.root if not other.credits and not other.is_own and one.name != other.name else None


def verdict(source: Signed, target: Signed) -> Verdict:
    """Whether the target, which took over text of the source, still says where the words come from."""
    root = source.root
    for name in (*([root.name] if root else []), *(m.name for m in source.credits), source.name):
        mention = target.credit(name)
        # To name the outlet that it was copied from is not to name where that one has it from.
        if mention and (name != source.name or root is None):
            return "kept", name, f"credits {name} in its {mention.place}"
    passed_on = target.credit(source.name) or (None if target.root else next(iter(target.credits), None))
    if root is not None and passed_on is not None:
        return "other", root.name, f"names {passed_on.name} but not {root.name}, which the other credits"
    if len(target.roots) > _ORIGINS:
        others = ", ".join(m.name for m in target.roots)
        return "dropped", root.name if root else None, f"names {others}, but not where these words come from"
    if target.credits:
        mention = target.root or target.credits[0]
        return "kept", mention.name, f"credits {mention.name} in its {mention.place}"
    if root is not None and root.name == target.name:
        return "other", None, "is itself what the other credits"
    if root is not None:
        return "dropped", root.name, f"leaves out a credit: names no origin, where the other credits {root.name}"
    if target.name is not None and target.name == source.name:
        return "other", None, "is of the same outlet, and neither names another origin"
    if source.is_own:
        return "dropped", source.name, f"leaves out a credit: names no origin, where the other signs as {source.name}"
    return "dropped", None, "names no origin"


def common_credit(one: Signed, other: Signed) -> str | None:
    """The name that both credit and neither is: two prints of one text."""
    return next((m.name for m in one.credits if m.name != other.name and other.credit(m.name)), None)


def _told(gap: float) -> str:
    if gap >= _DAY:
        days = round(gap / _DAY)
        return f"{days} day{'s' * (days > 1)}"
    return f"{round(gap / _HOUR)} h" if gap >= _HOUR else f"{max(1, round(gap / 60))} min"
