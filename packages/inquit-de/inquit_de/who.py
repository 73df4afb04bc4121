"""Who a German source is within its article: entity, vehicle, party and standing, as far as its own words tell.

Written in a text of capitals, where every noun has one: names are known by the titles before them and by what was said
before, never by shape alone. Descriptions stay descriptions.
"""

from __future__ import annotations

import re
from dataclasses import replace

from inquit.extract.resolved import NOBODY, Resolved, Whys
from inquit.extract.sexes import first_names
from inquit.extract.why import Ground, Why
from inquit.records import Spans, Standing
from inquit.text import WORD
from inquit_de.cues import cue_data
from inquit_de.nouns import (
    ACRONYM,
    MARKS,
    body_like,
    head_of,
    is_body_named_so,
    is_one,
    is_title,
    is_vehicle,
    kind_of,
    nominative,
    nouns,
    titled,
    undetermined,
)
from inquit_de.offices import body
from inquit_de.pronouns import Heard, ground_of, heard, is_plural, meant

_NAME = r"[A-ZÄÖÜ][\w’'-]*(?:\.)?"
_LINK = r"(?:von|van|de|der|den|zu|al|bin|ibn|di|da|del|la|le)"
_FULL = re.compile(rf"{_NAME}(?: (?:{_LINK} )*{_NAME})+$")
_OF = re.compile(r"^(?:der|des|vom|von|von der|von dem|eines|einer|aus|beim|seiner|ihrer)\s+(?P<rest>.+)$")
# A name is over before "von" where two words of it came before: "Ana Duarte von der Werft", but "Ana von Duarte".
_CALLED = re.compile(rf"{_NAME}(?: {_NAME})+(?= (?:von|vom|aus|der|bei|beim) |$)|{_NAME}(?: (?:{_LINK} )*{_NAME})*$")
# A genitive without an article: "Angaben palästinensischer Krankenhäuser".
_WHOSE = re.compile(r"[a-zäöüß-]+er [A-ZÄÖÜ]")
_ADJECTIVE = re.compile(r"(?:[A-ZÄÖÜ]\w+isch|Deutsch|Neu|Alt|Jung|Groß|Klein)e[nrs]? ")
_SENTENCE = 260  # code points of a sentence before a pronoun
# What a relative clause hangs on, and what the sentence before begins with.
_ARTICLE = r"(?:[Dd](?:er|ie|as|en|em|es)|[Ee]ine?[rmn]?) (?:[a-zäöüß-]+ )*"
_NAMES = r"[A-ZÄÖÜ][\w-]*(?: [A-ZÄÖÜ][\w-]*)*"
_ANTECEDENT = re.compile(rf"\b((?:{_ARTICLE})?{_NAMES}), $")
_BEFORE = re.compile(r"(?:^|[.!?]\s|\n)((?:(?:Der|Die) )?[A-ZÄÖÜ][\w-]*(?: [A-ZÄÖÜ][\w-]*)+) [a-zäöüß][^.!?\n]*[.!?] $")
_OWN = re.compile(r"(?:seinen |ihren )?eigene[nrm]? ")
_ENDS = re.compile(r"[.!?]\s|\n")
_SUBJECT = re.compile(rf"((?:{_ARTICLE})?{_NAMES}) (?=[a-zäöüß])")
_BEHIND = re.compile(rf" [a-zäöüß]+ ({_ARTICLE}[A-ZÄÖÜ][\w-]*|{_NAMES})")
_WHICH = re.compile(r"^(?:eigenen|ersten|bisherigen|damaligen|weiteren|jüngsten|neuen|früheren) (?=[A-ZÄÖÜ])")


