"""What the content of a statement says, as far as two contents can be compared without understanding them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict

from inquit.link.words import TOKEN, lists, name_form, stem, uncompared, whole
from inquit.records import Article, Spans, Stance, Statement

Mode: TypeAlias = Literal["fact", "coming", "possible", "owed"]

_NUMBER = re.compile(r"[$€£]?\d[\d,]*(?:\.\d+)?(?![\w.])|[$€£]\d[\d,.]*")
_SCAN = re.compile(f"(?P<number>{_NUMBER.pattern})|(?P<word>{TOKEN.pattern})")
_MIDDLE = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'.-]*\w")
_SMALL = re.compile(r"(?<![\w’'])[a-z][\w’'-]*")
# Negations that turn nothing round.
_NO_NEGATION = re.compile(
    r"(?:\bnot|n['’]t) (?:only|just|merely|necessarily|(?:yet )?rul(?:e|ed|ing) out)\b", re.IGNORECASE
)
RUN = 6  # words in a row that are no chance
_BEARS_ON = 2  # stems that a negation reaches
_UNITS = 3  # words after a number that may say what it counts
_MARKS = re.compile(r"#+\s*")  # some sets write the breaks between paragraphs so


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the stems of the words after it; ``about`` where the text says that it is rounded."""

    value: float
    units: frozenset[str]
    about: bool

    def equals(self, other: Number) -> bool:
        """Equal, or within a tenth where one of them is rounded."""
        slack = 0.1 if self.about or other.about else 0.005
        return abs(self.value - other.value) <= slack * max(abs(self.value), abs(other.value))


@dataclass(frozen=True, slots=True)
class Content:
    """One content: stems of its words and its names apart; what it says of number, time, negation and person.

    ``runs``: hashes of every RUN words in a row, within one process. ``negated``: the stems that a negation bears on.
    ``first``: speaks of the speaker, who is then an actor; ``third``: of somebody by pronoun; ``second``: to a reader.
    """

    words: tuple[str, ...]
    stems: frozenset[str]
    runs: frozenset[int]
    names: frozenset[str]
    numbers: tuple[Number, ...]
    years: frozenset[int]
    days: frozenset[str]
    negated: frozenset[str]
    mode: Mode
    first: bool
    second: bool
    third: bool


class Particulars(TypedDict):
    """What contents and propositions have in common, as they have it."""

    numbers: tuple[Number, ...]
    years: frozenset[int]
    days: frozenset[str]
    negated: frozenset[str]
    mode: Mode
    first: bool
    third: bool


