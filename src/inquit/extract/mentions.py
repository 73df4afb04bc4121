"""The words of one source, taken apart: its own name, its head noun, what was only added to it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from inquit.extract.countries import country
from inquit.extract.names import DATELINE, Directory, Name, find, named, words
from inquit.extract.sexes import first_names
from inquit.extract.standing import (
    ends_body,
    is_body,
    is_crowd,
    is_kind,
    is_outlet,
    is_place,
    is_role,
    standing,
    titles,
)
from inquit.records import Standing

ARTICLE = re.compile(r"(?:the|a|an|this|that|these|those|one|another|its|his|her|their)\s+", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Aug|Sept|Oct"
    r"|Nov|Dec)\.? \d{1,2}(?:, ?\d{4})?|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)(?: \d{4})?),? "
)
_CUT_SHORT = re.compile(r",? (?:who|which|that|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$|,$")
_OWNS = re.compile(r"(?<=\w)(?: ?['’]s|(?<=s)['’])$")
_OWNED_BY = re.compile(
    r",?\s(?:(?:authored|written|issued|published|released|sent|signed|drafted|made) )?(?:by|from)\s"
)
_OF = re.compile(r"\sof\s(?=(?:the\s)?[A-Z])")
_ON_SITE = re.compile(r"\son\s(?:the\s)?$")
_SITE = re.compile(r"\s(?:website|site|page|account|blog)\b")
_CARRIED = re.compile(r"\s(?:in|by|from|of)\s(?:the\s)?$")
_BELONGING = {"of", "for", "to", "from", "with", "by", "at", "in", "near"}
_OWNED_OFFICE = re.compile(r" (?:of|for|at) .*$")
_WORD = re.compile(r"[\w-]+(?:['’]\w+)?")
_SEGMENT = re.compile(r"[^,()–—]+")
_LEAD = re.compile(r"\W*(\w+) [^,]*\b(?:with|to|for|by|of) [^,]*,?\s*")
_LISTED = re.compile(r"\s*(?:and|or|including|like|such as|both|among)\s")
_SEVERAL = re.compile(r"[^,]+(?:, [^,]+)+,? and (?:the )?(?:others|(?:\w+ )?other .+|[^,]+)")
ONE_OF_TWO = re.compile(r"(?P<who>he|she|they|we|it|I|you)\s+and\s", re.IGNORECASE)
# "Brandt's inquiry" is Brandt's word; "Tuesday's report" is nobody's
_OWNER = re.compile(r"(?P<who>.+?)['’]s? (?!.*['’])(?:[\w-]+ ){0,3}[\w-]+")
_TIME = re.compile(
    r"(?:yesterday|today|year|month|week|decade|century|\w+day|\d{4}|^(?:January|February|March|April|June|July"
    r"|September|October|November|December))$",
    re.IGNORECASE,
)
# What a body knows is its word: nobody else says what it knows.
_GATHERED = re.compile(
    r"(?:[\w-]+ )*(?:information|intelligence|data) (?:received by|gathered by|collected by|available to)"
    r" (?P<who>(?:the )?[A-Z].+)"
)
_ANYBODYS = frozenset({"study", "poll", "survey", "research", "analysis", "book", "report"})  # of a land, not by it
_ADJECTIVE = re.compile(r"[A-Z]\w+(?:an|ese|ish|i|ch)")
_PAIR = re.compile(r"([^,()]+), ([^,()]+)")


def plain(mention: str) -> str:
    """The mention without a dateline in front, a date within, and at its end the beginning of a clause or what owns."""
    whole = " ".join(mention.split())
    dateline = DATELINE.match(whole)
    cut = _CUT_SHORT.sub("", whole[dateline.end() :] if dateline else whole)
    # "Trask's" of "Trask's criticism" is Trask; "Friday's" of "Friday's indictments" is nobody.
    owner = _OWNS.sub("", cut)
    return cut if _TIME.search(owner) else owner


def own_name(mention: str, lead: str) -> Name | None:
    """The name that the mention as a whole stands for: a segment that is a name and nothing but titles or offices.

    ``lead`` is what the sentence says before it: of two names behind "In an interview with al-Bahr", the second speaks.
    """
    if ONE_OF_TWO.match(mention) or _several(mention):
        return None
    two = _PAIR.fullmatch(mention)
    if two and _is_office(two[1]):
        second = _only_name(mention, two.start(2), two.end(2))
        if second and second.span == two.span(2) and len(second.words) > 1:
            return second  # "Minister of Tides, Ana Duarte"
    opens = _LEAD.fullmatch(lead)
    if two and opens and opens[1].lower() in words().leads:
        first, second = _only_name(mention, two.start(1), two.end(1)), _only_name(mention, two.start(2), two.end(2))
        if first and second and not second.owns and second.span == two.span(2):
            return second
    return _segment_name(mention)


def _several(mention: str) -> bool:
    """Whether a mention lists names: "Duarte, Voss, and Maat", "Duarte, Voss and other divers"."""
    if not _SEVERAL.fullmatch(mention):
        return False
    first, *rest = re.split(r",? and (?:the )?|, ", mention)
    listed = [first, *(part for part in rest[:-1] if part), *([] if "other" in rest[-1] else rest[-1:])]
    whole = (next(iter(named(part)), None) for part in listed)
    return all(
        n is not None and n.begins == 0 and n.span[1] == len(part) for n, part in zip(whole, listed, strict=True)
    )


def _is_office(mention: str) -> bool:
    """Whether a mention tells what somebody does and of what: "Minister of Tides", "Norland's Minister of Tides"."""
    office = re.split(r"\s(?:of|for)\s", mention, maxsplit=1)
    return len(office) > 1 and is_role(office[0].split()[-1].lower())


def _segment_name(mention: str) -> Name | None:
    """The first segment that is a name; a place before "Ambassador X" is where the sentence before it ended."""
    first: Name | None = None
    for segment in _SEGMENT.finditer(mention):
        if _LISTED.match(segment.group()):
            break
        name = _only_name(mention, *segment.span())
        if name and first is None:
            first = name
        elif name and first and name.office and is_place(first.text):
            return name
    return first


def _only_name(mention: str, start: int, end: int) -> Name | None:
    first = next(find(mention, start, end), None)
    past = first.span[0] if first and first.office else start  # "Minister for Tides Ana Duarte"
    cut = _additions().search(mention, past, end)
    end = cut.start() if cut else end
    names = [n for n in find(mention, start, end) if not n.owns and not _common(n)]
    if len(names) > 1 and re.fullmatch(r" and (?:the )?", mention[names[-2].span[1] : names[-1].begins]):
        return None  # two of them
    if names and mention.startswith(" of ", names[0].span[1]) and (names[0].office or _of_a_body(mention, names[0])):
        return names[0]
    if not names or _WORD.search(mention[names[-1].span[1] : end].removeprefix("'s")):
        return None
    # "a spokesman for Acme" is not Acme: a name after a preposition belongs to somebody else.
    lead = mention[start : names[-1].span[0] - len(names[-1].office)].lower().split()
    member = lead[-3:-1] == ["member", "of"]
    return None if set(lead[-2:]) & _BELONGING and not member else names[-1]


def _of_a_body(mention: str, name: Name) -> bool:
    """Whether a person's name stands before whose they are: "Ana Duarte of Acme"."""
    return (
        name.words[0].lower() in first_names() and len(name.words) > 1 and _OF.match(mention, name.span[1]) is not None
    )


