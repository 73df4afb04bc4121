"""The bodies and crowds of an article: what "it", "they", "the agency" and "the statement" can mean."""

from __future__ import annotations

import re

from inquit.extract.countries import country
from inquit.extract.lexicon import find as find_cue
from inquit.extract.names import Directory, Name, find, words
from inquit.extract.people import FAR, GOVERNED, People
from inquit.extract.standing import is_crowd, is_outlet, is_place, standing, titles
from inquit.records import Span, Spans

_BREAK = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘(]*[A-Z])|\n")
_WORD = re.compile(r"[\w-]+(?:['’]s?)?")
_NO_MODIFIER = frozenset(
    {"met", "saw", "left", "led", "held", "sent", "took", "gave", "made", "got", "has", "had", "have", "were", "was"}
    | {"are", "is", "be", "been", "find", "found", "let", "put", "set"}
)
_NUMBERS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "many"})
_MADE = (
    r"(?:issued?|publish(?:ed)?|releas(?:ed?|ing)|sent|wrote|posted|filed|made|gave|put out|signed|delivered|issuing|"
    r"publishing|posting|sending|writing)"
)
_ADJECTIVE = re.compile(r"[A-Z]\w+(?:an|ese|ish)")  # "European" names no company
_PLURAL_ENDS = ("s", "people", "men", "children", "police")  # of "left", "public", "press" a verb or thing may be meant
_BEFORE_CAPITAL = re.compile(r"\b([a-z]+) (?=[A-Z])")
_PLURAL = re.compile(r"[a-z-]{3,}[^sui'’]s")
_RECENT = 500  # code points in which "they" are looked for


