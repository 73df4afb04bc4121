"""Who a source really is within its article: entity, vehicle and party, by name matching.

What cannot be resolved keeps the mention's own words; a wrong name is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from inquit.extract.countries import country, country_in
from inquit.extract.names import Directory, Name, directory, find, words
from inquit.extract.party import owners, speaks_for
from inquit.extract.standing import is_role, standing
from inquit.records import Spans, Standing

_FAR = 2000  # characters; nobody means by "he" who was named so far back
_ARTICLE = re.compile(r"(?:the|a|an|this|that|these|those|one|another|its|his|her|their)\s+", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:The|the|This|this|That|that)\s+(?:former\s+)?[a-z-]+")
_CLAUSE = re.compile(r"[,(]|\s(?:who|which|that|on|in|at|during|speaking|citing)\s", re.IGNORECASE)
_CARRIED = re.compile(r"\s(?:in|by|from|of)\s(?:the\s)?$")
_BELONGING = {"of", "for", "to", "from", "with", "by", "at", "in", "near"}
_WORD = re.compile(r"[\w-]+(?:['’]\w+)?")
_ACCORDING = re.compile(r"\s*(?:and|or|,)\s*$")
_SENTENCE = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘(]*[A-Z])|\n")
_THROUGH = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Vv]ia|[Tt]hrough|[Oo]n)\s+((?:(?:an?|the|his|her|its|their|another)\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:{vehicles}|spokes(?:man|woman|person))(?:\s(?:{vehicles}))?\b(?:\s+with\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)?)"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The answer for one source."""

    entity: str | None
    through: str | None
    party: str | None
    standing: Standing


NOBODY = Resolved(None, None, None, "none")


class Resolver:
    """Resolves the sources of one article in the order in which they stand in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._directory: Directory = directory(text)
        self._seen: list[Resolved] = []
        self._owners = owners(text, self._directory)

    def resolve(self, source: Spans, cue: Spans, speaker: Resolved | None = None) -> Resolved:
        """Resolve one source; ``speaker`` is the outer statement's, whom "I" and "we" mean inside a quotation."""
        if not source:
            return NOBODY
        mention = " ".join(self._text[s:e] for s, e in source)
        found = self._reference(mention, source, speaker) or self._described(mention)
        through = found.through or self._vehicle(source, cue)
        found = Resolved(found.entity, through, found.party, found.standing)
        self._seen.append(found)
        return found

    def _reference(self, mention: str, source: Spans, speaker: Resolved | None) -> Resolved | None:
        """A pronoun, or "the statement", "the ministry": whoever spoke before, if one fits."""
        lexicon = words()
        bare = mention.lower().strip()
        kind = lexicon.pronouns.get(bare)
        if kind == "speaker":
            return speaker
        if kind is not None:
            return self._antecedent(kind, source[0][0])
        head = _head(mention)
        if head in lexicon.vehicles and _ARTICLE.match(mention):
            owner = next((n for n in find(self._text, *source[0])), None)
            if owner is not None:
                return self._named(owner.text, mention, through=mention)
            back = next((r for r in reversed(self._seen) if r.standing in ("institution", "person")), None)
            back = back or self._last_of("institution", source[0][0])
            return Resolved(back.entity, mention, back.party, back.standing) if back else None
        return self._definite(mention, head, source[0][0])

    def _antecedent(self, kind: str, at: int) -> Resolved | None:
        fits = {
            "person": ("person", "anonymous"),
            "body": ("institution", "outlet", "document"),
            "any": ("group", "institution", "anonymous", "person", "outlet"),
            "clause": (),
        }[kind]
        if kind == "clause":
            return self._head_of_clause(at)
        if kind == "person" and (named := self._person_before(at)):
            return self._named(named, named)
        spoke = next((r for r in reversed(self._seen) if r.standing in fits), None)
        return spoke or (self._last_of("institution", at) if kind == "body" else None)

    def _definite(self, mention: str, head: str, at: int) -> Resolved | None:
        """For "the ministry", "the former goalkeeper": a name that holds the noun, else the last name of its kind."""
        if not _DEFINITE.fullmatch(mention):
            return None
        holds = (r for r in reversed(self._seen) if _is_kind(head, r.entity))
        if spoke := next(holds, None):
            return spoke
        before = self._directory.before(at)
        named = next((n for n in reversed(before) if len(n.words) > 1 and _is_kind(head, n.text)), None)
        if named is not None:
            return self._named(named.text, named.text)
        kind = standing(mention, _bare(mention))
        if kind in ("institution", "outlet"):
            return self._last_of(kind, at)
        return self._last_of("person", at) if is_role(head) else None

    def _last_of(self, kind: Standing, at: int) -> Resolved | None:
        """The last name of a kind before ``at``."""
        for name in reversed(self._directory.before(at)):
            full = self._directory.fullest(name.text)
            if standing(full, full) == kind:
                return self._named(full, full)
        return None

    def _head_of_clause(self, at: int) -> Resolved | None:
        """The name right before "who", "which" or "that"."""
        last = self._directory.before(at)[-1:]
        near = [n for n in last if at - 60 < n.span[1] and "\n" not in self._text[n.span[1] : at]]
        return self._named(near[-1].text, near[-1].text) if near else None

    def _person_before(self, at: int) -> str | None:
        """The last person who is named as such in the sentence's own paragraph or the one before.

        Only the first person of a sentence counts: after "Duarte blamed Lask" a pronoun goes on with Duarte (centering,
        Grosz, Joshi and Weinstein 1995).
        """
        floor = self._text.rfind("\n", 0, max(0, self._text.rfind("\n", 0, at)))
        near = self._directory.before(at, since=max(floor + 1, at - _FAR))
        found: tuple[int, str] | None = None
        for name in near:
            full = self._directory.fullest(name.text)
            if not name.owns and len(full.split()) in (2, 3) and standing(full, full) == "person":
                ends = _SENTENCE.search(self._text, found[0], name.span[0]) if found else None
                if found is None or ends:
                    found = name.span[1], full
        return found[1] if found else None

    def _described(self, mention: str) -> Resolved:
        """A source that says itself who it is."""
        lexicon = words()
        head = _head(mention)
        name = _own_name(mention) or (_carrier(mention) if head in lexicon.vehicles else None)
        if head in lexicon.vehicles and name is not None:
            return self._named(name.text, mention, through=mention)
        if name is not None:
            return self._named(name.text, mention)
        entity = _bare(mention)
        kind = standing(mention, entity)
        return Resolved(entity, None, self._party(mention, entity, kind), kind)

    def _named(self, name: str, mention: str, through: str | None = None) -> Resolved:
        entity = self._directory.fullest(name)
        kind = standing(entity if through else mention, entity)
        return Resolved(entity, through, self._party(mention, entity, kind), kind)

    def _party(self, mention: str, entity: str, kind: Standing) -> str | None:
        if kind == "none":
            return None
        if kind == "anonymous":
            return entity
        owner = self._owners.get(entity) or speaks_for(mention, self._directory)
        if owner is None and kind == "institution":
            owner = country_in(entity)
        return country(owner or entity) or owner or entity

    def _vehicle(self, source: Spans, cue: Spans) -> str | None:
        """The words "in a statement", "in an interview with …" near the cue, in its own sentence."""
        first, last = min(s for s, _ in (*source, *cue)), max(e for _, e in (*source, *cue))
        start = max((m.end() for m in _SENTENCE.finditer(self._text, max(0, first - 160), first)), default=None)
        end = _SENTENCE.search(self._text, last, last + 120)
        begin = max(0, first - 160) if start is None else start
        match = _through_pattern().search(self._text, begin, end.start() if end else last + 120)
        return " ".join(match.group(1).split()) if match else None


