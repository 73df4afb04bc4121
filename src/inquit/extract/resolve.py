"""Who a source really is within its article: entity, vehicle and party, by name matching.

What cannot be resolved keeps the mention's own words; a wrong name is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from inquit.extract.bodies import Bodies
from inquit.extract.mentions import ARTICLE, bare, called, carrier, head, maker, modifier, own_name, plain, role_words
from inquit.extract.names import Directory, Name, directory, named, words
from inquit.extract.party import Parties
from inquit.extract.people import FAR, People, Sex
from inquit.extract.standing import is_body, is_crowd, is_outlet, standing, titles
from inquit.records import Spans, Standing

_DEFINITE = re.compile(r"(?:The|the|This|this|That|that)\s+(?:[\w’'-]+\s+){0,2}[a-z-]+(?:\s(?:for|of|at)\s[^,]+)?")
_PLAIN = re.compile(r"\w+\s+(?:[a-z’'-]+\s+){0,2}[a-z-]+(?:\s(?:for|of|at)\s[^,]+)?")
_CLAUSE_HEAD = re.compile(
    r"\b((?:[Aa]n?|[Tt]he|[Tt]hose|[Ss]ome|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]wo|[Tt]hree) "
    r"(?:[\w’'-]+ ){0,5}?[\w’'-]+),? $"
)
_SENTENCE = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘(]*[A-Z])|\n")
_LEAD = 160  # code points before a cue in which its vehicle may stand
_THROUGH = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Dd]uring|[Vv]ia|[Tt]hrough|[Oo]n)\s+"
    r"((?:(?:an?|the|his|her|its|their|another|the same)\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:{vehicles}|spokes(?:man|woman|person))(?:\s(?:{vehicles}))?\b(?:\s+with\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)?)"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The answer for one source."""

    entity: str | None
    through: str | None
    party: str | None
    standing: Standing


NOBODY = Resolved(None, None, None, "none")


@dataclass(frozen=True, slots=True, order=True)
class _Heard:
    """One source that was resolved: where it stands, and the words of its cue."""

    at: int
    who: Resolved = field(compare=False)
    cue: str = field(compare=False)
    content: Spans = field(compare=False)