def _common(name: Name) -> bool:
    """Whether a single capitalised word is a noun at the start of a sentence: Mayor, Residents."""
    return len(name.words) == 1 and not name.office and is_kind(name.text.lower())


@cache
def _additions() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(sorted(words().additions))})\s")


def carrier(mention: str) -> Name | None:
    """Whose vehicle it is: "an article in the Harbour Post", "a statement from Acme"."""
    return next((n for n in named(mention) if _carries(mention, n)), None)


def _carries(mention: str, name: Name) -> bool:
    before = mention[: name.span[0]]
    site = _ON_SITE.search(before) and _SITE.match(mention, name.span[1])
    return bool(site) or _CARRIED.search(before) is not None


def maker(mention: str) -> tuple[str, str]:
    """A vehicle and the words for whoever made it: "a memo", "Paz Orlov"; the second is empty where none is told."""
    by = _OWNED_BY.search(mention) or (_OF.search(mention) if head(mention) in words().sent else None)
    if by and re.search(r"\b(?:seen|read|held|taken|\w+ed)$", mention[: by.start()]):
        by = None
    return (mention[: by.start()], mention[by.end() :]) if by else (mention, "")


def modifier(mention: str) -> Name | None:
    """The name, or the state, right before the head noun: "the SVR statement", "the French note"."""
    end = mention.find(head(mention))
    name = next((n for n in named(mention) if 0 <= end - n.span[1] <= 3), None) if end > 0 else None
    state = country(name.text) if name and _ADJECTIVE.fullmatch(name.text) else None
    if name is None or state is None:
        return name
    return None if head(mention) in _ANYBODYS else replace(name, words=tuple(state.split()))


