"""The people of an article: whom "he" and "she" can mean, and who holds which office.

No parser and no model. Whether a person is "he" or "she" is read off titles, callings, first names and the pronouns of
sentences that name nobody else. Of those who fit, the pronoun means whoever is most in view: who spoke last, whom the
last sentences are about, whom the article names most (factors of salience as in Lappin and Leass 1994, "An algorithm
for pronominal anaphora resolution").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log
from types import MappingProxyType
from typing import Literal, TypeAlias

from inquit.extract.countries import country
from inquit.extract.names import ABBREVIATED, Directory, Name, words
from inquit.extract.quotes import OUTSIDE, states
from inquit.extract.sexes import callings, first_names, is_site
from inquit.extract.standing import is_role, standing
from inquit.extract.who import Kind
from inquit.records import Spans

Sex: TypeAlias = Literal["she", "he"]

FAR = 2000  # code points; nobody means by "he" who was named so far back
_AHEAD = 300  # how far behind a pronoun its person may be named first
_BREAK = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘(]*[A-Z])|\n+")
_PRONOUN = re.compile(r"\b(?:(she|her|hers|herself)|(he|his|him|himself)|its)\b", re.IGNORECASE)
GOVERNED = re.compile(
    r"\b(?:to|with|by|of|for|from|at|in|on|into|across|near|against|about|than|between|and) (?:\w+ )?$"
)
_BEFORE = re.compile(r"[^,.;:“”\"\n]*$")
_OFFICE_BEFORE = re.compile(r"\b([a-z-]+) (?:of|for|at|to) [^,.;:“”\"\n]+$")
_AFTER = re.compile(
    r"(?:,| [–—-]| is| was| became) (?:\d{1,3}, )?(?:who (?:is|was) )?"
    r"(?:(?:the|an?|its|his|her|their|then|former|now) )*((?:[\w’'-]+ ){0,5}?[\w’'-]+?)"
    r"(?=[,.;:\n)]| [–—-]| (?:of|for|at|in|from|with|who|that|which|and|on|to|since|until|said|says)\b|$)"
)
_BELONGING = re.compile(r"(?:['’]s?)?((?: [\w-]+){1,3})")
_OPENING = 40  # code points of a sentence in which its subject is named
_NEAR = 60  # code points before a name in which its office stands

# what makes somebody the one who is meant, against a sentence of distance
_DISTANCE, _SPOKE, _SUBJECT, _KNOWN_SEX, _NAMED, _OWNER, _QUOTED, _UNPROVEN = 0.5, 1.2, 1.0, 1.5, 0.15, -0.3, -1.5, -0.5
_LEAST = 0.03  # the chance that the reader's heads leave to anybody; its logarithm is a factor like the others


@dataclass(frozen=True, slots=True)
class _Mention:
    name: Name
    full: str
    sentence: int
    subject: bool
    quoted: bool


class People:
    """The people of one article; ``known`` are its names, ``kinds`` what the reader takes them for.

    Everything is found once, when it is first asked for.
    """

    def __init__(self, text: str, known: Directory, kinds: Mapping[str, Kind] = MappingProxyType({})) -> None:
        self._text = text
        self._kinds = kinds
        self._known = known
        self._marks = states(text)
        self._spoke: list[tuple[int, str]] = []

    def heard(self, at: int, entity: str) -> None:
        """Note that a person is the source of what is said at ``at``."""
        insort(self._spoke, (at, entity))

    def quoted(self, at: int) -> bool:
        """Whether a quotation is going on at ``at``."""
        return bool(self._marks[at] != OUTSIDE)

    def is_body(self, full: str) -> bool:
        """Whether a name that could be a person's is a body's: the article says "its" of it, or the reader says so."""
        told = self._bodies[full] > 0 or self._kinds.get(full) == "body"
        return told and full not in self._held_by and not self._sexes.get(full)

    def knows(self, full: str) -> bool:
        """Whether a name can be a person's."""
        return full in self._often

    def sex(self, full: str) -> Sex | None:
        """Which pronoun the article's words give a person."""
        weight = self._sexes.get(full, 0.0)
        return "she" if weight > 0 else "he" if weight < 0 else None

    def meant(
        self,
        sex: Sex | None,
        at: int,
        *,
        barred: Spans = (),
        never: str | None = None,
        chances: Mapping[str, float] = MappingProxyType({}),
    ) -> str | None:
        """Whom a pronoun at ``at`` means, or a description: not who is named within ``barred``, not ``never``.

        ``chances``: what the reader's heads say of it.
        """
        here = self._sentence(at)
        names = self._mentions
        first = bisect_left(names, at - FAR, key=lambda m: m.name.span[0])
        last = bisect_right(names, at, key=lambda m: m.name.span[1])
        scores: dict[str, float] = {}
        for m in names[first:last]:
            if any(a <= m.name.span[0] < b for a, b in barred):
                continue
            weight = _SUBJECT * m.subject + _OWNER * m.name.owns + _QUOTED * (m.quoted and not self.quoted(at))
            scores[m.full] = max(scores.get(m.full, -99.0), weight - _DISTANCE * (here - m.sentence))
        since = bisect_left(self._spoke, (at - FAR, ""))
        for start, entity in self._spoke[since : bisect_left(self._spoke, (at, ""))]:
            near = _SPOKE - _DISTANCE * (here - self._sentence(start))
            scores[entity] = max(scores.get(entity, -99.0), near - _UNPROVEN * (self.sex(entity) is None))
        fit = {full: weight + self._fits(full, sex) for full, weight in scores.items() if full != never}
        lean = {full: log(max(chances.get(full, 0.0), _LEAST)) if chances else 0.0 for full in fit}
        fit = {full: weight + lean[full] for full, weight in fit.items() if weight > -FAR}
        if fit:
            return max(fit, key=lambda full: fit[full])
        return (
            next((m.full for m in names[last:] if self._comes(m, at, barred, sex)), None) if last < len(names) else None
        )

    def holder(self, phrase: list[str], at: int) -> str | None:
        """Who holds the office that ``phrase`` names: the last one before ``at``, else the only one."""
        held = self._offices.get(phrase[-1], [])
        before = held[: bisect_right(held, at, key=lambda h: h[0])][-50:]
        if before:
            return max(before, key=lambda h: (len(h[2] & set(phrase)), h[0]))[1]
        return held[0][1] if len({full for _, full, _ in held}) == 1 else None

    def _fits(self, full: str, sex: Sex | None) -> float:
        own = self.sex(full)
        nobody = not own and full not in self._held_by and self._kinds.get(full, "person") != "person"
        if (own and sex and own != sex) or self.is_body(full) or nobody:
            return -2.0 * FAR
        known = _KNOWN_SEX if own else 0.0 if full in self._held_by else _UNPROVEN
        return known + _NAMED * min(self._often[full], 4)

    def _comes(self, m: _Mention, at: int, barred: Spans, sex: Sex | None) -> bool:
        return (
            at <= m.name.span[0] < at + _AHEAD
            and not any(a <= m.name.span[0] < b for a, b in barred)
            and self._fits(m.full, sex) > 0
        )

    def _sentence(self, at: int) -> int:
        return bisect_right(self._breaks, at)

    @cached_property
    def _breaks(self) -> list[int]:
        found = _BREAK.finditer(self._text)
        return [m.end() for m in found if not ABBREVIATED.search(self._text, max(0, m.start() - 8), m.start())]

    @cached_property
    def _mentions(self) -> list[_Mention]:
        found: list[_Mention] = []
        seen = -1
        for name in self._known.names:
            full = self._known.fullest(name.text)
            place = is_site(full.split()[-1].lower()) or country(full)
            if place or standing(full, full) != "person" or not (" " in full or name.office or self._is_called(full)):
                continue
            sentence = self._sentence(name.span[0])
            governed = GOVERNED.search(self._text, max(0, name.span[0] - 20), name.span[0])
            subject = sentence != seen and not name.owns and not governed
            found.append(_Mention(name, full, sentence, subject, self.quoted(name.span[0])))
            seen = sentence
        return found

    def _is_called(self, full: str) -> bool:
        """Whether a single word is known to be a person: by a pronoun, or as a first name."""
        called = self._called.get(full, Counter())
        named = called["she"] + called["he"] > called["it"] and full in self._amid
        return named or full.lower() in first_names()

    @cached_property
    def _amid(self) -> frozenset[str]:
        """Single words with a capital inside a sentence, where it is a name's."""
        return frozenset(
            n.text
            for n in self._known.names
            if len(n.words) == 1 and self._text[max(0, n.span[0] - 2) : n.span[0]].strip(' “"').isalnum()
        )

    @cached_property
    def _often(self) -> Counter[str]:
        return Counter(m.full for m in self._mentions)

    @cached_property
    def _offices(self) -> dict[str, list[tuple[int, str, frozenset[str]]]]:
        found: dict[str, list[tuple[int, str, frozenset[str]]]] = {}
        for m in self._mentions:
            for phrase in _callings(self._text, m.name):
                found.setdefault(phrase[-1], []).append((m.name.span[0], m.full, frozenset(phrase)))
        return found

    @cached_property
    def _held_by(self) -> frozenset[str]:
        return frozenset(full for held in self._offices.values() for _, full, _ in held)

    @cached_property
    def _sexes(self) -> Counter[str]:
        weights: Counter[str] = Counter()
        signs, named = callings(), first_names()
        for role, held in self._offices.items():
            for _, full, _ in held:
                weights[full] += signs.get(role, 0.0)  # type: ignore[assignment]
        for full in self._often:
            weights[full] += named.get(full.split()[0].lower(), 0.0)  # type: ignore[assignment]
        for full, pronouns in self._called.items():
            votes = pronouns["she"] - pronouns["he"]
            weights[full] += max(-2, min(2, votes))
        return weights

    @cached_property
    def _bodies(self) -> Counter[str]:
        found = Counter({full: pronouns["it"] for full, pronouns in self._called.items()})
        having = words().belongings
        for name in self._known.names:
            after = _BELONGING.match(self._text, name.span[1])
            has = after is not None and not having.isdisjoint(after[1].lower().split())
            if has or self._text.startswith(", which ", name.span[1]):
                found[self._known.fullest(name.text)] += 1
        return found

    @cached_property
    def _called(self) -> dict[str, Counter[str]]:
        """The pronouns behind each name in the sentences that name nobody else."""
        alone: dict[int, tuple[int, str] | None] = {}
        for name in self._known.names:
            sentence, full = self._sentence(name.span[0]), self._known.fullest(name.text)
            if standing(full, full) == "person" and not self.quoted(name.span[0]):
                begins = self._breaks[sentence - 1] if sentence else 0
                lead = name.span[0] - begins < _OPENING  # further on it is rather an object, the pronoun the subject's
                first = alone.get(sentence, (name.span[1], full) if lead else None)
                alone[sentence] = first if first and first[1] == full else None
        found: dict[str, Counter[str]] = {}
        for match in _PRONOUN.finditer(self._text):
            one = alone.get(self._sentence(match.start()))
            if one and match.start() > one[0] and not self.quoted(match.start()):
                kind = "she" if match[1] else "he" if match[2] else "it"
                found.setdefault(one[1], Counter())[kind] += 1
        return found


def _callings(text: str, name: Name) -> Iterator[list[str]]:
    """What the words around a name say that its bearer is, in small letters, the office last."""
    start, end = name.span
    if name.office:
        titles = name.office.lower().replace(".", "").split()
        yield titles
        if titles[-1] in words().short:
            yield [*titles[:-1], words().short[titles[-1]]]
    lead = text[max(0, start - len(name.office) - 1 - _NEAR) : start - len(name.office) - bool(name.office)].rstrip()
    tail = _BEFORE.search(lead.removesuffix(","))
    before = tail.group().lower().split()[-4:] if tail else []
    if before and is_role(before[-1]):
        yield before
    elif lead.endswith(",") and tail and (of := _OFFICE_BEFORE.search(tail.group())) and is_role(of[1]):
        yield [of[1]]
    after = _AFTER.match(text, end)
    phrase = after[1].lower().replace("’", "'").split() if after else []
    if phrase and is_role(phrase[-1]):
        yield phrase
