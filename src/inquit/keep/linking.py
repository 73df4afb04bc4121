"""The state of linking, brought up to the articles that came and went: one transaction, all of it or nothing."""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.errors import WorkError
from inquit.keep import links
from inquit.keep.filing import Ints, each, filed
from inquit.keep.stating import Stated, stating
from inquit.keep.store import Row, Store
from inquit.keep.stored import stored, unpacked, words
from inquit.keep.texts import Texts
from inquit.keep.units import UNPREPARED, numbers, packed_numbers
from inquit.records import Claim, Copy

Floats: TypeAlias = npt.NDArray[np.float64]

_MANY = 20_000  # new units from which all keys are gone through in order
_CLAIMS = 500  # that are stored at once
_LINKED = f"UPDATE state SET linked = revision - EXISTS (SELECT 1 FROM article WHERE {UNPREPARED})"  # noqa: S608
_PAIRS = """
SELECT r.says = 'same-claim', min(mine.unit, theirs.unit), max(mine.unit, theirs.unit)
FROM in_force r JOIN anchor one ON one.ruling = r.number AND one.place = 0 AND NOT one.lost
JOIN anchor two ON two.ruling = r.number AND two.place > 0 AND NOT two.lost
JOIN statement s ON s.id = one.statement JOIN saying mine ON mine.statement = s.number
JOIN statement t ON t.id = two.statement JOIN saying theirs ON theirs.statement = t.number
WHERE r.says IN ('same-claim', 'not-same-claim') AND mine.unit <> theirs.unit ORDER BY r.number
"""
# A unit that is alone, and that one statement has, is in no claim.
_TOLD = """
SELECT unit FROM home UNION SELECT unit FROM saying GROUP BY unit HAVING count(*) > 1
UNION SELECT one FROM linked_pair UNION SELECT other FROM linked_pair
"""
_CLAIMS_OF_BOTH = """
SELECT claim FROM article JOIN statement ON article = article.number JOIN occurrence ON statement = statement.number
WHERE article.id = ?1 INTERSECT
SELECT claim FROM article JOIN statement ON article = article.number JOIN occurrence ON statement = statement.number
WHERE article.id = ?2
"""
_REPEATED = """
SELECT unit FROM json_each(?) JOIN article a ON a.id = value JOIN statement s ON s.article = a.number
JOIN saying ON saying.statement = s.number WHERE s.standing IS NULL
AND EXISTS (SELECT 1 FROM saying more WHERE more.unit = saying.unit AND more.statement <> s.number)
AND NOT EXISTS (SELECT 1 FROM saying more JOIN statement t ON t.number = more.statement JOIN article b
ON b.number = t.article WHERE more.unit = saying.unit AND (t.standing IS NOT NULL OR b.outlet IS NOT a.outlet))
"""
_TOGETHER = """
SELECT unit, body FROM home WHERE last IN (SELECT last FROM home WHERE unit IN (SELECT value FROM json_each(?)))
"""
_CACHE = "PRAGMA cache_size = -262144"  # KiB, while links are made


@contextmanager
def linking(store: Store, outlets: str | None = None) -> Iterator[Linking]:
    """What linking asks of a ledger; at the end the links are those of the present revision, and of ``outlets``."""
    before = store.row("PRAGMA cache_size")
    store.rows(_CACHE)
    try:
        with store.transaction():
            yield Linking(store, anew=links.linked_otherwise(store, outlets))
            for due in ("due_unit", "due_article", "due_mark"):
                store.rows(f"DELETE FROM {due}")  # noqa: S608 - names of our own
            # What came after it was made ready is linked the next time.
            store.rows(_LINKED)
            store.rows("UPDATE state SET outlets = coalesce(?, outlets)", outlets)
    finally:
        store.rows(f"PRAGMA cache_size = {before[0] if before else -2000}")


class Ruled(NamedTuple):
    """``link.stores.Ruled``."""

    same: set[tuple[int, int]]
    apart: set[tuple[int, int]]
    changed: set[int]


