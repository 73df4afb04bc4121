"""For whom a source speaks: the body whose office the article's own words give it, and the state behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from inquit.extract.countries import country, country_in, is_seat
from inquit.extract.names import WITH_PORTFOLIO, Directory, Name, named, words
from inquit.extract.standing import is_body, standing
from inquit.extract.why import Ground, Why, place
from inquit.records import Link, Span, Standing

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
    rf",? who (chairs|leads|heads|runs|founded|directs|represents|speaks for) (?:the )?(?:[a-z]+ ){{0,3}}{_BODY}"
)
_POSSESSIVE = frozenset({"its", "his", "her", "their", "our", "my", "your"})
_OF_BODY = re.compile(rf", (?:\d{{1,3}}, )?(?:the |an? |its )?({_CAPITAL}(?: [\w’'-]+){{1,5}})(?=[,.;:])")
_OWNING = re.compile(r"['’]s?$")
_TRIMMED = re.compile(r"(?:['’]s?(?=\s))?[\s,]*(\S.*?)?[\s,]*", re.DOTALL)
_STEPS = 4  # from a spokeswoman to her minister, the ministry, the state
_APPOSED = re.compile(r",? ?(?:(?:the|a|an|its|then|former|acting|[a-z-]+) ){0,4}")
_LOWER = re.compile(r"(?: [a-z-]+){1,3} ")
_LONGEST = 200  # characters of a name, and of what may stand between it and an office
_NEAR = 60  # characters between an owner and what it owns


class Body(NamedTuple):
    """A body, and the words of an office that name it."""

    name: str
    words: str


class Owner(NamedTuple):
    """The body for which somebody holds an office, and where its words and those of the office stand."""

    name: str
    body: Span | None
    office: Span | None


class Party(NamedTuple):
    """For whom a source speaks, why, and by which steps."""

    name: str
    why: Why
    chain: tuple[Link, ...]


class Parties:
    """The party of every source of one article; ``known`` are its names."""

    def __init__(self, text: str, known: Directory) -> None:
        self._text = text
        self._known = known
        self._owners = owners(text, known)

    def of(self, mention: str, entity: str, kind: Standing, own: Span) -> Party:
        """For whom the source that ``mention`` calls so speaks: a state, a body, a person, or nobody but itself.

        ``own`` is where the article has the words for the entity.
        """
        itself = Link(kind="person" if kind in ("person", "anonymous", "group") else "body", name=entity, words=own)
        if kind == "anonymous":
            return Party(entity, Why(Ground.UNNAMED, (own,)), (itself,))
        told = speaks_for(mention, self._known)
        first = self._placed(told, mention, own) if told and told.name != entity else self._owners.get(entity)
        if first:
            self._owners.setdefault(entity, first)
        steps = list(self._steps(entity, first, held=itself.kind == "person"))
        last = steps[-1].name if steps else entity
        state = self._state(entity, kind) if not steps else _state_of(last, standing(last, last))
        shown = tuple(sorted({link.words for link in steps if link.words})) or (own,)
        ground = Ground.OFFICE if any(link.kind == "office" for link in steps) else Ground.OWNER
        if state is None or state == last:
            if not steps:
                return Party(entity, Why(Ground.ITSELF, (own,)), (itself,))
            end = Link(kind="party", name=last, words=steps[-1].words)
            return Party(last, Why(ground, shown), (itself, *steps[:-1], end))
        known = country(last) is not None
        words = None if known else place(self._text, last, own[0], len(last)) or (steps[-1].words if steps else own)
        ground = ground if steps else Ground.KNOWN if known else Ground.STATE
        return Party(state, Why(ground, shown), (itself, *steps, Link(kind="party", name=state, words=words)))

    def may_hold(self, entity: str, mention: str) -> bool:
        """Whether a name can be whom a mention of an office means, by the bodies that both are said to speak for."""
        told, own = speaks_for(mention, self._known), self._owners.get(entity)
        return told is None or own is None or (country(told.name) or told.name) == (country(own.name) or own.name)

    def _steps(self, entity: str, owner: Owner | None, *, held: bool) -> Iterator[Link]:
        """From an entity to the last body that it is said to speak for, by the offices that are ``held``.

        ``owner`` is the first body: two ministries of one name may be of two states. A state speaks for itself.
        """
        last = entity
        for _ in range(_STEPS):
            if owner is None or owner.name == entity or country(last) == last:
                return
            if owner.office and (held or last != entity):
                yield Link(kind="office", name=" ".join(self._text[slice(*owner.office)].split()), words=owner.office)
            seat = self._text[slice(*owner.body)] if owner.body else ""
            if seat != owner.name and is_seat(seat):
                yield Link(kind="body", name=seat, words=owner.body)
            yield Link(kind="body", name=owner.name, words=None if is_seat(seat) else owner.body)
            last = owner.name
            owner = self._owners.get(last)

    def _state(self, entity: str, kind: Standing) -> str | None:
        return None if " and " in entity and kind != "institution" else _state_of(entity, kind)

    def _placed(self, owner: Owner, mention: str, own: Span) -> Owner:
        """An owner whose places in a mention are made places in the text."""
        room = len(mention)
        start = max(0, own[0] - room)
        found = (
            place(self._text, mention[slice(*span)], start, 2 * room) if span else None
            for span in (owner.body, owner.office)
        )
        return Owner(owner.name, *found)


def _state_of(name: str, kind: Standing) -> str | None:
    """The state that a name means, or that the name of an institution has in it."""
    return country(name) or (country_in(name) if kind == "institution" else None)


def owners(text: str, known: Directory) -> dict[str, Owner]:
    """Whom each name of an article belongs to, by possessives and offices anywhere in it.

    "Norland's foreign minister, X"; "the president of Norland, X"; "X, director of Acme"; "Norland Foreign Minister X";
    "Acme spokeswoman X"; "X, an Acme official"; "X, who chairs Acme".
    """
    found: dict[str, Owner] = {}
    for name, owner in _beside(text, known):
        found.setdefault(known.fullest(name), owner)
    for match in _OFFICE_OF.finditer(text):
        if not _is_office(match) or _FORMER.search(text, max(0, match.start() - 30), match.start()):
            continue
        if holder := _holder(text, match, known):
            found.setdefault(known.fullest(holder), _of_office(match, known))
    return found


def _beside(text: str, known: Directory) -> Iterator[tuple[str, Owner]]:
    """Names with the owner right before or behind them."""
    for one, other in pairwise(known.names):
        between = text[one.span[1] : other.span[0]]
        owned = _OWNED.fullmatch(between) if one.owns else None
        if owned and (owned[1] or "office").rstrip(", ").lower() in words().offices | {"office"}:
            yield other.text, Owner(known.fullest(one.text), one.span, _trimmed(text, one.span[1], other.span[0]))
            continue
        between = text[one.span[1] : other.begins]
        if not one.owns and _ends_in_office(between) and (body := body_of(one.text + between.rstrip())):
            yield other.text, _held(text, body, (one.span[0], other.span[0]), known)
    begins = {name.begins: name for name in known.names}
    for name in known.names:
        if body := body_of(name.office):
            yield name.text, _held(text, body, (name.span[0] - len(name.office) - 1, name.span[0]))
        if owner := _behind(text, name, begins, known):
            yield owner


def _behind(text: str, name: Name, begins: dict[int, Name], known: Directory) -> tuple[str, Owner] | None:
    """Whoever has an office that stands behind a name: the name itself, or the one that its body owns."""
    end = name.span[1]
    if name.owns and (office := _OWN_OFFICE.match(text, end)) and office[1].lower() in words().offices:
        holder = begins.get(office.end())
        owner = Owner(known.fullest(name.text), name.span, _trimmed(text, end, office.end()))
        return (holder.text, owner) if holder else None
    if led := _LEADS.match(text, end):
        return name.text, Owner(known.fullest(led[2]), led.span(2), led.span(1))
    if (apposed := _OF_BODY.match(text, end)) and (body := body_of(apposed[1])):
        return name.text, _held(text, body, apposed.span(1), known)
    return None


def _held(text: str, body: Body, span: Span, known: Directory | None = None) -> Owner:
    """The owner of an office whose words, and those of its body, are all of a span."""
    start = text.find(body.words, *span)
    where = (start, start + len(body.words)) if start >= 0 else None
    name = known.fullest(body.name) if known else body.name
    office = _trimmed(text, where[1] if where else span[0], span[1])
    if where and office and text.startswith(("for ", "of "), office[0]):
        office = where[0], office[1]  # "European Commissioner" / "for Tides"
    return Owner(name, where, office)


def _of_office(match: re.Match[str], known: Directory) -> Owner:
    """The owner of "director of Acme's"."""
    body = _OWNING.sub("", match[2])
    return Owner(known.fullest(body), (match.start(2), match.start(2) + len(body)), match.span(1))


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A span without the possessive ending before it and the commas around it."""
    found = _TRIMMED.fullmatch(text, start, end)
    return found.span(1) if found and found[1] else None


