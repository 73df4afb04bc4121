"""Who is made to say something, over all articles."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from inquit.keep.store import Row, Store
from inquit.keep.stored import words
from inquit.records import Source


def sources(store: Store) -> Iterator[Source]:
    """Every source, the one with most statements first, then by name.

    Statements are of one source when entity and party are the same but for case; a surname alone is the person of that
    surname whom most statements name, where no other is named half as often. Where an article does not say for whom
    somebody speaks (no party, or himself), it is the party that two in three of the others say. Those whose source is
    not known (no entity, or the standing ``none``) are of nobody.
    """
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    rows = store.rows(
        "SELECT s.id, s.entity, s.party, s.standing, a.outlet FROM statement s"
        " JOIN article a ON a.number = s.article WHERE s.entity IS NOT NULL AND s.standing <> 'none'"
        " ORDER BY a.instant NULLS LAST, a.id, s.position"
    )
    full = _full_names(rows)
    spoken_for = _spoken_for(rows, full)
    for row in rows:
        entity, party = _entity(row, full), _party(row)
        groups[entity, party or spoken_for.get(entity, "")].append(row)
    for _, said in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        yield _source(said)


def _full_names(rows: list[Row]) -> dict[str, str]:
    """The whole name that a surname stands for."""
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        name = _key(row[1])
        if row[3] == "person" and " " in name:
            bearers[name.rpartition(" ")[2]][name] += 1
    found = {last: count.most_common(2) for last, count in bearers.items()}
    return {last: names[0][0] for last, names in found.items() if len(names) == 1 or names[0][1] >= 2 * names[1][1]}


def _entity(row: Row, full: dict[str, str]) -> str:
    name = _key(row[1])
    return full.get(name, name) if row[3] == "person" else name


def _spoken_for(rows: list[Row], full: dict[str, str]) -> dict[str, str]:
    """The party of each entity that two in three of the statements tell which tell one."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if party := _party(row):
            told[_entity(row, full)][party] += 1
    most = {entity: (count.most_common(1)[0], count.total()) for entity, count in told.items()}
    return {entity: party for entity, ((party, count), total) in most.items() if agreed(count, total)}


def agreed(count: int, total: int) -> bool:
    """Whether so many of the statements that tell a party of somebody are enough to go by: two in three."""
    return 3 * count >= 2 * total


def _party(row: Row) -> str:
    """For whom the entity speaks; nothing where that is not told, or the entity itself."""
    party = _key(row[2] or "")
    return "" if party == _key(row[1]) else party


def _key(name: str | bytes) -> str:
    return unicodedata.normalize("NFC", words(name)).casefold()


def _source(said: list[Row]) -> Source:
    """What most of the rows have; the earliest of those that are as frequent."""
    idents, entities, parties, standings, outlets = zip(*said, strict=True)
    told = [p for p, entity in zip(parties, entities, strict=True) if p is not None and _key(p) != _key(entity)]
    party = Counter(told or parties).most_common(1)[0][0]
    return Source(
        entity=words(max(Counter(entities).items(), key=lambda named: (" " in words(named[0]), named[1]))[0]),
        party=None if party is None else words(party),
        standing=Counter(standings).most_common(1)[0][0],
        statements=idents,
        outlets=tuple(dict.fromkeys(words(outlet) for outlet in outlets if outlet is not None)),
    )