class Capitals:
    """Which words are names: those that the articles write with a capital within a sentence, or never without."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._capital: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        for article in articles:
            self._capital.update(word.lower() for word in _MIDDLE.findall(article.text))
            self._small.update(_SMALL.findall(article.text))

    def named(self, token: str) -> bool:
        """Whether a token is part of a name."""
        if not token[0].isupper() or len(token) < 2:
            return False
        known, word = lists(), token.lower()
        if token.isupper() and word in known.aliases | {"us": ""}:
            return True
        if word in known.stop or word in known.titles or word in known.weekdays or word in known.months:
            return False
        return self._capital[word] >= self._small[word]


def text_of(text: str, spans: Spans) -> str:
    """The words of a content on one line."""
    return " ".join(_MARKS.sub("", " ".join(text[start:end] for start, end in spans)).split())


def content(text: str, statement: Statement, capitals: Capitals) -> Content:
    """Take the content of ``statement``, whose words are ``text``, apart."""
    known = lists()
    tokens = TOKEN.findall(text)
    words = tuple(token.lower().replace("’", "'") for token in tokens)
    bag = bag_of(tokens)
    names, rest = _names(tokens, capitals)
    stance = statement.attribution.stance if statement.attribution else None
    return Content(
        words=words,
        stems=frozenset(stem(w) for w in rest if len(w) > 1 and w not in uncompared() and not w[0].isdigit()),
        runs=frozenset(hash(words[i : i + RUN]) for i in range(len(words) - RUN + 1)),
        names=names,
        second=bool(bag & known.second_person),
        **particulars(text, bag, stance),
    )


def bag_of(tokens: Iterable[str]) -> set[str]:
    """Words in small letters, for ``particulars``, each whole too; less "US", which is a state and not "us"."""
    return {form for word in tokens if word != "US" for form in (word.lower().replace("’", "'"), whole(word))}


def particulars(text: str, bag: AbstractSet[str], stance: Stance | None) -> Particulars:
    """Take from a text what it says of number, time, negation and person; ``bag`` holds its words in small letters."""
    known = lists()
    numbers, years = numbers_in(text)
    return Particulars(
        numbers=tuple(numbers),
        years=frozenset(years),
        days=frozenset(bag & known.weekdays),
        negated=negated_in(text),
        mode=mode_of(bag, stance),
        first=bool(bag & known.first_person) or stance == "intends",
        third=bool(bag & known.third_person),
    )


def _names(tokens: Sequence[str], capitals: Capitals) -> tuple[frozenset[str], list[str]]:
    """The names in their one form, and the other words in small letters."""
    pairs = lists().pairs
    names: set[str] = set()
    rest: list[str] = []
    skip = False
    for i, token in enumerate(tokens):
        if skip:
            skip = False
            continue
        two = pairs.get(" ".join(tokens[i : i + 2]).lower()) if token[0].isupper() else None
        if two is not None:
            names.add(two)
            skip = True
        elif capitals.named(token):
            names.add(name_form(token))
        else:
            rest.append(whole(token))
    return frozenset(names), rest


def negated_in(text: str) -> frozenset[str]:
    """The stems next after each word that negates and before each that rejects; a second negation undoes the first."""
    known = lists()
    found: set[str] = set()
    before: list[str] = []
    left = 0
    for token in TOKEN.findall(_NO_NEGATION.sub("", text)):
        word = token.lower().replace("’", "'")
        if word in known.negators or word.endswith("n't"):
            left = 0 if left else _BEARS_ON
        elif word in known.rejecting:
            found ^= set(before[-_BEARS_ON:])
        elif (plain := whole(token)) not in uncompared() and len(plain) > 1:
            before.append(stem(plain))
            if left:
                found.add(before[-1])
                left -= 1
    return frozenset(found)


def mode_of(bag: AbstractSet[str], stance: str | None) -> Mode:
    """Whether a content says what is, will be, may be or should be; the stance weighs as much as words."""
    known = lists()
    if stance == "urges" or bag & known.owed:
        return "owed"
    if stance == "speculates" or bag & known.possible:
        return "possible"
    if stance == "intends" or bag & known.coming:
        return "coming"
    return "fact"


def numbers_in(text: str) -> tuple[list[Number], list[int]]:
    """Numbers in digits and words with what they count; years apart."""
    found: list[Number] = []
    years: list[int] = []
    scanned = [(m.lastgroup, m.group()) for m in _SCAN.finditer(text)]
    at = 0
    while at < len(scanned):
        value, size = _value(scanned, at)
        if value is None:
            at += 1
            continue
        written = scanned[at][1]
        if size == 1 and written.isdigit() and 1900 <= value < 2100:
            years.append(int(value))
        else:
            found.append(_number(scanned, at, size, value))
        at += size
    return found, years


def _number(scanned: Sequence[tuple[str | None, str]], at: int, size: int, value: float) -> Number:
    known = lists()
    before = {w.lower() for _, w in scanned[max(0, at - 2) : at]}
    after = [w.lower() for kind, w in scanned[at + size : at + size + _UNITS] if kind == "word"]
    units = {stem(w) for w in after if w not in known.stop} | set(re.findall(r"[$€£]", scanned[at][1]))
    about = bool(before & known.about) or (value >= 100 and value % 100 == 0)
    return Number(value, frozenset(units), about)


def _value(scanned: Sequence[tuple[str | None, str]], at: int) -> tuple[float | None, int]:
    """The number that begins at ``at`` and how many tokens it takes: ``88 million`` is one number of two."""
    known = lists()
    kind, written = scanned[at]
    word = written.lower()
    if kind == "number":
        digits = re.sub(r"[^\d.]", "", written).strip(".")
        value: float | None = float(digits) if digits.count(".") < 2 and digits else None
    else:
        value = known.numbers.get(word) or known.magnitudes.get(word)
    if value is None:
        return None, 1
    size = 1
    for _, following in scanned[at + 1 : at + 3]:
        times = known.magnitudes.get(following.lower())
        if times is None:
            break
        value, size = value * times, size + 1
    return value, size
