"""For whom a source speaks: the body whose office the article's own words give it, and the state behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from inquit.extract.countries import country, country_in
from inquit.extract.names import Directory, named, words
from inquit.extract.standing import is_body, standing
from inquit.records import Standing

_CAPITAL = r"[A-Z](?:[\w’'-]|\.(?=\w)|(?<=\b[A-Z])\.)*"
_BODY = (
    rf"({_CAPITAL}(?: (?:of |the |and |for )*{_CAPITAL})*"
    r"(?: (?:campaign|government|administration|department|police|army|military|navy|council|embassy|family|estate"
    r"|union|party|team|club|office)\b)?)"
)
_OFFICE_OF = re.compile(rf"(?<!former )\b([\w-]+) (?:of|for|from|at|with) (?:the |its )?{_BODY}")
_FORMER = re.compile(r"\b(?:former|ex)\b[^,.;:]*$", re.IGNORECASE)
_OWNED = re.compile(r"(?:['’]s?)? (?:(?:[\w-]+ ){0,4}([\w-]+,? ))?")
_OWN_OFFICE = re.compile(
    r"(?:['’]s?)? (?:[\w-]+ ){0,3}?([\w-]+)(?: (?:to|for|of|in|on|at|with) [^,.;:“”\"\n]{2,50}?,|,)? "
)
_LEADS = re.compile(
    rf",? who (?:chairs|leads|heads|runs|founded|directs|represents|speaks for) (?:the )?(?:[a-z]+ ){{0,3}}{_BODY}"
)
_POSSESSIVE = frozenset({"its", "his", "her", "their", "our", "my", "your"})
_OF_BODY = re.compile(rf", (?:\d{{1,3}}, )?(?:the |an? |its )?({_CAPITAL}(?: [\w’'-]+){{1,5}})(?=[,.;:])")
_OWNING = re.compile(r"['’]s?$")
_STEPS = 4  # from a spokeswoman to her minister, the ministry, the state
_APPOSED = re.compile(r",? ?(?:(?:the|a|an|its|then|former|acting|[a-z-]+) ){0,4}")
_LOWER = re.compile(r"(?: [a-z-]+){1,3} ")
_LONGEST = 200  # characters of a name, and of what may stand between it and an office
_NEAR = 60  # characters between an owner and what it owns


class Parties:
    """The party of every source of one article; ``known`` are its names."""

    def __init__(self, text: str, known: Directory) -> None:
        self._known = known
        self._owners = owners(text, known)

    def of(self, mention: str, entity: str, kind: Standing) -> str:
        """For whom the source that ``mention`` calls so speaks: a state, a body, a person, or nobody but itself."""
        if entity not in self._owners and (told := speaks_for(mention, self._known)) and told != entity:
            self._owners[entity] = told
        last = entity
        for _ in range(_STEPS):
            owner = self._owners.get(last)
            if owner is None or owner == entity:
                break
            last = owner
        if last == entity:
            if " and " in entity and kind != "institution":
                return entity
            return country(entity) or (country_in(entity) if kind == "institution" else None) or entity
        return country(last) or (country_in(last) if standing(last, last) == "institution" else None) or last

    def may_hold(self, entity: str, mention: str) -> bool:
        """Whether a name can be whom a mention of an office means, by the bodies that both are said to speak for."""
        told, own = speaks_for(mention, self._known), self._owners.get(entity)
        return told is None or own is None or (country(told) or told) == (country(own) or own)


def owners(text: str, known: Directory) -> dict[str, str]:
    """Whom each name of an article belongs to, by possessives and offices anywhere in it.

    "Norland's foreign minister, X"; "the president of Norland, X"; "X, director of Acme"; "Norland Foreign Minister X";
    "Acme spokeswoman X"; "X, an Acme official"; "X, who chairs Acme".
    """
    found: dict[str, str] = {}
    for name, owner in _beside(text, known):
        found.setdefault(known.fullest(name), owner)
    for match in _OFFICE_OF.finditer(text):
        if not _is_office(match) or _FORMER.search(text, max(0, match.start() - 30), match.start()):
            continue
        if holder := _holder(text, match, known):
            found.setdefault(known.fullest(holder), known.fullest(_OWNING.sub("", match[2])))
    return found


def _beside(text: str, known: Directory) -> Iterator[tuple[str, str]]:
    """Names with the owner right before or behind them."""
    begins = {name.span[0] - (len(name.office) + 1) * bool(name.office): name for name in known.names}
    for one, other in pairwise(known.names):
        between = text[one.span[1] : other.span[0]]
        owned = _OWNED.fullmatch(between) if one.owns else None
        if owned and (owned[1] or "office").rstrip(", ").lower() in words().offices | {"office"}:
            yield other.text, known.fullest(one.text)
        elif not one.owns and _LOWER.fullmatch(between) and (body := body_of(one.text + between.rstrip())):
            yield other.text, known.fullest(body)
    for name in known.names:
        if body := body_of(name.office):
            yield name.text, body
        if name.owns and (office := _OWN_OFFICE.match(text, name.span[1])) and office[1].lower() in words().offices:
            if holder := begins.get(office.end()):
                yield holder.text, known.fullest(name.text)
        elif led := _LEADS.match(text, name.span[1]):
            yield name.text, known.fullest(led[1])
        elif (apposed := _OF_BODY.match(text, name.span[1])) and (body := body_of(apposed[1])):
            yield name.text, known.fullest(body)


def body_of(office: str) -> str | None:
    """The body at the beginning of an office: "Russian President" -> Russia, "Acme Managing Director" -> Acme."""
    held = re.split(r" (?:for|of|to) ", office.replace(",", " "), maxsplit=1)[0].split()
    lexicon = words()
    if known := country(" ".join(held)):
        return known
    last = held[-1].lower().rstrip(".") if held else ""
    if lexicon.short.get(last, last) not in lexicon.offices or last in ("rep", "sen"):
        return None
    if held[0].lower() in ("former", "ex"):
        return None
    body = held[:-1]
    owner = next((i for i, word in enumerate(body) if _OWNING.search(word)), None)
    if owner is not None:  # "the Acme campaign's political director"
        body = [*body[:owner], _OWNING.sub("", body[owner])]
    while body and (body[-1].lower() in lexicon.modifiers | lexicon.offices or _no_body(body[-1])):
        body = body[:-1]
    if body and body[0].lower() in ("the", "acting", "then"):
        body = body[1:]
    if not body or not body[0][0].isupper():
        return None
    return country(" ".join(body[:2])) or country(body[0]) or " ".join(body)


def _is_office(match: re.Match[str]) -> bool:
    """Whether a body stands behind the office, not what it is for: "minister for Health"."""
    portfolio = (
        match[1].lower() in ("minister", "commissioner", "secretary") and " for " in match.group()[: len(match[1]) + 5]
    )
    return match[1].lower() in words().offices and not portfolio


def _no_body(word: str) -> bool:
    return word[0].islower() and not is_body(word)


def speaks_for(mention: str, known: Directory) -> str | None:
    """The body for which a mention says that it speaks: "Acme's lawyer", "a spokesman for Acme", "Acme spokesman"."""
    if re.search(r"\b(?:former|ex)\b", mention, re.IGNORECASE):
        return None
    owner = next((n for n in named(mention) if n.owns and n.text.lower() not in _POSSESSIVE), None)
    match = next((m for m in _OFFICE_OF.finditer(mention) if _is_office(m)), None)
    if owner is not None and (match is None or owner.span[0] < match.start()):
        owned = re.split(r"[,;(]", mention[owner.span[1] :], maxsplit=1)[0].lower().split()
        return known.fullest(owner.text) if any(w in words().offices or is_body(w) for w in owned) else None
    if match is not None:
        return known.fullest(_OWNING.sub("", match[2]))
    first = re.split(r",| who | that | told ", mention, maxsplit=1)[0]
    parts = first.split()
    if not parts or parts[-1][0].isupper() or parts[0].lower() in _POSSESSIVE:
        return None  # "B.B. King" holds no office; "its editor" names nobody
    body = body_of(re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", first))
    return known.fullest(body) if body else None


def _holder(text: str, match: re.Match[str], known: Directory) -> str | None:
    """The name right after "director of Acme, …" or right before ", director of Acme"."""
    for name in known.before(match.end() + _LONGEST, since=match.start() - _LONGEST):
        if name.span[0] > match.end() + 3:
            break
        if name.span[0] >= match.end() and text[match.end() : name.span[0]] in (", ", " "):
            return name.text
        gap = text[name.span[1] : match.start()]
        if 0 < len(gap) < _NEAR and gap.startswith(",") and _APPOSED.fullmatch(gap):
            return name.text
    return None