class Resolver:
    """Sources of one article in the order of its text; what was said before gives pronouns and surnames their names."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._heard: list[Heard] = []

    def resolve(self, source: Spans, outer: Resolved | None = None, cue: Spans = ()) -> Resolved:
        """Who the source is; ``outer`` is who speaks around it, whose ``ich`` it may be; ``cue`` has its verb."""
        if not source:
            return NOBODY
        words = " ".join(self._text[start:end] for start, end in source)
        found = self._pronoun(words.lower(), source, outer, cue)
        if found is not None:
            return found
        made = self._named(words, source, cue)
        if made.entity is not None:
            self._heard.append(heard(words, made))
        return made

    def _pronoun(self, word: str, source: Spans, outer: Resolved | None, cue: Spans) -> Resolved | None:
        known = nouns()
        if word in known.speakers and outer is not None:
            return outer.again(Why(Ground.SPEAKER, source))
        if word in known.nobodies and word not in known.others:
            return NOBODY
        if word not in known.he | known.she | known.others | known.relatives | known.speakers:
            return None
        if word in known.relatives and (
            before := _ANTECEDENT.search(self._text, max(0, source[0][0] - 120), source[0][0])
        ):
            words = nominative(before[1][4:]) if before[1].startswith("des ") else before[1]
            return self._named(words, (before.span(1),), cue)
        several = word == "sie" and is_plural(self._text, source, cue)
        found = self._subject_before(word, source, several=several) or meant(word, self._heard, several=several)
        if found is not None:
            self._heard.append(found)
            return found.who.again(Why(ground_of(word, several=several), source))
        people: Standing = "group" if several else "person" if word in known.he | known.she else "institution"
        return Resolved(None, None, None, people, Whys(Why(Ground.PRONOUN, source), Why(Ground.NOBODY, source)))

    def _subject_before(self, word: str, source: Spans, *, several: bool) -> Heard | None:
        """The person whom the sentence before begins with, of the pronoun's gender: "Ana Duarte kam. Sie sagte"."""
        if several or word not in nouns().he | nouns().she or self._text[source[0][0]].islower():
            return None
        named = _BEFORE.search(self._text, max(0, source[0][0] - _SENTENCE), source[0][0])
        if named is None or (_first_named(named[1].split(" ")) is None and not is_title(named[1].split(" ")[0])):
            return None
        resolved = self._named(named[1], (named.span(1),), ())
        found = heard(named[1], resolved)
        return (
            found if resolved.standing == "person" and found.gender == ("he" if word in nouns().he else "she") else None
        )

    def is_somebody(self, word: str, cue: Spans = ()) -> bool:
        """Whether a word is the surname of somebody whom the article names in full or by a title, or who "sagte"."""
        return self._called(word, cue) is not None

    def _named(self, words: str, source: Spans, cue: Spans) -> Resolved:
        told = words = _lowered(" ".join(words.split()))
        words, through = _carried(words)
        bare, indefinite = undetermined(words)
        article = not words.startswith(bare)
        own = self._own(source) if not bare and through and _OWN.match(told) else None
        if own is not None:
            return replace(own, through=through, why=replace(own.why, through=Why(Ground.VEHICLE, source)))
        if not bare:
            return NOBODY if through is None else _made(through, None, "document", Ground.NOUN, source)
        if (medium := _medium(bare)) is not None:
            return _made(medium, through, "outlet", Ground.NOUN, source)
        name = _name(bare, article=article) or (None if article else self._called(bare, cue))
        standing, ground = _standing(bare, name, indefinite=indefinite)
        first, head = words.split(" ")[0].lower(), head_of(bare)
        several = first in nouns().several or (
            # no article: "Analysten befürchten", "laut Forschern", but "Trainer warnt" in a headline
            not (article or through or name) and self._is_several(head, source, cue)
        )
        if several and standing in ("person", "institution") and (is_title(head) or first in nouns().several):
            standing, ground = "group", Ground.NOUN
        if ground is Ground.PROPER and article and standing == "institution" and self._by_mouth(cue):
            standing, ground = "person", Ground.NOUN
        full = self._fuller(name or bare, standing) if standing in ("person", "institution") else None
        made = replace(full, through=through) if full else _made(name or bare, through, standing, ground, source)
        party = (
            self._party(bare, made)
            if standing in ("person", "anonymous", "group") and made.party == made.entity
            else None
        )
        if party is None:
            return made
        return replace(made, party=party, why=replace(made.why, party=Why(Ground.OFFICE, source)))

    def _is_several(self, head: str, source: Spans, cue: Spans) -> bool:
        """Whether a noun without an article is a plural, by its verb; by itself where no verb is at hand."""
        grammar = cue_data().grammar
        verbless = not cue or self._text[slice(*cue[0])].lower() in grammar.naming
        return kind_of(head) == "group" if verbless else is_plural(self._text, source, cue)

    def _own(self, source: Spans) -> Resolved | None:
        """Whose "eigene Angaben" they are: those of the subject of the sentence."""
        start, end = source[0][0], source[-1][1]
        begins = max((match.end() for match in _ENDS.finditer(self._text, max(0, start - _SENTENCE), start)), default=0)
        for subject in (_SUBJECT.match(self._text, begins, start), _BEHIND.match(self._text, end)):
            if subject is None or subject[1].lower() in cue_data().grammar.adverbial:
                continue
            if " " in subject[1] or may_speak(subject[1]):
                resolved = self._named(subject[1], (subject.span(1),), ())
                return resolved if resolved.standing != "document" else None
        return None

    def _party(self, bare: str, made: Resolved) -> str | None:
        """The body that the source's own words show, or the office right before the name anywhere in the article."""
        found = body(bare)
        given, space, last = (made.entity or "").rpartition(" ")
        if found or not space or made.standing != "person":
            return found
        office = rf"([\w/-]+-[A-ZÄÖÜ]\w+) (?:{re.escape(given)} )?{re.escape(last)}\b"
        told = (body(match[1]) for match in re.finditer(office, self._text))
        return next((one for one in told if one is not None), None)

    def _by_mouth(self, cue: Spans) -> bool:
        said = {match.group().lower() for span in cue for match in WORD.finditer(self._text, *span)}
        return not said.isdisjoint(nouns().by_mouth)

    def _called(self, word: str, cue: Spans) -> str | None:
        """The person's name that a source of one word is part of, as the article gives it: "Velde" is Jonas Velde's."""
        if not re.fullmatch(_NAME, word) or titled(word) or ACRONYM.fullmatch(word) or kind_of(word) is not None:
            return None
        if word.lower() in first_names():
            return word
        before = re.finditer(rf"([A-ZÄÖÜ][\w-]+) {re.escape(word)}\b", self._text)
        given = [match[1] for match in before if not body_like(match[1])]
        named = [one for one in given if one.lower().split("-")[0] in first_names()]
        if named:
            return f"{named[0]} {word}"
        return self._behind_title(word) or (word if self._speaks(word, cue) else None)

    def _behind_title(self, word: str) -> str | None:
        """The name that ends in this word behind a title: "Kaja Velde" in "die Trainerin Kaja Velde"."""
        for match in re.finditer(rf"((?:[A-ZÄÖÜ][\w-]+,? )+){re.escape(word)}\b", self._text):
            parts = match[1].split()
            titles = [i for i, part in enumerate(parts) if is_title(part.rstrip(","))]
            if titles:
                return " ".join([*parts[titles[-1] + 1 :], word])
        return None

    def _speaks(self, word: str, cue: Spans) -> bool:
        """Whether a word does by mouth what one person does, and never follows an article or "in"."""
        if not self._by_mouth(cue):
            return False
        before = rf"\b(?i:{'|'.join((*nouns().determiners, 'in', 'nach', 'aus', 'im'))}) {re.escape(word)}\b"
        others = (match[1] for match in re.finditer(rf"([A-ZÄÖÜ][\w-]+) {re.escape(word)}\b", self._text))
        return re.search(before, self._text) is None and not any(body_like(one) for one in others)

    def _fuller(self, name: str, standing: Standing) -> Resolved | None:
        """Whoever was heard before under a name that this one ends, or under a longer one with this party."""
        for one in (told.who for told in reversed(self._heard)):
            longer = one.standing == "person" and (one.entity or "").endswith(f" {name}")
            if longer or (one.entity == name and one.standing == standing):
                return one.again(Why(Ground.FULLER, one.why.entity.words if one.why.entity else ()))
        return None


