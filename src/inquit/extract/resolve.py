"""Who a source really is within its article: entity, vehicle and party, by name matching.

What cannot be resolved keeps the mention's own words; a wrong name is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import replace

from inquit.extract.bodies import Bodies
from inquit.extract.leaning import Leaning
from inquit.extract.links import Who
from inquit.extract.mentions import (
    ARTICLE,
    ONE_OF_TWO,
    bare,
    called,
    carrier,
    gathered_by,
    head,
    kind_of,
    maker,
    modifier,
    own_name,
    plain,
    role_words,
    several,
    title_of,
    whose,
)
from inquit.extract.names import Directory, Name, directory, named, pronoun, words
from inquit.extract.party import Parties
from inquit.extract.people import FAR, People, Sex
from inquit.extract.relatives import head_of_clause
from inquit.extract.resolved import NOBODY, Heard, Resolved, Whys
from inquit.extract.standing import Stands, is_crowd, standing, stands
from inquit.extract.vehicles import LEAD, SENTENCE, vehicle
from inquit.extract.why import Ground, Why, place
from inquit.records import Link, Span, Spans

_AND_WHOSE = r"[a-z\d-]*[a-z](?:\s(?:for|of|at)\s[^,]+)?"
_DEFINITE = re.compile(rf"(?:The|the|This|this|That|that)\s+(?:[\w’'-]+\s+){{0,2}}{_AND_WHOSE}")
_PLAIN = re.compile(rf"\w+\s+(?:[a-z’'-]+\s+){{0,2}}{_AND_WHOSE}")
_SLACK = 40  # code points by which a mention may stand wider apart in the text
_GOES_ON = re.compile(
    r"\w+ (?:has |had |then |later )*(?:also|further|went on|goes on|added|adds|continued|continues)\b"
)
_TOLD = re.compile(r"(?:an?|the|one|another)\s", re.IGNORECASE)  # a description that stands by itself
# chance from which the heads decide alone: for he and she, where the rules are good too; for it and they
_SURE, _FAIRLY_SURE = 0.6, 0.4

_SEX: dict[Sex, Ground] = {"she": Ground.SHE, "he": Ground.HE}


class Resolver:
    """Resolves the sources of one article, those of outer statements before those inside them.

    ``who``: what the reader's heads found; without it the rules decide alone.
    """

    def __init__(self, text: str, who: Who | None = None) -> None:
        self._text = text
        self._directory: Directory = directory(text)
        self._leaning = Leaning(text, self._directory, who)
        self._people = People(text, self._directory, self._leaning.kinds())
        self._parties = Parties(text, self._directory)
        self._bodies = Bodies(text, self._directory, self._people)
        self._heard: list[Heard] = []

    def resolve(self, source: Spans, cue: Spans, speaker: Resolved | None = None, content: Spans = ()) -> Resolved:
        """Resolve one source; ``speaker`` is the outer statement's, whom "I" and "we" mean inside a quotation."""
        if not source:
            return replace(NOBODY, why=Whys(Why(Ground.NO_SOURCE, cue or content[:1])))
        mention = plain(" ".join(self._text[s:e] for s, e in source))
        at = source[0][0]
        found = self._reference(mention, at, speaker, content) or self._described(mention, at)
        if speaker is None and found.through is None and (span := vehicle(self._text, source, cue)):
            found = found.carried(" ".join(self._text[slice(*span)].split()), (span,))
        cued = " ".join(self._text[s:e] for s, e in cue).lower()
        self._remember(Heard(at, found, cued, content, source))
        return found

    def _remember(self, heard: Heard) -> None:
        who = heard.who
        if who.entity is None or pronoun(who.entity):
            return
        insort(self._heard, heard)
        if who.standing in ("person", "anonymous"):
            self._people.heard(heard.at, who.entity)

    def _before(self, at: int) -> Iterator[Heard]:
        """Who spoke before ``at``, the last first."""
        last = bisect_left(self._heard, at, key=lambda h: h.at)
        return (h for h in reversed(self._heard[max(0, last - 40) : last]) if h.at >= at - 2 * FAR)

    def _reference(self, mention: str, at: int, speaker: Resolved | None, content: Spans) -> Resolved | None:
        """A pronoun, or "the statement", "the ministry": whoever spoke before, if one fits."""
        name, kind = mention.lower(), pronoun(mention)
        if kind == "speaker":
            return self._first_person(name, at, speaker)
        if kind is not None:
            return self._antecedent(name, kind, at, speaker, content)
        if two := ONE_OF_TWO.match(mention):  # "she and Lask"
            first = self._reference(two["who"], at, speaker, content)
            return self._described(f"{first.entity} and {mention[two.end() :]}", at) if first and first.entity else None
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
        party, why = speaker.party, Why(Ground.SPEAKER, speaker.why.entity.words if speaker.why.entity else ())
        if name in ("we", "us", "our") and speaker.standing == "person" and party not in (None, speaker.entity):
            kind = stands(str(party), party)
            return self._body_of(speaker, kind, why) if kind.kind == "institution" else speaker.because(why)
        return speaker.again(why)

    def _body_of(self, speaker: Resolved, kind: Stands, why: Why) -> Resolved:
        """The body for which a person speaks, as "we"."""
        last = speaker.chain[-1]
        words = (last.words,) if last.words else why.words
        itself = Link(kind="body", name=last.name, words=last.words)
        whys = Whys(Why(kind.ground, words), why, None, speaker.why.party)
        return Resolved(speaker.party, None, speaker.party, kind.kind, whys, (itself,))

    def _antecedent(self, name: str, kind: str, at: int, speaker: Resolved | None, content: Spans) -> Resolved | None:
        if kind == "clause":
            return self._head_of_clause(at)
        said = speaker if speaker and not self._people.quoted(at) else None
        if kind == "person":
            return self._person(name, at, speaker, said, content)
        if kind == "body":
            if said and said.standing in ("institution", "outlet"):
                return self._same(said, Ground.BODY)
            return self._sure(at, content, Ground.BODY) or self._body(at, content)
        if said and said.standing in ("group", "institution"):
            return self._same(said, Ground.SEVERAL)
        return self._sure(at, content, Ground.SEVERAL) or self._several(at, content)

    def _person(
        self, name: str, at: int, speaker: Resolved | None, said: Resolved | None, content: Spans
    ) -> Resolved | None:
        """Whom "he" or "she" means; in "Duarte said she" it is Duarte, in “She,” said Duarte, it is not."""
        sex: Sex = "she" if name in ("she", "her", "hers", "herself") else "he"
        if said and said.entity and said.standing in ("person", "anonymous"):
            own = self._people.sex(said.entity)
            if own in (None, sex):
                return self._same(said, _SEX[sex])
        never = speaker.entity if speaker and not said else None
        if on := self._goes_on(at, sex, never):
            return self._again(on, at, _SEX[sex])
        if sure := self._sure(at, content, _SEX[sex], sex, never):
            return sure
        entity = self._people.meant(sex, at, barred=content, never=never, chances=self._chances(at))
        return self._again(entity, at, _SEX[sex]) if entity else None

    def _goes_on(self, at: int, sex: Sex, never: str | None) -> str | None:
        """Who spoke in the sentence before, where "he also said" goes on with it; None where several did."""
        if not _GOES_ON.match(self._text, at):
            return None
        spoke = {
            str(h.who.entity)
            for h in self._before(at)
            if h.who.standing == "person" and len(SENTENCE.findall(self._text[h.at : at + 1])) <= 1
        }
        fits = [e for e in spoke if e != never and self._people.sex(e) in (None, sex)]
        return fits[0] if len(fits) == 1 else None

    @staticmethod
    def _same(said: Resolved, ground: Ground) -> Resolved:
        """The speaker of the outer statement, whom a pronoun inside it means."""
        return said.again(Why(ground, said.why.entity.words if said.why.entity else ()))

    def _chances(self, at: int, barred: Spans = ()) -> dict[str, float]:
        """Whom the heads think the mention at ``at`` means: those who spoke, or through it, as they were resolved."""
        heard = list(self._before(at))
        spoke = [e for e in (str(h.who.entity) for h in heard) if " " in e]
        found: dict[str, float] = {}
        for full, chance in self._leaning.meant(at, barred).items():
            whose = next((str(h.who.entity) for h in heard if h.is_called(full, self._text)), None)
            entity = whose or next((e for e in spoke if full.startswith(f"{e} ") or full.endswith(f" {e}")), full)
            found[entity] = found.get(entity, 0.0) + chance
        return found

    def _sure(
        self, at: int, content: Spans, ground: Ground, sex: Sex | None = None, never: str | None = None
    ) -> Resolved | None:
        """Whom the heads are sure that a pronoun means: a name, or a description of somebody without one."""
        chances = self._chances(at, content)
        best = max(chances, key=lambda full: chances[full], default=None)
        if best is None or chances[best] < (_SURE if sex else _FAIRLY_SURE) or best == never:
            return None
        if self._leaning.is_name(best) or any(h.who.entity == best for h in self._before(at)):
            own = self._people.sex(best)
            fits = own in (None, sex) and self._people.knows(best) and not self._people.is_body(best)
            return self._again(best, at, ground) if (fits if sex else own is None) else None
        if sex and not _TOLD.match(best):
            return None
        definite = self._definite(best, head(best), at, content) if _TOLD.match(best) else None
        return definite or self._described(best, at).because(Why(ground, self._placed(best, at, 0)))

    def _again(self, entity: str, at: int, ground: Ground) -> Resolved:
        """The entity as it was resolved before, else as a name."""
        back = next((h for h in self._before(at) if h.who.entity == entity), None)
        named = self._directory.last(entity, at)
        why = Why(ground, (named,) if named else back.words if back else self._placed(entity, at, 0))
        return back.who.again(why) if back else self._named(entity, entity, at, why=why)

    def _body(self, at: int, content: Spans) -> Resolved | None:
        """What "it" means: the body that spoke last, or is named last before it."""
        spoke = next((h for h in self._before(at) if h.who.standing in ("institution", "outlet", "document")), None)
        named = self._bodies.last("", at, content)
        if spoke and (named is None or spoke.at >= named.span[0] - FAR // 4):
            return spoke.who.again(Why(Ground.BODY, spoke.words))
        return self._named(named.text, "it", at, why=Why(Ground.BODY, (named.span,))) if named else None

    def _several(self, at: int, content: Spans) -> Resolved | None:
        """Whom "they" means: those of a kind who spoke or are spoken of last, else the body that did."""
        told = self._text[slice(*content[0])] if content else ""
        heard = [h for h in self._before(at) if not told.startswith(f"the {h.who.entity} ")]  # "accuse the chiefs of"
        many = next((h for h in heard if h.who.standing == "group" or several(h.who.entity)), None)
        crowd = self._bodies.crowd(at, content)
        if crowd and (many is None or crowd[0] > many.at + FAR // 8):
            where = crowd[0], crowd[0] + len(crowd[1])
            return self._described(crowd[1], at).because(Why(Ground.SEVERAL, (where,)))
        body = many or next((h for h in heard if h.who.standing in ("institution", "outlet", "anonymous")), None)
        return body.who.again(Why(Ground.SEVERAL, body.words)) if body else None

    def _owned(self, mention: str, at: int, speaker: Resolved | None, content: Spans) -> Resolved | None:
        """Who speaks through "its report", "their own inspection": whom the pronoun means."""
        pronoun = mention.split(maxsplit=1)[0].lower()
        if pronoun not in ("his", "her", "its", "their", "my", "our"):
            return None
        who = self._reference(pronoun, at, speaker, content)
        return who.carried(mention, self._placed(mention, at, len(mention))) if who else None

    def _behind(self, mention: str, noun: str, at: int) -> Resolved | None:
        """Who speaks through "the statement", "a statement from the department", "the report"; None: nobody does."""
        thing, by = maker(mention)
        if by:
            told = ARTICLE.match(by) or any(c.isupper() for c in by)
            who = (self._definite(by, head(by), at, ()) or self._described(by, at)) if told else None
            return who.carried(thing, self._placed(thing, at, len(mention))) if who else None
        owner = modifier(mention) or (carrier(mention) if noun in words().vehicles else None)
        if owner is not None:
            why = Why(Ground.MADE, self._placed(owner.text, at, len(mention)))
            return self._named(owner.text, mention, at, through=mention, why=why)
        outlet = self._bodies.last("newspaper", at, ()) if noun in ("paper", "blog", "website", "column") else None
        if outlet is not None:
            return self._named(outlet.text, mention, at, why=Why(Ground.SO_CALLED, (outlet.span,)))
        back = self._sender(noun, at)
        return back.carried(mention, self._placed(mention, at, len(mention))) if back else None

    def _sender(self, noun: str, at: int) -> Resolved | None:
        """Whoever spoke through such a thing last, or is said to have made it, else whoever spoke last."""
        for h in self._before(at):
            if noun in (h.who.through or "").lower().split() or noun in h.cue.split():
                return h.who.because(Why(Ground.MADE, h.words))
        made = self._bodies.maker_of(noun, at)
        if made is None and noun in words().sent:
            back = next((h for h in self._before(at) if h.who.standing in ("institution", "person")), None)
            if back:
                return back.who.because(Why(Ground.MADE, back.words))
            made = self._bodies.last("", at, ())
        return self._named(made.text, made.text, at, why=Why(Ground.MADE, (made.span,))) if made else None

    def _definite(self, mention: str, noun: str, at: int, content: Spans) -> Resolved | None:
        """For "the ministry", "the former goalkeeper": the holder, a name with the noun, the last name of its kind."""
        if not _DEFINITE.fullmatch(mention):
            return None
        if roles := role_words(mention):
            return self._office(mention, roles, at, content)
        if not _PLAIN.fullmatch(mention):
            return None
        if spoke := self._called(noun, at):
            return spoke
        if named := self._bodies.last(noun, at, content):
            return self._named(named.text, mention, at, why=Why(Ground.SO_CALLED, (named.span,)))
        if (described := self._bodies.described(noun, at)) is None:
            return None
        return self._described(described, at).because(Why(Ground.SO_CALLED, self._placed(described, at, 0)))

    def _called(self, noun: str, at: int) -> Resolved | None:
        """Whoever spoke last with a noun in their name or description."""
        spoke = next((h for h in self._before(at) if noun in str(h.who.entity).lower().split()), None)
        return spoke.who.again(Why(Ground.SO_CALLED, spoke.words)) if spoke else None

    def _office(self, mention: str, roles: list[str], at: int, content: Spans) -> Resolved | None:
        """Who holds the office; a calling that nobody was given ("the goalkeeper") is that of whoever is in view."""
        entity = self._people.holder(roles, at)
        if entity and self._parties.may_hold(entity, mention):
            held = self._again(entity, at, Ground.HOLDER)
            return held if held.party != entity else self._named(entity, mention, at, why=held.why.entity)
        if back := self._called(roles[-1], at):
            return back
        if is_crowd(roles[-1]) or (roles[-1] in words().offices and "former" not in roles):
            return None
        entity = self._people.meant(None, at, barred=content)
        return self._again(entity, at, Ground.IN_VIEW) if entity else None

    def _head_of_clause(self, at: int) -> Resolved | None:
        """The name or description right before "who", "which" or "that"."""
        if (head := head_of_clause(self._text, at, self._directory, self._bodies)) is None:
            return None
        why = Why(Ground.CLAUSE, (head.span,))
        return (
            self._named(head.words, head.words, at, why=why)
            if head.named
            else self._described(head.words, at).because(why)
        )

    def _described(self, mention: str, at: int) -> Resolved:
        """A source that says itself who it is."""
        noun = head(mention)
        if owned := self._made(mention, noun, at):
            return owned
        name = self._own_name(mention, at)
        if name is None and noun in words().vehicles and (carried := carrier(mention)):
            why = Why(Ground.MADE, self._placed(carried.text, at, len(mention)))
            return self._named(carried.text, mention, at, through=maker(mention)[0], why=why)
        if name is not None:
            through = mention if noun in words().vehicles and noun in mention else None
            found = self._named(name.text, mention, at, through=through)
            kind = kind_of(what := called(mention, name))
            if what is None or kind is None or found.standing not in ("person", "institution"):
                return found
            return found.standing_as(kind, Why(Ground.NOUN, self._placed(what, at, len(mention))))
        entity = bare(mention)
        why = Why(Ground.NOBODY if pronoun(mention) else Ground.DESCRIBED, self._placed(entity, at, len(mention)))
        return self._answer(mention, entity, stands(mention, entity), at, why)

    def _made(self, mention: str, noun: str, at: int) -> Resolved | None:
        """Whose word "Ilse Brandt's inquiry", "the firm's filing" is; None for what nobody made, or is no vehicle."""
        thing = noun in words().vehicles or standing(f"the {noun}", noun) == "document"
        by = gathered_by(mention) or (whose(mention) if thing else None)
        if by is None:
            return None
        who = self._reference(by, at, None, ()) or self._described(by, at)
        return who.carried(mention, self._placed(mention, at, len(mention)))

    def _own_name(self, mention: str, at: int) -> Name | None:
        whole = next(iter(named(mention)), None)
        if whole and whole.text == mention != self._directory.fullest(mention):
            return whole  # a surname that is a calling too: "King"
        if spelt := next((n for n in self._directory.spelt if bare(mention).startswith(n.text)), None):
            return spelt  # "Tides, Ports and Dykes Norland": its commas part nobody
        start = max(0, at - LEAD)
        lead = SENTENCE.split(self._text[start : at + 1])[-1]
        return own_name(mention, lead[:-1])

    def _named(
        self, name: str, mention: str, at: int, *, through: str | None = None, why: Why | None = None
    ) -> Resolved:
        """The answer for a name; ``why`` is told where the mention is not that name itself."""
        entity = self._directory.addressed(name, mention.split(" ", 1)[0])
        kind = stands(entity if through else mention, entity)
        if kind.ground is Ground.PROPER and (noun := self._bodies.medium(entity)):
            kind = Stands("outlet", Ground.NOUN, noun)
        if kind.kind == "institution" and (title := title_of(entity, self._directory)):
            kind = Stands("person", Ground.TITLE, title)  # "Minister Jordan Maat", whose first name is a land's
        if kind.kind == "person" and self._people.is_body(entity):
            kind = Stands("institution", Ground.ITS, entity)
        if kind.kind == "person" and any(n.text == entity for n in self._directory.spelt):
            kind = Stands("institution", Ground.ACRONYM, entity)
        found = self._answer(mention, entity, kind, at, why or self._by_name(name, entity, mention, at))
        return found.carried(through, self._placed(through, at, len(mention))) if through else found

    def _by_name(self, name: str, entity: str, mention: str, at: int) -> Why:
        """Why a name stands for an entity: it is the entity's own, its acronym, or a shorter form."""
        here = self._placed(name, at, len(mention))
        if name == entity:
            return Why(Ground.NAMED, here)
        if bracket := self._directory.brackets.get(name):
            return Why(Ground.ACRONYM, (bracket,))
        return Why(Ground.FULLER, self._placed(entity, at, 0))

    def _answer(self, mention: str, entity: str, kind: Stands, at: int, why: Why) -> Resolved:
        stood = Why(kind.ground, self._placed(kind.words, at, len(mention)))
        if kind.kind == "none":
            return Resolved(entity, None, None, kind.kind, Whys(stood, why))
        party = self._parties.of(mention, entity, kind.kind, why.words[-1])
        return Resolved(entity, None, party.name, kind.kind, Whys(stood, why, None, party.why), party.chain)

    def _placed(self, words: str, at: int, room: int) -> Spans:
        """Where words of a mention at ``at`` stand: in it, else before it; the whole mention if they are nowhere."""
        found: Span | None = place(self._text, words, at, room and room + _SLACK)
        return (found or (at, min(at + max(room, 1), len(self._text))),)
