"""Where a claim leads back to: for each mention the one it draws on, at the end of every path an origin.

An origin is an entity on an occasion. Two are independent when their parties differ and neither draws on the other;
what cannot be shown to be two counts as one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, TypeAlias

from inquit.link.carriage import outlet_key
from inquit.link.mentions import Copying, Mention, by_article, by_outlet, same_words
from inquit.link.sources import name_parts
from inquit.records import Origin

Kind: TypeAlias = Literal["named", "unnamed", "outlet"]


@dataclass(frozen=True, slots=True)
class Root:
    """One origin: a named entity, a person held back with the outlet that has them, or an outlet's own word."""

    kind: Kind
    key: str
    holder: str = ""


class Trace:
    """The paths of one claim; ``mentions`` in order of time, those that put the claim forward.

    ``close`` names the statements that say what the claim's text says: the others add no origin where these have one.
    """

    def __init__(self, mentions: Sequence[Mention], copying: Copying, close: AbstractSet[str]) -> None:
        self._mentions = mentions
        self._copying = copying
        self._articles = by_article(mentions)
        self._outlets = by_outlet(mentions, copying)
        self._quoted = same_words(mentions)
        self._known = {m.statement.id: m for m in mentions}
        self._roots: dict[str, Root | None] = {}
        self._leading_to: dict[Root, list[Mention]] = {}
        for mention in mentions:
            root = self.root(mention)
            if root is not None:
                self._leading_to.setdefault(root, []).append(mention)
        told = [r for r, found in self._leading_to.items() if any(m.statement.id in close for m in found)]
        self._counted = told or list(self._leading_to)

    def root(self, mention: Mention) -> Root | None:
        """The origin that a mention leads back to; None where the way is lost."""
        path: list[Mention] = []
        at: Mention | None = mention
        found: Root | None = None
        while at is not None and at.statement.id not in self._roots:
            if at in path:
                # They name each other: the earliest of them that names somebody has it from nobody.
                round_ = path[path.index(at) :]
                found = self._own(min(round_, key=lambda m: (not m.entity, m.carried.medium is None, m.order)))
                break
            path.append(at)
            at = self.drawn_on(at)
            found = self._own(path[-1]) if at is None else None
        if at is not None and at.statement.id in self._roots:
            found = self._roots[at.statement.id]
        self._roots.update({m.statement.id: found for m in path})
        return self._roots[mention.statement.id]

    def drawn_on(self, mention: Mention) -> Mention | None:
        """The mention that this one has the claim from: along a copy, by the medium it names, else by time."""
        if mention.nested in self._known:
            return self._known[mention.nested]
        copied = self.copied_from(mention)
        if copied is not None and copied.strength >= mention.strength and _same_source(copied, mention):
            return copied
        if (
            mention.carried.carriage == "origin"
            and (quoted := self._quoted.get(mention.statement.id))
            and quoted.sourced
        ):
            # The same words are one utterance, whoever the reader takes the speaker to be.
            return quoted
        medium = outlet_key(mention.carried.medium or "")
        if medium and (mention.carried.carriage == "relay" or _held_back(mention)):
            return self.carried_by(mention)
        if mention.carried.carriage == "origin" or medium:
            return None
        # Own voice, hearsay, or "a newspaper": which one the articles do not say.
        return self._within(mention) or self._earlier(mention) or self._quoted.get(mention.statement.id)

    def copied_from(self, mention: Mention) -> Mention | None:
        """The strongest mention in the article whose text this one's article takes over."""
        for article in self._copying.origins(mention.article.id):
            if article in self._articles and article != mention.article.id:
                same = [m for m in self._articles[article] if m.entity == mention.entity]
                return (same or self._articles[article])[0]
        return None

    def carried_by(self, mention: Mention) -> Mention | None:
        """The first mention by the medium that this one names, unless it is known to be later."""
        medium = outlet_key(mention.carried.medium or "")
        others = self._outlets.get(medium, ()) if medium else ()
        return next((m for m in others if m.article.id != mention.article.id and not mention.before(m)), None)

    def origins(self) -> list[Origin]:
        """Origins in order of their first mention."""
        return [self._origin(root, self._leading_to[root]) for root in self._counted]

    def independent(self) -> int:
        """Number of origins that are of different parties and do not draw on each other; at least 1."""
        parties = {root: _party(root, self._leading_to[root][0]) for root in self._counted}
        groups: list[list[Root]] = []
        for root in parties:
            joined = [g for g in groups if any(_dependent(root, other, parties) for other in g)]
            groups = [g for g in groups if g not in joined] + [[root, *(r for g in joined for r in g)]]
        return max(1, len(groups))

    def _own(self, mention: Mention) -> Root | None:
        """The origin that a mention is by itself."""
        medium = outlet_key(mention.carried.medium or "")
        if mention.carried.carriage == "origin":
            if not _held_back(mention):
                return Root("named", mention.entity)
            return Root("unnamed", mention.entity, medium or mention.outlet or mention.article.id)
        if mention.carried.carriage == "relay" and medium:
            return Root("outlet", medium)
        if mention.carried.carriage == "relay":
            return Root("named", mention.entity) if mention.entity else None
        if mention.carried.carriage == "vague" or any(
            m.sourced and _perhaps_before(m, mention) for m in self._mentions
        ):
            return None
        credited = outlet_key(self._copying.credited(mention.article.id) or "")
        return Root("outlet", credited or mention.outlet or mention.article.id)

    def _within(self, mention: Mention) -> Mention | None:
        """A mention in the same article that says more of where the claim comes from."""
        told = [m for m in self._articles[mention.article.id] if m.carried.carriage == "origin" or m.carried.medium]
        return told[0] if told and told[0].strength >= mention.strength else None

    def _earlier(self, mention: Mention) -> Mention | None:
        """The nearest earlier mention that names a source."""
        earlier = [m for m in self._mentions if m.sourced and m.before(mention)]
        return earlier[-1] if earlier else None

    def _origin(self, root: Root, mentions: Sequence[Mention]) -> Origin:
        # A way that went in a circle has an origin that none of its mentions is by itself.
        own = [m for m in mentions if self._own(m) == root] or mentions
        first = own[0]
        said = first.statement.attribution
        day = (first.article.published or "")[:10] or None
        when = (said and first.statement.when) or day
        if root.kind == "outlet":
            name = _outlet_name(root, first, self._copying)
            return Origin(entity=name, party=name, when=when)
        entity = _name([(m.statement.attribution.entity or "").strip("# ") for m in own if m.statement.attribution])
        if root.kind == "unnamed":
            holder = first.carried.medium or first.article.outlet or first.article.external_id or first.article.id
            return Origin(entity=f"{entity}, to {holder}", party=first.party_name, when=when)
        return Origin(entity=entity, party=first.party_name, when=when)


