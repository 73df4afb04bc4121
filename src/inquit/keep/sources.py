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

    Statements are of one source when entity and party are the same but for case. Those whose source is not known
    (no entity, or the standing ``none``) are of nobody.
    """
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    rows = store.rows(
        "SELECT s.id, s.entity, s.party, s.standing, a.outlet FROM statement s"
        " JOIN article a ON a.number = s.article WHERE s.entity IS NOT NULL AND s.standing <> 'none'"
        " ORDER BY a.instant NULLS LAST, a.id, s.position"
    )
    for row in rows:
        groups[_key(row[1]), _key(row[2] or "")].append(row)
    for _, said in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        yield _source(said)


def _key(name: str | bytes) -> str:
    return unicodedata.normalize("NFC", words(name)).casefold()


def _source(said: list[Row]) -> Source:
    """What most of the rows have; the earliest of those that are as frequent."""
    idents, entities, parties, standings, outlets = zip(*said, strict=True)
    party = Counter(parties).most_common(1)[0][0]
    return Source(
        entity=words(Counter(entities).most_common(1)[0][0]),
        party=None if party is None else words(party),
        standing=Counter(standings).most_common(1)[0][0],
        statements=idents,
        outlets=tuple(dict.fromkeys(words(outlet) for outlet in outlets if outlet is not None)),
    )