def _made(entity: str, through: str | None, standing: Standing, ground: Ground, source: Spans) -> Resolved:
    named = standing in ("person", "institution", "outlet")
    whys = Whys(
        Why(ground, source),
        Why(Ground.NAMED if named else Ground.DESCRIBED, source),
        Why(Ground.VEHICLE, source) if through else None,
        Why(Ground.ITSELF if named else Ground.UNNAMED, source),
    )
    return Resolved(entity, through, entity, standing, whys)


def _lowered(words: str) -> str:
    """Words at the head of a sentence as they are within one: "Eigenen Angaben", "Ersten Berichten"."""
    lower = words[:1].lower() + words[1:]
    return lower if _OWN.match(lower) or _WHICH.match(lower) else words


def _carried(words: str) -> tuple[str, str | None]:
    """What is left of "Angaben der Polizei" or "Polizeiangaben" without the vehicle, and the vehicle."""
    known = nouns()
    bare, _ = undetermined(words)
    told = _WHICH.sub("", bare)
    bare = told if is_vehicle(told.split(" ")[0]) else bare
    first, _, rest = bare.partition(" ")
    if first.lower() in known.vehicles:
        of = _OF.match(rest)
        if of is None:
            return (rest if _WHOSE.match(rest) else ""), first
        return (nominative(of["rest"]) if rest.startswith("des ") else of["rest"]), first
    for ending in known.carried:
        if not bare.lower().endswith(ending[1:]):
            continue
        adjectives, _, noun = bare.rpartition(" ")
        told = noun[: 1 - len(ending)]
        if len(told) > 3 and adjectives == adjectives.lower():
            named = told.rstrip("-").removesuffix("s") if told.endswith("ungs") else told.rstrip("-")
            return _WHICH.sub("", f"{adjectives} {named}".strip()), noun
    return words, None


