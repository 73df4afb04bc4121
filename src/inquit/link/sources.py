"""Who speaks, told apart over many articles: one key for an entity, one for its party.

Who a source is within an article has been said before. Between articles names are matched: titles, nations before a
name and days are left out, a surname alone is the person of that surname whom the articles name most, and the party of
an entity is the one that most of its statements give it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from inquit.link.stating import Named
from inquit.link.words import TOKEN, lists, name_form, stem
from inquit.records import Attribution, Standing

_NAMED: frozenset[Standing] = frozenset({"person", "institution", "outlet", "document"})


@lru_cache(maxsize=65536)
def name_parts(name: str) -> tuple[str, ...]:
    """The words of a name in their one form and order, without titles, days and, where others remain, nations."""
    known = lists()
    plain = name
    for two, one in known.pairs.items():
        plain = _replaced(plain, two, one)
    tokens = [t for t in TOKEN.findall(plain) if t[0].isupper() or t.lower() in known.pairs.values()]
    beside = known.titles | known.weekdays | known.months
    kept = [t for t in tokens if t.lower() not in beside and t.lower().removesuffix("s") not in known.titles]
    forms = [name_form(t) for t in kept if t.lower() not in known.stop or t.isupper()]
    nations = set(known.aliases.values()) | set(known.pairs.values())
    others = [f for f in forms if f not in nations and len(f) > 1]
    return tuple(dict.fromkeys(others or forms))


def _replaced(name: str, two: str, one: str) -> str:
    at = name.lower().find(two)
    return name if at < 0 else name[:at] + one.upper() + name[at + len(two) :]


@lru_cache(maxsize=65536)
def description(name: str) -> str:
    """A key for a source without a name: the stems of its words in order of the alphabet."""
    stop = lists().stop
    words = [t.lower().replace("’", "'") for t in TOKEN.findall(name)]
    return " ".join(sorted({stem(w) for w in words if w not in stop} or set(words)))


def _is_pronoun(name: str) -> bool:
    known = lists()
    word = name.strip().lower()
    return word in known.first_person or word in known.second_person or word in known.third_person


class Names:
    """What the statements of one article say of names: who bears a surname, whose party is which, which are media."""

    def __init__(self, said: Iterable[Named], outlet: str | None = None) -> None:
        self.surnames: dict[str, Counter[str]] = defaultdict(Counter)
        self.parties: dict[_Name, Counter[str]] = defaultdict(Counter)
        self.media = {outlet} if outlet else set()
        for (entity, standing, party), times in Counter(said).items():
            if not entity:
                continue
            if standing == "outlet" and entity[0].isupper():
                self.media.add(entity)
            name = _name(entity, standing)
            if standing == "person" and not name.alone and " " in name.key:
                self.surnames[name.key.split(" ")[-1]][name.key] += times
            if party:
                self.parties[name][party] += times


class _Name(NamedTuple):
    """A key; ``alone`` is a person's one name, which may be a surname."""

    key: str
    alone: bool = False


class Sources:
    """Keys of the entities and parties of some articles' statements; nothing is counted but for those asked for."""

    def __init__(self, names: Iterable[Names]) -> None:
        self._names = list(names)
        self._full: dict[str, str] = {}
        self._party: dict[str, str | None] = {}

    def entity(self, said: Attribution) -> str:
        """Key of the entity; empty where there is none, or nothing but a pronoun."""
        name = _name(said.entity or "", said.standing)
        return self._of_surname(name.key) if name.alone else name.key

    def party(self, said: Attribution) -> str | None:
        """The party, in the articles' own words, that most statements of the entity give."""
        if not said.entity:
            return said.party
        key = self.entity(said)
        if key not in self._party:
            self._party[key] = _most(self._parties(key))
        return self._party[key] or said.party

    def party_key(self, party: str | None) -> str:
        """Key of a party's name; empty where there is none."""
        parts = name_parts(party or "")
        if not parts:
            return description(party or "")
        return self._of_surname(parts[0]) if len(parts) == 1 else f"{parts[0]} {parts[-1]}"

    def _parties(self, key: str) -> Counter[str]:
        last = key.rsplit(" ", maxsplit=1)[-1]
        names = [_Name(key)]
        if self._of_surname(last) == key:
            names.append(_Name(last, alone=True))
        return _sum(one.parties[name] for one in self._names for name in names if name in one.parties)

    def _of_surname(self, last: str) -> str:
        """The first and last name of the person who bears it in most statements; itself where nobody does."""
        if last not in self._full:
            bearers = _sum(one.surnames[last] for one in self._names if last in one.surnames)
            self._full[last] = _most(bearers) or last
        return self._full[last]


@lru_cache(maxsize=65536)
def _name(entity: str, standing: Standing) -> _Name:
    """Of an entity, as its own statement has it; empty where there is none, or nothing but a pronoun."""
    if not entity or standing == "none" or _is_pronoun(entity):
        return _Name("")
    parts = name_parts(entity) if standing in _NAMED else ()
    if not parts:
        return _Name("~" + description(entity))
    if standing != "person":
        return _Name(" ".join(sorted(parts)))
    return _Name(parts[0], alone=True) if len(parts) == 1 else _Name(f"{parts[0]} {parts[-1]}")


def _sum(counts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return total


def _most(count: Counter[str]) -> str | None:
    """The most frequent; among equals the first of the alphabet, so that no order of articles shows."""
    return min(count, key=lambda name: (-count[name], name), default=None)