class Resolver:
    """Resolves the sources of one article, those of outer statements before those inside them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._directory: Directory = directory(text)
        self._people = People(text, self._directory)
        self._parties = Parties(text, self._directory)
        self._bodies = Bodies(text, self._directory, self._people)
        self._heard: list[_Heard] = []

    def resolve(self, source: Spans, cue: Spans, speaker: Resolved | None = None, content: Spans = ()) -> Resolved:
        """Resolve one source; ``speaker`` is the outer statement's, whom "I" and "we" mean inside a quotation."""
        if not source:
            return NOBODY
        mention = plain(" ".join(self._text[s:e] for s, e in source))
        at = source[0][0]
        found = self._reference(mention, at, speaker, content) or self._described(mention, at)
        if speaker is None and found.through is None:
            found = Resolved(found.entity, self._vehicle(source, cue), found.party, found.standing)
        self._remember(found, at, " ".join(self._text[s:e] for s, e in cue).lower(), content)
        return found

    def _remember(self, who: Resolved, at: int, cue: str, content: Spans) -> None:
        if who.entity is None or who.entity.lower() in words().pronouns:
            return
        insort(self._heard, _Heard(at, who, cue, content))
        if who.standing in ("person", "anonymous"):
            self._people.heard(at, who.entity)

    def _before(self, at: int) -> Iterator[_Heard]:
        """Who spoke before ``at``, the last first."""
        last = bisect_left(self._heard, at, key=lambda h: h.at)
        return (h for h in reversed(self._heard[max(0, last - 40) : last]) if h.at >= at - 2 * FAR)

    def _reference(self, mention: str, at: int, speaker: Resolved | None, content: Spans) -> Resolved | None:
        """A pronoun, or "the statement", "the ministry": whoever spoke before, if one fits."""
        name = mention.lower()
        kind = words().pronouns.get(name)
        if kind == "speaker":
            return self._first_person(name, at, speaker)
        if kind is not None:
            return self._antecedent(name, kind, at, speaker, content)
        noun = head(mention)
        thing = noun in words().vehicles or standing(mention, bare(mention)) == "document"
        if thing and ARTICLE.match(mention) and noun in mention:  # "the post", not "the Harbour Post"
            return self._owned(mention, at, speaker, content) or self._behind(mention, noun, at)
        return self._definite(mention, noun, at, content)

    def _first_person(self, name: str, at: int, speaker: Resolved | None) -> Resolved | None:
        """Whoever speaks where "I" stands; "we" of somebody who speaks for a body is that body."""
        if speaker is None and self._people.quoted(at):
            start, end = self._text.rfind("\n", 0, at), self._text.find("\n", at)
            around = [h for h in self._heard if start < h.at and (end < 0 or h.at < end)]
            speaker = next((h.who for h in around if any(a <= at < b for a, b in h.content)), None)
        if speaker is None:
            return None
        party = speaker.party
        if name in ("we", "us", "our") and speaker.standing == "person" and party not in (None, speaker.entity):
            kind = standing(str(party), party)
            return Resolved(party, None, party, kind) if kind == "institution" else speaker
        return Resolved(speaker.entity, None, speaker.party, speaker.standing)

    def _antecedent(self, name: str, kind: str, at: int, speaker: Resolved | None, content: Spans) -> Resolved | None:
        if kind == "clause":
            return self._head_of_clause(at)
        said = speaker if speaker and not self._people.quoted(at) else None
        if kind == "person":
            return self._person(name, at, speaker, said, content)
        if kind == "body":
            if said and said.standing in ("institution", "outlet"):
                return Resolved(said.entity, None, said.party, said.standing)
            return self._body(at, content)
        if said and said.standing in ("group", "institution"):
            return Resolved(said.entity, None, said.party, said.standing)
        return self._several(at, content)

    def _person(
        self, name: str, at: int, speaker: Resolved | None, said: Resolved | None, content: Spans
    ) -> Resolved | None:
        """Whom "he" or "she" means; in "Duarte said she" it is Duarte, in “She,” said Duarte, it is not."""
        sex: Sex = "she" if name in ("she", "her", "hers", "herself") else "he"
        if said and said.entity and said.standing in ("person", "anonymous"):
            own = self._people.sex(said.entity)
            if own in (None, sex):
                return Resolved(said.entity, None, said.party, said.standing)
        never = speaker.entity if speaker and not said else None
        entity = self._people.meant(sex, at, barred=content, never=never)
        return self._again(entity, at) if entity else None

    def _again(self, entity: str, at: int) -> Resolved:
        """The entity as it was resolved before, else as a name."""
        back = next((h.who for h in self._before(at) if h.who.entity == entity), None)
        return Resolved(entity, None, back.party, back.standing) if back else self._named(entity, entity)

    def _body(self, at: int, content: Spans) -> Resolved | None:
        """What "it" means: the body that spoke last, or is named last before it."""
        spoke = next((h for h in self._before(at) if h.who.standing in ("institution", "outlet", "document")), None)
        named = self._bodies.last("", at, content)
        if spoke and (named is None or spoke.at >= named.span[0] - FAR // 4):
            return Resolved(spoke.who.entity, None, spoke.who.party, spoke.who.standing)
        return self._named(named.text, "it") if named else None

    def _several(self, at: int, content: Spans) -> Resolved | None:
        """Whom "they" means: those of a kind who spoke or are spoken of last, else the body that did."""
        heard = list(self._before(at))
        many = next((h for h in heard if h.who.standing == "group" or _many(h.who.entity)), None)
        crowd = self._bodies.crowd(at, content)
        if crowd and (many is None or crowd[0] > many.at + FAR // 8):
            return self._described(crowd[1], at)
        body = many or next((h for h in heard if h.who.standing in ("institution", "outlet", "anonymous")), None)
        return Resolved(body.who.entity, None, body.who.party, body.who.standing) if body else None

    def _owned(self, mention: str, at: int, speaker: Resolved | None, content: Spans) -> Resolved | None:
        """Who speaks through "its report", "their own inspection": whom the pronoun means."""
        pronoun = mention.split(maxsplit=1)[0].lower()
        if pronoun not in ("his", "her", "its", "their", "my", "our"):
            return None
        who = self._reference(pronoun, at, speaker, content)
        return Resolved(who.entity, mention, who.party, who.standing) if who else None

    def _behind(self, mention: str, noun: str, at: int) -> Resolved | None:
        """Who speaks through "the statement", "a statement from the department", "the report"; None: nobody does."""
        thing, by = maker(mention)
        if by:
            told = ARTICLE.match(by) or any(c.isupper() for c in by)
            who = (self._definite(by, head(by), at, ()) or self._described(by, at)) if told else None
            return Resolved(who.entity, thing, who.party, who.standing) if who else None
        owner = modifier(mention) or (carrier(mention) if noun in words().vehicles else None)
        if owner is not None:
            return self._named(owner.text, mention, through=mention)
        outlet = self._bodies.last("newspaper", at, ()) if noun in ("paper", "blog", "website", "column") else None
        if outlet is not None:
            return self._named(outlet.text, mention)
        back = self._sender(noun, at)
        return Resolved(back.entity, mention, back.party, back.standing) if back else None

    def _sender(self, noun: str, at: int) -> Resolved | None:
        """Whoever spoke through such a thing last, or is said to have made it, else whoever spoke last."""
        for h in self._before(at):
            if noun in (h.who.through or "").lower().split() or noun in h.cue.split():
                return h.who
        if made := self._bodies.maker_of(noun, at):
            return self._named(made, made)
        if noun not in words().sent:
            return None
        back = next((h.who for h in self._before(at) if h.who.standing in ("institution", "person")), None)
        named = None if back else self._bodies.last("", at, ())
        return self._named(named.text, named.text) if named else back

    def _definite(self, mention: str, noun: str, at: int, content: Spans) -> Resolved | None:
        """For "the ministry", "the former goalkeeper": the holder, a name with the noun, the last name of its kind."""
        if not _DEFINITE.fullmatch(mention):
            return None
        if roles := role_words(mention):
            return self._office(mention, roles, at, content)
        if not _PLAIN.fullmatch(mention):
            return None
        holds = (h.who for h in self._before(at) if noun in str(h.who.entity).lower().split())
        if spoke := next(holds, None):
            return Resolved(spoke.entity, None, spoke.party, spoke.standing)
        if named := self._bodies.last(noun, at, content):
            return self._named(named.text, mention)
        described = self._bodies.described(noun, at)
        return self._described(described, at) if described else None

    def _office(self, mention: str, roles: list[str], at: int, content: Spans) -> Resolved | None:
        """Who holds the office; a calling that nobody was given ("the goalkeeper") is that of whoever is in view."""
        entity = self._people.holder(roles, at)
        if entity and self._parties.may_hold(entity, mention):
            held = self._again(entity, at)
            return held if held.party != entity else self._named(entity, mention)
        spoke = (h.who for h in self._before(at) if roles[-1] in str(h.who.entity).lower().split())
        if back := next(spoke, None):
            return Resolved(back.entity, None, back.party, back.standing)
        if is_crowd(roles[-1]) or (roles[-1] in words().offices and "former" not in roles):
            return None
        entity = self._people.meant(None, at, barred=content)
        return self._again(entity, at) if entity else None

    def _head_of_clause(self, at: int) -> Resolved | None:
        """The name or description right before "who", "which" or "that"."""
        last = self._directory.before(at)[-1:]
        if last and not self._text[last[0].span[1] : at].strip(" ,"):
            return self._named(last[0].text, last[0].text)
        noun = _CLAUSE_HEAD.search(self._text, max(0, at - 80), at)
        return self._described(noun[1], at) if noun else None

    def _described(self, mention: str, at: int) -> Resolved:
        """A source that says itself who it is."""
        noun = head(mention)
        name = self._own_name(mention, at)
        if name is None and noun in words().vehicles and (carried := carrier(mention)):
            return self._named(carried.text, mention, through=maker(mention)[0])
        if name is not None:
            found = self._named(
                name.text, mention, through=mention if noun in words().vehicles and noun in mention else None
            )
            kind = _kind_of(called(mention, name)) or found.standing
            return Resolved(found.entity, found.through, found.party, kind) if found.standing == "person" else found
        entity = bare(mention)
        kind = standing(mention, entity)
        return Resolved(entity, None, self._party(mention, entity, kind), kind)

    def _own_name(self, mention: str, at: int) -> Name | None:
        whole = next(iter(named(mention)), None)
        if whole and whole.text == mention != self._directory.fullest(mention):
            return whole  # a surname that is a calling too: "King"
        start = max(0, at - _LEAD)
        lead = _SENTENCE.split(self._text[start : at + 1])[-1]
        return own_name(mention, lead[:-1])

    def _named(self, name: str, mention: str, through: str | None = None) -> Resolved:
        entity = self._directory.fullest(name)
        kind = standing(entity if through else mention, entity)
        if kind == "person" and self._people.is_body(entity):
            kind = "institution"
        return Resolved(entity, through, self._party(mention, entity, kind), kind)

    def _party(self, mention: str, entity: str, kind: Standing) -> str | None:
        if kind == "none":
            return None
        if kind == "anonymous":
            return entity
        return self._parties.of(mention, entity, kind)

    def _vehicle(self, source: Spans, cue: Spans) -> str | None:
        """The words "in a statement", "in an interview with …" near the cue, in its own sentence."""
        first, last = min(s for s, _ in (*source, *cue)), max(e for _, e in (*source, *cue))
        start = max((m.end() for m in _SENTENCE.finditer(self._text, max(0, first - _LEAD), first + 1)), default=None)
        end = _SENTENCE.search(self._text, last, last + 120)
        begin = max(0, first - _LEAD) if start is None else start
        match = _through_pattern().search(self._text, begin, end.start() if end else last + 120)
        return " ".join(match.group(1).split()) if match else None


def _kind_of(noun: str | None) -> Standing | None:
    """What a noun before a name tells of it: "the charity Warm Hands", "the blog Tidewatch"."""
    if noun is None or noun in titles():
        return None
    return "outlet" if is_outlet(noun) else "institution" if is_body(noun) else None


def _many(entity: str | None) -> bool:
    """Whether a described source is of several people."""
    return entity is not None and is_crowd(head(entity))


@cache
def _through_pattern() -> re.Pattern[str]:
    vehicles = "|".join(sorted((re.escape(v) for v in words().vehicles), key=len, reverse=True))
    return re.compile(_THROUGH.pattern.replace("{vehicles}", vehicles))