def whose(mention: str) -> str | None:
    """Whose "Ilse Brandt's inquiry", "the firm's filing" is; None for a time's, and where nobody is told."""
    owner = _OWNER.fullmatch(mention)
    return owner["who"] if owner and not _TIME.search(owner["who"]) else None


def gathered_by(mention: str) -> str | None:
    """Who knows by "information received by Acme"; None for anything else."""
    known = _GATHERED.fullmatch(mention)
    return known["who"] if known else None


def called(mention: str, name: Name) -> str | None:
    """The noun in small letters right before a name that says what it is: "the charity Warm Hands"."""
    before = mention[: name.span[0]].split()
    plain_noun = before and not name.office and before[-1].isalpha() and before[-2:-1] != ["of"]
    return before[-1].lower() if plain_noun else None


def undated(mention: str) -> str:
    """The mention without the dates in it."""
    return _DATE.sub("", mention)


@lru_cache(maxsize=256)
def head(mention: str) -> str:
    """The head noun of a mention, lower-cased: the last word before a comma, a clause or a preposition."""
    first = re.split(
        r",|\(|\s(?:of|by|from|for|on|in|to|with|at|about|who|which|that|authored|written)\s",
        undated(mention),
        maxsplit=1,
    )[0]
    found = _WORD.findall(first)
    return found[-1].lower() if found else ""


def bare(mention: str) -> str:
    """The mention without its article."""
    article = ARTICLE.match(mention)
    return mention[article.end() :] if article else mention


def role_words(mention: str) -> list[str]:
    """The words of "the former foreign minister" without "the", where the last of them is what a person does."""
    plainly = _OWNED_OFFICE.sub("", bare(mention))
    found = plainly.lower().split()
    thing = standing(mention, plainly) in ("institution", "outlet", "document")
    return found if found and is_role(found[-1]) and not thing else []


def title_of(full: str, known: Directory) -> str | None:
    """A title before a name of first name and surname anywhere in an article; None for the name of a body."""
    last = full.rsplit(maxsplit=1)[-1]
    if full.count(" ") != 1 or ends_body(last.lower()):
        return None
    return next((name.office for name in known.holding(last) if name.text == full and name.office), None)


def kind_of(noun: str | None) -> Standing | None:
    """What a noun before a name tells of it: "the charity Warm Hands", "the blog Tidewatch"."""
    if noun is None or noun in titles():
        return None
    return "outlet" if is_outlet(noun) else "institution" if is_body(noun) else None


def several(entity: str | None) -> bool:
    """Whether a described source is of several people."""
    return entity is not None and is_crowd(head(entity))
