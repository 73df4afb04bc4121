"""Names in a text: runs of capitalised words, acronyms given in brackets, and the fullest form of a short name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

import msgspec

from inquit.extract.countries import country
from inquit.extract.headings import headings
from inquit.extract.sexes import callings, first_names
from inquit.extract.standing import NO_PRONOUNS, ends_body, standing, titles
from inquit.records import Span


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The lexicon ``data/names.en.toml``."""

    particles: frozenset[str]
    openers: frozenset[str]
    offices: frozenset[str]
    modifiers: frozenset[str]
    departments: frozenset[str]
    vehicles: frozenset[str]
    days: frozenset[str]
    months: frozenset[str]
    dating: frozenset[str]
    additions: frozenset[str]
    leads: frozenset[str]
    sent: frozenset[str]
    belongings: frozenset[str]
    kin: frozenset[str]
    kinds: dict[str, frozenset[str]]
    short: dict[str, str]
    pronouns: dict[str, str]


@cache
def words() -> Words:
    """The lexicon of names, read once."""
    data = resources.files("inquit").joinpath("data/names.en.toml").read_bytes()
    return msgspec.toml.decode(data, type=Words)


def pronoun(mention: str) -> str | None:
    """What kind of source a pronoun stands for, as the lexicon has it; None for other words, a country among them."""
    return None if mention in NO_PRONOUNS else words().pronouns.get(mention.lower())


_TOKEN = re.compile(r"&(?=\s[A-Z])|(?:[^\W\d_]\.){2,}|[^\W_][\w&]*(?:[-‑.'’][\w&]+)*(?:\.|(?<=s)['’](?=\s))?")
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNS = re.compile(r"['’]s?(?!\w)")
_SINGULAR = re.compile(r"['’]s$")
_ACRONYM = re.compile(r"\(\s*(?:the\s+)?([A-Z][A-Za-z&.]*[A-Z][A-Za-z&.]*)\s*\)")
_PARTED = re.compile(r",| and | & ")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*")
_KIN = 20  # code points before a name in which it says whose wife or son that is
_ESTABLISHED = 3  # a name that stands so often by itself before any longer one is no short form
_NAME_WORDS = 5  # at most, after a title
_ABBREVIATION = (
    r"(?:[^\W\d_]\.)+|(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Prof|Rev|Hon|St|Jr|Sr)\."
)
ABBREVIATED = re.compile(rf"(?:^|(?<=[\s“\"(]))(?:{_ABBREVIATION})$")  # the end of "told Mr."
_ABBREVIATED = re.compile(_ABBREVIATION)
DATELINE = re.compile(
    r"(?<!\S)[A-Z]{2}[A-Z.’' -]+(?:, [A-Z][\w.]+(?: [A-Z0-9]\w*)?)?(?: ?\([^)\n]{1,30}\))? ?(?:--|[-–—]) (?=\S)"
)
_SEAT = re.compile(r"[DIR]-(?:[A-Z][a-z]+|[A-Z]{2})\.?")
WITH_PORTFOLIO = frozenset({"minister", "secretary", "commissioner", "mec"})  # offices that are of or for something
_FIRM = re.compile(r" (?:Associates|Partners|Sons|Daughters|Brothers|Bros|Co|Company)\b")
_FIRST_PERSON = frozenset({"I", "I'm", "I’m", "I'll", "I’ll", "I'd", "I’d", "I've", "I’ve"})


@dataclass(frozen=True, slots=True)
class Name:
    """One capitalised run: its span, its words without titles in front and without a possessive ending."""

    span: Span
    words: tuple[str, ...]
    office: str  # the title in front with what stands before it ("Russian President"), or nothing
    owns: bool  # possessive

    @property
    def begins(self) -> int:
        """Where the name begins with its office."""
        return self.span[0] - (len(self.office) + 1 if self.office else 0)

    @property
    def text(self) -> str:
        """The words as one string."""
        return " ".join(self.words)


