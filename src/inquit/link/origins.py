"""Where a claim leads back to: for each mention the one it draws on, at the end of every path an origin.

An origin is an entity on an occasion. Two are independent when their parties differ and neither draws on the other;
what cannot be shown to be two counts as one. ``docs/design/independence.md`` has the definition with worked cases.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias

from inquit.link.mentions import Copying, Mention, by_article, by_links, by_outlet, same_words
from inquit.link.owners import Outlets
from inquit.link.sources import name_parts
from inquit.records import By, Origin

Kind: TypeAlias = Literal["named", "unnamed", "outlet"]


@dataclass(frozen=True, slots=True)
class Root:
    """One origin: a named entity, a person held back with the outlet that has them, or an outlet's own word."""

    kind: Kind
    key: str
    holder: str = ""


class Party(NamedTuple):
    """The words by which a party is known; a body may be named in full or in part, a person or an owner in one way."""

    words: frozenset[str]
    is_body: bool

    def holds(self, other: Party) -> bool:
        """Whether both are one, or one's name is part of the other's: a state and its ministry."""
        mine, theirs = self.words, other.words
        part = self.is_body and other.is_body and (mine <= theirs or theirs <= mine)
        return bool(mine and theirs) and (mine == theirs or part)


class Group(NamedTuple):
    """Origins that count as one source, and why they do."""

    origins: list[Origin]
    grounds: list[str]


