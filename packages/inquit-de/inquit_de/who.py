"""Who a German source is within its article: entity, vehicle, party and standing, as far as its own words tell.

Written in a text of capitals, where every noun has one: names are known by the titles before them and by what was said
before, never by shape alone. Descriptions stay descriptions.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

import msgspec

from inquit.extract.resolved import NOBODY, Resolved, Whys
from inquit.extract.sexes import first_names
from inquit.extract.why import Ground, Why
from inquit.records import Spans, Standing

_NAME = r"[A-ZÄÖÜ][\w’'-]*(?:\.)?"
_LINK = r"(?:von|van|de|der|den|zu|al|bin|ibn|di|da|del|la|le)"
_FULL = re.compile(rf"{_NAME}(?: (?:{_LINK} )*{_NAME})+$")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_GENITIVE = re.compile(r"\b(?:der|des|vom|von|von der|von dem|eines|einer|beim|bei der)\s+(?P<body>[A-ZÄÖÜ„].*)$")
_MARKS = '„“”"»«'
_OF = re.compile(r"^(?:der|des|vom|von|von der|von dem|eines|einer|aus|beim|seiner|ihrer)\s+(?P<rest>.+)$")
# A name is over before "von" where two words of it came before: "Ana Duarte von der Werft", but "Ana von Duarte".
_CALLED = re.compile(rf"{_NAME}(?: {_NAME})+(?= (?:von|vom|aus|der|bei|beim) |$)|{_NAME}(?: (?:{_LINK} )*{_NAME})*$")
_CALLINGS = ("erin", "istin", "orin", "antin", "entin")  # what a woman does; the forms of men end like much else
_WHOSE = re.compile(
    r"[a-zäöüß-]+er [A-ZÄÖÜ]"
)  # a genitive without an article: "Angaben palästinensischer Krankenhäuser"
_WHICH = re.compile(r"^(?:eigenen|ersten|bisherigen|damaligen|weiteren|jüngsten|neuen|früheren) (?=[A-ZÄÖÜ])")
_ACRONYM = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ0-9/-]+$")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    determiners: frozenset[str]
    indefinite: frozenset[str]
    several: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    others: frozenset[str]
    relatives: frozenset[str]
    speakers: frozenset[str]
    nobodies: frozenset[str]
    vehicles: frozenset[str]
    carried: tuple[str, ...]
    either: tuple[str, ...]
    person: tuple[str, ...]
    speaking_for: tuple[str, ...]
    institution: tuple[str, ...]
    group: tuple[str, ...]
    anonymous: tuple[str, ...]
    outlet: tuple[str, ...]
    document: tuple[str, ...]


@cache
def _words() -> _Words:
    return msgspec.toml.decode(files("inquit_de").joinpath("names.de.toml").read_bytes(), type=_Words)


class Resolver:
    """Sources of one article in the order of its text; what was said before gives pronouns and surnames their names."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._heard: list[Resolved] = []

    def resolve(self, source: Spans, outer: Resolved | None = None) -> Resolved:
        """Who the source is; ``outer`` is who speaks around it, whose ``ich`` it may be."""
        if not source:
            return NOBODY
        words = " ".join(self._text[start:end] for start, end in source)
        found = self._pronoun(words.lower(), source, outer) or self._named(words, source)
        if found.entity is not None:
            self._heard.append(found)
        return found

    def _pronoun(self, word: str, source: Spans, outer: Resolved | None) -> Resolved | None:
        known = _words()
        if word in known.speakers and outer is not None:
            return outer.again(Why(Ground.SPEAKER, source))
        if word in known.nobodies and word not in known.others:
            return NOBODY
        if word in known.he | known.she | known.others | known.relatives | known.speakers:
            people = word in known.he | known.she
            fitting = [one for one in self._heard if not people or one.standing not in ("document", "outlet")]
            if word in known.he:
                fitting = [one for one in fitting if one.standing in ("person", "anonymous")] or fitting
            if fitting:
                ground = Ground.HE if word in known.he else Ground.SHE if word in known.she else Ground.BODY
                return fitting[-1].again(Why(ground, source))
            whys = Whys(Why(Ground.PRONOUN, source), Why(Ground.NOBODY, source))
            return Resolved(None, None, None, "person" if people else "institution", whys)
        return None

    def is_somebody(self, word: str) -> bool:
        """Whether a word is the surname of somebody whom the article names in full or by a title."""
        return self._called(word) is not None

    def _named(self, words: str, source: Spans) -> Resolved:
        words, through = _carried(" ".join(words.split()))
        bare, indefinite = _undetermined(words)
        article = not words.startswith(bare)
        if not bare:
            return NOBODY if through is None else _made(through, None, "document", Ground.NOUN, source)
        if (medium := _medium(bare)) is not None:
            return _made(medium, through, "outlet", Ground.NOUN, source)
        name = _name(bare, article=article) or (None if article else self._called(bare))
        standing, ground = _standing(bare, name, indefinite=indefinite)
        if words.split(" ")[0].lower() in _words().several and standing in ("person", "institution"):
            standing, ground = "group", Ground.NOUN
        full = self._fuller(name or bare, standing) if standing in ("person", "institution") else None
        made = _made(name or bare, through, standing, ground, source)
        body = _body(bare) if standing in ("person", "anonymous") else None
        if body is not None:
            made = replace(made, party=body, why=replace(made.why, party=Why(Ground.OFFICE, source)))
        return replace(full, through=through) if full is not None else made

    def _called(self, word: str) -> str | None:
        """The person's name that a source of one word is part of, as the article gives it: "Velde" is Jonas Velde's."""
        if not re.fullmatch(_NAME, word) or _titled(word) or _ACRONYM.fullmatch(word) or _kind(word) is not None:
            return None
        if word.lower() in first_names():
            return word
        before = re.finditer(rf"([A-ZÄÖÜ][\w-]+) {re.escape(word)}\b", self._text)
        given = [match[1] for match in before if not _body_like(match[1])]
        named = [one for one in given if one.lower().split("-")[0] in first_names()]
        titled = [one for one in given if is_title(one)]
        return f"{named[0]} {word}" if named else word if titled or self._given(word) else None

    def _given(self, word: str) -> bool:
        """Whether a title stands before a name that ends in this word: "die Trainerin Kaja Velde"."""
        found = re.finditer(rf"((?:[A-ZÄÖÜ][\w-]+,? )+){re.escape(word)}\b", self._text)
        return any(is_title(part.rstrip(",")) for match in found for part in match[1].split())

    def _fuller(self, name: str, standing: Standing) -> Resolved | None:
        """Whoever was heard before under a name that this one ends, or under a longer one with this party."""
        for one in reversed(self._heard):
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