@dataclass(slots=True)
class Directory:
    """All names of an article, looked up by any of their words."""

    names: list[Name]
    acronyms: dict[str, str] = field(default_factory=dict)
    brackets: dict[str, Span] = field(default_factory=dict)  # where a name introduces its acronym
    spelt: tuple[Name, ...] = ()  # of several parts, as their acronyms spell them
    kin: frozenset[str] = frozenset()  # names of those brought in as somebody's: "first lady", "his son"
    _fullest: dict[str, str] = field(default_factory=dict)
    _by_word: dict[str, list[Name]] = field(default_factory=dict)

    def before(self, at: int, *, since: int = 0) -> list[Name]:
        """The names that begin from ``since`` on and end by ``at``, in order."""
        first = bisect_left(self.names, since, key=lambda n: n.span[0])
        return self.names[first : bisect_right(self.names, at, key=lambda n: n.span[1])]

    def fullest(self, name: str) -> str:
        """The longest form in the article of which ``name`` is the end (a surname), the start, or the acronym.

        Of several who share a surname, whom the article names most often.
        """
        if name not in self._fullest:
            self._fullest[name] = self._full(self.acronyms.get(name, name))
        return self._fullest[name]

    def addressed(self, name: str, address: str) -> str:
        """As ``fullest``, but nobody whose first name speaks against an address like "Mrs."."""
        full, sign = self.fullest(name), _sign(callings(), address)
        holding = self.holding(name)
        others = (_sign(callings(), n.office.split()[-1]) for n in holding if n.text == full and n.office)
        if sign * _sign(first_names(), full.split(" ")[0]) >= 0 and not any(sign * other < 0 for other in others):
            return full
        longer = [n for n in holding if len(n.words) > 1 and n.words[-1] == name]
        fits = (n.text for n in longer if sign * _sign(first_names(), n.words[0]) > 0)
        return next(fits, f"{address} {name}")

    def last(self, full: str, at: int) -> Span | None:
        """Where a name in its fullest form is named last before ``at``, in whatever form; else where it is first."""
        named = (
            [n.span for n in self.holding(full.rsplit(maxsplit=1)[-1]) if self.fullest(n.text) == full] if full else []
        )
        return next((span for span in reversed(named) if span[1] <= at), named[0] if named else None)

    def _full(self, name: str) -> str:
        own = tuple(name.split())
        if not own or country(name):
            return name  # "Norland" is not the "Free Youth Norland" that is named before it
        holding = self.holding(own[-1])
        longer = [n.words for n in holding if len(n.words) > len(own) and _short_for(own, n.words)]
        if any(n.words == own and n.office and not _sign(callings(), n.office) for n in holding):
            # "President Solheim" is not Greta Solheim, who is brought in as the first lady.
            longer = [words for words in longer if " ".join(words) not in self.kin]
        if not longer and len(own) == 1 and _is_person(name):  # "Bakri" of Omar Bakri Muhammad, "Fahmi" of Fahmi Fadzil
            within = (n for n in holding if name in n.words[:-1] and not _OWNS.search(" ".join(n.words[:-1])))
            inner = {n.words for n in within if _is_person(n.text)}  # "Mara Voss", not "Mara Voss' Norland"
            longer = list(inner) if len(inner) == 1 else []
        established = [n.words for n in holding[:_ESTABLISHED]] == [own] * _ESTABLISHED
        if not longer or (established and not _share_office(holding, own, longer)):
            return name
        often = Counter((words[0], words[-1]) for words in longer)
        # The first among equals: an article introduces a name before it shortens it.
        best: tuple[str, ...] = max(longer, key=lambda words: (often[words[0], words[-1]], len(words)))
        return " ".join(best)

    def holding(self, word: str) -> list[Name]:
        """The names with that word, in order."""
        if not self._by_word:
            for name in self.names:
                for part in set(name.words):
                    self._by_word.setdefault(part, []).append(name)
        return self._by_word.get(word, [])


def _share_office(holding: list[Name], own: tuple[str, ...], longer: list[tuple[str, ...]]) -> bool:
    """Whether a short and a longer name hold one office: "President Voss", later "the President, Mara Voss"."""
    short = {n.office.split()[-1] for n in holding if n.words == own and n.office}
    full = {n.office.split()[-1] for n in holding if n.words in longer and n.office}
    return any(not _sign(callings(), office) for office in short & full)