class Trace:
    """The paths of one claim; ``mentions`` in order of time, those that put the claim forward.

    ``close`` names the statements that say what the claim's text says: the others add no origin where these have one.
    ``ended`` maps outlets that took the claim back to the time at which they did.
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        copying: Copying,
        outlets: Outlets,
        close: AbstractSet[str],
        ended: Mapping[str, float],
    ) -> None:
        self._mentions = mentions
        self._copying = copying
        self._names = outlets
        self._ended = ended
        self._articles = by_article(mentions)
        self._outlets = by_outlet(mentions, copying, outlets)
        self._quoted = same_words(mentions)
        self._linked = by_links(mentions, self._articles)
        self._known = {m.statement.id: m for m in mentions}
        self._roots: dict[str, Root | None] = {}
        self._drawn: dict[str, tuple[Mention, By] | None] = {}
        self._leading_to: dict[Root, list[Mention]] = {}
        for mention in mentions:
            root = self.root(mention)
            if root is not None:
                self._leading_to.setdefault(root, []).append(mention)
        self._counted = self._those_counted(close)

    def _those_counted(self, close: AbstractSet[str]) -> list[Root]:
        """The origins of what says the same as the claim's text; those that were taken back only where none is left."""
        told = [r for r, found in self._leading_to.items() if any(m.statement.id in close for m in found)]
        counted = told or list(self._leading_to)
        standing = [r for r in counted if not all(map(self.ended, self._by_itself(r)))]
        return standing or counted

    def root(self, mention: Mention) -> Root | None:
        """The origin that a mention leads back to; None where the way is lost."""
        path: list[Mention] = []
        at: Mention | None = mention
        found: Root | None = None
        while at is not None and at.statement.id not in self._roots:
            if at in path:
                # They name each other: the earliest of them that names somebody has it from nobody.
                round_ = path[path.index(at) :]
                found = self._own(min(round_, key=lambda m: (not m.entity, not m.medium, m.order)))
                break
            path.append(at)
            at = self.drawn_on(at)
            found = self._own(path[-1]) if at is None else None
        if at is not None and at.statement.id in self._roots:
            found = self._roots[at.statement.id]
        self._roots.update({m.statement.id: found for m in path})
        return self._roots[mention.statement.id]

    def drawn_on(self, mention: Mention) -> Mention | None:
        """The mention that this one has the claim from."""
        found = self.drawn(mention)
        return found and found[0]

    def drawn(self, mention: Mention) -> tuple[Mention, By] | None:
        """The mention that this one has the claim from, and what shows it."""
        ident = mention.statement.id
        if ident not in self._drawn:
            self._drawn[ident] = self._told_drawn(mention)
        return self._drawn[ident]

    def _told_drawn(self, mention: Mention) -> tuple[Mention, By] | None:
        carriage = mention.carried.carriage
        if mention.nested in self._known:
            return self._known[mention.nested], "inside"
        copied = self.copied_from(mention)
        if copied is not None and copied.strength >= mention.strength and _taken_over(copied, mention):
            return copied, "copy"
        if found := self.linked_to(mention):
            return found, "link"
        quoted = self._quoted.get(mention.statement.id)
        if carriage == "origin" and quoted is not None and quoted.sourced and not _two_people(quoted, mention):
            # The same words are one utterance, whoever the reader takes the speaker to be.
            return quoted, "words"
        if mention.medium and (carriage == "relay" or _held_back(mention)):
            named = self.carried_by(mention)
            return None if named is None else (named, "medium")
        if carriage == "origin" or mention.medium or mention.witnessed:
            return None
        # Own voice, hearsay, or "a newspaper": which one the articles do not say.
        if found := self._within(mention):
            return found, "article"
        if found := self.earlier(mention):
            return found, "time"
        return None if quoted is None else (quoted, "words")

    def copied_from(self, mention: Mention) -> Mention | None:
        """The strongest mention in the article whose text this one's article takes over."""
        for article in self._copying.origins(mention.article.id):
            if article in self._articles and article != mention.article.id:
                found = self._articles[article]
                same = [m for m in found if m.entity == mention.entity] or [m for m in found if m.runs & mention.runs]
                return (same or found)[0]
        return None

    def linked_to(self, mention: Mention) -> Mention | None:
        """The mention in an article to which a link in this one's sentence leads: of the source or medium it names."""
        for other in self._linked.get(mention.statement.id, ()):
            named = not mention.medium or mention.medium in (other.outlet, other.medium)
            if _same_source(other, mention) and (mention.carried.carriage != "relay" or named):
                return other
        return None

    def carried_by(self, mention: Mention) -> Mention | None:
        """The first mention by the medium that this one names, unless it is known to be later."""
        others = self._outlets.get(mention.medium, ()) if mention.medium else ()
        return next((m for m in others if m.article.id != mention.article.id and not mention.before(m)), None)

    def ended(self, mention: Mention, by: float = math.inf) -> bool:
        """Whether the mention's outlet took it back before the time ``by``."""
        return mention.time < self._ended.get(mention.outlet, -math.inf) < by

    def earlier(self, mention: Mention) -> Mention | None:
        """The nearest earlier mention that names a source, and that its outlet had not taken back by then."""
        before = (m for m in reversed(self._mentions) if m.sourced and m.before(mention))
        return next((m for m in before if not self.ended(m, mention.time)), None)

    def circles(self) -> list[tuple[Mention, list[Mention]]]:
        """Mentions whose medium has the claim from their own outlet, each with the way that leads back there."""
        found = []
        for mention in self._mentions:
            if mention.carried.carriage == "relay" and mention.medium and mention.medium != mention.outlet:
                way = self._way_back(mention)
                if way:
                    found.append((mention, way))
        return found

    def _way_back(self, mention: Mention) -> list[Mention]:
        """The mentions on the way from what a mention names to an earlier one of its own outlet; empty if none."""
        way: list[Mention] = []
        at = self.carried_by(mention)
        while at is not None and at not in way and at != mention:
            way.append(at)
            if at.outlet == mention.outlet:
                return way if len(way) > 1 else []
            named = at.medium == mention.outlet
            at = self.drawn_on(at)
            if named and at is None:
                return way
        return []

    def origins(self) -> list[Origin]:
        """Origins in order of their first mention."""
        return [self._origin(root, self._leading_to[root]) for root in self._counted]

    def groups(self) -> list[Group]:
        """Origins in groups, of which each is independent of the others; in order of their first mention."""
        parties = {root: self._party(root) for root in self._counted}
        home = {root: {root} for root in parties}
        grounds: dict[Root, str] = {}
        for one, other in combinations(parties, 2):
            ground = self._dependent(one, other, parties)
            if ground is not None and home[one] is not home[other]:
                grounds[one] = grounds.get(one, ground)
                merged = home[one] | home[other]
                home |= dict.fromkeys(merged, merged)
        found = {id(group): group for group in home.values()}.values()
        return [self._group([r for r in self._counted if r in group], grounds) for group in found]

    def _group(self, roots: Sequence[Root], grounds: Mapping[Root, str]) -> Group:
        origins = [self._origin(root, self._leading_to[root]) for root in roots]
        return Group(origins, list(dict.fromkeys(grounds[root] for root in roots if root in grounds)))

    def _own(self, mention: Mention) -> Root | None:
        """The origin that a mention is by itself."""
        carriage, medium = mention.carried.carriage, mention.medium
        if carriage == "origin":
            if not _held_back(mention):
                return Root("named", mention.entity) if mention.entity else None
            holder = medium or mention.outlet or mention.article.id
            return Root("unnamed", mention.entity, holder) if mention.entity else None
        if carriage == "relay":
            if medium:
                return Root("outlet", medium)
            return Root("named", mention.entity) if mention.entity else None
        if not mention.witnessed and (carriage == "vague" or self._sourced_before(mention)):
            return None
        credited = self._names.key(self._copying.credited(mention.article.id) or "")
        return Root("outlet", credited or mention.outlet or mention.article.id)

    def _sourced_before(self, mention: Mention) -> bool:
        return any(m.sourced and _perhaps_before(m, mention) for m in self._mentions)

    def _by_itself(self, root: Root) -> list[Mention]:
        """The mentions that are this origin themselves: a way that went in a circle may have none."""
        return [m for m in self._leading_to[root] if self._own(m) == root] or self._leading_to[root]

    def _within(self, mention: Mention) -> Mention | None:
        """A mention in the same article that says more of where the claim comes from."""
        told = [m for m in self._articles[mention.article.id] if m.carried.carriage == "origin" or m.medium]
        return told[0] if told and told[0].strength >= mention.strength else None

    def _origin(self, root: Root, mentions: Sequence[Mention]) -> Origin:
        own = self._by_itself(root)
        first = own[0]
        said = first.statement.attribution
        day = (first.article.published or "")[:10] or None
        when = (said and first.statement.when) or day
        if root.kind == "outlet":
            name = self._outlet_name(root, mentions)
            return Origin(entity=name, party=self._names.party(root.key) or name, when=when)
        entity = _name([(m.statement.attribution.entity or "").strip("# ") for m in own if m.statement.attribution])
        if root.kind == "unnamed":
            holder = first.carried.medium or first.article.outlet or first.article.external_id or first.article.id
            return Origin(entity=f"{entity}, to {holder}", party=first.party_name, when=when)
        return Origin(entity=entity, party=first.party_name, when=when)

    def _outlet_name(self, root: Root, mentions: Sequence[Mention]) -> str:
        """What the articles call the outlet that an origin is."""
        for mention in mentions:
            article = mention.article
            for name in (mention.carried.medium, self._copying.credited(article.id), article.outlet):
                if name and self._names.key(name) == root.key:
                    return name
        article = mentions[0].article
        return article.outlet or article.external_id or article.id

    def _party(self, root: Root) -> Party:
        """What an origin's party is known by."""
        first = self._leading_to[root][0]
        said = first.statement.attribution
        if root.kind == "outlet":
            directed = name_parts(self._names.party(root.key) or "")
            return Party(frozenset(directed or {self._names.owner(root.key)}), is_body=bool(directed))
        entity, party = name_parts((said.entity if said else "") or ""), name_parts(first.party_name or "")
        if root.kind == "unnamed":
            # Of one who is held back only the names in the description tell the party.
            return Party(frozenset((*entity, *party)), is_body=True)
        if said is None or not party or (said.standing == "person" and first.party == first.entity):
            return Party(frozenset({root.key}), is_body=False)
        # A ministry's name holds its state's, whatever of it the party is said to be.
        return Party(frozenset((*entity, *party) if set(party) < set(entity) else party), is_body=True)

    def _dependent(self, one: Root, other: Root, parties: Mapping[Root, Party]) -> str | None:
        """Why two origins count as one: one party or owner, the same person, or that they cannot be shown to be two."""
        owners = [self._names.owner(r.key if r.kind == "outlet" else r.holder) for r in (one, other)]
        kinds = {one.kind, other.kind}
        if one.key == other.key or parties[one].holds(parties[other]):
            return f"outlets of {owners[0]}" if kinds == {"outlet"} else "of one party"
        if kinds == {"unnamed", "outlet"}:
            # An outlet's own word may be that of the person whom it, or its sister, has.
            held = one if one.kind == "unnamed" else other
            return "perhaps the same person's word" if not held.key or owners[0] == owners[1] else None
        if kinds == {"unnamed"} and not (parties[one].words and parties[other].words):
            # Two who are held back may be one person, unless their descriptions name different bodies.
            return "perhaps one person"
        return None


def _same_source(copied: Mention, mention: Mention) -> bool:
    return copied.entity == mention.entity or mention.carried.carriage != "origin"


def _taken_over(copied: Mention, mention: Mention) -> bool:
    """Whether a copy has it from there: in the same words it does, whoever the reader takes the speaker to be."""
    return _same_source(copied, mention) or bool(copied.runs & mention.runs)


def _two_people(one: Mention, other: Mention) -> bool:
    """Whether two who are named are made to say the same, neither in his own words."""
    quoted = "direct" in (one.statement.form, other.statement.form)
    return not quoted and one.entity != other.entity and not (_held_back(one) and _held_back(other))


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