def _same_source(copied: Mention, mention: Mention) -> bool:
    return copied.entity == mention.entity or mention.carried.carriage != "origin"


def _perhaps_before(one: Mention, other: Mention) -> bool:
    return one.before(other) or math.isinf(one.time) or math.isinf(other.time)


def _held_back(mention: Mention) -> bool:
    said = mention.statement.attribution
    return said is not None and said.standing == "anonymous"


def _name(names: Sequence[str]) -> str:
    """The shortest of the names that hold what most of them hold, the name without the day or title beside it."""
    held = Counter(name_parts(name) for name in names)
    most = min(held, key=lambda parts: (-held[parts], parts))
    return min((n for n in names if name_parts(n) == most), key=lambda n: (len(n), n))


def _outlet_name(root: Root, mention: Mention, copying: Copying) -> str:
    article = mention.article
    names = (mention.carried.medium, copying.credited(article.id), article.outlet)
    named = next((n for n in names if n and outlet_key(n) == root.key), None)
    return named or article.outlet or article.external_id or article.id


def _party(root: Root, mention: Mention) -> tuple[str, ...]:
    """What an origin's party may be known by."""
    if root.kind == "outlet":
        return (root.key,)
    if root.kind == "named":
        return (mention.party or root.key,)
    # Of one who is held back only the names in the description tell the party.
    said = mention.statement.attribution
    return tuple({*name_parts(mention.party_name or ""), *name_parts((said.entity if said else "") or "")})


def _dependent(one: Root, other: Root, parties: dict[Root, tuple[str, ...]]) -> bool:
    """Whether two origins are of one party, draw on each other, or cannot be shown to be two."""
    if set(parties[one]) & set(parties[other]) or one.key == other.key:
        return True
    if "unnamed" in (one.kind, other.kind) and "outlet" in (one.kind, other.kind):
        return one.key in (other.holder, "") or other.key in (one.holder, "")
    if one.kind == other.kind == "unnamed":
        # Two who are held back may be one person, unless their descriptions name different bodies.
        return not parties[one] or not parties[other]
    return False