def _carried(words: str) -> tuple[str, str | None]:
    """What is left of "Angaben der Polizei" or "Polizeiangaben" without the vehicle, and the vehicle."""
    known = _words()
    bare, _ = _undetermined(words)
    told = _WHICH.sub("", bare)
    bare = told if is_vehicle(told.split(" ")[0]) else bare
    first, _, rest = bare.partition(" ")
    if first.lower() in known.vehicles:
        of = _OF.match(rest)
        if of is None:
            return (rest if _WHOSE.match(rest) else ""), first
        return (_nominative(of["rest"]) if rest.startswith("des ") else of["rest"]), first
    for ending in known.carried:
        body = bare[: 1 - len(ending)] if bare.lower().endswith(ending[1:]) else ""
        if len(body) > 3 and " " not in bare:
            return body.rstrip("-").removesuffix("s") if body.endswith("ungs") else body.rstrip("-"), bare
    return words, None


def _medium(words: str) -> str | None:
    """The name of a medium behind the noun that says so: "britische Sender BBC", "Zeitung „Hafenbote“"."""
    noun, _, name = re.sub(r"^(?:[a-zäöüß-]+ )+", "", words).partition(" ")
    named = re.fullmatch(rf"[{_MARKS}]?{_NAME}(?: {_NAME})*[{_MARKS}]?", name)
    return name.strip(_MARKS) if named and _is(noun, _words().outlet) and noun[0].isupper() else None


def _nominative(words: str) -> str:
    """What was in the genitive behind ``des``: "Sprechers der Polizei" -> "Sprecher der Polizei"."""
    adjectives, noun, rest = re.fullmatch(r"((?:[a-zäöüß-]+ )*)([^ ]*)(.*)", words, re.DOTALL).groups()
    bare = re.sub(r"(?<=[dtbkg])es$|(?<=[^s])s$", "", noun) if len(noun) > 4 else noun
    return adjectives + bare + rest


def _undetermined(words: str) -> tuple[str, bool]:
    """The words without determiners before them and without brackets, and whether the first was indefinite."""
    parts = _BRACKETS.sub("", words).strip(" ,;:").split(" ")
    indefinite = parts[0].lower() in _words().indefinite
    while len(parts) > 1 and parts[0].lower() in _words().determiners:
        parts.pop(0)
    if len(parts) == 1 and parts[0].lower() in _words().determiners:
        return "", indefinite
    left = " ".join(parts)
    whole = left[:1] in _MARKS and left[-1:] in _MARKS
    return (left.strip(_MARKS) if whole else left), indefinite


