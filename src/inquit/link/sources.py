"""Who speaks, told apart over many articles: one key for an entity, one for its party.

Who a source is within an article has been said before. Between articles names are matched: titles, nations before a
name and days are left out, a surname alone is the person of that surname whom the articles name most, and the party of
an entity is the one that most of its statements give it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

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


class Sources:
    """Keys of the entities and parties of many statements."""

    def __init__(self, said: Iterable[Attribution]) -> None:
        told = [a for a in said if a.entity]
        self._full: dict[str, str] = _surnames(told)
        parties: dict[str, Counter[str]] = defaultdict(Counter)
        for one in told:
            if one.party:
                parties[self.entity(one)][one.party] += 1
        # The most frequent; among equals the first of the alphabet, so that no order of articles shows.
        self._party = {key: min(count, key=lambda p, c=count: (-c[p], p)) for key, count in parties.items()}  # type: ignore[misc]

    def entity(self, said: Attribution) -> str:
        """Key of the entity; empty where there is none, or nothing but a pronoun."""
        if not said.entity or said.standing == "none" or _is_pronoun(said.entity):
            return ""
        parts = name_parts(said.entity) if said.standing in _NAMED else ()
        if not parts:
            return "~" + description(said.entity)
        return self._named(parts) if said.standing == "person" else " ".join(sorted(parts))

    def party(self, said: Attribution) -> str | None:
        """The party, in the articles' own words, that most statements of the entity give."""
        return self._party.get(self.entity(said), said.party)

    def party_key(self, party: str | None) -> str:
        """Key of a party's name; empty where there is none."""
        parts = name_parts(party or "")
        return self._named(parts) if parts else description(party or "")

    def _named(self, parts: tuple[str, ...]) -> str:
        if len(parts) == 1:
            return self._full.get(parts[0], parts[0])
        return f"{parts[0]} {parts[-1]}"


def _surnames(told: Iterable[Attribution]) -> dict[str, str]:
    """For each surname the first and last name of the person who bears it in most statements."""
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    for one in told:
        parts = name_parts(one.entity or "") if one.standing == "person" else ()
        if len(parts) > 1:
            bearers[parts[-1]][f"{parts[0]} {parts[-1]}"] += 1
    return {last: min(count, key=lambda n, c=count: (-c[n], n)) for last, count in bearers.items()}  # type: ignore[misc]