@cache
def _kin() -> re.Pattern[str]:
    """What ends with a word by which somebody is brought in as another's."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words().kin)))}),? $", re.IGNORECASE)


def _sign(weights: Mapping[str, float], word: str) -> float:
    """What a word tells of its bearer: above 0 a woman, below 0 a man, 0 nothing."""
    return weights.get(word.lower().rstrip("."), 0.0)


@lru_cache(maxsize=2)  # two stages of one article ask for it
def directory(text: str) -> Directory:
    """Every name of ``text`` in order, with the acronyms that brackets introduce.

    In a heading without a full stop capitals tell nothing: a run there is a name only where it stands elsewhere too.
    """
    found = _spelt_out(text, list(find(text, 0, len(text))))
    lines = list(headings(text))
    headed = {n.span for n in found if any(a <= n.span[0] < b for a, b in lines)}
    known = {n.words for n in found if n.span not in headed}
    found = [n for n in found if n.span not in headed or n.words in known]
    datelines = (m.span() for m in DATELINE.finditer(text) if text[m.start() - 1 : m.start()] in ("", "\n"))
    dated = {at for start, end in datelines for at in range(start, end)}
    spelt = (n for n in found if not n.office and _PARTED.search(n.text))
    kin = frozenset(n.text for n in found if _kin().search(text[max(0, n.span[0] - _KIN) : n.span[0]]))
    out = Directory([n for n in found if n.span[0] not in dated], spelt=tuple(spelt), kin=kin)
    for match in _ACRONYM.finditer(text):
        before = [n for n in found if match.start() - 3 <= n.span[1] <= match.start()]
        if before and len(before[-1].words) > 1 and _initials_fit(match.group(1), before[-1].words):
            out.acronyms[match.group(1)] = before[-1].text
            out.brackets[match.group(1)] = before[-1].span[0], match.end()
    return out


def _spelt_out(text: str, found: list[Name]) -> list[Name]:
    """Names of several parts ("Tides, Ports and Dykes Norland") made whole, where an acronym in brackets spells it."""
    whole = {long for match in _ACRONYM.finditer(text) if (long := _spelt(text, match))}
    if not whole:
        return found
    spans = [m.span() for long in whole for m in re.finditer(rf"\b{re.escape(long)}\b", text)]
    apart = [n for n in found if not any(a < n.span[1] and n.span[0] < b for a, b in spans)]
    joined = [Name((a, b), tuple(text[a:b].split()), "", _OWNS.match(text, b) is not None) for a, b in spans]
    return sorted([*apart, *joined], key=lambda n: n.span)


def _spelt(text: str, acronym: re.Match[str]) -> str | None:
    """The words before a bracket whose initials are its letters, where a comma or "and" stands between them."""
    letters = acronym[1].replace(".", "")
    start = max(0, acronym.start() - 15 * len(letters))
    initials = list(_CAPITALISED.finditer(text, start, acronym.start()))[-len(letters) :]
    if len(letters) < 3 or "".join(m.group()[0] for m in initials) != letters:
        return None
    long = text[initials[0].start() : acronym.start()].rstrip()
    between = text[initials[-1].end() : acronym.start()].strip()
    parted = _PARTED.search(long) and re.fullmatch(r"[\w,&’' -]+", long)
    return long if parted and not between else None


def find(text: str, start: int, end: int) -> Iterator[Name]:
    """Names within ``[start, end)``, in order; each is a maximal run."""
    run: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text, start, end):
        if run and not _goes_on(text, run, match):
            yield from _named(text, run)
            run = []
        if run or (_capital(match.group()) and match.group() not in _FIRST_PERSON):
            run.append(match)
    yield from _named(text, run)


@lru_cache(maxsize=256)  # a mention is asked about from several sides
def named(mention: str) -> tuple[Name, ...]:
    """The names in a few words."""
    return tuple(find(mention, 0, len(mention)))


def _goes_on(text: str, run: list[re.Match[str]], match: re.Match[str]) -> bool:
    gap = text[run[-1].end() : match.start()]
    last = run[-1].group()
    if gap not in (" ", "\u00a0") or match.group() in _FIRST_PERSON:
        return False
    if _SINGULAR.search(last):  # "Acme's Office", but "the Auditor's Office"
        return last[:-2].lower() in titles() and _capital(match.group()) and ends_body(match.group().lower())
    if match.group() == "and" and not any(m.group() in ("of", "for") for m in run):
        return False
    if last.endswith(".") and not _ABBREVIATED.fullmatch(last):
        return False
    if last == "&":
        return _capital(match.group())
    if match.group() == "&":  # "Maat & Lask", but not all of "Vote D & M Maat"
        return _FIRM.match(text, match.end()) is not None or (len(run) == 1 and len(last) > 2)
    return _capital(match.group()) or match.group().lower() in words().particles


def _named(text: str, run: list[re.Match[str]]) -> Iterator[Name]:
    while run and not _capital(run[-1].group()):
        run = run[:-1]
    while run and _at_start(text, run[0].start()) and _opens(run[0].group()):
        run = _from_capital(run[1:])
    run = _undated(text, run)
    count = _titles([m.group().rstrip(".").lower() for m in run])
    office = " ".join(m.group() for m in run[:count])
    run = _from_capital(run[count:])
    if office and (of := next((i for i, m in enumerate(run) if m.group() in ("of", "for")), 0)):
        run = run[:of]  # "General Castell of the army"
    run = _person(text, run)
    while len(run) > 1 and run[0].group() == "The":
        run = _from_capital(run[1:])
    if not run or _opens(run[0].group()) or _is_seat(text, run):
        return
    last = run[-1].group()
    plain = _POSSESSIVE.sub("", last)
    if plain.endswith(".") and not _ABBREVIATED.fullmatch(plain):
        plain = plain[:-1]
    kept = (*(m.group() for m in run[:-1]), plain)
    yield Name((run[0].start(), run[-1].start() + len(plain)), kept, office, _POSSESSIVE.search(last) is not None)


def _is_seat(text: str, run: list[re.Match[str]]) -> bool:
    """Whether a run is party and state of an American politician: "Mike Voss, R-Wis."."""
    before = text[max(0, run[0].start() - 2) : run[0].start()]
    return len(run) == 1 and _SEAT.fullmatch(run[0].group()) is not None and before.endswith((", ", "("))


def _opens(word: str) -> bool:
    """Whether a word with a capital begins a sentence and no name: "Its", "He's"; but "US"."""
    return word not in NO_PRONOUNS and _POSSESSIVE.sub("", word.lower()) in words().openers


def _person(text: str, run: list[re.Match[str]]) -> list[re.Match[str]]:
    """The run without what stands beside a person's name: "Ana Duarte of Acme", and "Brave" that begins a sentence."""
    first = [m.group().lower() in first_names() for m in run[:2]]
    if first[:1] == [True]:
        of = next((i for i, m in enumerate(run) if m.group() in ("of", "for")), len(run))
        body = any(ends_body(m.group().lower()) for m in run[:of])  # "Georgia Bureau of Tides"
        return run[:of] if of > 1 and not body else run
    return run[1:] if len(run) > 2 and first[1] and _at_start(text, run[0].start()) else run