def _name(words: str, *, article: bool) -> str | None:
    """The person's name in a source: after a comma, after a title, or all of it; None where there is none.

    ``article``: one stood before the words, as it does before bodies and never before a name by itself.
    """
    head, comma, tail = words.partition(", ")
    if comma:
        apposition = tail.rsplit(", ", maxsplit=1)[-1]
        own = _name(head, article=article)
        return own or (apposition if _FULL.match(apposition) and not _titled(apposition) else None)
    parts = words.split(" ")
    if (given := _first_named(parts)) is not None:
        return given
    titles = [i for i, part in enumerate(parts) if is_title(part)]
    rest = " ".join(parts[titles[-1] + 1 :] if titles else parts)
    called = _CALLED.match(rest)
    if called is None or _body_like(called[0]):
        return None
    if not titles and (article or " " not in called[0] or _is(called[0].split(" ")[-1], _words().group)):
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
            and not _body_like(called[0])
            and not _of(before)
        ):
            return called[0]
    return None


def _of(words: str) -> bool:
    """Whether a genitive or a preposition before a name makes it the name of something: "Büro von Ana Duarte"."""
    return re.search(r"\b(?:der|des|von|vom|für|aus|bei|beim|in|um|mit|zu)\b", words) is not None or _body_like(words)


def is_title(word: str) -> bool:
    """Whether a word is a title, an office or a calling, in any case: "Klägerin", "Oberstaatsanwalts"."""
    word = word.rstrip(".")
    if word.endswith(_CALLINGS):
        return True
    return any(_is(form, _words().person) for form in (word, *(word.removesuffix(end) for end in ("s", "en", "in"))))


def may_speak(words: str) -> bool:
    """Whether words are of somebody who can speak, by themselves: a name, an office, a body, "sie"."""
    known = _words()
    if words.lower() in known.he | known.she:
        return True
    bare, _ = _undetermined(words)
    if not bare or is_vehicle(bare.split(" ")[0]):
        return False
    if _first_named(bare.split(" ")) is not None or _ACRONYM.match(_head(bare)):
        return True
    return is_title(_head(bare)) or _kind(_head(bare)) in ("institution", "group", "outlet", "anonymous")


def is_vehicle(word: str) -> bool:
    """Whether a word is what carries somebody's words: "Angaben", "Bericht"."""
    return word.lower() in _words().vehicles


def _titled(words: str) -> bool:
    return _has(words, _words().person) or _body_like(words)


def _body_like(words: str) -> bool:
    """Whether words hold a noun of a body, a medium or a document, so that they are no person's name."""
    lists = _words()
    return any(_has(words, some) for some in (lists.institution, lists.outlet, lists.document))


def _has(words: str, listed: tuple[str, ...]) -> bool:
    return any(_is(word, listed) for word in re.findall(r"[\w-]+", words))


def _is(word: str, listed: tuple[str, ...]) -> bool:
    word = word.lower()
    return any(word.endswith(one[1:]) if one.startswith("-") else word == one for one in listed)


def _standing(words: str, name: str | None, *, indefinite: bool) -> tuple[Standing, Ground]:
    """What kind of source it is: a name before all, then the head of the description."""
    lists = _words()
    if name is not None:
        return "person", Ground.TITLE if name != words else Ground.PROPER
    head = _head(words)
    if _is(head, lists.anonymous):
        return "anonymous", Ground.HELD_BACK
    if is_title(head) and not _is(head, lists.either):
        return ("anonymous", Ground.NOUN) if indefinite else ("person", Ground.NOUN)
    if (kind := _kind(head)) is not None:
        return kind, Ground.NOUN
    if _ACRONYM.match(head):
        return "institution", Ground.CAPITALS
    return ("anonymous" if indefinite else "institution"), Ground.NOUN if indefinite else Ground.PROPER


def _kind(head: str) -> Standing | None:
    """What kind of source is a body, people or thing of this noun; None where no list has it."""
    lists = _words()
    kinds: tuple[tuple[tuple[str, ...], Standing], ...] = (
        (lists.outlet, "outlet"),
        (lists.institution, "institution"),
        (lists.group, "group"),
        (lists.document, "document"),
    )
    forms = (head, head.removesuffix("n"))
    return next((kind for listed, kind in kinds if any(_is(form, listed) for form in forms)), None)


def _head(words: str) -> str:
    """The noun that the rest hangs on: the last capitalised word before a genitive, a preposition or a comma."""
    start = re.split(
        r",| [„“\"]| (?:der|des|von|vom|aus|in|im|bei|für|am|an|beim|zur|zum|mit|auf) ", words, maxsplit=1
    )[0]
    nouns = re.findall(r"[A-ZÄÖÜ][\w/-]*", start)
    return nouns[-1] if nouns else start


def _body(words: str) -> str | None:
    """The body that somebody speaks for: "Sprecherin der Stadt Lund" -> "Stadt Lund"."""
    if not _is(_head(words), _words().speaking_for):
        return None
    found = _GENITIVE.search(words.split(",", maxsplit=1)[0])
    if found is None:
        return None
    body = found["body"].strip(_MARKS)
    return _nominative(body) if found[0].startswith(("des ", "eines ")) else body