def body_of(office: str) -> Body | None:
    """The body at the beginning of an office: "Russian President" -> Russia, "Acme Managing Director" -> Acme."""
    held = re.split(r" (?:for|of|to) ", office.replace(",", " "), maxsplit=1)[0].split()
    lexicon = words()
    if known := country(" ".join(held)):
        return Body(known, " ".join(held))
    last = held[-1].lower().rstrip(".") if held else ""
    if lexicon.short.get(last, last) not in lexicon.offices or last in ("rep", "sen"):
        return None
    if held[0].lower() in ("former", "ex"):
        return None
    return _before_office(held[:-1])


def _before_office(held: list[str]) -> Body | None:
    """The body in what stands before an office: "Acme" / "Managing", "the Acme campaign's political"."""
    owner = next((i for i, word in enumerate(held) if _OWNING.search(word)), None)
    body = [*held[:owner], _OWNING.sub("", held[owner])] if owner is not None else held
    body = [word for word in body if word]  # an apostrophe that stands apart is no word
    if " ".join(body).lower() in words().departments:
        return Body(" ".join(body), " ".join(body))
    if state := country(" ".join(body[:2])):
        return Body(state, " ".join(body[:2]))  # "White House Communications"
    while body and (_title(body[-1]) or _no_body(body[-1])):
        body = body[:-1]
    if body and body[0].lower() in ("the", "acting", "then", "another", "neither", "either", "one"):
        body = body[1:]
    if not body or not body[0][0].isupper() or (len(body) == 1 and is_body(body[0].lower())):
        return None  # "Police spokesman" at the head of a sentence
    for first in (" ".join(body[:2]), body[0]):
        if state := country(first):
            return Body(state, first)
    return Body(" ".join(body), " ".join(body))