def _medium(words: str) -> str | None:
    """The name of a medium behind the noun that says so: "britische Sender BBC", "Zeitung „Hafenbote“"."""
    noun, _, name = re.sub(r"^(?:[a-zäöüß-]+ )+", "", words).partition(" ")
    named = re.fullmatch(rf"[{MARKS}]?{_NAME}(?: {_NAME})*[{MARKS}]?", name)
    return name.strip(MARKS) if named and is_one(noun, nouns().outlet) and noun[0].isupper() else None


def _name(words: str, *, article: bool) -> str | None:
    """The person's name in a source: after a comma, after a title, or all of it; None where there is none.

    ``article``: one stood before the words, as it does before bodies and never before a name by itself.
    """
    head, comma, tail = words.partition(", ")
    if comma:
        apposition = tail.rsplit(", ", maxsplit=1)[-1]
        own = _name(head, article=article)
        return own or (apposition if _FULL.match(apposition) and not titled(apposition) else None)
    parts = words.split(" ")
    if (given := _first_named(parts)) is not None:
        return given
    titles = [i for i, part in enumerate(parts) if is_title(part)]
    rest = " ".join(parts[titles[-1] + 1 :] if titles else parts)
    called = _CALLED.match(re.sub(r"^und [A-ZÄÖÜ][\w-]* ", "", rest))
    if called is None or body_like(called[0]) or _ADJECTIVE.match(called[0]):
        return None
    if not titles and (article or " " not in called[0] or is_one(called[0].split(" ")[-1], nouns().group)):
        return None
    return called[0]


def _first_named(parts: list[str]) -> str | None:
    """The name that a known first name begins, whatever stands before it: "der spanische Torwart Pablo Rey"."""
    for i, part in enumerate(parts[:-1]):
        rest = " ".join(parts[i:])
        called = _CALLED.match(rest)
        before = " ".join(parts[:i])
        if (
            part.lower() in first_names()
            and called
            and " " in called[0]
            and not is_body_named_so(called[0])
            and not _of(before)
        ):
            return called[0]
    return None


def _of(words: str) -> bool:
    """Whether a genitive or a preposition before a name makes it the name of something: "Büro von Ana Duarte"."""
    return re.search(r"\b(?:der|des|von|vom|für|aus|bei|beim|in|um|mit|zu)\b", words) is not None or body_like(words)


def may_speak(words: str) -> bool:
    """Whether words are of somebody who can speak, by themselves: a name, an office, a body, "sie"."""
    known = nouns()
    if words.lower() in known.he | known.she:
        return True
    bare, _ = undetermined(words)
    if not bare or is_vehicle(bare.split(" ")[0]):
        return False
    if _first_named(bare.split(" ")) is not None or ACRONYM.match(head_of(bare)):
        return True
    return is_title(head_of(bare)) or kind_of(head_of(bare)) in ("institution", "group", "outlet", "anonymous")


def _standing(words: str, name: str | None, *, indefinite: bool) -> tuple[Standing, Ground]:
    """What kind of source it is: a name before all, then the head of the description."""
    lists = nouns()
    if name is not None:
        return "person", Ground.TITLE if name != words else Ground.PROPER
    head = head_of(words)
    if is_one(head, lists.anonymous):
        return "anonymous", Ground.HELD_BACK
    if is_title(head) and not is_one(head, lists.either):
        return ("anonymous", Ground.NOUN) if indefinite else ("person", Ground.NOUN)
    if (kind := kind_of(head)) is not None:
        return kind, Ground.NOUN
    if ACRONYM.match(head):
        return "institution", Ground.CAPITALS
    return ("anonymous" if indefinite else "institution"), Ground.NOUN if indefinite else Ground.PROPER