def _undated(text: str, run: list[re.Match[str]]) -> list[re.Match[str]]:
    """The run without weekdays and months at its ends: "on Tuesday Duarte", "Duarte Tuesday", "in March Voss"."""
    lexicon = words()
    while run and _POSSESSIVE.sub("", run[-1].group().lower()) in lexicon.days:
        run = run[:-1]
    while run and run[0].group().lower() in lexicon.days:
        run = _from_capital(run[1:])
    if run and run[0].group().lower() in lexicon.months:
        before = text[max(0, run[0].start() - 8) : run[0].start()].lower().split()
        dated = before[-1:] and before[-1] in lexicon.dating
        if dated or (len(run) == 1 and text[run[0].end() : run[0].end() + 2].strip(" ").isdigit()):
            run = _from_capital(run[1:])
    return run


def _titles(lowered: list[str]) -> int:
    """How many words in front are a title: "Foreign Minister", "U.S. President"; never the whole run.

    Whatever stands before the last title of a run says whose office it is. "Minister of Culture" and "President of the
    Court" are offices, no titles before a name; two people joined by "and" are left alone.
    """
    particles = words().particles
    count = max((i for i, word in enumerate(lowered[:-1], start=1) if word in titles()), default=0)
    count += _portfolio(lowered[count:]) if count and lowered[count - 1] in WITH_PORTFOLIO else 0
    rest = lowered[count:]
    body = len(rest) == 1 and ends_body(rest[0])  # "General Motors"
    office = count and (rest[0] in particles or len(rest) > _NAME_WORDS or body)
    return 0 if office or "and" in lowered else count


def _portfolio(rest: list[str]) -> int:
    """How many words behind a title tell what it is for: "Secretary" / "of State" / "Anto Voss"."""
    if rest[:1] not in (["of"], ["for"]):
        return 0
    known = next((i for i, word in enumerate(rest) if i and word not in words().modifiers | {"the"}), len(rest))
    named = next((i for i in range(2, len(rest) - 1) if rest[i] in first_names()), 0)
    return known if known > 1 and len(rest) - known in (2, 3) else named


def _from_capital(run: list[re.Match[str]]) -> list[re.Match[str]]:
    while run and not _capital(run[0].group()):
        run = run[1:]
    return run


def _capital(word: str) -> bool:
    return word[:1].isupper() or (word[:3].lower() in ("al-", "el-") and word[3:4].isupper())


def _at_start(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(" “\"‘'(\u00a0")
    return not before or before[-1] in ".!?\n:;—–-"


def _short_for(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one is the end or the beginning of the other, and not what it is named after: "Union of Norland"."""
    if long[-len(short) - 1] in ("of", "for", "and", "the"):
        return False
    return long[-len(short) :] == short or (len(short) > 1 and long[: len(short)] == short)


def _is_person(name: str) -> bool:
    return standing(name, name) == "person"


def _initials_fit(acronym: str, name: tuple[str, ...]) -> bool:
    """Whether the acronym has a letter of the name's initials; a foreign one ("SVR") need not have them all."""
    initials = {w[0] for w in name if w[0].isupper()}
    return bool(initials & set(acronym))