def _ends_in_office(between: str) -> bool:
    """Whether all that stands between two names is a few small words and an office: " foreign minister "."""
    return _LOWER.fullmatch(between) is not None and between.rsplit(maxsplit=1)[-1] in words().offices


def _is_office(match: re.Match[str]) -> bool:
    """Whether a body stands behind the office, not what it is for: "minister for Health", "Secretary of State"."""
    role, body = match[1].lower(), _OWNING.sub("", match[2])
    if role not in words().offices:
        return False
    if role not in WITH_PORTFOLIO:
        return True
    owned = country(body) is not None or is_body(body.rsplit(maxsplit=1)[-1].lower())
    return owned and not match.group()[len(match[1]) :].startswith(" for ")


def _title(word: str) -> bool:
    """Whether a word before an office belongs to it: "Foreign" Minister, "Lt." Gen."""
    lower = word.lower().rstrip(".")
    return lower in words().modifiers | words().offices or lower in words().short


def _no_body(word: str) -> bool:
    return word[0].islower() and not is_body(word)


def speaks_for(mention: str, known: Directory) -> Owner | None:
    """The body for which a mention says that it speaks: "Acme's lawyer", "a spokesman for Acme", "Acme spokesman".

    Its places are those in the mention.
    """
    if re.search(r"\b(?:former|ex)\b", mention, re.IGNORECASE):
        return None
    owner = next((n for n in named(mention) if n.owns and n.text.lower() not in _POSSESSIVE), None)
    match = next((m for m in _OFFICE_OF.finditer(mention) if _is_office(m)), None)
    if owner is not None and (match is None or owner.span[0] < match.start()):
        owned = re.split(r"[,;(]", mention[owner.span[1] :], maxsplit=1)[0]
        holds = any(w in words().offices or is_body(w) for w in owned.lower().split())
        office = _trimmed(mention, owner.span[1], owner.span[1] + len(owned))
        return Owner(known.fullest(owner.text), owner.span, office) if holds else None
    if match is not None:
        return _of_office(match, known)
    first = re.split(r",| who | that | told ", mention, maxsplit=1)[0]
    parts = first.split()
    if not parts or parts[-1][0].isupper() or parts[0].lower() in _POSSESSIVE:
        return None  # "B.B. King" holds no office; "its editor" names nobody
    body = _body_before(first) or body_of(re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", first))
    return _held(mention, body, (0, len(first)), known) if body else None


def _body_before(mention: str) -> Body | None:
    """The body with an "of" in its name before an office: "the Ministry of Foreign Affairs spokeswoman"."""
    name = next(iter(named(mention)), None)
    of = name is not None and not name.office and " of " in name.text and is_body(name.words[0].lower())
    if name is None or not of or not _ends_in_office(mention[name.span[1] :] + " "):
        return None
    return Body(name.text, name.text)


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