class Bodies:
    """The bodies of one article; ``known`` are its names, ``people`` those of them that are persons."""

    def __init__(self, text: str, known: Directory, people: People) -> None:
        self._text = text
        self._known = known
        self._people = people
        self._called: list[tuple[str, int]] | None = None

    def last(self, noun: str, at: int, barred: Spans) -> Name | None:
        """The last name before ``at`` that ``noun`` can mean, the first of its sentence; any body's if empty."""
        found: Name | None = None
        for name in reversed(self._known.before(at, since=max(0, at - 2 * FAR))):
            start, end = name.span
            if found and _BREAK.search(self._text, end, found.span[0]):
                break
            if any(a <= start < b for a, b in barred) or (self._people.quoted(start) and not self._people.quoted(at)):
                continue
            if self._can_be(noun, name):
                found = name
        return found

    def _can_be(self, noun: str, name: Name) -> bool:
        full = self._known.fullest(name.text)
        parts = full.lower().split()
        kind = standing(full, full)
        if not noun:
            beside = is_place(full) and GOVERNED.search(self._text, max(0, name.span[0] - 20), name.span[0])
            return (kind == "institution" and not beside) or self._people.is_body(full)
        if len(parts) > 1 and noun in parts:
            return True
        kinds = words().kinds
        unproven = kind == "person" and not self._people.sex(full) and not name.office
        land = is_place(full) or country(full) is not None
        if noun in kinds["land"]:
            return land or (unproven and len(parts) == 1 and not full.isupper())
        if noun in kinds["private"]:
            public = not kinds["public"].isdisjoint(parts) or not kinds["land"].isdisjoint(parts)
            proper = unproven and not name.owns and not _ADJECTIVE.fullmatch(full)
            return (kind == "institution" and not land and not public) or proper
        if noun in kinds["public"]:
            acronym = (full.isupper() and noun in ("agency", "bureau")) or full in self._known.acronyms.values()
            return kind == "institution" and (acronym or not kinds["public"].isdisjoint(parts))
        return is_outlet(noun) and kind == "outlet"

    def medium(self, full: str) -> str | None:
        """What the article calls a name that is a news medium's by it: the noun of "the newspaper Dagens Ellin"."""
        if self._people.sex(full):
            return None  # "the newspaper Ana Duarte founded"
        whole = re.compile(rf"{re.escape(full)}(?!\w)")
        return next((noun for noun, at in self._media() if whole.match(self._text, at)), None)

    def _media(self) -> list[tuple[str, int]]:
        """The nouns for a news medium right before a capital, and where that stands; looked for once."""
        if self._called is None:
            found = ((m[1], m.end()) for m in _BEFORE_CAPITAL.finditer(self._text))
            self._called = [(noun, at) for noun, at in found if is_outlet(noun) and noun not in titles()]
        return self._called

    def crowd(self, at: int, barred: Spans) -> tuple[int, str] | None:
        """The last plural of people before ``at`` with its modifiers ("company officials"), and where it begins."""
        found: tuple[int, str] | None = None
        before = list(_WORD.finditer(self._text, max(0, at - _RECENT), at))
        for i, match in enumerate(before):
            noun = match.group()
            several = noun[0].islower() and noun.endswith(_PLURAL_ENDS) and is_crowd(noun)
            if not several or any(a <= match.start() < b for a, b in barred):
                continue
            if self._people.quoted(match.start()) and not self._people.quoted(at):
                continue
            if found is None or _BREAK.search(self._text, found[0], match.start()):
                begins = self._whole(before, i).start()
                found = begins, self._text[begins : match.end()]
        return found

    def crowd_before(self, at: int) -> Span | None:
        """The plural with its modifiers that ends right before ``at``, a comma aside; None where none does."""
        before = list(_WORD.finditer(self._text, max(0, at - _RECENT), at))
        last = before[-1] if before else None
        if last is None or self._text[last.end() : at].strip(" ,") or not last.group()[0].islower():
            return None
        noun = last.group()
        if not (noun.endswith(_PLURAL_ENDS) and (is_crowd(noun) or _PLURAL.fullmatch(noun))):
            return None
        first = self._whole(before, len(before) - 1)
        return None if first.group()[0].isdigit() and not is_crowd(noun) else (first.start(), last.end())

    def _whole(self, before: list[re.Match[str]], i: int) -> re.Match[str]:
        """The first word of the plural that ends with the i-th."""
        first = i
        while first > 0 and i - first < 3 and self._modifies(before[first - 1], before[first]):
            first -= 1
        return before[first]

    def _modifies(self, word: re.Match[str], following: re.Match[str]) -> bool:
        lower = word.group().lower()
        return (
            self._text[word.end() : following.start()] == " "
            and not lower.endswith(("ed", "ing", "ly"))
            and lower not in _NO_MODIFIER
            and (lower not in words().openers or lower in _NUMBERS)
            and lower not in words().particles
            and not is_crowd(lower)
            and (find_cue([lower]) is None or word.group() == "public")
        )

    def described(self, noun: str, at: int) -> str | None:
        """The last description before ``at`` with this head and an owner: "Acme's safety department"."""
        since = max(0, at - FAR)
        here = self._text.rfind(f" {noun}", since, at - 1)
        while here >= 0:
            tail = self._text[max(since, here - 80) : here + len(noun) + 1]
            owner = next((n for n in reversed(list(find(tail, 0, len(tail)))) if n.owns), None)
            if owner is not None:
                phrase = tail[owner.span[0] :]
                if len(phrase.split()) <= len(owner.words) + 3 and not re.search(r"[.,;:“”\"\n]", phrase):
                    return phrase
            here = self._text.rfind(f" {noun}", since, here)
        return None

    def maker_of(self, noun: str, at: int) -> Name | None:
        """Whose thing it is: "Acme issued a statement", "a report by Acme"; the last before ``at``."""
        made: Name | None = None
        pattern = rf"\b({_MADE} )?(?:an?|its|his|her|their|the) (?:[\w-]+ ){{0,3}}?{re.escape(noun)}\b( (?:by|from) )?"
        for match in re.finditer(pattern, self._text[max(0, at - FAR) : at], re.IGNORECASE):
            start, end = match.start() + max(0, at - FAR), match.end() + max(0, at - FAR)
            if match[2]:
                after = next(iter(find(self._text, end, min(at, end + 80))), None)
                made = after if after and after.span[0] - end < 5 else made
            elif match[1]:
                subject = self._subject(start)
                made = subject or made
        return made

    def _subject(self, verb: int) -> Name | None:
        """The first name of the sentence before its verb."""
        names = self._known.before(verb, since=max(0, verb - 200))
        here: Name | None = None
        for name in reversed(names):
            if _BREAK.search(self._text, name.span[1], verb):
                break
            here = name
        return here