def _own_name(mention: str) -> Name | None:
    """The name that the mention as a whole stands for: a segment that is a name and nothing but titles or offices."""
    for segment in re.finditer(r"[^,()]+", mention):
        start, end = segment.span()
        cut = re.search(r"\s(?:who|which|that|from|for|at|in|on|told)\s", segment.group())
        end = start + cut.start() if cut else end
        names = [
            n for n in find(mention, start, end) if not n.owns and not (len(n.words) == 1 and is_role(n.text.lower()))
        ]
        if names and names[0].office and mention.startswith(" of ", names[0].span[1]):
            return names[0]
        if names and not _WORD.search(mention[names[-1].span[1] : end].removeprefix("'s")):
            # "a spokesman for Acme" is not Acme: a name after a preposition belongs to somebody else.
            lead = mention[start : names[-1].span[0]].lower().split()
            if not (set(lead[-2:]) & _BELONGING):
                return names[-1]
    return None


def _carrier(mention: str) -> Name | None:
    """Whose vehicle it is: "an article in the Harbour Post", "a statement from Acme"."""
    return next((n for n in find(mention, 0, len(mention)) if _CARRIED.search(mention[: n.span[0]])), None)


def _head(mention: str) -> str:
    """The head noun of a mention, lower-cased: the last word before a comma, a clause or a preposition."""
    first = re.split(r",|\(|\s(?:of|by|from|for|on|in|to|with|at|about|who|which|that)\s", mention, maxsplit=1)[0]
    found = _WORD.findall(first)
    return found[-1].lower() if found else ""


def _bare(mention: str) -> str:
    """The mention without its article."""
    whole = " ".join(mention.split())
    article = _ARTICLE.match(whole)
    return whole[article.end() :] if article else whole


def _is_kind(head: str, entity: str | None) -> bool:
    return entity is not None and head in entity.lower().split()


@cache
def _through_pattern() -> re.Pattern[str]:
    vehicles = "|".join(sorted((re.escape(v) for v in words().vehicles), key=len, reverse=True))
    return re.compile(_THROUGH.pattern.replace("{vehicles}", vehicles))