class Linking:
    """``link.stores.UnitStore`` within a transaction; ``texts`` is the ``link.stores.CopyStore`` beside it.

    ``anew``: whatever is alike, one claim or of the same words is to be told anew, though none of it has changed.
    """

    def __init__(self, store: Store, *, anew: bool = False) -> None:
        self._store = store
        self._anew = anew
        self._new = {unit for (unit,) in self._each("due_unit", "unit", "AND why = 'new'")}
        self._gone = {u: numbers(k) for u, k in store.rows("SELECT unit, keys FROM due_unit WHERE why = 'gone'")}
        self._claims = links.Claims(store)
        self.texts = Texts(store, anew=anew)
        self._file()

    # -- units

    def new(self) -> set[int]:
        """Units that were not linked yet."""
        return self._new

    def gone(self) -> Mapping[int, Sequence[int]]:
        """Units that no statement has any more, with their keys."""
        return self._gone

    def reworded(self) -> list[int]:
        """Units that statements came to or went from, or whose claims are to be told anew."""
        due = [unit for (unit,) in self._each("due_unit", "unit", "AND why <> 'gone'")]
        return sorted({*due, *(unit for (unit,) in self._store.rows(_TOLD))}) if self._anew else due

    def keys(self, unit: int) -> Sequence[int]:
        """The keys of a unit."""
        row = self._store.row("SELECT keys FROM unit WHERE number = ?", unit)
        return numbers(row[0]) if row else ()

    def holders(self, key: int, most: int) -> list[int]:
        """The first ``most`` units that have a key, in order of ``unit ^ key``."""
        rows = self._store.rows("SELECT place FROM unit_key WHERE key = ? ORDER BY place LIMIT ?", key, most)
        return [place ^ key for (place,) in rows]

    def held(self, most: int, left: AbstractSet[int]) -> Iterator[tuple[int, list[int]]]:
        """Each key of a new unit, or in ``left``, with its first units where they are two or more."""
        if len(self._new) >= _MANY:
            rows = groupby(self._each("unit_key", "key, place"), key=itemgetter(0))
            found = ((key, [place ^ key for _, place in held]) for key, held in rows)
        else:
            coming = Counter(key for unit in self._new for key in self.keys(unit))
            found = ((key, self.holders(key, most + coming[key])) for key in sorted({*coming, *left}))
        return ((key, units) for key, units in found if len(units) > 1)

    def units(self, given: Sequence[int]) -> Mapping[int, tuple[bytes, bytes]]:
        """Units by their numbers: what is told of them, packed, and their vectors."""
        return {unit: self._unit(unit, "body") for unit in given}

    def arrays(self, given: Sequence[int]) -> list[tuple[bytes, bytes]]:
        """What is compared of units, packed, and their vectors."""
        return [self._unit(unit, "arrays") for unit in given]

    def sayings(self, units: Sequence[int]) -> list[tuple[int, str, str]]:
        """The statements that have the words of the units: unit, statement, article."""
        sql = (
            "SELECT unit, statement.id, article.id FROM saying JOIN statement ON statement.number = saying.statement"
            " JOIN article ON article.number = statement.article WHERE unit IN (SELECT value FROM json_each(?))"
        )
        return [(unit, words(s), words(a)) for unit, s, a in self._store.among(sql, units)]

    def first_said(self, unit: int) -> int:
        """The number of the first statement that has its words."""
        row = self._store.row("SELECT min(statement) FROM saying WHERE unit = ?", unit)
        return int(row[0] or 0) if row else 0

    def in_articles(self, articles: Iterable[str]) -> list[int]:
        """The units of the statements of articles."""
        sql = (
            "SELECT unit FROM saying JOIN statement ON statement.number = saying.statement"
            " JOIN article ON article.number = statement.article WHERE article.id = ?"
        )
        return [unit for article in articles for (unit,) in self._store.rows(sql, stored(article))]

    def in_both(self, pairs: Iterable[tuple[str, str]]) -> list[int]:
        """The units of the claims, as they were last told, that have statements of both articles of a pair."""
        claims = {
            claim for pair in pairs for (claim,) in self._store.rows(_CLAIMS_OF_BOTH, stored(pair[0]), stored(pair[1]))
        }
        sql = "SELECT unit FROM occurrence JOIN saying USING (statement) WHERE claim = ?"
        return [unit for claim in sorted(claims) for (unit,) in self._store.rows(sql, claim)]

    def repeated(self, articles: Iterable[str]) -> list[int]:
        """Units of the statements of articles that several have, all of them in the own voice of one outlet."""
        return [unit for (unit,) in self._store.rows(_REPEATED, json.dumps(sorted(articles)))]

    # -- bonds and clusters

    def bonds(self, unit: int) -> dict[int, float]:
        """The units that one is bonded to, with the scores."""
        row = self._store.row("SELECT body FROM bond WHERE unit = ?", unit)
        if row is None:
            return {}
        count = len(row[0]) // 16
        found = struct.unpack(f"<{count}q{count}d", row[0])
        return dict(zip(found[:count], found[count:], strict=True))

    def bonded(self, units: Sequence[int]) -> tuple[Ints, Ints, Floats]:
        """Of many how many bonds each has; then the other units, and the scores."""
        sql = "SELECT unit, body FROM bond WHERE unit IN (SELECT value FROM json_each(?))"
        bodies: dict[int, bytes] = dict(self._store.among(sql, units))
        found = [np.frombuffer(bodies.get(unit, b""), np.uint8).reshape(2, -1) for unit in units]
        both = np.concatenate([np.empty((2, 0), np.uint8), *found], axis=1)
        counts = np.fromiter((one.shape[1] // 8 for one in found), np.int64, len(found))
        return counts, np.frombuffer(both[0].tobytes(), "<i8"), np.frombuffer(both[1].tobytes(), "<f8")

    def keep_bonds(self, unit: int, bonds: Mapping[int, float]) -> None:
        """Replace them."""
        if bonds:
            body = struct.pack(f"<{len(bonds)}q{len(bonds)}d", *bonds, *bonds.values())
            self._store.rows("INSERT OR REPLACE INTO bond VALUES (?, ?)", unit, body)
        else:
            self._store.rows("DELETE FROM bond WHERE unit = ?", unit)

    def together(self, units: Collection[int]) -> tuple[Ints, Ints, Ints]:
        """Those of the units that are not alone, and all whose last home one of them shares.

        Also of how many rounds the homes of each are kept; then, unit by unit, these homes.
        """
        rows = self._store.among(_TOGETHER, units)
        counts = np.fromiter((len(body) // 8 for _, body in rows), np.int64, len(rows))
        homes = np.frombuffer(b"".join(body for _, body in rows), "<i8")
        return np.fromiter((unit for unit, _ in rows), np.int64, len(rows)), counts, homes

    def keep_homes(self, homes: Mapping[int, tuple[int, ...] | None]) -> None:
        """Replace them."""
        self._store.many("DELETE FROM home WHERE unit = ?", ((u,) for u in [*homes, *self._gone]))
        self._store.many(
            "INSERT INTO home VALUES (?, ?, ?)",
            ((unit, homes_[-1], packed_numbers(homes_)) for unit, homes_ in sorted(homes.items()) if homes_),
        )

    def near(self, units: Collection[int]) -> dict[int, bytes]:
        """What was nearest to the clusters whose least unit each was, of those to which anything was."""
        sql = "SELECT unit, body FROM near WHERE unit IN (SELECT value FROM json_each(?))"
        return {unit: bytes(body) for unit, body in self._store.among(sql, units)}

    def keep_near(self, near: Mapping[int, bytes]) -> None:
        """Replace that."""
        self._store.many("DELETE FROM near WHERE unit = ?", ((u,) for u in [*near, *self._gone]))
        self._store.many("INSERT INTO near VALUES (?, ?)", ((u, body) for u, body in sorted(near.items()) if body))

    def ruled(self) -> Ruled:
        """The pairs of units that people have ruled one claim, or not, the last ruling counting; and what is new."""
        now = {(one, other): bool(same) for same, one, other in self._store.rows(_PAIRS)}
        rows = self._store.rows("SELECT one, other, same FROM linked_pair")
        before = {(one, other): bool(same) for one, other, same in rows}
        changed = {unit for pair, _ in now.items() ^ before.items() for unit in pair}
        self._store.many("DELETE FROM linked_pair WHERE one = ? AND other = ?", before.keys() - now.keys())
        self._store.many("INSERT OR REPLACE INTO linked_pair VALUES (?, ?, ?)", ((*p, same) for p, same in now.items()))
        return Ruled({p for p, same in now.items() if same}, {p for p, same in now.items() if not same}, changed)

    # -- articles, copies and claims

    def stating(self, article: str) -> Stated:
        """An article, and its statements as they are asked for."""
        found = stating(self._store, article)
        if found is None:
            raise WorkError(f"{self._store.path} is damaged: a statement has no article: `inquit verify` says which")
        return found

    def chained(self, article: str) -> list[Copy]:
        """The copies that hang together with an article."""
        rows = self._store.rows(
            "WITH RECURSIVE chain (number) AS (SELECT number FROM article WHERE id = ?"
            " UNION SELECT to_article FROM chain JOIN copy ON from_article = chain.number"
            " UNION SELECT from_article FROM chain JOIN copy ON to_article = chain.number)"
            " SELECT body FROM chain CROSS JOIN copy ON to_article = chain.number",
            stored(article),
        )
        return [unpacked(body, Copy) for (body,) in rows]

    def drop_claims(self, units: Iterable[int]) -> None:
        """Remove every claim with a statement that has the words of one of the units, or has none any more."""
        self._store.among(
            "DELETE FROM claim WHERE number IN (SELECT claim FROM saying CROSS JOIN occurrence USING (statement)"
            " WHERE unit IN (SELECT value FROM json_each(?)))",
            list(units),
        )
        self._store.rows(
            "DELETE FROM claim WHERE number IN (SELECT claim FROM occurrence"
            " WHERE statement NOT IN (SELECT statement FROM saying))"
        )

    def keep_claims(self, claims: Iterable[Claim]) -> None:
        """Add claims; they take over the ids that they had."""
        rest = iter(claims)
        while some := list(islice(rest, _CLAIMS)):
            self._claims.keep(some)

    # --

    def _unit(self, unit: int, column: str) -> tuple[bytes, bytes]:
        row = self._store.row(f"SELECT {column}, vector FROM unit WHERE number = ?", unit)  # noqa: S608 - our own
        if row is None:
            raise WorkError(f"{self._store.path} is damaged: a unit is not there: `inquit verify` says more")
        return row[0], row[1]

    def _file(self) -> None:
        """Put the new units under their keys, in order of the keys; take away those that are gone."""
        for unit, keys in self._gone.items():
            self._store.many("DELETE FROM unit_key WHERE key = ? AND place = ?", ((key, unit ^ key) for key in keys))
        filed(self._store, "unit_key", ((unit, self.keys(unit)) for unit in sorted(self._new)), place=np.bitwise_xor)

    def _each(self, table: str, columns: str, where: str = "") -> Iterator[Row]:
        return each(self._store, table, columns, where)
